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
import threading
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

from lab import JARS, ROOT, Problem, environment, set_up, write_atomically
from tools.tables import as_csv, whole_number

HOMEWORK = ROOT / "homework"
RESULTS = "grades.csv"
MEMORY = "512m"
SECONDS, SECONDS_OF_TRAINING = 120, 900  # for all cells of a hand-in; each check has a limit of its own
MOST_SAID = 1 << 16  # of what a hand-in writes to stderr; it may go on forever
MAIN = "cnnkit.homework.HandIn"
END = "end"  # the last line of the results, if it came that far
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
    code = {number: cell for number, cell in enumerate(cells, 1) if cell["cell_type"] == "code"}
    for number, cell in code.items():
        if not (isinstance(cell.get("metadata", {}), dict) and isinstance(grading(cell), dict)):
            raise ValueError(f"the metadata of cell {number} are none")
        if not is_text(cell.get("source")):
            raise ValueError(f"cell {number} has no source")
    return list(code.values())


def is_text(source):
    """A string, or one for each line."""
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


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
    """The learner's answers and own cells, and the teacher's cells as the teacher wrote them, in the learner's order.

    As in nbgrader, of cells with the same id, such as a split answer's, the last counts, and the others are the learner's own."""
    place = {key(cell): number for number, cell in enumerate(teachers)}
    counted = {key(cell): number for number, cell in enumerate(cells)}
    deleted = [cell for cell in teachers if key(cell) not in counted and not is_answer(cell)]  # an answer that is not there stays away
    awaited = [place[key(cell)] for cell in teachers if key(cell) in counted and is_answer(cell)]

    def due(until):
        """The teacher's cells that come first, though the learner has deleted them; a check waits for the answers before it, wherever they are."""
        for theirs in list(deleted):
            mine = place[key(theirs)]
            if mine < until and not (kind(theirs) == "check" and any(answer < mine for answer in awaited)):
                deleted.remove(theirs)
                yield kind(theirs), key(theirs), source_of(theirs)

    for number, cell in enumerate(cells):
        name = key(cell)
        if name in place:
            yield from due(place[name])
        if name not in place or counted[name] != number:
            yield "own", name, source_of(cell)
        elif is_answer(teachers[place[name]]):
            awaited.remove(place[name])
            yield "answer", name, source_of(cell)
        else:
            theirs = teachers[place[name]]
            yield kind(theirs), name, source_of(theirs)
    yield from due(len(teachers))


def kind(cell):
    return "check" if grading(cell).get("grade") else "given"


# ---- grading ---------------------------------------------------------------------------------------------------------


def grade(java, hand_in, assignments, limit):
    """The rows of one hand-in; whatever is wrong with it, the others are graded."""
    def refused(why):
        return [Row(hand_in.learner, "", "", "", "", "", f"{hand_in.notebook.name} {why}")]

    try:
        cells = cells_of(hand_in.notebook)
        name = assignment_of(cells, assignments)
    except Exception as error:  # there is no end to what a file may hold
        return refused(f"is no notebook: {error}")
    if name is None:
        return refused("belongs to no assignment: it has no graded cells")
    try:
        return list(rows_of_cells(java, hand_in, name, cells, assignments[name], limit))
    except Exception as error:
        return refused(f"cannot be graded: {error}")


def rows_of_cells(java, hand_in, name, cells, teachers, limit):
    """Runs the cells, and returns what they are worth."""
    trains = any("Mnist.load" in source_of(cell) for cell in teachers)
    together = list(put_together(cells, teachers))
    # not in the kit, which may be shared and read-only; a file in it that cannot be deleted is no reason to stop
    with tempfile.TemporaryDirectory(prefix="cnnkit-grade-", ignore_cleanup_errors=True) as folder:
        folder = Path(folder)
        write_cells(folder / "cells", together)
        options = (java.options if trains else QUICK_START, limit or (SECONDS_OF_TRAINING if trains else SECONDS))
        note = run_cells(java, folder, *options, seed_of(hand_in.notebook))
        lines = lines_of(folder / "results")
    if END not in lines:
        note = note or "it ended Java before its last cell"
    return rows_of(hand_in.learner, name, teachers, [cell for _, cell, _ in together], lines, note)


def lines_of(results):
    """Lines end with a line feed only: in an exception's words there may be any of the other ends that Python knows."""
    return results.read_bytes().decode("utf-8", "replace").split("\n") if results.exists() else []


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
    process = subprocess.Popen(
        command,
        cwd=folder / "work",
        env={**environment(java), "CNNKIT_HOME": str(ROOT), "CNNKIT_LANGUAGE": "en"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        bufsize=0,
    )
    said = bytearray()
    reader = threading.Thread(target=keep_beginning, args=(process.stderr, said), daemon=True)
    reader.start()
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        return f"not done after {limit} seconds"
    finally:
        process.kill()
        process.wait()
    reader.join(1)  # not to the end: a program that it has started may hold stderr open
    if "System.exit" in said.decode("utf-8", "replace"):
        return "it calls System.exit"
    return "" if process.returncode == 0 else f"Java ended with code {process.returncode}"


def keep_beginning(stream, said):
    """Reads on to the end, for one who writes must not have to wait, and keeps what comes first."""
    with stream:
        while part := stream.read(MOST_SAID):
            said += part[: MOST_SAID - len(said)]


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
        match line.split("\t"):
            case "cell", number, points, mistakes:
                found[names[int(number)]] = points, mistakes
            case "problem", _, words if "AssertionError" not in words:  # those are of checks, whose reports say more
                problems.append(words)
    words = "; ".join(dict.fromkeys([*([note] if note else []), *problems]))
    for cell in teachers:
        if grading(cell).get("grade"):
            points, mistakes = found.get(key(cell), ("", ""))
            most = float(grading(cell).get("points", 0))
            if is_answer(cell):
                yield Row(learner, assignment, key(cell), "", number_of(most), "", "a person has to read it")
            else:
                yield Row(learner, assignment, key(cell), number_of(earned(points, most)), number_of(most), mistakes, words)


def earned(points, most):
    """Never more than the cell is worth, and never less than nothing, whatever a hand-in has made of its check."""
    try:
        return max(0.0, min(float(points or 0), most))  # in this order what is not a number is nothing
    except ValueError:
        return 0.0


def number_of(points):
    return f"{points:g}"


def plain(value):
    """A spreadsheet must not take a learner's words for a formula; a folder's name need not be Unicode."""
    value = value.encode("utf-8", "backslashreplace").decode("utf-8")
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
