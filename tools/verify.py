"""Computes what must come out the same, to the bit, on every machine, and compares its SHA-256 with what is published.

It computes with vectors and without, on one thread and on two, each in a Java of its own."""

import re
import subprocess
from pathlib import Path

from lab import ROOT, Problem, environment, java_in, set_up
from tools.programs import compiled, started

PROGRAM = ROOT / "src" / "verify" / "SameBits.java"
PUBLISHED_IN = "README.md"
ROW = re.compile(r"^\| ([^|]+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)
# What is computed with: how the engine must describe itself, and the options of Java.
PLAIN = ("plain Java", ["-Dcnnkit.plain=true"])
VECTORS = ("vectors", [])


def add_options(parser):
    parser.add_argument("--jdk", action="append", default=[], metavar="PATH", help="compute on this JDK too")


def run(options):
    java = set_up()
    expected = published()
    others = [java_in(Path(home).resolve(), "--jdk") for home in options.jdk]
    classes = compiled(java, PROGRAM)
    wrong = 0
    for each in (java, *others):
        for engine, flags in (VECTORS, PLAIN) if each.has_vectors else (PLAIN,):
            for threads in (1, 2):
                sums = computed(each, classes, engine, [*flags, f"-Dcnnkit.threads={threads}"])
                wrong += compare(f"Java {each.version}, {engine}, {threads} thread{'s' if threads > 1 else ''}", sums, expected)
    print("all bits are those of the README" if not wrong else f"{wrong} sums are not those of the README")
    return 1 if wrong else 0


def published(readme=ROOT / PUBLISHED_IN):
    """What stands in the README: name to SHA-256, in its order."""
    return dict(ROW.findall(readme.read_text(encoding="utf-8")))


def computed(java, classes, engine, flags):
    """Name to SHA-256, as this Java computes them in one way."""
    command = started(java, classes, "SameBits", engine, ROOT / "data" / "weights", options=flags)
    done = subprocess.run(command, cwd=ROOT, env=environment(java), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise Problem(f"SameBits stopped with {engine}, {' '.join(flags)}: {done.stderr.strip()[-500:]}")
    return dict(line.split("\t") for line in done.stdout.splitlines() if "\t" in line)


def compare(way, sums, expected):
    """Prints each sum beside the published one; how many differ, or are missing on either side."""
    print(way)
    wrong = 0
    for name in {**expected, **sums}:
        here, there = sums.get(name, "nothing"), expected.get(name, "nothing")
        wrong += here != there
        print(f"  same       {name}: {here}" if here == there else f"  DIFFERENT  {name}: {here} here, {there} published", flush=True)
    return wrong
