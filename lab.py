#!/usr/bin/env python3
"""The one command of cnnkit: sets everything up inside this folder, then starts JupyterLab, or what you ask for.

    python3 lab.py                  set up what is not set up yet, and open the notebooks
    python3 lab.py doctor           what is there, what is missing, and what to do about it
    python3 lab.py --help           all commands

It needs Python 3.10 or newer and a JDK 17 or newer (JAVA_HOME, or on PATH), and writes to .venv, target, data/mnist and
my-notebooks only; your work is in my-notebooks, or, where the kit belongs to somebody else, in a folder of that name in
your home. pip and Maven fetch what they need with your own settings; once it is there, no network is needed.
"""

# In this file: what sets up (Java, .venv, jar, data, the kernel's options) and what a learner calls (start, run, test,
# doctor). What the keepers of the kit call lies in tools/: each tool imports this file, and this file knows no more of
# them than TOOLS says; one is loaded only when it is asked for, so a mistake in a tool never stops a learner.

import sys

if sys.version_info < (3, 10):  # before anything that an older Python would stumble over
    sys.exit("lab.py: cnnkit needs Python 3.10 or newer, and this is %d.%d: run a newer one" % sys.version_info[:2])

import argparse
import atexit
import contextlib
import errno
import functools
import hashlib
import importlib
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
import zipfile
from dataclasses import dataclass
from pathlib import Path

WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
TARGET = ROOT / "target"
JARS = TARGET / "jars"
MNIST = ROOT / "data" / "mnist"
NOTEBOOKS = ROOT / "notebooks"
VENV = ROOT / ".venv"
KERNEL = VENV / "share" / "jupyter" / "kernels" / "java" / "kernel.json"
TESTS = ROOT / "src" / "test" / "python"

OLDEST_JAVA = 17
DEFAULT_PORT = 8888
# Enough memory for every notebook; text in UTF-8, which Java before 18 does not choose everywhere by itself. To these
# comes what this Java knows of JAVA_OPTIONS; whoever sets JJAVA_JVM_OPTS has the last word.
JVM_OPTIONS = "-Xmx2g -Djava.awt.headless=true -Dfile.encoding=UTF-8"
VECTORS = "--add-modules=jdk.incubator.vector"
QUIET = "--sun-misc-unsafe-memory-access=allow"  # from Java 24 on a library's use of Unsafe would print warnings
JAVA_OPTIONS = (VECTORS, QUIET)
# No question about news, no look for updates: JupyterLab then starts the same way without a network. Markdown is shown as it
# is meant to be read: the welcome page, the glossary.
JUPYTERLAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
}
# Ten thousands of lines printed at once arrive; an endless loop still does not drown the browser (messages and bytes a
# second). JupyterLab brings a Python kernel, which these notebooks do not run on: it is not offered. What a kernel says of
# itself when a notebook opens counts as a sign of life, else its state would be "Unknown" until a cell has run.
NO_SIGNS_OF_LIFE = """
    comm_info_request comm_info_reply shutdown_request shutdown_reply interrupt_request interrupt_reply debug_request debug_reply
    stream display_data update_display_data execute_input execute_result error status clear_output debug_event
    input_request input_reply
""".split()  # the server's own list, but for kernel_info_request and kernel_info_reply
# JJava says that it ends, and does not: a thread of its own stays. Jupyter tells its process to end after half of these seconds.
KERNEL_ENDS = {"shutdown_wait_time": 2}
SERVER_SETTINGS = {
    "ZMQChannelsWebsocketConnection": {"iopub_msg_rate_limit": 20_000, "iopub_data_rate_limit": 50_000_000},
    "KernelSpecManager": {"allowed_kernelspecs": ["java"]},
    "MappingKernelManager": {"untracked_message_types": NO_SIGNS_OF_LIFE},
    "KernelManager": KERNEL_ENDS,
}
# On Binder each open notebook takes about half a GB of the two there are: a kernel whose tab was closed ends after ten minutes.
BINDER_SETTINGS = {
    **SERVER_SETTINGS,
    "MappingKernelManager": {"untracked_message_types": NO_SIGNS_OF_LIFE, "cull_idle_timeout": 600, "cull_interval": 60},
}

MNIST_SUMS = ROOT / "src/main/resources/cnnkit/data/mnist.sha256"  # the library reads it, too


class Problem(Exception):
    """Something a person can mend: its one line says what is wrong, where, and what to do."""


# ---- Java ------------------------------------------------------------------------------------------------------------


@dataclass
class Java:
    """A JDK that will do: where it is, and its version as it writes it (17.0.15)."""

    home: Path
    version: str
    runtime: str = ""  # as the kernel gives it, 17.0.15+6

    def tool(self, name):
        return self.home / "bin" / (name + ".exe" if WINDOWS else name)

    @functools.cached_property
    def options(self):
        """Which of JAVA_OPTIONS it knows: one that it does not know would stop it before it has begun."""
        return [option for option in JAVA_OPTIONS if java_properties(self.tool("java"), option)]

    @property
    def has_vectors(self):
        return VECTORS in self.options

    def kernel_options(self):
        return os.environ.get("JJAVA_JVM_OPTS") or " ".join((JVM_OPTIONS, *self.options))


