"""What pytest hands to the tests that ask for it by name."""

import shutil

import pytest
from support import ROOT


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    """Of two workers one runs the notebooks, one after another, and the other all that must not meet a second of its kind.
    A test that names a group of its own stays in it."""
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
