"""Repeats long experiments; each writes its record into data/experiments. Without a name: which there are."""

from lab import ROOT, Problem, call, environment, set_up
from tools.programs import compiled, started

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
        classes = compiled(java, known[name])
        print(f"{name}: running; the record will be in data/experiments/{name}.csv", flush=True)
        exit_code = call(started(java, classes, name), environment(java), ROOT)
        if exit_code:
            return exit_code
    return 0
