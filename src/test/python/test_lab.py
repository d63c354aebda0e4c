"""lab.py itself: errors are one line that says what to do, nothing is done twice, nothing is half-written."""

import ast
import json
import re
import shutil
import socket
import subprocess
import sys

import pytest
from support import ROOT, lab, read

DEAD_PROXY = "http://127.0.0.1:9"  # nobody listens there: as good as no network
OFFLINE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), DEAD_PROXY) | {
    "PIP_FIND_LINKS": None, "PIP_INDEX_URL": None, "MAVEN_OPTS": "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9",
}


def assert_one_line(done, *parts):
    """An error for a person: one line, with what is wrong and the way out; never a stack trace."""
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1 and lines[0].startswith("lab.py: "), done.stderr
    for part in parts:
        assert part in lines[0], lines[0]


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def fake_java(home, version, compiler=True):
    """A java that claims to be of some version."""
    specification = version if not version.startswith("1.8") else "1.8"
    executable(
        home / "bin" / "java",
        "#!/bin/sh\ncat >&2 <<END\n"
        f"    java.home = {home}\n    java.specification.version = {specification.split('.')[0] if specification != '1.8' else '1.8'}\n"
        f"    java.version = {version}\nEND\n",
    )
    if compiler:
        executable(home / "bin" / "javac", "#!/bin/sh\n")
    return home


def path_without_java(folder):
    """A PATH with Python and the shell's tools but no java."""
    tools = folder / "tools"
    tools.mkdir()
    for tool in ("sh", "env", "uname", "dirname", "git"):
        found = shutil.which(tool)
        if found:
            (tools / tool).symlink_to(found)
    return str(tools)


def test_without_java_it_says_what_to_install(tmp_path):
    done = lab("build", PATH=path_without_java(tmp_path), JAVA_HOME=None)
    assert_one_line(done, "no Java found", "JDK 17")


def test_a_java_that_is_too_old_is_named_with_its_version(tmp_path):
    assert_one_line(lab("build", JAVA_HOME=fake_java(tmp_path, "1.8.0_402")), str(tmp_path), "1.8.0_402", "17")
    assert_one_line(lab("build", JAVA_HOME=fake_java(tmp_path, "11.0.2")), "11.0.2", "17")


def test_a_java_home_without_java_is_refused_and_not_silently_passed_over(tmp_path):
    assert_one_line(lab("build", JAVA_HOME=tmp_path), "JAVA_HOME", str(tmp_path))


def test_a_runtime_without_a_compiler_is_not_enough(tmp_path):
    assert_one_line(lab("build", JAVA_HOME=fake_java(tmp_path, "21.0.1", compiler=False)), "javac")


def test_an_unknown_command_points_to_the_help():
    assert_one_line(lab("tset"), "tset", "--help")


def test_a_notebook_that_is_not_there_is_named():
    assert_one_line(lab("run", "notebooks/en/9.9-no-such.ipynb"), "9.9-no-such.ipynb")


def test_a_port_that_is_taken_is_named_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert_one_line(lab("--no-browser", "--port", port), str(port), "--port")


def test_a_port_that_there_cannot_be_is_refused():
    for port in ("0", "99999", "x"):
        assert_one_line(lab("--no-browser", "--port", port), port, "65535")


def test_a_second_set_up_does_nothing_and_needs_no_network():
    assert lab("build").returncode == 0
    made = [ROOT / ".venv" / ".cnnkit", ROOT / "target" / "jars" / "cnnkit.jar", ROOT / "target" / "jars" / ".cnnkit"]
    before = [path.stat().st_mtime_ns for path in made]
    done = lab("build", **OFFLINE)
    assert done.returncode == 0, done.stderr
    assert [path.stat().st_mtime_ns for path in made] == before


@pytest.fixture
def copy(tmp_path):
    """A copy of the repository's files, without what the build made."""
    for name in ("lab.py", "requirements.txt", "pom.xml", "mvnw", "mvnw.cmd", ".mvn", "src/main", "notebooks"):
        origin, target = ROOT / name, tmp_path / "copy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(origin, target) if origin.is_dir() else shutil.copy2(origin, target)
    return tmp_path / "copy"


def test_a_first_start_without_network_says_so_and_leaves_nothing_that_misleads(copy):
    done = lab("build", root=copy, **OFFLINE, PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_DEFAULT_TIMEOUT="5")
    assert_one_line(done, "pip could not install", "network")
    assert not (copy / ".venv" / ".cnnkit").exists()


def test_a_venv_that_was_never_finished_is_made_again(copy):
    (copy / ".venv" / "bin").mkdir(parents=True)
    executable(copy / ".venv" / "bin" / "python", "#!/bin/sh\nexit 1\n")
    (copy / ".venv" / ".cnnkit").write_text("")
    done = lab("build", root=copy, **OFFLINE, PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_DEFAULT_TIMEOUT="5")
    assert "making it again" in done.stdout
    assert subprocess.run([copy / ".venv" / "bin" / "python", "-c", "import pip"]).returncode == 0


def test_lost_and_damaged_mnist_files_are_named_by_the_doctor(copy):
    (copy / "data" / "mnist").mkdir(parents=True)
    (copy / "data" / "mnist" / "train-images-idx3-ubyte.gz").write_bytes(b"cut short")
    done = lab("doctor", root=copy)
    assert done.returncode == 1
    line = next(line for line in done.stdout.splitlines() if " data " in line)
    assert line.startswith("MEND") and "train-images-idx3-ubyte.gz" in line and "python3 lab.py build" in line


def test_the_doctor_is_content_here():
    done = lab("doctor")
    assert done.returncode == 0, done.stdout
    assert all(line.startswith("ok ") for line in done.stdout.splitlines())


def notebook(folder, *sources):
    cells = [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
        for i, text in enumerate(sources)
    ]
    path = folder / "try.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def test_run_names_the_cell_that_fails_its_source_and_its_error_and_saves_nothing(tmp_path):
    path = notebook(tmp_path, "int one = 1;", 'throw new IllegalStateException("the reason");', "int three = 3;")
    before = path.read_bytes()
    done = lab("run", path, "--save")
    assert done.returncode == 1
    assert "code cell 2" in done.stdout and "throw new IllegalStateException" in done.stdout and "the reason" in done.stdout
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["try.ipynb"], "no temporary file stays"


def test_run_saves_outputs_without_times_and_paths(tmp_path):
    path = notebook(tmp_path, 'System.out.println("hello"); 6 * 7')
    done = lab("run", path, "--save")
    assert done.returncode == 0, done.stdout
    saved = read(path)
    texts = json.dumps(saved["cells"][0]["outputs"])
    assert "hello" in texts and "42" in texts
    assert saved["metadata"]["kernelspec"]["name"] == "java"
    assert str(ROOT) not in path.read_text() and str(tmp_path) not in path.read_text()
    assert "execution" not in saved["cells"][0]["metadata"]


def test_run_without_save_leaves_the_file_alone(tmp_path):
    path = notebook(tmp_path, "1 + 1")
    before = path.read_bytes()
    assert lab("run", path).returncode == 0
    assert path.read_bytes() == before


def test_twins_copies_code_and_outputs_and_leaves_the_texts(copy):
    english = sorted((copy / "notebooks" / "en").glob("*.ipynb"))[0]
    chinese = copy / "notebooks" / "zh" / english.name
    twin = read(chinese)
    texts = [cell["source"] for cell in twin["cells"] if cell["cell_type"] == "markdown"]
    cell = next(cell for cell in twin["cells"] if cell["cell_type"] == "code")
    cell["source"], cell["outputs"] = ["stale"], []
    chinese.write_text(json.dumps(twin))
    assert lab("twins", "--check", root=copy).returncode == 1
    assert lab("twins", root=copy).returncode == 0
    mended = read(chinese)
    assert [c for c in mended["cells"] if c["cell_type"] == "code"] == [
        c for c in read(english)["cells"] if c["cell_type"] == "code"
    ]
    assert [c["source"] for c in mended["cells"] if c["cell_type"] == "markdown"] == texts
    assert lab("twins", "--check", root=copy).returncode == 0


def test_twins_names_a_cell_that_only_one_side_has(copy):
    english = sorted((copy / "notebooks" / "en").glob("*.ipynb"))[0]
    chinese = copy / "notebooks" / "zh" / english.name
    twin = read(chinese)
    lost = twin["cells"].pop(3)
    chinese.write_text(json.dumps(twin))
    done = lab("twins", root=copy)
    assert done.returncode == 1 and lost["id"] in done.stdout


def test_experiments_lists_what_there_is_and_names_what_there_is_not():
    done = lab("experiments")
    assert done.returncode == 0 and "SimpleConvNetSeeds" in done.stdout
    assert_one_line(lab("experiments", "NoSuchExperiment"), "NoSuchExperiment", "SimpleConvNetSeeds")


def test_fuzz_reads_as_many_mutants_as_asked_for_of_every_kind_of_file():
    assert_one_line(lab("fuzz", "--mutants", "0"), "0 is no number of mutants")
    done = lab("fuzz", "--mutants", "30")
    assert done.returncode == 0, done.stdout + done.stderr
    counted = re.findall(r"30 mutants of (.*), \d+ refused", done.stdout)
    assert sorted({kind.split(",")[0] for kind in counted}) == [
        *("GIF picture", "IDX", "JPG picture", "NPY", "NPZ", "PNG picture", "compressed IDX")
    ]
    assert len(counted) == 12  # so that 2,000 of each are more than 20,000


def test_it_uses_the_standard_library_only():
    names = sys.stdlib_module_names | {"nbformat", "nbclient", "msvcrt"}  # the two are imported inside .venv only
    tree = ast.parse((ROOT / "lab.py").read_text(encoding="utf-8"))
    imported = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= names
