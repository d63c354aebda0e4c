"""The JavaScript of the panels: linted, and tested by Node's own runner."""

import shutil
import subprocess

import pytest
from jupyter_builder.jlpm import YARN_PATH
from support import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="no Node here: install it (apt install nodejs npm) to test the panels' scripts")
LINTER = ROOT / "target" / "javascript"
SCRIPTS = ROOT / "src"  # its package.json says that they are modules; one above .venv would say so of scripts there, too


def run(*command, folder=SCRIPTS):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_the_scripts_pass():
    run("node", "--test", "test/javascript/")


def test_eslint_minds_nothing():
    """On a copy of the scripts, in target: there its own files can lie beside them."""
    for name in ("main/resources/cnnkit/live", "page", "test/javascript"):
        shutil.rmtree(LINTER / name, ignore_errors=True)
        shutil.copytree(SCRIPTS / name, LINTER / name)
    pinned = LINTER / "package.json"
    is_there = pinned.is_file() and pinned.read_bytes() == (SCRIPTS / "package.json").read_bytes()
    for name in ("package.json", "eslint.config.js"):
        shutil.copy2(SCRIPTS / name, LINTER)
    if not (is_there and (LINTER / "node_modules" / "eslint").is_dir()):
        run(shutil.which("npm"), "install", "--no-package-lock", "--no-audit", "--no-fund", folder=LINTER)
    run(shutil.which("npm"), "run", "--silent", "lint", folder=LINTER)


def test_the_scripts_of_jupyterlab_do_not_count_as_modules_of_ours():
    """It asks its own yarn for settings when it starts; below a package.json of modules that fails, and fills the terminal."""
    yarn = shutil.copy2(YARN_PATH, ROOT / "target" / "yarn.js")
    run("node", yarn, "--version", folder=ROOT)
