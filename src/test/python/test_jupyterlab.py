"""What lab.py starts JupyterLab with."""

import signal
import subprocess
import sys

import pytest
from support import ROOT

sys.path.append(str(ROOT))

import lab
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets.config import Config


@pytest.fixture
def command(monkeypatch, tmp_path):
    """What start would run, as words."""
    started = []
    monkeypatch.setattr(lab, "set_up", lambda: lab.Java(ROOT, "17"))
    monkeypatch.setattr(lab, "environment", lambda java: {})
    monkeypatch.setattr(lab, "call", lambda command, environ: started.extend(map(str, command)))
    monkeypatch.setattr(lab, "own_folder", lambda: tmp_path / "my-notebooks")
    monkeypatch.setattr(lab, "bring_up_to_date", lambda mine, java: [])
    lab.start(None, False)
    return started


def test_the_server_is_started_with_limits_that_twenty_thousand_lines_of_one_cell_do_not_reach(command):
    """A line is a message. The server counts those of the last seconds, and begins anew with every cell."""
    limits = lab.SERVER_SETTINGS["ZMQChannelsWebsocketConnection"]
    assert limits["iopub_msg_rate_limit"] > 20_000 / ZMQChannelsWebsocketConnection.rate_limit_window.default_value
    for name, value in limits.items():
        assert f"--ZMQChannelsWebsocketConnection.{name}={value}" in command
        assert value > getattr(ZMQChannelsWebsocketConnection, name).default_value, "raised, and known under this name"


def test_what_a_kernel_says_when_a_notebook_opens_tells_that_it_is_idle(command):
    """JupyterLab passes over the state that comes with these messages; only kernel_info comes by itself."""
    servers_own = AsyncMappingKernelManager.untracked_message_types.default_args[0]
    ours = [word.partition("=")[2] for word in command if "untracked_message_types" in word]
    assert set(servers_own) - set(ours) == {"kernel_info_request", "kernel_info_reply"} and set(ours) <= set(servers_own)


def test_only_the_java_kernel_is_offered(command):
    assert "--KernelSpecManager.allowed_kernelspecs=java" in command
    manager = KernelSpecManager(config=Config({"KernelSpecManager": lab.SERVER_SETTINGS["KernelSpecManager"]}))
    assert set(manager.find_kernel_specs()) == {"java"}
    assert "python3" in KernelSpecManager().find_kernel_specs(), "there is one not to offer"


def test_it_opens_on_the_welcome_page_and_keeps_its_tabs_in_the_learners_folder(command, tmp_path):
    assert f"--ServerApp.root_dir={tmp_path / 'my-notebooks'}" in command, "not in the kit: that is what may be seen"
    assert f"--LabApp.default_url=/lab/tree/{lab.language()}/welcome.md" in command


def test_a_kernel_that_has_said_that_it_ends_is_not_waited_for_long(command):
    (name, seconds), = lab.KERNEL_ENDS.items()
    assert f"--KernelManager.{name}={seconds}" in command
    assert seconds < getattr(KernelManager, name).default_value, "shortened, and known under this name"


def test_what_jupyter_loads_at_every_start_builds_no_grammar():
    """That of addresses of the internet, which no notebook holds, took two to three seconds each time."""
    loaded = "import sys, jupyterlab.labapp, nbclient, nbformat; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded]).returncode == 0, "see jsonschema in requirements.txt"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["stopped", "Ctrl-C"])
def test_a_server_that_does_not_end_when_it_is_told_to_is_ended(sign):
    """As one does whose last request was given to a thread that nobody will call back."""
    deaf = f"import signal, time; signal.signal({int(sign)}, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # behind "nohup" it would not be
    starts = f"{heard}; import sys, lab; lab.LAST_SECONDS = 0.5; sys.exit(lab.call([sys.executable, '-c', sys.argv[1]], None))"
    with subprocess.Popen([sys.executable, "-c", starts, deaf], cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout.readline() == "deaf\n"
        started.send_signal(sign)
        assert started.wait(30) == 256 - signal.SIGKILL