def find_java():
    """JAVA_HOME where it is set, else the java on PATH, else the one macOS knows of."""
    if os.environ.get("JAVA_HOME"):
        return java_in(Path(os.environ["JAVA_HOME"]).absolute(), "JAVA_HOME")  # what we start may run in another folder
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
    java.runtime = properties.get("java.runtime.version", java.version)
    specification = properties.get("java.specification.version", "0")  # "1.8" up to Java 8, then "9", "10", ...
    if int(specification.removeprefix("1.").split(".")[0]) < OLDEST_JAVA:
        raise Problem(f"{where} is {home}, Java {java.version}, but cnnkit needs {OLDEST_JAVA} or newer: {mend}")
    if not java.tool("javac").exists():
        raise Problem(f"{where} is {home}, Java {java.version} without a compiler (javac): {mend}, a JRE is not enough")
    return java


def java_properties(java, *options):
    """What this java says about itself; an empty answer if it does not run."""
    command = [java, *options, "-XshowSettings:properties", "-version"]
    told = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environ_in_utf8())
    return dict(re.findall(r"^\s+([a-z]+\.\S+) = (.*?)\s*$", told.stderr, re.MULTILINE)) if told.returncode == 0 else {}


NO_VECTORS = "without the module jdk.incubator.vector"


def need_vectors(java, why):
    if not java.has_vectors:
        raise Problem(f"{java.home} is Java {java.version} {NO_VECTORS}: {why}: set JAVA_HOME to a JDK that has it, as those of adoptium.net")


def environment(java):
    """The environment for everything we start: this Java first. Kernels start plain "java", so PATH is what counts."""
    environ = dict(environ_in_utf8())
    environ["JAVA_HOME"] = str(java.home)
    environ["PATH"] = str(java.home / "bin") + os.pathsep + environ.get("PATH", "")
    environ["JJAVA_JVM_OPTS"] = java.kernel_options()
    # There from the start, so that a kernel can say what to do where a cell runs before the first one, which loads the jars.
    environ["JJAVA_CLASSPATH"] = str(JARS / "*.jar")
    if os.environ.get("CNNKIT_KERNEL") == "ijava":
        environ["JUPYTER_PATH"] = str(IJAVA)
        environ["IJAVA_CLASSPATH"] = (JARS / "*.jar").as_posix()  # it asks for slashes on Windows, too
        environ["IJAVA_STARTUP_SCRIPT"] = "cnnkit.notebook.Notebook.install();"  # JJava does it by itself
        describe_ijava(java)
    environ["CNNKIT_HOME"] = str(ROOT)  # the first cell of a notebook and the library find the kit from any folder
    environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of .venv, also where another "java" kernel is installed
    return environ


# ---- IJava: the kernel that JJava comes from, for who has one ---------------------------------------------------------------

IJAVA = TARGET / "ijava"  # a data folder of Jupyter's, asked before .venv; the kernel is named java there, too
IJAVA_CLASS = "io/github/spencerpark/ijava/IJava.class"


def take_kernel(name, path):
    """Takes a built IJava, from a jar, a folder or the zip of a release, and leaves it where it was."""
    java = set_up()
    jar = IJAVA / "kernels" / "java" / "ijava.jar"
    write_bytes(jar, built_ijava(Path(path)))
    describe_ijava(java)
    print(f"{name} is in {jar.parent.relative_to(ROOT)}: python3 lab.py test --kernel {name}  runs all notebooks in it")
    return 0


def built_ijava(path):
    """The bytes of the jar."""
    if not path.exists():
        raise Problem(f"there is no {path}: give a jar of IJava, its folder, or the zip of a release; docs/ijava.md says how to build one")
    jars = sorted(path.rglob("*.jar")) if path.is_dir() else [path]
    for jar in jars:
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(jar) as archive:
            names = archive.namelist()
            if IJAVA_CLASS in names:
                return jar.read_bytes()
            for name in names if not path.is_dir() else []:
                if name.endswith(".jar") and "ijava" in name.lower():
                    return archive.read(name)
    raise Problem(f"{path} holds no IJava that is built: no jar with {IJAVA_CLASS}; docs/ijava.md says how to build it")


def describe_ijava(java):
    """IJava itself passes no options to Java: they stand in the file that says how it is started."""
    folder = IJAVA / "kernels" / "java"
    if not (folder / "ijava.jar").exists():
        raise Problem("there is no IJava here yet: python3 lab.py kernel ijava PATH  takes a built one")
    options = [*java.kernel_options().split(), "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED"]
    spec = {
        "argv": ["java", *options, "-jar", str(folder / "ijava.jar"), "{connection_file}"],
        "display_name": "Java (IJava)",
        "language": "java",
        "interrupt_mode": "message",
    }
    write_atomically(folder / "kernel.json", json.dumps(spec, indent=2) + "\n")


