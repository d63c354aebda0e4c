"""Grading a class without a notebook server: what is put together, what is found, and that no hand-in stops the others."""

import csv
import json

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


def test_what_was_not_reached_counts_as_nothing():
    teachers = [*TEACHER, cell("im2col-check", "", grade=True, points=4)]
    names = ["setup", "size", "size-check", "im2col-check"]
    rows = list(grade.rows_of("ada", "im2col", teachers, names, ["cell\t003\t2.5\tSTRIDE_IGNORED"], "it calls System.exit"))
    assert [(row.cell, row.points, row.out_of, row.mistakes, row.note) for row in rows] == [
        ("size-check", "0", "2", "", "it calls System.exit"),
        ("im2col-check", "2.5", "4", "STRIDE_IGNORED", "it calls System.exit"),
    ]


def test_an_answer_in_words_is_left_to_a_person():
    (row,) = grade.rows_of("ada", "experiment", [cell("words", "", grade=True, solution=True, points=6)], [], [], "")
    assert (row.points, row.out_of, row.note) == ("", "6", "a person has to read it")


def test_a_spreadsheet_takes_no_word_of_a_learner_for_a_formula():
    assert "'=1+1" in grade.as_csv(grade.Row, [grade.Row("=1+1", "", "", "", "", "", "")], grade.plain)


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


def hand_in(folder, answers):
    notebook = json.loads((ROOT / "homework/en/source/im2col/im2col.ipynb").read_text(encoding="utf-8"))
    for each in notebook["cells"]:
        name = each["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            head = "".join(each["source"]).split("\n", 1)[0]
            each["source"] = f"{head}\n    {answers[name]}\n}}"
    folder.mkdir(parents=True)
    (folder / "im2col.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for name, answers in ANSWERS.items():
        hand_in(folder / name / "im2col", answers)
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
