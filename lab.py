#!/usr/bin/env python3
"""The one command of cnnkit: sets everything up inside this folder, then starts JupyterLab, or what you ask for.

    python3 lab.py                  set up what is not set up yet, and open the notebooks
    python3 lab.py doctor           what is there, what is missing, and what to do about it
    python3 lab.py --help           all commands

It needs Python 3.10 or newer and a JDK 17 or newer (JAVA_HOME, or on PATH), and writes to .venv, target and data/mnist
only. pip and Maven fetch what they need with your own settings; once it is there, no network is needed.
"""

import sys

if sys.version_info < (3, 10):  # before anything that an older Python would stumble over
    sys.exit("lab.py: cnnkit needs Python 3.10 or newer, and this is %d.%d: run a newer one" % sys.version_info[:2])

import argparse
import atexit
import contextlib
import hashlib
import json
import locale
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
TARGET = ROOT / "target"
JARS = TARGET / "jars"
MNIST = ROOT / "data" / "mnist"
NOTEBOOKS = ROOT / "notebooks"
VENV = ROOT / ".venv"
TESTS = ROOT / "src" / "test" / "python"
EXPERIMENTS = ROOT / "src" / "experiments"

OLDEST_JAVA = 17
DEFAULT_PORT = 8888
# Enough memory for every notebook, and the Vector API; whoever sets JJAVA_JVM_OPTS has the last word.
VECTORS = "--add-modules=jdk.incubator.vector"
JVM_OPTIONS = f"-Xmx2g -Djava.awt.headless=true {VECTORS}"
# No question about news, no look for updates: JupyterLab then starts the same way without a network.
JUPYTERLAB_SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}

MNIST_SUMS = ROOT / "src/main/resources/cnnkit/data/mnist.sha256"  # the library reads it, too


class Problem(Exception):
    """Something a person can mend: its one line says what is wrong, where, and what to do."""


# ---- Java ------------------------------------------------------------------------------------------------------------


@dataclass
class Java:
    """A JDK that will do: where it is, and its version as it writes it (17.0.15)."""

    home: Path
    version: str

    def tool(self, name):
        return self.home / "bin" / (name + ".exe" if WINDOWS else name)


def find_java():
    """JAVA_HOME where it is set, else the java on PATH, else the one macOS knows of."""
    if os.environ.get("JAVA_HOME"):
        return java_in(Path(os.environ["JAVA_HOME"]), "JAVA_HOME")
    on_path = shutil.which("java")
    if on_path:
        with contextlib.suppress(OSError):  # on macOS this may be a stub with no Java behind it
            properties = java_properties(on_path)
            if "java.home" in properties:
                return java_in(Path(properties["java.home"]), "the java on PATH")
    if Path("/usr/libexec/java_home").exists():
        found = subprocess.run(["/usr/libexec/java_home", "-v", f"{OLDEST_JAVA}+"], capture_output=True, text=True)
        if found.returncode == 0:
            return java_in(Path(found.stdout.strip()), "/usr/libexec/java_home")
    raise Problem(f"no Java found: install a JDK {OLDEST_JAVA} or newer (adoptium.net has them), or set JAVA_HOME to one")


def java_in(home, where):
    """The JDK in this folder, or the reason why it will not do."""
    mend = f"set JAVA_HOME to a JDK {OLDEST_JAVA} or newer"
    java = Java(home, "")
    if not java.tool("java").exists():
        raise Problem(f"{where} is {home}, but there is no {java.tool('java')}: {mend}, or unset it to use the one on PATH")
    try:
        properties = java_properties(java.tool("java"))
    except OSError as error:
        raise Problem(f"{where} is {home}, but its java does not start ({error}): {mend}") from None
    java.version = properties.get("java.version", "unknown")
    specification = properties.get("java.specification.version", "0")  # "1.8" up to Java 8, then "9", "10", ...
    if int(specification.removeprefix("1.").split(".")[0]) < OLDEST_JAVA:
        raise Problem(f"{where} is {home}, Java {java.version}, but cnnkit needs {OLDEST_JAVA} or newer: {mend}")
    if not java.tool("javac").exists():
        raise Problem(f"{where} is {home}, Java {java.version} without a compiler (javac): {mend}, a JRE is not enough")
    return java