# ---- Letters: where the system speaks plain ASCII only, Java opens no file whose name has other letters ---------------


@functools.cache
def environ_in_utf8():
    """Our environment; where its locale is POSIX, or one that is not installed, with a locale of UTF-8. No option of
    Java does that: it takes the encoding of file names from the locale alone."""
    environ = dict(os.environ)
    if letters() == "ASCII":
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
            if letters(name) == "UTF-8":
                environ["LC_ALL"] = name
                break
    return environ


def letters(name=""):
    """The encoding of a locale (of ours, if none is named): UTF-8, ASCII, or another."""
    if WINDOWS:
        return "UTF-8"  # names of files are Unicode there, whatever the locale
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
        encoding = locale.nl_langinfo(locale.CODESET).upper()
        return {"UTF8": "UTF-8", "ANSI_X3.4-1968": "ASCII", "US-ASCII": "ASCII", "646": "ASCII"}.get(encoding, encoding)
    except locale.Error:  # not installed: programs take the one of POSIX
        return "ASCII"
    finally:
        locale.setlocale(locale.LC_ALL, before)


# ---- Set-up: each step leaves a stamp when it is done, and is not done again while the stamp holds ----------------------


def set_up(for_tests=False):
    """Everything that JupyterLab, the notebooks and the tests need. Takes no time when it is already there."""
    java = find_java()
    missing = list(missing_steps(java, for_tests))
    if missing and not os.access(ROOT, os.W_OK):
        raise Problem(f"{ROOT} is not set up, or not by this version, and you may not write there: its owner runs  python3 lab.py build")
    if missing:
        with one_at_a_time():
            for step in missing_steps(java, for_tests):  # asked again: another lab.py may have done it meanwhile
                step()
    if not java.has_vectors:
        print(f"Java {java.version} is {NO_VECTORS}: all works, but slowly; a JDK of adoptium.net has it", flush=True)
    return java


def missing_steps(java, for_tests):
    """What is still to be done, one after another; where all is there, nothing is written."""
    if not venv_is_up_to_date():
        yield make_venv
    if for_tests and not is_installed(TESTS / "requirements.txt", VENV / ".cnnkit-tests"):
        yield lambda: install(TESTS / "requirements.txt", VENV / ".cnnkit-tests")
    if not jar_is_up_to_date() or (java.has_vectors and not jar_has_vectors()):
        yield lambda: build_jar(java)
    if wrong_mnist_files():
        yield lambda: unpack_mnist(java)


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
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        return True  # some shared folders know no locks: better without one than to wait for ever


