"""What Binder gives is enough, one core and 2 GB of memory: in a real browser, on the JupyterLab that Binder starts."""

import json
import os
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from screenshots import ERRORS, browser_page, chromium, free_port, kernel_is_idle, open_notebook, run_all, screens, serving
from support import NOTEBOOKS, ROOT

pytestmark = [
    pytest.mark.skipif(not chromium(), reason="no Chromium here: install it (apt install chromium) to test in a browser"),
    pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux keeps a process on one core"),
]

POD = 2 << 30
MOST_SECONDS = 900  # on one core, which others may use, too


def pod(post_built):
    """JupyterLab with Binder's settings and options for Java, on one core; the browser, a learner's own, is not kept there."""
    binaries = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_PATH": str(post_built / "etc" / "jupyter"),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    command = [
        *(ROOT / "binder" / "start", binaries / "jupyter-lab"),
        *("--no-browser", f"--port={free_port()}", "--allow-root", f"--ServerApp.root_dir={ROOT}"),
        f"--LabApp.app_settings_dir={post_built / 'share' / 'jupyter' / 'lab' / 'settings'}",
    ]
    core = max(os.sched_getaffinity(0))
    return serving(command, environment, cwd=ROOT, preexec_fn=lambda: os.sched_setaffinity(0, {core}))


class Memory:
    """The most that a process and all below it have had at a time, asked five times a second. What two of them share counts
    twice: so it is rather too much than too little."""

    def __init__(self, process):
        self.process, self.most, self.ended = psutil.Process(process.pid), 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def watch(self):
        while not self.ended.wait(0.2):
            self.most = max(self.most, sum(map(self.of, [self.process, *self.process.children(recursive=True)])))

    @staticmethod
    def of(process):
        try:
            return process.memory_info().rss
        except psutil.NoSuchProcess:  # it has just ended
            return 0


@pytest.mark.nightly
def test_two_notebooks_run_one_after_the_other_on_one_core_and_stay_below_2_gb_together(post_built, capsys):
    """Both stay open: their kernels are there at the same time."""
    with pod(post_built) as (address, server), Memory(server) as memory:
        for name in ("7.4-im2col", "7.5-simple-conv-net"):
            with browser_page() as page:
                begun = time.monotonic()
                open_notebook(page, address, NOTEBOOKS / "en" / f"{name}.ipynb")
                opened = time.monotonic() - begun
                took = run_all(page, MOST_SECONDS)
                errors = [text for _ in screens(page) for text in page.locator(ERRORS).all_inner_texts()]
            assert errors == []
            with capsys.disabled():
                print(f"\n{name}: ready after {opened:.0f} s, ran in {took:.0f} s; at most {memory.most / (1 << 20):.0f} MB in all so far")
    assert POD / 8 < memory.most < POD, "and it was watched"


@pytest.mark.nightly
def test_a_kernel_that_nobody_looks_at_ends_and_one_in_a_tab_stays(post_built):
    """With Binder's own settings, but for the time: seconds where Binder waits for minutes."""
    file = post_built / "etc" / "jupyter" / "jupyter_server_config.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    culling = settings["MappingKernelManager"]
    culling["cull_idle_timeout"], culling["cull_interval"] = culling["cull_idle_timeout"] // 60, culling["cull_interval"] // 60
    file.write_text(json.dumps(settings), encoding="utf-8")
    with pod(post_built) as (address, server):
        with browser_page() as page:
            open_notebook(page, address, NOTEBOOKS / "en" / "7.4-im2col.ipynb")
            time.sleep(2 * culling["cull_idle_timeout"])
            assert kernel_is_idle(page), "it is there, and idle"
            assert kernels(server), "its Java, too"
        until = time.monotonic() + 60
        while kernels(server):
            assert time.monotonic() < until, "nobody looks at it, and it is still there"
            time.sleep(0.5)


def kernels(server):
    return [process for process in psutil.Process(server.pid).children(recursive=True) if process.name() == "java"]