def java_properties(java):
    """What this java says about itself; an empty answer if it does not run."""
    told = subprocess.run([java, "-XshowSettings:properties", "-version"], capture_output=True, text=True, errors="replace")
    return dict(re.findall(r"^\s+(java\.\S+) = (.*?)\s*$", told.stderr, re.MULTILINE))


def environment(java):
    """The environment for everything we start: this Java first. Kernels start plain "java", so PATH is what counts."""
    environ = dict(os.environ)
    environ["JAVA_HOME"] = str(java.home)
    environ["PATH"] = str(java.home / "bin") + os.pathsep + environ.get("PATH", "")
    environ.setdefault("JJAVA_JVM_OPTS", JVM_OPTIONS)
    environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of .venv, also where another "java" kernel is installed
    environ.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(VENV / "workspaces"))  # our open tabs, not those of other work
    return environ


# ---- Set-up: each step leaves a stamp when it is done, and is not done again while the stamp holds ----------------------


def set_up(for_tests=False):
    """Everything that JupyterLab, the notebooks and the tests need. Takes no time when it is already there."""
    java = find_java()
    with one_at_a_time():
        make_venv()
        if for_tests:
            install(TESTS / "requirements.txt", VENV / ".cnnkit-tests")
        if not jar_is_up_to_date():
            build_jar(java)
        if wrong_mnist_files():
            unpack_mnist(java)
    return java


@contextlib.contextmanager
def one_at_a_time():
    """Two lab.py must not make the same folders at once: the second one waits. The lock ends with its process."""
    TARGET.mkdir(exist_ok=True)
    with open(TARGET / "lab.lock", "a+") as lock:
        waiting = False
        while not try_to_lock(lock):
            if not waiting:
                print("another lab.py is setting up in this folder: waiting for it", flush=True)
                waiting = True
            time.sleep(0.5)
        yield


