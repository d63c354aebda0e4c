"""How long a newcomer waits: from the command that starts the kit to the first figure of 7.1, at the first start and the second.

    git clone REPOSITORY FOLDER
    .venv/bin/python src/test/python/first_figure.py FOLDER

In a fresh clone the first start makes .venv, the jar and the digits; how long that takes depends on what pip and Maven have
in their caches. The notebook is opened by its link on the welcome page, without the outputs it comes with, and run from the
top. Needs what "lab.py test" installs, and Chromium; run it on a machine that does nothing else.
"""

import json
import os
import sys
import time
from pathlib import Path

from screenshots import PICTURES, browser_page, chromium, choose, serving, wait_until_idle
from support import clear, read


def start(folder):
    """Seconds from the command on: until JupyterLab has said where it is, until the notebook can run, until a figure is there."""
    command = ["python3", folder / "lab.py", "--no-browser"]
    with browser_page() as page:  # a person's browser is there already
        begun = time.monotonic()
        with serving(command, os.environ, patience=900, cwd=folder) as (address, _):
            said = time.monotonic() - begun
            for notebook in (folder / "my-notebooks").glob("*/7.1-*.ipynb"):
                content = read(notebook)
                clear(content)
                notebook.write_text(json.dumps(content), encoding="utf-8")
            page.goto(address + "&reset")
            page.locator(".jp-RenderedMarkdown").get_by_role("link", name="7.1").first.click()
            wait_until_idle(page)
            ready = time.monotonic() - begun
            choose(page, "Run", "Run All Cells")
            page.locator(PICTURES).first.wait_for(timeout=90_000)
            return said, ready, time.monotonic() - begun


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not chromium():
        sys.exit("first_figure.py: no Chromium on PATH: install it (Debian, Ubuntu: apt install chromium)")
    folder = Path(sys.argv[1]).resolve()
    if not (folder / "lab.py").exists() or any((folder / made).exists() for made in (".venv", "target", "my-notebooks")):
        sys.exit(f"first_figure.py: {folder} is no fresh clone: git clone REPOSITORY FOLDER makes one")
    for which in ("first", "second"):
        said, ready, figure = start(folder)
        print(f"{which} start: JupyterLab after {said:.1f} s, 7.1 ready after {ready:.1f} s, its first figure after {figure:.1f} s")


if __name__ == "__main__":
    main()
