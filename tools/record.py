"""Trains networks against the clock, with several seeds: from the command to the weights in a file.

The clock is the wall's: it starts before Java does, and the loading of the digits is in it. Accuracies on the test images are
measured afterwards, by another process. Each run is a row of data/experiments/Records.csv, with what it ran on."""

import csv
import io
import os
import subprocess
import time

from lab import ROOT, TARGET, Problem, environment, set_up, write_atomically
from tools.machine import machine
from tools.programs import compiled, started

PROGRAM = ROOT / "src" / "record" / "Record.java"
RECORDS = ROOT / "data" / "experiments" / "Records.csv"
LIMITS = {"15s": 15, "60s": 60, "10min": 600}
HEAD = ["time", "seed", "seconds", "accuracy", "processors", "processor", "java", "one_look"]


def add_options(parser):
    parser.add_argument("times", nargs="*", metavar="TIME", help="15s, 60s or 10min (none: the first two)")
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="how many seeds (else 10)")
    parser.add_argument("--from", dest="first", type=int, default=1, metavar="S", help="the first seed; from 1 on the record is made anew, else seeds are added to it")
    parser.add_argument("--choose", action="store_true", help="train without the validation images, and tell the accuracy on them; record nothing")


def run(options):
    unknown = [each for each in options.times if each not in LIMITS]
    if unknown:
        raise Problem(f"there is no record of {', '.join(unknown)}: there are {', '.join(LIMITS)}")
    if options.seeds < 1 or options.first < 1:
        raise Problem(f"a record needs at least one seed, from 1 on, not {options.seeds} from {options.first} on")
    java = set_up()
    classes = compiled(java, PROGRAM)
    late = 0
    for each in options.times or ["15s", "60s"]:
        seeds = range(options.first, options.first + options.seeds)
        rows = [measured(java, classes, each, seed, options.choose) for seed in seeds]
        if not options.choose:
            rows = keep(rows, each, options.first)
        late += tell(java, classes, each, rows, "validation" if options.choose else "test")
    return 1 if late else 0


def measured(java, classes, limit, seed, choosing):
    """One run, as a row of the table."""
    weights = TARGET / "records" / f"{limit}-{seed}.npz"
    weights.parent.mkdir(parents=True, exist_ok=True)
    arguments = ("choose", limit, seed) if choosing else ("train", limit, seed, weights)
    begin = time.monotonic()
    said = program(java, classes, *arguments)
    seconds = time.monotonic() - begin
    accuracy, once = (said if choosing else program(java, classes, "test", limit, seed, weights)).split()
    looks = "" if once == accuracy else f", {float(once):.2%} after one look"
    print(f"{limit}, seed {seed}: {float(accuracy):.2%}{looks}, {seconds:.1f} s", flush=True)
    return [limit, seed, f"{seconds:.1f}", accuracy, os.cpu_count(), machine(), java.version, once]


def program(java, classes, *arguments):
    command = started(java, classes, "Record", *map(str, arguments))
    done = subprocess.run(command, cwd=ROOT, env=environment(java), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise Problem(f"Record stopped with {' '.join(map(str, arguments))}: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()


def keep(rows, limit, first):
    """Puts the rows of one time into the table: from seed 1 on in place of all of that time, for a recipe may be new, else of
    the same seeds. Answers with all rows of that time."""
    table = list(csv.reader(RECORDS.read_text(encoding="utf-8").splitlines()))[1:] if RECORDS.exists() else []
    new = {str(row[1]) for row in rows}
    table = [row for row in table if row[0] != limit or first > 1 and row[1] not in new] + rows
    table.sort(key=lambda row: (list(LIMITS).index(row[0]), int(row[1])))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEAD, *table])
    write_atomically(RECORDS, text.getvalue())
    return [row for row in table if row[0] == limit]


def tell(java, classes, limit, rows, images):
    """Prints mean and interval, and the slowest run; how many took too long."""
    accuracies = [row[3] for row in rows]
    mean = program(java, classes, "mean", *accuracies) if len(rows) > 1 else f"{float(accuracies[0]):.2%}"
    seconds = [float(row[2]) for row in rows]
    late = sum(each > LIMITS[limit] for each in seconds)
    print(f"{limit}: {mean} of the {images} images, {len(rows)} seeds; {min(seconds):.1f} to {max(seconds):.1f} s")
    if late:
        print(f"{limit}: {late} of {len(rows)} runs took longer")
    return late