def try_to_lock(file):
    try:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def fingerprint(files):
    """One sum over names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def stamped(stamp, text):
    return stamp.exists() and stamp.read_text() == text


def build():
    java = set_up()
    print(f"ready, with Java {java.version}: python3 lab.py opens the notebooks")
    return 0


def venv_python(venv=VENV):
    return venv / ("Scripts/python.exe" if WINDOWS else "bin/python")


def venv_is_whole():
    """False for one that was never finished, was moved, or has lost the Python it was made with."""
    if not (VENV / ".cnnkit").exists() or not venv_python().exists():
        return False
    return subprocess.run([venv_python(), "-c", "import pip"], capture_output=True).returncode == 0


def make_venv():
    """.venv with what requirements.txt pins, and JupyterLab's settings beside it; nothing of the user's is touched."""
    stamp = VENV / ".cnnkit"
    if not venv_is_whole():
        if Path(sys.prefix) == VENV:
            raise Problem("the .venv is not whole, and lab.py is running in it: type deactivate, then run lab.py again")
        if VENV.exists():
            print("the .venv is not whole: making it again", flush=True)
            shutil.rmtree(VENV)
        create_venv(VENV)
    install(ROOT / "requirements.txt", stamp)
    settings = VENV / "lab-settings" / "overrides.json"
    if not settings.exists():
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(json.dumps(JUPYTERLAB_SETTINGS, indent=2) + "\n")


def create_venv(folder):
    run_logged(
        [sys.executable, "-m", "venv", folder],
        f"Python could not make {folder}",
        "where Python comes in parts, install its venv part too (Debian, Ubuntu: apt install python3-venv)",
    )


def install(requirements, stamp):
    """Installs the pins of a file into the venv that the stamp lies in; the stamp is written last."""
    sum_of_pins = fingerprint([requirements])
    if stamped(stamp, sum_of_pins):
        return
    name = requirements.relative_to(ROOT)
    print(f"installing {name} into {stamp.parent.relative_to(ROOT)} (about a minute, once)", flush=True)
    run_logged(
        [venv_python(stamp.parent), "-m", "pip", "install", "--disable-pip-version-check", "-r", requirements],
        f"pip could not install {name}",
        "check the network, then run this again; a proxy or mirror is set as for any pip (HTTPS_PROXY, pip config)",
    )
    stamp.write_text(sum_of_pins)


def jar_stamp():
    """The sources and the jar made of them: a change of either means another build."""
    sources = [ROOT / "pom.xml", *(file for file in (ROOT / "src" / "main").rglob("*") if file.is_file())]
    return fingerprint(sources) + " " + fingerprint([JARS / "cnnkit.jar"])


def jar_is_up_to_date():
    return (JARS / "cnnkit.jar").exists() and stamped(JARS / ".cnnkit", jar_stamp())


def build_jar(java):
    """The jar and its libraries into target/jars; Maven unpacks MNIST on the way. No tests: that is lab.py test."""
    print("building the library (the first time Maven fetches what it needs: a minute or two)", flush=True)
    run_logged(
        [*maven(), "-q", "-Dmaven.test.skip=true", "-Dmaven.javadoc.skip=true", "-Dmaven.source.skip=true", "package"],
        "Maven could not build the library",
        "if that is about a connection: a proxy or mirror is set as for any Maven (~/.m2/settings.xml, MVNW_REPOURL)",
        environment(java),
    )
    (JARS / ".cnnkit").write_text(jar_stamp())


def maven(folder=ROOT):
    """Through sh, so that it also runs where unpacking an archive lost the executable bit."""
    return [*([folder / "mvnw.cmd"] if WINDOWS else ["sh", folder / "mvnw"]), "-B", "-ntp"]


def wrong_mnist_files():
    """The files of MNIST that are missing or not the official ones, each with the reason."""
    wrong = {}
    for line in MNIST_SUMS.read_text().splitlines():
        expected, name = line.split()
        file = MNIST / name
        if file.suffix != ".gz":
            continue  # what a learner may have unpacked
        if not file.exists():
            wrong[file] = "is missing"
        elif hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            wrong[file] = f"does not have the SHA-256 sum {expected[:12]}..."
    return wrong


def unpack_mnist(java):
    """Files that were lost or damaged come back: without the marker, Maven unpacks them again."""
    print("unpacking MNIST again: " + ", ".join(f"{file.name} {why}" for file, why in wrong_mnist_files().items()), flush=True)
    for file in wrong_mnist_files():
        file.unlink(missing_ok=True)
    shutil.rmtree(MNIST / ".unpacked", ignore_errors=True)
    build_jar(java)
    for file, why in wrong_mnist_files().items():
        raise Problem(
            f"{file} {why}: delete {MNIST} and {Path.home() / '.m2/repository/io/github/padreati'}, then run this again"
        )


def run_logged(command, what_failed, mend, environ=None):
    """Runs quietly; of a failure shows the line that counts, and where the rest is."""
    log = TARGET / "logs" / (re.sub(r"\W+", "-", what_failed.lower()).strip("-")[:40] + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as output:
        failed = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, env=environ, cwd=ROOT).returncode
    if failed:
        raise Problem(f"{what_failed}: {telling_line(log.read_text(errors='replace'))}; {mend}; all it said: {log}")


def telling_line(text):
    """Of what pip or Maven said, the first error that is not just a heading; else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"\[?ERROR\]?:? *[^ \[]", line) and "COMPILATION ERROR" not in line]
    return (errors or lines or ["it said nothing"])[0 if errors else -1]


# ---- Starting JupyterLab ---------------------------------------------------------------------------------------------


def start(port, browser):
    java = set_up()
    if port is not None and port_is_taken(port):
        raise Problem(f"port {port} is taken by another program: choose another one with --port, or leave --port out")
    command = [
        *(venv_python(), "-m", "jupyterlab", "-y", "--log-level=WARN"),  # -y: Ctrl-C stops it at once, without a question
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.default_url=/lab/tree/notebooks/{language()}",
        f"--LabApp.app_settings_dir={VENV / 'lab-settings'}",
        "--LabApp.extension_manager=readonly",  # the other one asks the network for a list of extensions
    ]
    if port is not None:
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # as in a container, where root is all there is
    print(f"starting JupyterLab with Java {java.version}; Ctrl-C here stops it", flush=True)
    return call(command, environment(java))