def fingerprint(files):
    """One sum over names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def stamped(stamp, text):
    return stamp.exists() and stamp.read_text(encoding="utf-8") == text


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
    try:
        return subprocess.run([venv_python(), "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:  # an archive lost the executable bit, or it is of another processor
        return False


def lab_settings():
    return VENV / "lab-settings" / "overrides.json", json.dumps(JUPYTERLAB_SETTINGS, indent=2) + "\n"


def venv_is_up_to_date():
    return venv_is_whole() and is_installed(ROOT / "requirements.txt", VENV / ".cnnkit") and stamped(*lab_settings())


def make_venv():
    """.venv with what requirements.txt pins, and JupyterLab's settings beside it; nothing of the user's is touched."""
    stamp = VENV / ".cnnkit"
    if not venv_is_whole():
        if Path(sys.prefix) == VENV:
            raise Problem("the .venv is not whole, and lab.py is running in it: type deactivate, then run lab.py again")
        if VENV.exists():
            print("the .venv is not whole: making it again", flush=True)
            shutil.rmtree(VENV)
        print("making a Python environment in .venv (some seconds, once)", flush=True)
        create_venv(VENV)
    install(ROOT / "requirements.txt", stamp)
    settings, text = lab_settings()
    settings.parent.mkdir(exist_ok=True)
    write_atomically(settings, text)


def create_venv(folder):
    run_logged(
        [sys.executable, "-m", "venv", folder],
        f"Python could not make {folder}",
        "where Python comes in parts, install its venv part too (Debian, Ubuntu: apt install python3-venv)",
    )


def is_installed(requirements, stamp):
    return stamped(stamp, fingerprint([requirements]))


def install(requirements, stamp):
    """Installs the pins of a file into the venv that the stamp lies in; the stamp is written last."""
    if is_installed(requirements, stamp):
        return
    name = requirements.relative_to(ROOT)
    print(f"installing {name} into {stamp.parent.relative_to(ROOT)} (about a minute, once)", flush=True)
    run_logged(
        [venv_python(stamp.parent), "-m", "pip", "install", "--disable-pip-version-check", "-r", requirements],
        f"pip could not install {name}",
        "check the network, then run this again; a proxy or mirror is set as for any pip (HTTPS_PROXY, pip config)",
    )
    stamp.write_text(fingerprint([requirements]), encoding="utf-8")


def jar_stamp():
    """The sources and the jar made of them: a change of either means another build."""
    files = (ROOT / "src" / "main").rglob("*")
    sources = [file for file in files if file.is_file() and ".ipynb_checkpoints" not in file.parts]  # JupyterLab's, of what one looked at
    libraries = sorted(f"{jar.name} {jar.stat().st_size}" for jar in JARS.glob("*.jar"))
    return " ".join([fingerprint([ROOT / "pom.xml", *sources]), fingerprint([JARS / "cnnkit.jar"]), *libraries])


def jar_is_up_to_date():
    try:
        return (JARS / "cnnkit.jar").exists() and stamped(JARS / ".cnnkit", jar_stamp())
    except FileNotFoundError:  # another lab.py is building them
        return False


def jar_has_vectors():
    """False for one that was built by a Java without them; another Java then builds it anew."""
    with zipfile.ZipFile(JARS / "cnnkit.jar") as jar:
        return "cnnkit/engine/VectorKernel.class" in jar.namelist()


def build_jar(java):
    """The jar and its libraries into target/jars; Maven unpacks MNIST on the way. No tests: that is lab.py test."""
    print("building the library (the first time Maven fetches what it needs: a minute or two)", flush=True)
    (JARS / ".cnnkit").unlink(missing_ok=True)  # whatever ends this before its end: the next lab.py begins it anew
    for old in JARS.glob("*.jar"):  # a library of another version must not stay beside the one that is needed now
        with contextlib.suppress(OSError):  # on Windows while a kernel runs
            old.unlink()
    run_logged(
        [*maven(), "-q", "-Pquick", *([] if java.has_vectors else ["-Pwithout-vectors"]), "package"],
        "Maven could not build the library",
        "if that is about a connection: a proxy or mirror is set as for any Maven (~/.m2/settings.xml, MVNW_REPOURL)",
        environment(java),
    )
    (JARS / ".cnnkit").write_text(jar_stamp(), encoding="utf-8")


def maven(folder=ROOT):
    """Through sh, so that it also runs where unpacking an archive lost the executable bit."""
    return [*([folder / "mvnw.cmd"] if WINDOWS else ["sh", folder / "mvnw"]), "-B", "-ntp"]


def wrong_mnist_files():
    """The files of MNIST that are missing or not the official ones, each with the reason."""
    wrong = {}
    for line in MNIST_SUMS.read_text(encoding="utf-8").splitlines():
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
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        output = open(log, "wb")
    except OSError:  # the kit is somebody else's
        number, name = tempfile.mkstemp(prefix="cnnkit-", suffix=".log")
        log, output = Path(name), open(number, "wb")
    with output:
        failed = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, env=environ, cwd=ROOT).returncode
    if failed:
        raise Problem(f"{what_failed}: {telling_line(log.read_text(errors='replace'))}; {mend}; all it said: {log}")
    if not log.is_relative_to(TARGET):
        log.unlink()


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
    mine = own_folder()
    for line in bring_up_to_date(mine, java):
        print(line, flush=True)
    top = ROOT if mine.is_relative_to(ROOT) else mine  # what JupyterLab shows; the source of the kit is there to be read
    command = [
        *(venv_python(), "-m", "jupyterlab", "-y", "--log-level=WARN"),  # -y: Ctrl-C stops it at once, without a question
        f"--ServerApp.root_dir={top}",
        f"--LabApp.default_url=/lab/tree/{(mine / language() / WELCOME).relative_to(top).as_posix()}",
        f"--LabApp.app_settings_dir={VENV / 'lab-settings'}",
        "--LabApp.extension_manager=readonly",  # the other one asks the network for a list of extensions
        *server_options(),
    ]
    if port is not None:
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # as in a container, where root is all there is
    environ = environment(java)
    environ.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(mine / ".workspaces"))  # our open tabs, not those of other work
    print(f"starting JupyterLab with Java {java.version}; Ctrl-C here stops it", flush=True)
    return call(command, environ)


def server_options():
    """SERVER_SETTINGS as options; a list is named once for each of its values."""
    for part, settings in SERVER_SETTINGS.items():
        for name, value in settings.items():
            for each in value if isinstance(value, list) else [value]:
                yield f"--{part}.{name}={each}"


def language():
    """The notebooks a person sees first: zh where the system speaks Chinese, else en."""
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        name = locale.getlocale()[0] or ""
    except locale.Error:  # not installed, but it says what the person speaks
        name = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
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


LAST_SECONDS = 15  # for a command that was told to stop: JupyterLab ends its kernels in two of them


def call(command, environ, folder=None):
    """Runs with the terminal handed over. Ctrl-C reaches the command by itself; who stops us, or closes the terminal, stops
    it too, with a signal that it and its kernels know.

    JupyterLab that is stopped while it answers a page now and then waits for ever for a thread that has nothing to do."""
    hangs_up = not WINDOWS and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN  # which "nohup" has seen to
    if hangs_up:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # in the command, too: it would end, and leave its kernels
    process = subprocess.Popen(command, env=environ, cwd=folder)

    def stop(*_):
        process.terminate()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    if hangs_up:
        signal.signal(signal.SIGHUP, stop)
    end = None  # when our patience ends
    while True:
        try:
            return process.wait(1 if WINDOWS or end else None)  # on Windows Ctrl-C does not reach us before
        except KeyboardInterrupt:
            end = end or time.monotonic() + LAST_SECONDS
        except subprocess.TimeoutExpired:
            if end and time.monotonic() > end:
                process.kill()


# ---- A learner's own copies: nobody works in files that git holds, so that "git pull" always works ------------------------

MINE = "my-notebooks"
WELCOME = "welcome.md"
RECORD = ".cnnkit.json"  # in MINE: of each copy, what it was made of, and what it was when it was made


def own_folder():
    """In the kit, or, where that belongs to somebody else, in the person's home."""
    return (ROOT if os.access(ROOT, os.W_OK) else Path.home()) / MINE


