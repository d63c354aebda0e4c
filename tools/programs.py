"""Small Java programs that use the library: compiled with its jars on the class path, and started."""

import os

from lab import JARS, TARGET, environment, run_logged


def compiled(java, program):
    """The folder of its classes; files beside it that it names are compiled with it."""
    classes = TARGET / "programs" / program.stem
    command = [java.tool("javac"), "--release", "17", "-encoding", "UTF-8", "-cp", JARS / "*"]
    command += ["-sourcepath", program.parent, "-d", classes, program]
    run_logged(command, f"{program.stem} does not compile", "mend it", environment(java))
    return classes


def started(java, classes, name, *arguments, options=()):
    """The command that starts a compiled program."""
    classpath = os.pathsep.join(map(str, (classes, JARS / "*")))
    return [java.tool("java"), "-Djava.awt.headless=true", *java.options, *options, "-cp", classpath, name, *arguments]
