"""What pytest hands to the tests that ask for it by name."""

import shutil

import pytest
from support import ROOT


@pytest.fixture
def copy(tmp_path):
    """A copy of the repository's files, without what the build made."""
    for name in ("lab.py", "tools", "requirements.txt", "pom.xml", "mvnw", "mvnw.cmd", ".mvn", "src/main", "notebooks"):
        origin, target = ROOT / name, tmp_path / "copy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(origin, target) if origin.is_dir() else shutil.copy2(origin, target)
    return tmp_path / "copy"