def language():
    """The notebooks a person sees first: zh where the system speaks Chinese, else en."""
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, "")
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def port_is_taken(port):
    with socket.socket() as probe:
        if not WINDOWS:  # a port that was in use a moment ago is free; on Windows this option means something else
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return False
        except OSError:
            return True


def call(command, environ, folder=None):
    """Runs with the terminal handed over. Ctrl-C reaches the command by itself; who stops us stops it too."""
    process = subprocess.Popen(command, env=environ, cwd=folder)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


# ---- Running notebooks without a browser --------------------------------------------------------------------------------


def run(notebooks, save, inside_venv):
    """Sets up, then does the work in .venv, where nbclient is."""
    paths = [find_notebook(name) for name in notebooks]
    if not inside_venv:
        java = set_up()
        command = [venv_python(), __file__, "run", "--inside-venv", *(["--save"] if save else []), *paths]
        return call(command, environment(java))
    failed = [path for path in paths if not run_notebook(path, save)]
    return 1 if failed else 0


def find_notebook(name):
    """As seen from where the person is, or from the top of the repository."""
    for path in (Path(name), ROOT / name):
        if path.is_file():
            return path.resolve()
    raise Problem(f"there is no notebook {name}, neither here nor in {ROOT}; those of the kit are in notebooks/en and notebooks/zh")


