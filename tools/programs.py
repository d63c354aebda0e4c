"""Small Java programs that use the library: compiled with its jars on the class path, and started."""

import functools
import os
import tempfile
from pathlib import Path

from lab import JARS, TARGET, environment, run_logged


def compiled(java, program):
    """The folder of its classes; files beside it that it names are compiled with it."""
    classes = place_of(program.stem)
    command = [java.tool("javac"), "--release", "17", "-encoding", "UTF-8", "-cp", JARS / "*"]
    command += ["-sourcepath", program.parent, "-d", classes, program]
    run_logged(command, f"{program.stem} does not compile", "mend it", environment(java))
    return classes


def place_of(name):
    """In target; where the kit is somebody else's, in a temporary folder."""
    classes = TARGET / "programs" / name
    try:
        classes.mkdir(parents=True, exist_ok=True)
        if os.access(classes, os.W_OK):
            return classes
    except OSError:
        pass
    return Path(temporary().name) / name


@functools.cache
def temporary():
    """Until this Python ends."""
    return tempfile.TemporaryDirectory(prefix="cnnkit-programs-")


def started(java, classes, name, *arguments, options=()):
    """The command that starts a compiled program."""
    classpath = os.pathsep.join(map(str, (classes, JARS / "*")))
    return [java.tool("java"), "-Djava.awt.headless=true", *java.options, *options, "-cp", classpath, name, *arguments]
