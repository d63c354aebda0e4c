"""Opens a notebook as a learner would, in a real browser on a JupyterLab started by lab.py, and photographs it.

    .venv/bin/python src/test/python/screenshots.py notebooks/en/7.5-simple-conv-net.ipynb OUTDIR [--no-run]

OUTDIR/01.png, 02.png, ... then show the whole notebook, one screen after the other. The notebook itself is not touched:
JupyterLab saves by itself every two minutes, so the browser gets a copy. Needs what "lab.py test" installs, and Chromium.
"""

import argparse
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COPIES = ROOT / "target" / "browser"

ERRORS = '.jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"], .jp-RenderedText[data-mime-type="application/vnd.jupyter.error"]'
PICTURES = ".jp-OutputArea img, .jp-OutputArea svg"
JAVA = {"kernelspec": {"display_name": "Java", "language": "java", "name": "java"}}  # metadata: no dialog asks for a kernel


def chromium():
    """The installed Chromium, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def jupyterlab():
    """JupyterLab as "lab.py --no-browser" starts it; gives the address it prints."""
    command = [sys.executable, ROOT / "lab.py", "--no-browser", "--port", str(free_port())]
    with serving(command, os.environ) as (address, _):
        yield address


@contextlib.contextmanager
def serving(command, environment, patience=120, **how):
    """A JupyterLab that this command starts; gives the address it prints, and its process."""
    COPIES.mkdir(parents=True, exist_ok=True)
    log = COPIES / "jupyterlab.log"
    environment = {**environment, "JUPYTERLAB_WORKSPACES_DIR": str(COPIES / "workspaces")}  # not the learner's open tabs
    with open(log, "wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment, **how)
    try:
        until = time.monotonic() + patience
        while not (address := re.search(r"http://127\S+", said := log.read_text(errors="replace"))):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"JupyterLab did not start within {patience} s:\n{said}")
            time.sleep(0.1)
        yield address.group(), server
    finally:
        server.terminate()
        server.wait(30)


@contextlib.contextmanager
def browser_page(width=1280, height=960):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        try:
            yield browser.new_page(viewport={"width": width, "height": height})
        finally:
            browser.close()


def open_notebook(page, address, notebook, language=None):
    """Opens a copy of the notebook, and waits until its kernel is ready: a cell run earlier may be lost. Without a language,
    cnnkit speaks that of the notebook's folder."""
    notebook = Path(notebook).resolve()
    spoken = notebook.parent.name if notebook.is_relative_to(ROOT / "notebooks") else "."
    copy = COPIES / (language or spoken) / notebook.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(notebook, copy)
    server, token = re.fullmatch(r"(http://[^/]+)/.*\?token=(\w+)", address).groups()
    place = copy.relative_to(ROOT).as_posix()
    page.goto(f"{server}/lab/tree/{place}?reset&token={token}")
    wait_until_idle(page, place)
    page.wait_for_timeout(1000)


@contextlib.contextmanager
def page_that_ran(notebook, height):
    """A page of JupyterLab in which the notebook has just been run; what the console minds is in its complaints."""
    with jupyterlab() as address, browser_page(1280, height) as page:
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        open_notebook(page, address, notebook)
        run_all(page)
        yield page


def wait_until_idle(page, notebook=None):
    until = time.monotonic() + 90
    while not kernel_is_idle(page, notebook):
        if time.monotonic() > until:
            raise RuntimeError("the kernel was not ready within 90 s")
        time.sleep(0.1)


def kernel_is_idle(page, notebook=None):
    """Asks the server: the page may show "Unknown" until the first cell has run. Of one notebook, or of all: another may have
    been opened before."""
    from playwright.sync_api import Error

    try:
        sessions = page.request.get(re.match(r"http://[^/]+", page.url).group() + "/api/sessions").json()
    except Error:  # a connection that the server has just closed: ask again
        return False
    kernels = [session["kernel"] for session in sessions if notebook in (None, session["path"])]
    return bool(kernels) and all(kernel["execution_state"] == "idle" for kernel in kernels)


def run_all(page, patience=180):
    """Run > Run All Cells, as a person does it; returns when no cell waits any more. Gives the seconds it took."""
    begun = time.monotonic()
    waiting = page.locator(".jp-InputPrompt", has_text="[*]")
    choose(page, "Run", "Run All Cells")
    quiet_since = None
    while time.monotonic() - begun < patience:
        if waiting.count() or not kernel_is_idle(page):
            quiet_since = None
        elif quiet_since is None:
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > 1.5:  # between two cells the kernel is idle for a moment, too
            return quiet_since - begun
        time.sleep(0.2)
    raise RuntimeError(f"cells are still running after {patience} s")


def choose(page, menu, item):
    """Clicks on an item of the menu bar."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def screens(page):
    """Scrolls through the notebook, from top to end, and stops at every screen; gives the number of each."""
    scroller = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer").first
    scroller.evaluate("area => area.scrollTo(0, 0)")
    number = 0
    while True:
        number += 1
        page.wait_for_timeout(400)  # cells that come into sight are drawn now
        yield number
        before = scroller.evaluate("area => area.scrollTop")
        scroller.evaluate("area => area.scrollBy(0, area.clientHeight - 60)")
        page.wait_for_timeout(200)
        if scroller.evaluate("area => area.scrollTop") - before < 2:
            return


def photographs(page, folder):
    """01.png, 02.png, ... of the whole notebook, and a stop at every screen; pictures of an earlier time go away."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9].png"):
        old.unlink()
    for number in screens(page):
        page.screenshot(path=folder / f"{number:02}.png")
        yield number


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("folder", type=Path, metavar="OUTDIR")
    parser.add_argument("--no-run", action="store_true", help="show the outputs that are in the file")
    options = parser.parse_args()
    if not chromium():
        sys.exit("screenshots.py: no Chromium on PATH: install it (Debian, Ubuntu: apt install chromium)")
    with jupyterlab() as address, browser_page() as page:
        open_notebook(page, address, options.notebook)
        page.keyboard.press("Control+b")  # the file list goes away, the notebook gets the room
        if not options.no_run:
            print(f"ran all cells in {run_all(page):.1f} s")
        last = max(photographs(page, options.folder))
        print(f"{last} pictures in {options.folder}")


if __name__ == "__main__":
    main()
