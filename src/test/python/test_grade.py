"""Grading a class without a notebook server: what is put together, what is found, and that no hand-in stops the others."""

import csv
import json
import os
import sys
import time
import tracemalloc

import pytest
from support import ROOT, lab

from tools import grade

pytestmark = pytest.mark.xdist_group("grade")


def cell(id, source, **nbgrader):
    metadata = {"nbgrader": {"grade_id": id, "grade": False, "solution": False, **nbgrader}} if nbgrader else {}
    return {"cell_type": "code", "id": id, "metadata": metadata, "source": source}


TEACHER = [
    cell("setup", "int kit = 1;", locked=True),
    cell("size", "// BEGIN SOLUTION", solution=True),
    cell("size-check", "Check.outputSize(null);", grade=True, points=2),
]


def test_a_teachers_cell_counts_as_the_teacher_wrote_it():
    handed_in = [TEACHER[0], cell("size", "mine", solution=True), cell("size-check", "// nothing to see", grade=True, points=2)]
    assert list(grade.put_together(handed_in, TEACHER)) == [
        ("given", "setup", "int kit = 1;"),
        ("answer", "size", "mine"),
        ("check", "size-check", "Check.outputSize(null);"),
    ]


def test_a_deleted_check_comes_back_and_an_own_cell_stays_where_it_is():
    handed_in = [cell("helper", "int help = 2;"), cell("size", "mine", solution=True)]
    assert list(grade.put_together(handed_in, TEACHER)) == [
        ("own", "helper", "int help = 2;"),
        ("given", "setup", "int kit = 1;"),
        ("answer", "size", "mine"),
        ("check", "size-check", "Check.outputSize(null);"),
    ]


def test_an_answer_that_is_not_there_is_not_the_teachers():
    assert ("answer", "size", "// BEGIN SOLUTION") not in list(grade.put_together([], TEACHER))


def test_of_a_split_or_copied_answer_the_last_cell_counts_and_none_is_dropped():
    handed_in = [TEACHER[0], cell("size", "first half", solution=True), TEACHER[2], cell("size", "second half", solution=True), TEACHER[2]]
    assert list(grade.put_together(handed_in, TEACHER)) == [
        ("given", "setup", "int kit = 1;"),
        ("own", "size", "first half"),
        ("own", "size-check", "Check.outputSize(null);"),
        ("answer", "size", "second half"),
        ("check", "size-check", "Check.outputSize(null);"),
    ]


MORE = [*TEACHER, cell("shared", "int shared;", locked=True), cell("im2col", "", solution=True), cell("im2col-check", "", grade=True, points=4)]


def test_a_moved_answer_is_not_lost_and_cells_run_in_the_learners_order():
    handed_in = [MORE[place] for place in (0, 4, 1, 2, 3, 5)]
    names = [name for _, name, _ in grade.put_together(handed_in, MORE)]
    assert names == ["setup", "im2col", "size", "size-check", "shared", "im2col-check"]


def test_a_deleted_check_finds_an_answer_that_was_moved():
    handed_in = [MORE[4], MORE[1], MORE[5]]
    names = [name for _, name, _ in grade.put_together(handed_in, MORE)]
    assert names == ["setup", "shared", "im2col", "size", "size-check", "im2col-check"]


def test_what_was_not_reached_counts_as_nothing():
    teachers = [*TEACHER, cell("im2col-check", "", grade=True, points=4)]
    names = ["setup", "size", "size-check", "im2col-check"]
    rows = list(grade.rows_of("ada", "im2col", teachers, names, ["cell\t003\t2.5\tSTRIDE_IGNORED"], "it calls System.exit"))
    assert [(row.cell, row.points, row.out_of, row.mistakes, row.note) for row in rows] == [
        ("size-check", "0", "2", "", "it calls System.exit"),
        ("im2col-check", "2.5", "4", "STRIDE_IGNORED", "it calls System.exit"),
    ]