def run_notebook(path, save):
    """Runs all cells in the notebook's own folder and reports; True if no cell failed."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    name = os.path.relpath(path)
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # whatever is wrong with the file: nbformat has many words for it
        raise Problem(f"{name} is not a notebook: {telling_line(str(error))}") from None
    begun = time.monotonic()
    running = []  # the code cells so far: of a run that fails, the last one is the cell that failed
    client = NotebookClient(
        notebook,
        kernel_name="java",
        timeout=None,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell, cell_index: running.append(cell) if cell.cell_type == "code" else None,
    )
    with tempfile.TemporaryFile("w+", errors="replace") as log:  # what the kernel tells the terminal
        try:
            client.execute(stdout=log, stderr=log)
        except CellExecutionError:
            report_failure(name, running, time.monotonic() - begun)
            return False
        except (DeadKernelError, RuntimeError):  # RuntimeError: it died before the first cell
            atexit.unregister(client._cleanup_kernel)  # it would trip over a kernel that is not there
            log.seek(0)
            said = [line for line in log if line.strip() and not line.startswith("[I ")]
            where = f"in code cell {len(running)} (id {running[-1].get('id')})" if running else "before the first cell"
            print(f"{name}: FAILED, the Java kernel ended {where}; its options are set by JJAVA_JVM_OPTS; it said:")
            print("    " + "    ".join(said or ["nothing\n"]), end="", flush=True)
            return False
    if save:
        write_notebook(path, tidy(notebook))
    print(f"{name}: ok, {len(running)} code cells, {time.monotonic() - begun:.1f} s{', saved' if save else ''}", flush=True)
    return True


def report_failure(name, cells, seconds):
    """The number is the one JupyterLab writes before the cell: [7]."""
    cell = cells[-1]
    print(f"{name}: FAILED in code cell {len(cells)} (id {cell.get('id')}) after {seconds:.1f} s")
    print("\n".join("    | " + line for line in cell.source.splitlines()))
    for output in cell.outputs:
        if output.output_type == "error":
            error = "\n".join(output.traceback) or f"{output.ename}: {output.evalue}"
            error = re.sub(r"\x1b\[[0-9;]*m", "", error)
            print("\n".join("    " + line for line in error.splitlines()), flush=True)


def tidy(notebook):
    """What the run leaves in the file must not depend on the machine or the hour."""
    language_info = dict(notebook.metadata.get("language_info", {}))
    language_info.pop("version", None)
    notebook.metadata["language_info"] = language_info
    notebook.metadata["kernelspec"] = {"display_name": "Java", "language": "java", "name": "java"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # hours and minutes, which JupyterLab records
        if cell.cell_type == "code":
            cell.outputs = joined_streams(cell.outputs)
    return notebook


def joined_streams(outputs):
    """What was printed piece by piece becomes one text again, without what a carriage return has overwritten."""
    joined = []
    for output in outputs:
        before = joined[-1] if joined else None
        if output.output_type == "stream" and before and before.get("name") == output.name:
            before.text += output.text
        else:
            joined.append(output)
    for output in joined:
        if output.output_type == "stream":
            output.text = re.sub(r"[^\n]*\r(?!\n)", "", output.text)
    return joined


def write_notebook(path, notebook):
    """In the form that JupyterLab itself writes."""
    import nbformat

    write_atomically(path, nbformat.writes(notebook) + "\n")


def write_atomically(path, text):
    """To a neighbour first, so that no half file is ever there."""
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        neighbour.write_text(text, encoding="utf-8", newline="\n")
        os.replace(neighbour, path)
    finally:
        neighbour.unlink(missing_ok=True)


# ---- The twins: notebooks/en and notebooks/zh ---------------------------------------------------------------------------


def twins(names, check):
    """Carries code cells and outputs from notebooks/en to notebooks/zh, cell by cell id; only the texts differ."""
    english = [NOTEBOOKS / "en" / Path(name).name for name in names] or sorted((NOTEBOOKS / "en").glob("*.ipynb"))
    if not english:
        raise Problem(f"there is no notebook in {NOTEBOOKS / 'en'}")
    differences = []
    for path in english:
        differences += carry_over(path, NOTEBOOKS / "zh" / path.name, check)
    for difference in differences:
        print(difference)
    return 1 if differences else 0


def carry_over(english, chinese, check):
    """Brings one Chinese notebook up to date (or only compares); returns what a person has to mend."""
    for path in (english, chinese):
        if not path.is_file():
            return [f"{shown(path)} is missing: copy its twin, keep the cell ids, and translate the texts"]
    source, target = (json.loads(path.read_text(encoding="utf-8")) for path in (english, chinese))
    problems = compare_ids(english, source, chinese, target)
    code = {cell["id"]: cell for cell in source["cells"] if cell["cell_type"] == "code"}
    stale = [cell for cell in target["cells"] if cell["id"] in code and cell != code[cell["id"]]]
    if check:
        problems += [f"{shown(chinese)}: code cell {cell['id']} is not as in en: python3 lab.py twins" for cell in stale]
    elif stale or target["metadata"] != source["metadata"]:
        target["cells"] = [code.get(cell["id"], cell) for cell in target["cells"]]
        target["metadata"] = source["metadata"]
        write_atomically(chinese, json.dumps(target, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        print(f"{shown(chinese)}: copied {len(stale)} code cells: {', '.join(cell['id'] for cell in stale)}")
    else:
        print(f"{shown(chinese)}: up to date")
    return problems


def compare_ids(english, source, chinese, target):
    """Both must hold the same cells, of the same kind, in the same order."""
    ours, theirs = ([(cell["id"], cell["cell_type"]) for cell in notebook["cells"]] for notebook in (source, target))
    problems = [f"{shown(chinese)}: {kind} cell {id} of the en notebook is missing" for id, kind in ours if (id, kind) not in theirs]
    problems += [f"{shown(english)}: {kind} cell {id} of the zh notebook is missing" for id, kind in theirs if (id, kind) not in ours]
    if not problems and ours != theirs:
        first = next(a for a, b in zip(ours, theirs) if a != b)
        problems.append(f"{shown(chinese)}: the cells are in another order than in en, from {first[0]} on")
    return problems


def shown(path):
    return path.relative_to(ROOT).as_posix()


# ---- Tests and benchmarks -----------------------------------------------------------------------------------------------


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add_reports(self, reports):
        """Adds up JUnit XML files, which Maven and pytest both write."""
        for report in reports:
            for suite in ElementTree.parse(report).getroot().iter("testsuite"):
                total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
                failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                self.passed += total - skipped - failed
                self.failed += failed
                self.skipped += skipped

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


def test(more_jdks):
    """Everything: Maven's build with all checks, on other JDKs too if asked; then notebooks, lab.py itself, the browser."""
    others = [java_in(Path(home).resolve(), "--jdk") for home in more_jdks]
    java = set_up(for_tests=True)
    count = Count()
    count_run(count, f"mvnw verify on Java {java.version}", [*maven(), "verify"], java, ROOT)
    for other in others:
        folder = copy_for(other)
        count_run(count, f"mvnw verify on Java {other.version}", [*maven(folder), "verify"], other, folder)
    command = [venv_python(), "-m", "pytest", "-rs", TESTS, f"--junitxml={TARGET / 'pytest-reports/pytest.xml'}"]
    count_run(count, f"pytest, with Java {java.version}", command, java, ROOT, "pytest-reports")
    print(f"\ntested with Java {', '.join(each.version for each in (java, *others))} and Python {sys.version.split()[0]}")
    print(count, flush=True)
    return 1 if count.failed else 0