def shipped():
    """What the kit has for a learner, by its place in MINE."""
    for language in ("en", "zh"):
        yield f"{language}/{WELCOME}", NOTEBOOKS / language / WELCOME
        for path in sorted((NOTEBOOKS / language).glob("*.ipynb")):
            yield f"{language}/{path.name}", path
        for path in sorted((ROOT / "homework" / language / "release").glob("*/*.ipynb")):
            yield f"{language}/homework/{path.name}", path
    yield "README.md", NOTEBOOKS / "README.md"
    for path in sorted((NOTEBOOKS / "thumbnails").glob("*.png")):
        yield f"thumbnails/{path.name}", path


def copy_of(path, java):
    """The bytes of a copy. A notebook says from the start which Java runs it, as JupyterLab would note when it opens it: so
    one that was only looked at closes without a question. Links from homework lead to the copies of the lessons."""
    if path.suffix == ".png":
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\.\./\.\./\.\./\.\./notebooks/(en|zh)/", "../", text)
    text = re.sub(r"\.\./\.\./homework/(en|zh)/release/\w+/", "homework/", text)
    if path.suffix != ".ipynb":
        return text.encode("utf-8")
    notebook = json.loads(text)
    notebook["metadata"]["language_info"]["version"] = java.runtime
    notebook["metadata"]["kernelspec"] = java_kernelspec()
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def java_kernelspec():
    """As the kernel in .venv names itself."""
    try:
        name = json.loads(KERNEL.read_text(encoding="utf-8"))["display_name"]
    except (OSError, ValueError, KeyError):
        raise Problem("the Java kernel is not in .venv: delete .venv, then run this again") from None
    return {"display_name": name, "language": "java", "name": "java"}


def sum_of(content):
    return hashlib.sha256(content).hexdigest()


def bring_up_to_date(mine, java):
    """Makes the copies that are missing, renews those that nobody has changed, and lays a newer version beside the others;
    returns what a person should know."""
    record = read_record(mine)
    news = []
    if not mine.exists():
        news.append(f"your own copies of the notebooks are in {mine}")
    for place, path in shipped():
        if path.is_file():
            new = bring_copy(mine, place, path, java, record)
            if new:
                news.append(f"{place} has a newer version, and you have worked in yours: the newer one lies beside it, {new}")
    write_record(mine, record)
    return news


def bring_copy(mine, place, path, java, record):
    """One copy; the name of the newer version if it had to be laid beside."""
    source, content = sum_of(path.read_bytes()), copy_of(path, java)
    known = record.get(place, {})
    mine_now = (mine / place).read_bytes() if (mine / place).exists() else None
    if mine_now is None or mine_now == content or sum_of(mine_now) == known.get("copy"):
        if mine_now != content:
            write_bytes(mine / place, content)
        record[place] = {"source": source, "copy": sum_of(content)}
    elif source != known.get("source"):
        beside = free_name(mine / place, "new")
        write_bytes(beside, content)
        record[place] = {"source": source, "copy": known.get("copy")}
        return beside.name
    return None


def free_name(path, word):
    """7.4-im2col.new.ipynb, and if that is taken, 7.4-im2col.new-2.ipynb: nothing is ever overwritten."""
    names = (path.with_name(f"{path.stem}.{word}{'' if n == 1 else f'-{n}'}{path.suffix}") for n in range(1, sys.maxsize))
    return next(name for name in names if not name.exists())


def read_record(mine):
    """Without it, or with a damaged one, every copy counts as worked in."""
    try:
        record = json.loads((mine / RECORD).read_text(encoding="utf-8"))
        return record if isinstance(record, dict) else {}
    except (OSError, ValueError):
        return {}


def write_record(mine, record):
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    if not stamped(mine / RECORD, text):
        write_atomically(mine / RECORD, text)


