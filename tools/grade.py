"""Grades the hand-ins of a class without a notebook server: one CSV of points and mistakes, the same points as nbgrader's.

FOLDER holds a hand-in for each learner: FOLDER/LEARNER.ipynb, FOLDER/LEARNER/NAME.ipynb, or as nbgrader collects them,
FOLDER/LEARNER/ASSIGNMENT/NAME.ipynb. Which assignment a notebook belongs to is told by the ids of its graded cells. What the
teacher wrote is taken from homework/, so that nothing is gained by changing it; the learner's cells run in a JVM of their
own, with limits on time and memory and without a network, and whatever one of them does, the next one is graded.
"""

import functools
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

from lab import JARS, ROOT, TARGET, Problem, environment, set_up, write_atomically
from tools.tables import as_csv, whole_number

HOMEWORK = ROOT / "homework"
RESULTS = "grades.csv"
MEMORY = "512m"
SECONDS, SECONDS_OF_TRAINING = 120, 900  # for all cells of a hand-in; each check has a limit of its own
MAIN = "cnnkit.homework.HandIn"
QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")  # small cases: to begin matters more than to be fast


@dataclass(frozen=True, order=True)
class Row:
    """A line of the CSV: what a graded cell is worth in a hand-in."""

    learner: str
    assignment: str
    cell: str
    points: str  # empty where a person has to read
    out_of: str
    mistakes: str
    note: str


def add_options(parser):
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="with a hand-in for each learner")
    parser.add_argument("--seconds", type=whole_number, metavar="N", help=f"for one hand-in (else {SECONDS}, and {SECONDS_OF_TRAINING} where networks are trained)")
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"the CSV (else FOLDER/{RESULTS})")


def run(options):
    hand_ins = list(find_hand_ins(options.folder))
    java = set_up()
    assignments = {path.stem: cells_of(path) for path in sources()}
    with ThreadPoolExecutor(max_workers=max(1, min(4, cpu_count() or 1))) as pool:
        graded = list(pool.map(lambda each: grade(java, each, assignments, options.seconds), hand_ins))
    rows = [row for each in graded for row in each]
    file = options.output or options.folder / RESULTS
    write_atomically(file, as_csv(Row, rows, plain))
    print(told(rows))
    print(f"{len(hand_ins)} hand-ins: {file}")
    return 0


# ---- what is handed in -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HandIn:
    learner: str
    notebook: Path


def find_hand_ins(folder):
    """By learner; several notebooks of one learner are several hand-ins."""
    if not folder.is_dir():
        raise Problem(f"{folder} is no folder: give the one that holds the hand-ins")
    found = False
    for path in sorted(folder.rglob("*.ipynb")):
        inside = path.relative_to(folder)
        if ".ipynb_checkpoints" not in inside.parts:
            found = True
            yield HandIn(inside.parts[0] if len(inside.parts) > 1 else path.stem, path)
    if not found:
        raise Problem(f"{folder} holds no notebooks: a hand-in is FOLDER/LEARNER/NAME.ipynb or FOLDER/LEARNER.ipynb")


def sources():
    """The teacher's notebooks; one language will do, for the code is the same."""
    found = sorted((HOMEWORK / "en" / "source").glob("*/*.ipynb"))
    if not found:
        raise Problem("homework/en/source holds no notebooks: get them back with git checkout homework")
    return found


def cells_of(notebook):
    """The code cells; a notebook that cannot be read is a problem of that hand-in only."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def grading(cell):
    """What nbgrader says about a cell."""
    return cell.get("metadata", {}).get("nbgrader", {})


def grade_id(cell):
    return grading(cell).get("grade_id")


def source_of(cell):
    return "".join(cell["source"])


def assignment_of(cells, assignments):
    """The one that has most of the graded cells."""
    ids = {grade_id(cell) for cell in cells} - {None}
    shared = {name: len(ids & {grade_id(cell) for cell in theirs}) for name, theirs in assignments.items()}
    best = max(shared, key=shared.get)
    return best if shared[best] else None


def key(cell):
    return grade_id(cell) or cell.get("id")


def is_answer(cell):
    return bool(grading(cell).get("solution"))


def put_together(cells, teachers):
    """The learner's answers and own cells, and the teacher's cells as the teacher wrote them, each in its place."""
    left = {key(cell): cell for cell in teachers}  # not yet run
    known = set(left)
    for cell in cells:
        if key(cell) not in known:
            yield "own", key(cell), source_of(cell)
        elif key(cell) in left:
            yield from before(key(cell), left)
            theirs = left.pop(key(cell))
            yield ("answer", key(cell), source_of(cell)) if is_answer(theirs) else (kind(theirs), key(theirs), source_of(theirs))
    yield from before(None, left)


def before(name, left):
    """The teacher's cells that come first, though the learner has deleted them; an answer that is not there stays away."""
    for earlier in list(left):
        if earlier == name:
            return
        theirs = left.pop(earlier)
        if not is_answer(theirs):
            yield kind(theirs), key(theirs), source_of(theirs)