def count_run(count, title, command, java, folder, reports="surefire-reports"):
    """Runs one part of the tests and counts its reports; a part that fails without a failed test counts as one."""
    print(f"\n==== {title}", flush=True)
    shutil.rmtree(folder / "target" / reports, ignore_errors=True)
    begun, failed_before = time.monotonic(), count.failed
    exit_code = subprocess.run(command, cwd=folder, env=environment(java)).returncode
    count.add_reports((folder / "target" / reports).glob("*.xml"))
    if exit_code and count.failed == failed_before:
        count.failed += 1
    print(f"==== {title}: {'FAILED' if exit_code else 'ok'}, {time.monotonic() - begun:.0f} s", flush=True)


def copy_for(java):
    """Another JDK builds in a copy, from nothing, so that the jars in target/ stay as they are."""
    folder = TARGET / f"jdk-{java.version}"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("src", "data", ".mvn"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pom.xml", "mvnw", "mvnw.cmd"):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def bench(more_jdks, arguments):
    """Runs src/bench/bench.py, which needs NumPy and PyTorch beside it, in a venv of its own."""
    others = [java_in(Path(home).resolve(), "--jdk") for home in more_jdks]
    java = set_up()
    venv = TARGET / "bench-venv"
    with one_at_a_time():
        if not (venv / ".cnnkit").exists():
            shutil.rmtree(venv, ignore_errors=True)
            create_venv(venv)
        install(ROOT / "src" / "bench" / "requirements.txt", venv / ".cnnkit")
    tools = [each.tool("java") for each in (java, *others)]
    command = [venv_python(venv), ROOT / "src" / "bench" / "bench.py", JARS / "*", *tools, "--out", TARGET, *arguments]
    return call(command, environment(java))


def bench_kernels(java):
    """JMH, for single kernels on one core. Its libraries come from src/bench/pom.xml."""
    jars, classes = TARGET / "bench-jars", TARGET / "bench-classes"
    with one_at_a_time():
        if not jars.exists():
            run_logged(
                [*maven(), "-q", "-f", ROOT / "src" / "bench" / "pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={jars}"],
                "Maven could not fetch JMH",
                "check the network, then run this again",
                environment(java),
            )
        shutil.rmtree(classes, ignore_errors=True)
        classpath = os.pathsep.join(map(str, (classes, JARS / "*", jars / "*")))
        sources = sorted((ROOT / "src" / "bench" / "jmh").rglob("*.java"))
        run_logged([java.tool("javac"), "-cp", classpath, "-d", classes, *sources], "the kernel benchmark does not compile", "mend it")
    return call([java.tool("java"), "-cp", classpath, "org.openjdk.jmh.Main"], environment(java))


def experiments(names):
    """Repeats long experiments; each writes its record into data/experiments. Without a name: which there are."""
    programs = [file for file in sorted(EXPERIMENTS.glob("*.java")) if "void main(" in file.read_text(encoding="utf-8")]
    known = {file.stem: file for file in programs}  # the other files are what programs share
    if not names:
        print("experiments: " + ", ".join(known) + "; python3 lab.py experiments NAME repeats one")
        return 0
    for name in names:
        if name not in known:
            raise Problem(f"there is no experiment {name}: there are {', '.join(known)}")
    java = set_up()
    for name in names:
        classes = TARGET / "experiments" / "classes" / name
        classpath = os.pathsep.join(map(str, (classes, JARS / "*")))
        compiler = [java.tool("javac"), "-cp", JARS / "*", "-sourcepath", EXPERIMENTS, "-d", classes, known[name]]
        run_logged(compiler, f"the experiment {name} does not compile", "mend it")
        print(f"{name}: running; the record will be in data/experiments/{name}.csv", flush=True)
        exit_code = call([java.tool("java"), "-Djava.awt.headless=true", VECTORS, "-cp", classpath, name], environment(java), ROOT)
        if exit_code:
            return exit_code
    return 0


def fuzz(mutants):
    """Reads files with mistakes at random places, many more than "lab.py test" does, and counts those that were refused."""
    java = set_up()
    print(f"reading {mutants:,} damaged files of each kind; a mistake of ours would show as a failed test", flush=True)
    command = [*maven(), "-q", "test", "-Dtest=MutantsTest", f"-Dcnnkit.mutants={mutants}", "-Dsurefire.failIfNoSpecifiedTests=true"]
    exit_code = call(command, environment(java), ROOT)
    if not exit_code:
        print("each gave an error of ours, or what the file says")
    return exit_code


# ---- The doctor -----------------------------------------------------------------------------------------------------------

# Where fonts are missing, Java draws charts without a word in them, or fails: so draw one and look.
DRAW_TEXT = """
import java.awt.*;
import java.awt.image.BufferedImage;

public class DrawText {
    public static void main(String[] args) {
        var image = new BufferedImage(100, 30, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
        graphics.drawString("cnnkit", 5, 22);
        for (int pixel : image.getRGB(0, 0, 100, 30, null, 0, 100)) {
            if (pixel != 0xff000000) System.exit(0);
        }
        System.exit(1);
    }
}
"""


def doctor():
    """One line for each thing that is needed: ok, or what to do."""
    checks = {
        "Python": lambda: sys.version.split()[0],
        "Java": check_java,
        "fonts": check_fonts,
        ".venv": check_venv,
        "kernel": check_kernel,
        "jar": check_jar,
        "engine": check_engine,
        "data": check_data,
        "port": check_port,
        "browser": check_browser,
    }
    missing = False
    for name, check in checks.items():
        try:
            print(f"ok    {name:8} {check()}", flush=True)
        except Problem as problem:
            missing = True
            print(f"MEND  {name:8} {problem}", flush=True)
    return 1 if missing else 0


def check_java():
    java = find_java()
    return f"{java.version} with its compiler, in {java.home}"


def check_fonts():
    java = find_java()
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "DrawText.java"
        program.write_text(DRAW_TEXT)
        drawn = subprocess.run([java.tool("java"), "-Djava.awt.headless=true", program], capture_output=True)
    if drawn.returncode:
        raise Problem("Java draws no text: install fontconfig and a font (Debian, Ubuntu: apt install fontconfig fonts-dejavu-core)")
    return "Java draws text"


def check_venv():
    if not venv_is_whole():
        raise Problem("not there or not whole: python3 lab.py build makes it")
    if not stamped(VENV / ".cnnkit", fingerprint([ROOT / "requirements.txt"])):
        raise Problem("requirements.txt has changed since: python3 lab.py build")
    return "has what requirements.txt pins"


def check_kernel():
    if not (VENV / "share" / "jupyter" / "kernels" / "java" / "kernel.json").exists():
        raise Problem("the Java kernel is not in .venv: delete .venv, then python3 lab.py build")
    return f"Java kernel in .venv, started with {os.environ.get('JJAVA_JVM_OPTS') or JVM_OPTIONS}"


def check_jar():
    if not jar_is_up_to_date():
        raise Problem("target/jars is not there or older than the sources: python3 lab.py build")
    return f"target/jars, {len(list(JARS.glob('*.jar')))} jars"


def check_engine():
    check_jar()
    java = find_java()
    options = (os.environ.get("JJAVA_JVM_OPTS") or JVM_OPTIONS).split()
    told = subprocess.run(
        [java.tool("java"), *options, "-cp", JARS / "*", "cnnkit.engine.Engine"], capture_output=True, text=True
    )
    if told.returncode:
        raise Problem(f"does not start: {telling_line(told.stderr)}; python3 lab.py build")
    return told.stdout.strip().splitlines()[-1]


def check_data():
    for file, why in wrong_mnist_files().items():
        raise Problem(f"{file} {why}: python3 lab.py build brings it back")
    return "MNIST, four files with the right sums"


def check_port():
    if port_is_taken(DEFAULT_PORT):
        return f"{DEFAULT_PORT} is taken: lab.py takes the next free one, or the one you give with --port"
    return f"{DEFAULT_PORT} is free"


def check_browser():
    """Only the tests need Chromium; learners use whichever browser they like."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return f"{found} for the tests" if found else "no Chromium: the tests of the browser are skipped, all else works"


# ---- The command line ----------------------------------------------------------------------------------------------------


def port_number(text):
    if not (text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text} is not a port: choose one from 1 to 65535")
    return int(text)


def mutant_count(text):
    if not (text.isdigit() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text} is no number of mutants: choose one from 1, such as 2000")
    return int(text)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Problem(f"{message}; python3 lab.py --help shows all commands")


def parse(arguments):
    parser = Parser(prog="lab.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=port_number, metavar="N", help=f"the port of JupyterLab (else {DEFAULT_PORT} or the next free one)")
    parser.add_argument("--no-browser", action="store_true", help="start JupyterLab without opening a browser")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands (none: start JupyterLab)")
    commands.add_parser("build", help="set up without starting anything")
    runs = commands.add_parser("run", help="run notebooks without a browser")
    runs.add_argument("notebooks", nargs="+", metavar="NOTEBOOK")
    runs.add_argument("--save", action="store_true", help="write the outputs into the files")
    runs.add_argument("--inside-venv", action="store_true", help=argparse.SUPPRESS)
    tests = commands.add_parser("test", help="run all tests: the library, the notebooks, the browser")
    tests.add_argument("--jdk", action="append", default=[], metavar="PATH", help="test the library on this JDK too")
    pairs = commands.add_parser("twins", help="copy code cells and outputs from notebooks/en to notebooks/zh")
    pairs.add_argument("names", nargs="*", metavar="NAME", help="a notebook of notebooks/en (else all)")
    pairs.add_argument("--check", action="store_true", help="compare only")
    benches = commands.add_parser("bench", help="time cnnkit beside PyTorch and NumPy (fetches PyTorch once: some GB)")
    benches.add_argument("--rounds", default="3", metavar="N", help="how often all take turns (else 3)")
    benches.add_argument("--seconds", default="10", metavar="S", help="how long a turn lasts (else 10)")
    benches.add_argument("--only", default="", metavar="WORDS", help="only the rows of the table with these words")
    benches.add_argument("--jdk", action="append", default=[], metavar="PATH", help="time on this JDK too")
    benches.add_argument("--kernels", action="store_true", help="time single kernels with JMH instead")
    longs = commands.add_parser("experiments", help="repeat a long experiment and record it in data/experiments")
    longs.add_argument("names", nargs="*", metavar="NAME", help="which (none: list them)")
    mutations = commands.add_parser("fuzz", help="read many thousands of damaged files")
    mutations.add_argument("--mutants", type=mutant_count, default=2000, metavar="N", help="of each kind (else 2000)")
    commands.add_parser("doctor", help="say what is there, what is missing, and what to do")
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    match_command = {
        None: lambda: start(options.port, not options.no_browser),
        "build": build,
        "run": lambda: run(options.notebooks, options.save, options.inside_venv),
        "test": lambda: test(options.jdk),
        "twins": lambda: twins(options.names, options.check),
        "bench": lambda: bench_kernels(set_up())
        if options.kernels
        else bench(options.jdk, ["--rounds", options.rounds, "--seconds", options.seconds, "--only", options.only]),
        "experiments": lambda: experiments(options.names),
        "fuzz": lambda: fuzz(options.mutants),
        "doctor": doctor,
    }
    return match_command[options.command]()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(f"lab.py: {problem}")
    except OSError as error:  # a full disk, a folder that may not be written to
        sys.exit(f"lab.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
