"""The JavaScript of the panels: linted, and tested by Node's own runner."""

import shutil
import subprocess

import pytest
from support import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="no Node here: install it (apt install nodejs npm) to test the panels' scripts")
LINTER = ROOT / "target" / "javascript"


def run(*command, folder=ROOT):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_the_scripts_pass():
    run("node", "--test", "src/test/javascript/")


def test_eslint_minds_nothing():
    """On a copy of the scripts, in target: there its own files can lie beside them."""
    for name in ("src/main/resources/cnnkit/live", "src/page", "src/test/javascript"):
        shutil.rmtree(LINTER / name, ignore_errors=True)
        shutil.copytree(ROOT / name, LINTER / name)
    pinned = LINTER / "package.json"
    is_there = pinned.is_file() and pinned.read_bytes() == (ROOT / "package.json").read_bytes()
    for name in ("package.json", "eslint.config.js"):
        shutil.copy2(ROOT / name, LINTER)
    if not (is_there and (LINTER / "node_modules" / "eslint").is_dir()):
        run(shutil.which("npm"), "install", "--no-package-lock", "--no-audit", "--no-fund", folder=LINTER)
    run(shutil.which("npm"), "run", "--silent", "lint", folder=LINTER)