def fresh(names):
    """Begins notebooks anew: the copy becomes what the kit has, and what a person has made of it stays beside it."""
    java = set_up()
    mine = own_folder()
    places = {name: [place for place, path in shipped() if path.suffix == ".ipynb" and is_called(place, name)] for name in names}
    for name in (name for name in names if not places[name]):
        raise Problem(f"there is no notebook {name}: say  7.4,  zh/7.4  or the name of a homework, such as  im2col")
    sources = dict(shipped())
    record = read_record(mine)
    for place in (place for name in names for place in places[name]):
        path, content = mine / place, copy_of(sources[place], java)
        if path.exists() and path.read_bytes() == content:
            print(f"{MINE}/{place} is fresh already")
            continue
        earlier = None
        if path.exists() and sum_of(path.read_bytes()) != record.get(place, {}).get("copy"):
            earlier = free_name(path, "before")
            path.rename(earlier)
        write_bytes(path, content)
        record[place] = {"source": sum_of(sources[place].read_bytes()), "copy": sum_of(content)}
        write_record(mine, record)
        print(f"{MINE}/{place} is fresh" + (f"; what you had made of it: {earlier.name}" if earlier else ""))
    print("where one is open in JupyterLab: File > Reload Notebook from Disk")
    return 0


def is_called(place, name):
    """7.4 is 7.4-im2col and not 7.4b-layers; en/7.4 only the English one."""
    language, _, wanted = name.removeprefix(f"{MINE}/").removesuffix(".ipynb").replace("homework/", "").rpartition("/")
    file = Path(place).stem
    return place.startswith(language) and (file == wanted or file.startswith(wanted + "-"))


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
        read = path.read_bytes()
        notebook = nbformat.reads(read.decode("utf-8"), as_version=4)
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
    client.config.KernelManager.update(KERNEL_ENDS)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:  # what the kernel tells the terminal
        try:
            complete(client.async_execute(stdout=log, stderr=log))
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
    saved = ""
    if save:
        target = path if not path.exists() or path.read_bytes() == read else free_name(path, "run")
        write_notebook(target, tidy(notebook, path.parent))
        saved = ", saved" if target == path else f", but the file was changed meanwhile: saved beside it, {target.name}"
    print(f"{name}: ok, {len(running)} code cells, {time.monotonic() - begun:.1f} s{saved}", flush=True)
    return True


def complete(work):
    """Waits for a coroutine of nbclient. Ctrl-C, or being stopped, cancels it, which ends its kernel, and goes on as
    KeyboardInterrupt. nbclient's own handlers would end the kernel, too, but then the next notebook would begin."""
    import asyncio

    class Loop(asyncio.SelectorEventLoop):
        def add_signal_handler(self, *_):
            raise RuntimeError("handlers stay as they are")  # which nbclient takes, as on a thread that is not the main one

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    loop = Loop()
    task = loop.create_task(work)
    try:
        return loop.run_until_complete(task)
    except KeyboardInterrupt:
        left = asyncio.all_tasks(loop)
        for each in left:
            each.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        raise
    finally:
        loop.close()


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


