"""Binder and conda get the same set-up as lab.py makes."""

import importlib.resources
import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from support import ROOT


def pins(file):
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]


def dependencies(file):
    """What conda installs, and what pip does."""
    all = yaml.safe_load(file.read_text(encoding="utf-8"))["dependencies"]
    return [name for name in all if isinstance(name, str)], next((entry["pip"] for entry in all if isinstance(entry, dict)), [])


def test_binder_installs_the_pins_of_requirements_txt():
    conda, pip = dependencies(ROOT / "binder" / "environment.yml")
    assert [pin for pin in pip if not pin.startswith("notebook==")] == pins(ROOT / "requirements.txt")
    assert {name.split("=")[0] for name in conda} >= {"python", "openjdk", "maven", "pip"}


OF_BINDER = "jupyterlab notebook jupyter_server jupyterlab_server nbclient nbformat jupyter_client jupyter-resource-usage".split()


@pytest.mark.nightly
def test_pip_finds_no_conflict_with_what_binder_has_installed_before(tmp_path):
    """What repo2docker's base brings of Jupyter, then the pins, as its Dockerfile does it."""
    lock = (importlib.resources.files("repo2docker") / "buildpacks/conda/environment.py-3.12-linux-64.lock").read_text(encoding="utf-8")
    base = [f"{name}=={re.search(rf'/{re.escape(name)}-([0-9.]+)-', lock).group(1)}" for name in OF_BINDER]
    subprocess.run([sys.executable, "-m", "venv", tmp_path], check=True)
    pip = [tmp_path / "bin" / "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-q", *base], check=True)
    done = subprocess.run([*pip, "install", *dependencies(ROOT / "binder" / "environment.yml")[1]], capture_output=True, text=True)
    assert done.returncode == 0 and "ERROR" not in done.stdout + done.stderr, done.stderr
    checked = subprocess.run([*pip, "check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_with_conda_there_is_one_jupyterlab_that_of_lab_py():
    conda, pip = dependencies(ROOT / "environment.yml")
    assert pip == [] and not [name for name in conda if "jupyter" in name]
    assert {name.split("=")[0] for name in conda} >= {"python", "openjdk", "fontconfig"} and any("font-ttf" in name for name in conda)
    of_binder = dependencies(ROOT / "binder" / "environment.yml")[0]
    versions = {name for name in conda if "=" in name}
    assert versions <= set(of_binder), "the same Python and Java in both"


def test_everything_is_pinned_to_one_version():
    files = [ROOT / "requirements.txt", ROOT / "src/test/python/requirements.txt", *(ROOT / "src/bench").glob("requirements*.txt")]
    assert len(files) == 4
    for file in files:
        assert [pin for pin in pins(file) if not re.fullmatch(r"[a-z0-9_-]+==[\w.]+", pin)] == []


@pytest.fixture(scope="module")
def dockerfile():
    """What Binder would build, from the files that git holds or would hold."""
    with tempfile.TemporaryDirectory() as folder:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
        )
        assert listed.returncode == 0, listed.stderr
        for name in listed.stdout.splitlines():
            if name.startswith("binder/") and (ROOT / name).is_file():
                copy = Path(folder) / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes((ROOT / name).read_bytes())
        done = subprocess.run(
            [Path(sys.prefix) / "bin" / "jupyter-repo2docker", "--no-build", "--debug", folder],
            capture_output=True, text=True, timeout=120,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout + done.stderr


def test_the_dockerfile_installs_fonts_and_the_environment(dockerfile):
    assert re.search(r"apt-get install .*fontconfig fonts-dejavu-core", dockerfile)
    assert re.search(r"env update .*binder/environment\.yml", dockerfile)


def test_the_dockerfile_builds_the_jars_and_starts_with_our_flags(dockerfile):
    assert "RUN ./binder/postBuild" in dockerfile
    assert re.search(r'R2D_ENTRYPOINT="\$\{REPO_DIR\}/binder/start"', dockerfile)


def test_the_start_script_passes_its_flags_to_what_it_starts():
    done = subprocess.run([ROOT / "binder" / "start", "env"], capture_output=True, text=True)
    assert done.returncode == 0
    options = re.search(r"^JJAVA_JVM_OPTS=(.*)$", done.stdout, re.MULTILINE).group(1)
    assert "-Xmx768m" in options and "headless=true" in options and "jdk.incubator.vector" in options


def test_a_kernel_whose_tab_was_closed_ends_on_binder_and_nowhere_else():
    ours = runpy.run_path(str(ROOT / "lab.py"))
    known = AsyncMappingKernelManager.class_traits()
    added = {
        name: value
        for name, value in ours["BINDER_SETTINGS"]["MappingKernelManager"].items()
        if name not in ours["SERVER_SETTINGS"]["MappingKernelManager"]
    }
    assert set(added) == {"cull_idle_timeout", "cull_interval"} <= set(known)
    assert 0 < added["cull_interval"] < added["cull_idle_timeout"] <= 1200
    assert not known["cull_connected"].default_value, "one that is looked at stays"
    for part, settings in ours["SERVER_SETTINGS"].items():
        assert ours["BINDER_SETTINGS"][part].items() >= settings.items()


def test_post_build_stops_at_the_first_error():
    text = (ROOT / "binder" / "postBuild").read_text(encoding="utf-8")
    assert "\nset -e\n" in text and "-Pquick package" in text


def test_post_build_gives_binder_the_settings_of_lab_py(post_built):
    ours = runpy.run_path(str(ROOT / "lab.py"))
    for file, name in {
        "share/jupyter/lab/settings/overrides.json": "JUPYTERLAB_SETTINGS",
        "etc/jupyter/jupyter_server_config.json": "BINDER_SETTINGS",
    }.items():
        assert json.loads((post_built / file).read_text(encoding="utf-8")) == ours[name]
