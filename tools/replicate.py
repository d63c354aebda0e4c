"""Runs the claims that rest on random numbers with fresh seeds, and records how often each of them held.

A claim of the chapter that could come out otherwise with other random numbers stands in a cell tagged "replicate", and so
do the cells that it needs. They run once for each seed, in a kernel of their own, as they stand in the notebook: the
notebook's Notebook.seed(1) is then another number, and a claim that fails is printed with ✗.
"""

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass

from lab import NOTEBOOKS, ROOT, TARGET, Problem, call, environment, set_up, venv_python, write_atomically
from tools.tables import as_csv, whole_number

RECORD = ROOT / "data" / "experiments" / "Replication.csv"
RUNS = TARGET / "replicate"
TAG = "replicate"


@dataclass(frozen=True, order=True)
class Row:
    """A line of the record: what a claim's sentence came to with a seed."""

    claim: str
    notebook: str
    sentence: str
    seed: int
    held: str  # yes or no


def add_options(parser):
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="of the chapter, such as C29 (else all)")
    parser.add_argument("--seeds", type=whole_number, default=20, metavar="N", help="how many (else 20)")
    parser.add_argument("--from", type=whole_number, default=1001, dest="first", metavar="S", help="the first one (else 1001)")


def run(options):
    there = {path: claims_of(path) for path in sorted((NOTEBOOKS / "en").glob("*.ipynb"))}
    known = set().union(*there.values())
    for claim in options.claims:
        if claim not in known:
            raise Problem(f"no claim {claim} rests on random numbers: there are {', '.join(sorted(known))}")
    java = set_up()
    rows = []
    for path, claims in there.items():
        claims &= set(options.claims or known)
        if claims:
            for seed in range(options.first, options.first + options.seeds):
                rows += repeat(path, seed, claims, environment(java))
    print(told(rows))
    kept = [row for row in read_record() if row.claim not in {new.claim for new in rows}]
    write_record(kept + rows)
    print(f"recorded in {RECORD.relative_to(ROOT).as_posix()}")
    return 0


def cells_of(notebook):
    """The first cell, which loads the jars, and those that a repetition needs."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [cell for cell in code if cell is code[0] or TAG in tags(cell)]


def tags(cell):
    return cell["metadata"].get("tags", [])


def claims_of(path):
    """Those of its claims that rest on random numbers."""
    cells = cells_of(json.loads(path.read_text(encoding="utf-8")))
    return {tag for cell in cells if TAG in tags(cell) for tag in tags(cell) if re.fullmatch(r"C\d\d", tag)}


def repeat(path, seed, claims, environ):
    """Runs a notebook's cells with one seed; returns what its claims came to."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [{**cell, "outputs": [], "execution_count": None} for cell in cells_of(notebook)]
    copy = RUNS / f"{path.stem}-{seed}.ipynb"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    options = f"{environ['JJAVA_JVM_OPTS']} -Dcnnkit.replication={seed}"
    command = [venv_python(), ROOT / "lab.py", "run", "--inside-venv", "--save", copy]
    if call(command, {**environ, "JJAVA_JVM_OPTS": options}, ROOT):
        raise Problem(f"{path.name} does not run with the seeds of {seed}: see the cell above; nothing was recorded")
    return list(rows_in(json.loads(copy.read_text(encoding="utf-8")), path.name, seed, claims))


def rows_in(notebook, name, seed, claims):
    for cell in notebook["cells"]:
        printed = "".join("".join(output["text"]) for output in cell["outputs"] if output["output_type"] == "stream")
        for claim in sorted(claims & set(tags(cell))):
            for mark, sentence in re.findall(r"^([✓✗]) (.*)$", printed, re.MULTILINE):
                yield Row(claim, name, sentence, seed, "yes" if mark == "✓" else "no")


def told(rows):
    """One line for each sentence: how often it held."""
    held = defaultdict(list)
    for row in rows:
        held[row.claim, row.sentence].append(row.held == "yes")
    return "\n".join(f"{claim} {sum(all)} of {len(all)}: {sentence}" for (claim, sentence), all in sorted(held.items()))


def read_record():
    if not RECORD.is_file():
        return []
    with RECORD.open(encoding="utf-8", newline="") as file:
        return [Row(**{**line, "seed": int(line["seed"])}) for line in csv.DictReader(file)]


def write_record(rows):
    write_atomically(RECORD, as_csv(Row, rows))