def tidy(notebook, folder):
    """What the run leaves in the file of this folder must not depend on the machine or the hour."""
    kit = Path(os.path.relpath(ROOT, folder)).as_posix() if folder.resolve().is_relative_to(ROOT) else str(ROOT)
    language_info = dict(notebook.metadata.get("language_info", {}))
    language_info.pop("version", None)
    notebook.metadata["language_info"] = language_info
    notebook.metadata["kernelspec"] = {"display_name": "Java", "language": "java", "name": "java"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # hours and minutes, which JupyterLab records
        if cell.cell_type == "code":
            cell.outputs = joined_streams(cell.outputs)
            for output in cell.outputs:
                for part in (output, output.get("data", {})):
                    part.update({kind: text.replace(str(ROOT), kit) for kind, text in part.items() if isinstance(text, str)})
                if "text/html" in output.get("data", {}):  # which kernel made a panel: another one each time
                    output.data["text/html"] = re.sub(r'data-kernel="[^"]*"', 'data-kernel=""', output.data["text/html"])
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
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path, content):
    """To a neighbour first, so that no half file is ever there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        neighbour.write_bytes(content)
        os.replace(neighbour, path)
    finally:
        neighbour.unlink(missing_ok=True)


# ---- Tests ---------------------------------------------------------------------------------------------------------------


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


def test(more_jdks, nightly):
    """Maven's build with all checks, on other JDKs too if asked; then notebooks, lab.py itself, the browser. What takes
    minutes by itself is left to the night, as is what another JDK could only repeat."""
    others = [java_in(home, "--jdk") for home in dict.fromkeys(Path(home).resolve() for home in more_jdks)]
    for each in (find_java(), *others):
        need_vectors(each, "the tests compare the engine with vectors and without")
    java = set_up(for_tests=True)
    count = Count()
    Part(f"mvnw verify on Java {java.version}", [*maven(), "verify"], java, ROOT).finish(count)
    beside = [background(other, ["verify"] if nightly else FOR_ANOTHER_JDK) for other in others]
    workers = ["-n", "2", "--dist", "loadgroup"]  # see conftest.py
    report = f"--junitxml={TARGET / 'pytest-reports/pytest.xml'}"
    command = [venv_python(), "-m", "pytest", "-rs", *(["--nightly"] if nightly else []), *workers, report, TESTS]
    Part(f"pytest, with Java {java.version}", command, java, ROOT, "pytest-reports").finish(count)
    for part in beside:
        part.finish(count)
    print(f"\ntested with Java {', '.join(each.version for each in (java, *others))} and Python {sys.version.split()[0]}")
    print(count, flush=True)
    return 1 if count.failed else 0


def test_in_ijava():
    """All notebooks, from top to bottom, what cells are told, and panels in a browser, in the IJava that lab.py kernel has taken."""
    os.environ["CNNKIT_KERNEL"] = "ijava"
    java = set_up(for_tests=True)
    count = Count()
    report = f"--junitxml={TARGET / 'pytest-reports/pytest.xml'}"
    of_a_kernel = ["-k", "runs_from_top_to_bottom or test_kernel or test_live"]
    files = [TESTS / name for name in ("test_kernel.py", "test_live.py", "test_notebooks.py")]
    command = [venv_python(), "-m", "pytest", "-rs", "--nightly", *of_a_kernel, report, *files]
    Part(f"notebooks and panels in IJava, with Java {java.version}", command, java, ROOT, "pytest-reports").finish(count)
    print(count, flush=True)
    return 1 if count.failed else 0


# The tests alone, and not those that run trainings on each JDK there is, or whose bits those have shown to be the same.
FOR_ANOTHER_JDK = ["test", "-DexcludedGroups=once"]


def background(java, goals):
    """Maven's build on another JDK, which takes what the tests in Python leave of the processors: they often wait for a browser."""
    folder = importlib.import_module("tools.another_jdk").copy_for(java, ROOT, TARGET)
    return Part(f"mvnw {goals[0]} on Java {java.version}", [*maven(folder), *goals], java, folder, log=folder / "maven.log")


class Part:
    """A part of the tests: a command that leaves reports. One with a log begins quietly, and is told of at its end."""

    def __init__(self, title, command, java, folder, reports="surefire-reports", log=None):
        self.title, self.reports, self.log = title, folder / "target" / reports, log
        if not log:
            print(f"\n==== {title}", flush=True)
        shutil.rmtree(self.reports, ignore_errors=True)
        self.begun = time.monotonic()
        with log.open("wb") if log else contextlib.nullcontext() as file:
            politely = (lambda: os.nice(5)) if log and hasattr(os, "nice") else None
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment(java), stdout=file, stderr=file, preexec_fn=politely
            )

    def finish(self, count):
        """Waits, and adds up; a part that fails without a failed test counts as one."""
        failed_before = count.failed
        exit_code = self.process.wait()
        if self.log:
            print(f"\n==== {self.title}\n{self.log.read_text(encoding='utf-8', errors='replace')}")
        count.add_reports(self.reports.glob("*.xml"))
        if exit_code and count.failed == failed_before:
            count.failed += 1
        took = "beside the others" if self.log else f"{time.monotonic() - self.begun:.0f} s"
        print(f"==== {self.title}: {'FAILED' if exit_code else 'ok'}, {took}", flush=True)


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
        "names": check_names,
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
        except (Problem, OSError) as problem:
            missing = True
            print(f"MEND  {name:8} {problem}", flush=True)
    return 1 if missing else 0


def check_java():
    java = find_java()
    return f"{java.version} with its compiler, in {java.home}" + ("" if java.has_vectors else f", {NO_VECTORS}: slow")


def check_names():
    java = find_java()
    encoding = java_properties(java.tool("java")).get("sun.jnu.encoding", "unknown")
    if encoding == "ANSI_X3.4-1968":
        raise Problem("Java opens no file whose name has letters outside ASCII: install a locale of UTF-8, and set LC_ALL to it")
    return f"of files may have any letter of {encoding}"


def check_fonts():
    java = find_java()
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "DrawText.java"
        program.write_text(DRAW_TEXT, encoding="utf-8")
        drawn = subprocess.run([java.tool("java"), "-Djava.awt.headless=true", program], capture_output=True, env=environment(java))
    if drawn.returncode:
        raise Problem("Java draws no text: install fontconfig and a font (Debian, Ubuntu: apt install fontconfig fonts-dejavu-core)")
    return "Java draws text"


def check_venv():
    if not venv_is_whole():
        raise Problem("not there or not whole: python3 lab.py build makes it")
    if not is_installed(ROOT / "requirements.txt", VENV / ".cnnkit"):
        raise Problem("requirements.txt has changed since: python3 lab.py build")
    return "has what requirements.txt pins"


def check_kernel():
    if not KERNEL.exists():
        raise Problem("the Java kernel is not in .venv: delete .venv, then python3 lab.py build")
    return f"Java kernel in .venv, started with {find_java().kernel_options()}"