def kind(cell):
    return "check" if grading(cell).get("grade") else "given"


# ---- grading ---------------------------------------------------------------------------------------------------------


def grade(java, hand_in, assignments, limit):
    """The rows of one hand-in."""
    def refused(why):
        return [Row(hand_in.learner, "", "", "", "", "", f"{hand_in.notebook.name} {why}")]

    try:
        cells = cells_of(hand_in.notebook)
        name = assignment_of(cells, assignments)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return refused(f"is no notebook: {error}")
    if name is None:
        return refused("belongs to no assignment: it has no graded cells")
    teachers = assignments[name]
    trains = any("Mnist.load" in source_of(cell) for cell in teachers)
    together = list(put_together(cells, teachers))
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET, prefix="grade-") as folder:
        folder = Path(folder)
        write_cells(folder / "cells", together)
        options = (java.options if trains else QUICK_START, limit or (SECONDS_OF_TRAINING if trains else SECONDS))
        note = run_cells(java, folder, *options, seed_of(hand_in.notebook))
        results = folder / "results"
        lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    return list(rows_of(hand_in.learner, name, teachers, [cell for _, cell, _ in together], lines, note))


def write_cells(folder, cells):
    folder.mkdir()
    for number, (what, _, source) in enumerate(cells):
        (folder / f"{number:03}.{what}.java").write_text(source, encoding="utf-8")


def seed_of(notebook):
    """The numbers that are drawn for a hand-in: others for each, and the same when it is graded again."""
    text = notebook.read_bytes()
    return int.from_bytes(hashlib.sha256(text).digest()[:4], "big")


def run_cells(java, folder, options, limit, seed):
    """Runs them in a JVM; returns what there is to say about how that ended."""
    command = [
        *without_network(),
        java.tool("java"),
        f"-Xmx{MEMORY}",
        *options,
        "-Djava.awt.headless=true",
        f"-Djdk.net.hosts.file={folder / 'no-hosts'}",  # no name is found
        f"-Dcnnkit.homework.seed={seed}",
        f"-Dcnnkit.mnist={ROOT / 'data' / 'mnist'}",
        "-cp",
        f"{JARS}/*",
        MAIN,
        folder / "cells",
        folder / "results",
    ]
    (folder / "no-hosts").write_text("", encoding="utf-8")
    (folder / "work").mkdir()
    try:
        ended = subprocess.run(
            command,
            cwd=folder / "work",
            env={**environment(java), "CNNKIT_HOME": str(ROOT), "CNNKIT_LANGUAGE": "en"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return f"not done after {limit} seconds"
    said = ended.stderr.decode("utf-8", "replace")
    if "System.exit" in said:
        return "it calls System.exit"
    return "" if ended.returncode == 0 else f"Java ended with code {ended.returncode}"


@functools.cache
def without_network():
    """On Linux a network of its own that leads nowhere, where one may have it; else names are not found, which must do."""
    if shutil.which("unshare") and subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0:
        return ("unshare", "-rn")
    return ()


def rows_of(learner, assignment, teachers, names, lines, note):
    """A row for each graded cell. What was not reached is worth nothing; problems become a note."""
    found, problems = {}, []
    for line in lines:
        what, number, *values = line.split("\t")
        if what == "cell":
            found[names[int(number)]] = values
        elif "AssertionError" not in values[0]:  # those are of checks, whose reports say more
            problems.append(values[0])
    words = "; ".join(dict.fromkeys([*([note] if note else []), *problems]))
    for cell in teachers:
        if grading(cell).get("grade"):
            points, mistakes = found.get(key(cell), ("", ""))
            of = number_of(grading(cell).get("points", 0))
            if is_answer(cell):
                yield Row(learner, assignment, key(cell), "", of, "", "a person has to read it")
            else:
                yield Row(learner, assignment, key(cell), number_of(points or 0), of, mistakes, words)


def number_of(points):
    return f"{float(points):g}"


def plain(value):
    """A spreadsheet must not take a learner's words for a formula."""
    return f"'{value}" if re.match(r"[=+\-@]", value) else value


def told(rows):
    """For each assignment how many hand-ins there are, their mean of the points, and the most frequent mistakes."""
    lines = []
    by_assignment = defaultdict(list)
    for row in rows:
        by_assignment[row.assignment or "no assignment"].append(row)
    for name, group in sorted(by_assignment.items()):
        learners = len({row.learner for row in group})
        graded = [row for row in group if row.points]
        mistakes = Counter(mistake for row in group for mistake in row.mistakes.split())
        often = ", ".join(f"{mistake} {count}" for mistake, count in mistakes.most_common(5))
        mean = sum(float(row.points) for row in graded) / learners
        of = sum(float(row.out_of) for row in graded) / learners
        lines.append(f"{name}: {learners} learners" + (f", on average {mean:.1f} of {of:g} points" if graded else "") + (f"; {often}" if often else ""))
    return "\n".join(lines)