def test_a_cell_is_worth_no_more_than_it_is_and_no_less_than_nothing():
    points = [("99", "2"), ("-1", "0"), ("1e400", "2"), ("nan", "0"), ("1.2.3", "0"), ("1.5", "1.5")]
    for given, counted in points:
        (row,) = grade.rows_of("ada", "im2col", TEACHER, ["size-check"], [f"cell\t000\t{given}\t"], "")
        assert (row.points, row.out_of) == (counted, "2"), given


def test_lines_that_are_none_of_the_results_are_passed_over():
    (row,) = grade.rows_of("ada", "im2col", TEACHER, ["size-check"], ["", "words", "problem\t0", "cell\t000\t2", "problem\t000\todd\fwords", "end"], "")
    assert (row.points, row.note) == ("0", "odd\fwords")


def test_only_a_line_feed_ends_a_line_of_the_results(tmp_path):
    (tmp_path / "results").write_bytes("problem\t000\ta\fb\x1c\x85\u2028c\r\nend\n".encode() + b"\xff")
    assert grade.lines_of(tmp_path / "results") == ["problem\t000\ta\fb\x1c\x85\u2028c\r", "end", "\ufffd"]


WHOLE = cell("own", "int own;")
BROKEN = {  # what one cell is, or the file, and what is said of it
    "no source": ({key: value for key, value in WHOLE.items() if key != "source"}, "cell 4 has no source"),
    "null as source": ({**WHOLE, "source": None}, "cell 4 has no source"),
    "numbers as source": ({**WHOLE, "source": [1]}, "cell 4 has no source"),
    "null as metadata": ({**WHOLE, "metadata": None}, "the metadata of cell 4 are none"),
    "a list of nbgrader": ({**WHOLE, "metadata": {"nbgrader": ["x"]}}, "the metadata of cell 4 are none"),
    "a list as id": ({**WHOLE, "id": ["x"]}, "cannot be graded"),
    "half a character": ({**WHOLE, "source": "\ud83d"}, "surrogates not allowed"),
    "no cell": (None, "is no notebook"),
    "deeply nested": ("[" * 200_000, "is no notebook"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_notebook_that_cannot_be_graded_is_a_row_with_a_note(tmp_path, name):
    broken, words = BROKEN[name]
    text = broken if isinstance(broken, str) else json.dumps({"cells": [*TEACHER, broken]})
    (tmp_path / "ada.ipynb").write_text(text, encoding="utf-8")
    (row,) = grade.grade(None, grade.HandIn("ada", tmp_path / "ada.ipynb"), {"im2col": TEACHER}, None)
    assert row.learner == "ada" and row.note.startswith("ada.ipynb ") and words in row.note


@pytest.mark.parametrize("lines, note, said", [("", "", "it ended Java before its last cell"), ("end\n", "", ""), ("", "not done", "not done")])
def test_grading_writes_outside_of_the_kit_and_says_when_the_end_was_not_reached(tmp_path, monkeypatch, lines, note, said):
    def run_cells(java, folder, *rest):
        assert ROOT not in folder.parents, "a shared kit is read-only"
        (folder / "results").write_text(lines, encoding="utf-8")
        return note

    monkeypatch.setattr(grade, "run_cells", run_cells)
    (tmp_path / "ada.ipynb").write_text(json.dumps({"cells": TEACHER}), encoding="utf-8")
    (row,) = grade.grade(None, grade.HandIn("ada", tmp_path / "ada.ipynb"), {"im2col": TEACHER}, None)
    assert row.cell == "size-check" and row.note == said


class NoJava:
    def tool(self, name):
        return name


def run_instead_of_java(tmp_path, monkeypatch, program, limit):
    monkeypatch.setattr(grade, "without_network", lambda: (sys.executable, "-c", program))
    monkeypatch.setattr(grade, "environment", lambda java: os.environ)
    begun = time.monotonic()
    return grade.run_cells(NoJava(), tmp_path, (), limit, 0), time.monotonic() - begun


def test_of_what_a_hand_in_writes_to_stderr_only_the_beginning_is_kept(tmp_path, monkeypatch):
    tracemalloc.start()
    try:
        note, _ = run_instead_of_java(tmp_path, monkeypatch, "import os\nos.write(2, b'System.exit')\nfor i in range(640): os.write(2, bytes(100_000))", 60)
        assert note == "it calls System.exit"
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


LEFT_BEHIND = "import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'])\n"


def test_nobody_waits_for_a_program_that_a_hand_in_has_left_behind(tmp_path, monkeypatch):
    note, seconds = run_instead_of_java(tmp_path, monkeypatch, LEFT_BEHIND, 12)
    assert note == "" and seconds < 10


def test_nobody_waits_for_it_after_the_hand_in_was_stopped(tmp_path, monkeypatch):
    note, seconds = run_instead_of_java(tmp_path, monkeypatch, LEFT_BEHIND + "time.sleep(20)", 1)
    assert note == "not done after 1 seconds" and seconds < 8


def test_an_answer_in_words_is_left_to_a_person():
    (row,) = grade.rows_of("ada", "experiment", [cell("words", "", grade=True, solution=True, points=6)], [], [], "")
    assert (row.points, row.out_of, row.note) == ("", "6", "a person has to read it")


def test_a_spreadsheet_takes_no_word_of_a_learner_for_a_formula():
    assert "'=1+1" in grade.as_csv(grade.Row, [grade.Row("=1+1", "", "", "", "", "", "")], grade.plain)


def test_a_folder_whose_name_is_not_unicode_stops_nobody():
    grade.as_csv(grade.Row, [grade.Row("M\udcfcller", "", "", "", "", "", "")], grade.plain).encode("utf-8")


def test_a_folder_without_hand_ins_is_a_problem_that_says_what_to_do(tmp_path):
    with pytest.raises(grade.Problem, match="holds no notebooks: a hand-in is FOLDER/LEARNER"):
        list(grade.find_hand_ins(tmp_path))


# ---- a class ---------------------------------------------------------------------------------------------------------

NOT_WRITTEN = 'throw new UnsupportedOperationException("not written yet");'
ANSWERS = {  # of im2col's notebook: what a learner wrote instead of the solution, by the id of the cell
    "right": {},
    "empty": {"size": NOT_WRITTEN, "im2col": NOT_WRITTEN, "col2im": NOT_WRITTEN},
    "partly": {"im2col": "int n = x.size(0);\n    return Tensor.zeros(n, window.kernelHeight() * window.kernelWidth());"},
    "endless": {"im2col": "while (true) {}"},
    "leaves": {"im2col": "System.exit(0);\n    return x;"},
    "unreadable": {"im2col": "this does not compile"},
    "greedy": {"im2col": "float[][] all = new float[100_000][];\n    for (int i = 0; i < all.length; i++) { all[i] = new float[10_000_000]; }\n    return x;"},
    "calls out": {"im2col": 'try (var socket = new java.net.Socket("192.0.2.1", 80)) { return x; } catch (IOException e) { return null; }'},
}


OWN_CELLS = {  # that stand before the answer to im2col
    "ends": "System.exit(0);",
    "halts": "Runtime.getRuntime().halt(0);",
    "odd words": 'throw new IllegalStateException("a\\fb\\u2028c\\ud83d" + (char) 0x85 + (char) 0x1c + "d");',
}


def split(cells):
    """A helper and the answer, of which both have the answer's id, as after Edit > Split Cell."""
    place = [each["id"] for each in cells].index("size")
    helper = {**cells[place], "id": "new", "source": "int times(int size, int stride) {\n    return size / stride + 1;\n}"}
    whole = "".join(cells[place]["source"])
    answer = {**cells[place], "source": whole.replace("(size + 2 * padding - kernel) / stride + 1", "times(size + 2 * padding - kernel, stride)")}
    cells[place : place + 1] = [helper, answer]


def moved(cells):
    """The answer to im2col stands above that to size."""
    names = [each["id"] for each in cells]
    cells.insert(names.index("size"), cells.pop(names.index("im2col")))


CHANGES = {"split": split, "moved": moved}


def hand_in(folder, answers, own=None, change=None):
    notebook = json.loads((ROOT / "homework/en/source/im2col/im2col.ipynb").read_text(encoding="utf-8"))
    for each in notebook["cells"]:
        name = each["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            head = "".join(each["source"]).split("\n", 1)[0]
            each["source"] = f"{head}\n    {answers[name]}\n}}"
    if own:
        place = [each["id"] for each in notebook["cells"]].index("im2col")
        notebook["cells"].insert(place, cell("own", own))
    if change:
        change(notebook["cells"])
    folder.mkdir(parents=True)
    (folder / "im2col.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for name, answers in ANSWERS.items():
        hand_in(folder / name / "im2col", answers)
    for name, own in OWN_CELLS.items():
        hand_in(folder / name / "im2col", {}, own=own)
    for name, change in CHANGES.items():
        hand_in(folder / name / "im2col", {}, change=change)
    (folder / "broken").mkdir()
    (folder / "broken" / "im2col.ipynb").write_text("no notebook", encoding="utf-8")
    told = lab("grade", folder)
    assert told.returncode == 0, told.stdout + told.stderr
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["learner"], row["cell"]): row for row in rows}


CELLS = ("size-check", "im2col-check", "col2im-check")


def test_a_right_hand_in_has_all_points(graded):
    assert [graded["right", cell]["points"] for cell in CELLS] == ["2", "4", "4"]
    assert [graded["right", cell]["out_of"] for cell in CELLS] == ["2", "4", "4"]


def test_an_empty_one_has_none(graded):
    assert [graded["empty", cell]["points"] for cell in CELLS] == ["0", "0", "0"]
    assert graded["empty", "im2col-check"]["mistakes"] == "NOT_WRITTEN"


def test_one_bad_answer_takes_nothing_from_the_others(graded):
    for learner in ("partly", "endless", "unreadable", "greedy", "calls out"):
        assert graded[learner, "size-check"]["points"] == "2", learner
        assert graded[learner, "col2im-check"]["points"] == "4", learner
        assert float(graded[learner, "im2col-check"]["points"]) < 2, learner


def test_it_is_said_what_went_wrong(graded):
    assert graded["endless", "im2col-check"]["mistakes"] == "TOO_SLOW"
    # memory is full before the time is over, or after
    assert graded["greedy", "im2col-check"]["mistakes"] in ("THROWS", "TOO_SLOW")
    assert "it does not compile" in graded["unreadable", "im2col-check"]["note"]
    assert graded["leaves", "im2col-check"]["note"] == "it calls System.exit"
    assert graded["leaves", "size-check"]["points"] == "2"
    assert "is no notebook" in graded["broken", ""]["note"]


def test_a_split_or_moved_answer_has_its_points(graded):
    for learner in CHANGES:
        assert [graded[learner, cell]["points"] for cell in CELLS] == ["2", "4", "4"], learner


def test_a_hand_in_that_ends_java_on_its_way_has_what_it_had_until_then_and_a_note(graded):
    for learner in ("ends", "halts"):
        assert [graded[learner, cell]["points"] for cell in CELLS] == ["2", "0", "0"], learner
        assert graded[learner, "size-check"]["note"] == "it ended Java before its last cell"


def test_odd_words_of_an_exception_are_a_note_and_cost_nothing(graded):
    assert [graded["odd words", cell]["points"] for cell in CELLS] == ["2", "4", "4"]
    assert graded["odd words", "size-check"]["note"] == "IllegalStateException: a b c? d"