def check_jar():
    if not jar_is_up_to_date():
        raise Problem("target/jars is not there or older than the sources: python3 lab.py build")
    return f"target/jars, {len(list(JARS.glob('*.jar')))} jars"


def check_engine():
    check_jar()
    java = find_java()
    command = [java.tool("java"), *java.kernel_options().split(), "-cp", JARS / "*", "cnnkit.engine.Engine"]
    told = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment(java))
    if told.returncode:
        options = "the options in JJAVA_JVM_OPTS may be wrong; unset it" if os.environ.get("JJAVA_JVM_OPTS") else "python3 lab.py build"
        raise Problem(f"does not start: {telling_line(told.stderr or told.stdout)}; {options}")
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


# What lies in tools/, and what it is good for: the help needs the words without loading the tools.
TOOLS = {
    "twins": "copy code cells from the English notebooks to the Chinese ones",
    "bench": "time cnnkit beside PyTorch and NumPy (fetches PyTorch once: some GB)",
    "verify": "compute what must come out the same everywhere, and compare its SHA-256 with the published one",
    "record": "train against the clock: 15s, 60s or 10min from the command to the weights, 10 seeds",
    "experiments": "repeat a long experiment and record it in data/experiments",
    "fuzz": "read many thousands of damaged files",
    "replicate": "run the claims that rest on random numbers with fresh seeds",
    "mutants": "break the library in thousands of places, and count what its tests notice",
    "grade": "grade the hand-ins of a class: a CSV of scores and mistakes",
    "page": "make digit.html, one offline page on which LeNet reads what one draws",
    "font": "cut the font of Chinese figures anew (fetches Noto Sans SC once: 100 MB)",
    "release": "rehearse a release to Maven Central (--dry-run), or say what one needs",
}


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Problem(f"{message}; python3 lab.py --help shows all commands")


def parse(arguments):
    parser = Parser(prog="lab.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=port_number, metavar="N", help=f"the port of JupyterLab (else {DEFAULT_PORT} or the next free one)")
    parser.add_argument("--no-browser", action="store_true", help="start JupyterLab without opening a browser")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands (none: start JupyterLab)")
    commands.add_parser("build", help="set up without starting anything")
    anew = commands.add_parser("fresh", help="begin a notebook anew; what you have made of it stays beside it")
    anew.add_argument("names", nargs="+", metavar="NAME", help="7.4, zh/7.4, or a homework: im2col")
    runs = commands.add_parser("run", help="run notebooks without a browser")
    runs.add_argument("notebooks", nargs="+", metavar="NOTEBOOK")
    runs.add_argument("--save", action="store_true", help="write the outputs into the files")
    runs.add_argument("--inside-venv", action="store_true", help=argparse.SUPPRESS)
    tests = commands.add_parser("test", help="run all tests: the library, the notebooks, the browser")
    tests.add_argument("--jdk", action="append", default=[], metavar="PATH", help="test the library on this JDK too")
    tests.add_argument("--kernel", choices=["ijava"], help="run all notebooks and panels in this kernel instead")
    kernels = commands.add_parser("kernel", help="take another Java kernel, for test --kernel")
    kernels.add_argument("name", choices=["ijava"])
    kernels.add_argument("path", metavar="PATH", help="a built IJava: its jar, its folder, or the zip of a release")
    tests.add_argument("--nightly", action="store_true", help="the tests that take minutes each, too")
    for name, words in TOOLS.items():
        parser_of_tool = commands.add_parser(name, help=words)
        if name in arguments:
            tool = importlib.import_module(f"tools.{name}")
            tool.add_options(parser_of_tool)
            parser_of_tool.set_defaults(run_tool=tool.run)
    commands.add_parser("doctor", help="say what is there, what is missing, and what to do")
    return parser.parse_args(arguments)


def speak():
    """In the learner's language, where its folder has a catalogue of what is said here."""
    catalogue = NOTEBOOKS / (os.environ.get("CNNKIT_LANGUAGE") or language()) / "messages" / "lab.po"
    if catalogue.exists():
        importlib.import_module("tools.translated").install(catalogue)


def main():
    sys.modules["lab"] = sys.modules[__name__]  # a tool that imports lab gets this very module, not a second one
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a letter that the terminal does not have must not stop us
    speak()
    options = parse(sys.argv[1:])
    match_command = {
        None: lambda: start(options.port, not options.no_browser),
        "build": build,
        "fresh": lambda: fresh(options.names),
        "run": lambda: run(options.notebooks, options.save, options.inside_venv),
        "test": lambda: test_in_ijava() if options.kernel else test(options.jdk, options.nightly),
        "kernel": lambda: take_kernel(options.name, options.path),
        "doctor": doctor,
    }
    return match_command[options.command]() if options.command in match_command else options.run_tool(options)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(f"lab.py: {problem}")
    except OSError as error:  # a full disk, a folder that may not be written to
        sys.exit(f"lab.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
