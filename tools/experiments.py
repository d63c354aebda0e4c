"""Repeats long experiments; each writes its record into data/experiments. Without a name: which there are."""

import os

from lab import JARS, ROOT, TARGET, Problem, call, environment, run_logged, set_up

EXPERIMENTS = ROOT / "src" / "experiments"


def add_options(parser):
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (none: list them)")


def run(options):
    programs = [file for file in sorted(EXPERIMENTS.glob("*.java")) if "void main(" in file.read_text(encoding="utf-8")]
    known = {file.stem: file for file in programs}  # the other files are what programs share
    if not options.names:
        print("experiments: " + ", ".join(known) + "; python3 lab.py experiments NAME repeats one")
        return 0
    for name in options.names:
        if name not in known:
            raise Problem(f"there is no experiment {name}: there are {', '.join(known)}")
    java = set_up()
    for name in options.names:
        classes = TARGET / "experiments" / "classes" / name
        classpath = os.pathsep.join(map(str, (classes, JARS / "*")))
        compiler = [java.tool("javac"), "-encoding", "UTF-8", "-cp", JARS / "*", "-sourcepath", EXPERIMENTS, "-d", classes, known[name]]
        run_logged(compiler, f"the experiment {name} does not compile", "mend it", environment(java))
        print(f"{name}: running; the record will be in data/experiments/{name}.csv", flush=True)
        program = [java.tool("java"), "-Djava.awt.headless=true", *java.options, "-cp", classpath, name]
        exit_code = call(program, environment(java), ROOT)
        if exit_code:
            return exit_code
    return 0
