"""What pytest hands to the tests that ask for it by name."""

import os
import shutil
import subprocess
import sys

import pytest
from support import ROOT


def pytest_addoption(parser):
    parser.addoption("--nightly", action="store_true", help="the long tests, too, which not every push has to wait for")


def pytest_configure(config):
    config.addinivalue_line("markers", "nightly: takes minutes; lab.py test --nightly runs it, too")


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(config, items):
    """Of two workers one runs the notebooks, one after another, and the other all that must not meet a second of its kind.
    A test that names a group of its own stays in it. The long tests are left out unless they are asked for."""
    if not config.getoption("nightly"):
        long = [item for item in items if item.get_closest_marker("nightly")]
        items[:] = [item for item in items if item not in long]
        config.hook.pytest_deselected(items=long)
    for item in items:
        if "runs_from_top_to_bottom" not in item.name and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("one at a time"))


@pytest.fixture
def copy(tmp_path):
    """A copy of the repository's files, without what the build made."""
    for name in ("lab.py", "tools", "requirements.txt", "pom.xml", "mvnw", "mvnw.cmd", ".mvn", "src/main", "notebooks"):
        origin, target = ROOT / name, tmp_path / "copy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(origin, target) if origin.is_dir() else shutil.copy2(origin, target)
    return tmp_path / "copy"


@pytest.fixture(scope="session")
def repository(tmp_path_factory):
    """A Maven repository with cnnkit in it, for projects outside the tree."""
    from own_project import Repository

    return Repository(tmp_path_factory.mktemp("maven") / "repository")


@pytest.fixture
def post_built(tmp_path):
    """The folder in which Binder's Python would be, after postBuild: run for real, but for Maven, with a home of its own."""
    folder = tmp_path / "binder"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (folder / "bin" / "mvn").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "bin" / "mvn").chmod(0o755)
    environ = {**os.environ, "HOME": str(folder), "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([ROOT / "binder" / "postBuild"], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder
