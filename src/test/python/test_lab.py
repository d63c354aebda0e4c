"""lab.py itself: errors are one line that says what to do, nothing is done twice, nothing is half-written."""

import ast
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from support import ROOT, assert_one_line, lab, notebook, read

DEAD_PROXY = "http://127.0.0.1:9"  # nobody listens there: as good as no network
OFFLINE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), DEAD_PROXY) | {
    "PIP_FIND_LINKS": None, "PIP_INDEX_URL": None, "MAVEN_OPTS": "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9",
}


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
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


def test_a_first_start_without_network_says_so_and_leaves_nothing_that_misleads(copy):
    done = lab("build", root=copy, **OFFLINE, PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_DEFAULT_TIMEOUT="5")
    assert_one_line(done, "pip could not install", "network")
    assert not (copy / ".venv" / ".cnnkit").exists()


def test_a_venv_that_was_never_finished_is_made_again(copy):
    (copy / ".venv" / "bin").mkdir(parents=True)
    executable(copy / ".venv" / "bin" / "python", "#!/bin/sh\nexit 1\n")
    (copy / ".venv" / ".cnnkit").write_text("", encoding="utf-8")
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
    assert str(ROOT) not in path.read_text(encoding="utf-8") and str(tmp_path) not in path.read_text(encoding="utf-8")
    assert "execution" not in saved["cells"][0]["metadata"]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["Ctrl-C", "stopped", "terminal closed"])
def test_a_run_that_is_stopped_leaves_no_kernel_and_begins_no_other_notebook(sign, tmp_path):
    says = 'Path.of("kernel"), "" + ProcessHandle.current().pid());'
    other = notebook(tmp_path, 'java.nio.file.Files.writeString(java.nio.file.Path.of("other"), "");').rename(tmp_path / "other.ipynb")
    first = notebook(tmp_path, f"import java.nio.file.*; Files.writeString({says} Thread.sleep(600_000);")
    # Behind "nohup" they would not be heard.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler); signal.signal(signal.SIGHUP, signal.SIG_DFL)"
    starts = f"import signal; {heard}; import runpy; runpy.run_path('lab.py', run_name='__main__')"
    command = [sys.executable, "-c", starts, "run", first, other]
    kernel, streams = tmp_path / "kernel", dict(stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, **streams) as started:
        while not (kernel.exists() and kernel.read_text(encoding="utf-8")):
            assert started.poll() is None, started.communicate()[0]
            time.sleep(0.1)
        os.killpg(started.pid, sign) if sign != signal.SIGTERM else started.send_signal(sign)
        try:
            said = started.communicate(timeout=60)[0]
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)
    assert started.returncode == 130 and "Traceback" not in said, said
    with pytest.raises(ProcessLookupError):
        os.kill(int(kernel.read_text(encoding="utf-8")), 0)
    assert not (tmp_path / "other").exists()


def test_run_without_save_leaves_the_file_alone(tmp_path):
    path = notebook(tmp_path, "1 + 1")
    before = path.read_bytes()
    assert lab("run", path).returncode == 0
    assert path.read_bytes() == before


def fake_java_that_knows(tmp_path, *options):
    """Stops, as Java does, at an option that begins with -- and is not one of these."""
    home = fake_java(tmp_path, "21.0.1")
    java = (home / "bin" / "java").read_text(encoding="utf-8")
    stop = f'for o in "$@"; do case $o in {"|".join(options) or "none"}) ;; --*) echo "Unrecognized option: $o" >&2; exit 1;; esac; done\n'
    executable(home / "bin" / "java", java.replace("#!/bin/sh\n", "#!/bin/sh\n" + stop))
    return home


VECTORS, QUIET = "--add-modules=jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"


def line_of(done, name):
    return next(line for line in done.stdout.splitlines() if line[6:].startswith(name))


def test_the_kernel_is_started_with_those_options_only_that_its_java_knows(tmp_path):
    for number, known in enumerate([(), (VECTORS,), (QUIET,), (VECTORS, QUIET)]):
        home = fake_java_that_knows(tmp_path / str(number), *known)
        said = line_of(lab("doctor", JAVA_HOME=home, JJAVA_JVM_OPTS=None), "kernel")
        assert [option in said for option in (VECTORS, QUIET)] == [VECTORS in known, QUIET in known], said


def test_options_that_a_person_sets_have_the_last_word():
    assert line_of(lab("doctor", JJAVA_JVM_OPTS="-Xmx333m"), "kernel").endswith("started with -Xmx333m")


def test_a_java_without_vectors_is_good_enough_and_the_doctor_says_that_it_is_slow(tmp_path):
    line = line_of(lab("doctor", JAVA_HOME=fake_java_that_knows(tmp_path)), "Java")
    assert line.startswith("ok ") and "jdk.incubator.vector" in line and "slow" in line


def test_what_compares_both_kernels_names_the_java_that_has_one_only(tmp_path):
    home = fake_java_that_knows(tmp_path)
    for command in (["test"], ["fuzz"], ["mutants"], ["bench"]):
        assert_one_line(lab(*command, JAVA_HOME=home), str(home), "jdk.incubator.vector", "JAVA_HOME")


@pytest.fixture(scope="module")
def java_without_vectors(tmp_path_factory):
    """A real one, as a person would make it who wants a small Java."""
    home = tmp_path_factory.mktemp("java") / "small"
    modules = "java.se,jdk.compiler,jdk.jshell,jdk.unsupported,jdk.zipfs"
    if not shutil.which("jlink") or subprocess.run(["jlink", "--add-modules", modules, "--output", home]).returncode:
        pytest.skip("this JDK cannot make smaller ones")
    return home


@pytest.mark.nightly
def test_a_java_without_vectors_builds_the_jar_and_the_next_one_builds_the_vectors(copy, java_without_vectors):
    from zipfile import ZipFile

    (copy / ".venv").symlink_to(ROOT / ".venv")
    jar, kernel = copy / "target" / "jars" / "cnnkit.jar", "cnnkit/engine/VectorKernel.class"
    done = lab("build", root=copy, JAVA_HOME=java_without_vectors)
    assert done.returncode == 0 and "jdk.incubator.vector" in done.stdout, done.stdout + done.stderr
    assert kernel not in ZipFile(jar).namelist()
    assert line_of(lab("doctor", root=copy, JAVA_HOME=java_without_vectors), "engine").startswith("ok ")
    assert lab("build", root=copy).returncode == 0
    assert kernel in ZipFile(jar).namelist()


@pytest.mark.nightly
def test_a_notebook_runs_slowly_on_a_java_without_vectors(tmp_path, java_without_vectors):
    path = notebook(tmp_path, 'System.out.println(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());')
    done = lab("run", path, "--save", JAVA_HOME=java_without_vectors)
    assert done.returncode == 0, done.stdout
    assert "without the module jdk.incubator.vector" in done.stdout
    assert read(path)["cells"][0]["outputs"][0]["text"] == ["false\n"]


# "xx_XX.UTF-8" is not installed anywhere: programs then do as in POSIX, where file names are plain ASCII.
@pytest.mark.parametrize("locale", ["POSIX", "xx_XX.UTF-8"])
def test_a_file_whose_name_is_not_ascii_opens_in_every_locale(tmp_path, locale):
    folder = tmp_path / "数字"
    folder.mkdir()
    (folder / "é.txt").write_text("七", encoding="utf-8")
    reads = 'System.out.println(java.nio.file.Files.readString(java.nio.file.Path.of("..", "数字", "é.txt")));'
    path = notebook(tmp_path, reads).rename(folder / "数.ipynb")
    done = lab("run", path, "--save", LC_ALL=locale)
    assert done.returncode == 0, done.stdout
    assert read(path)["cells"][0]["outputs"][0]["text"] == ["七\n"]
    assert line_of(lab("doctor", LC_ALL=locale), "names").startswith("ok ")


def test_a_terminal_that_lacks_a_letter_gets_another_sign_for_it(tmp_path):
    path = notebook(tmp_path, 'throw new IllegalStateException("数字");')
    done = lab("run", path, PYTHONIOENCODING="ascii")
    assert done.returncode == 1 and "\\u6570" in done.stdout and done.stderr == ""


def test_every_file_is_read_and_written_in_an_encoding_that_is_named():
    """Else the country decides. A log is read in the encoding of the program that wrote it."""
    files = [ROOT / "lab.py", *(ROOT / "tools").glob("*.py"), *(ROOT / "src/bench").rglob("*.py"), *(ROOT / "src/test/python").glob("*.py")]
    silent = [
        f"{file.name}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("read_text", "write_text")
        and not {keyword.arg for keyword in node.keywords} & {"encoding", "errors"}
    ]
    assert silent == []


@pytest.mark.parametrize("file", [ROOT / "lab.py", *sorted((ROOT / "tools").glob("*.py"))], ids=lambda file: file.name)
def test_it_uses_the_standard_library_only(file):
    ours = {"lab", "tools"} if file.parent.name == "tools" else set()
    names = sys.stdlib_module_names | ours | {"nbformat", "nbclient", "msvcrt"}  # nb... are imported inside .venv only
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= names
