"""What a lesson owes its learner: a bearable length, lines that fit, help after the attempt, words that can be looked up."""

import csv
import functools
import re
from collections import Counter, defaultdict

import pytest
from answers import questions_of
from support import ENGLISH, NOTEBOOKS, ROOT, code_cells, printed, read, source

from tools import replicate

MOST_CELLS = 90
MOST_COLUMNS = 100
MOST_GUESSES = 60
LEAST_HELD = 0.95
JUDGED = re.compile(r"Exercise\.named\(|quiz\.judge\(")
CHAPTER = [path for path in ENGLISH if not path.name.startswith("appendix-")]


def every(notebooks):
    return pytest.mark.parametrize("path", notebooks, ids=lambda path: f"{path.parent.name}/{path.stem}")


def texts(path):
    return [source(cell) for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]


@every(ENGLISH)
def test_it_can_be_finished_in_one_sitting(path):
    assert len(read(path)["cells"]) <= MOST_CELLS


@every(ENGLISH)
def test_no_line_of_code_is_wider_than_the_cell(path):
    lines = [(cell["id"], line) for cell in code_cells(read(path)) for line in source(cell).splitlines()]
    assert [(id, line) for id, line in lines if len(line) > MOST_COLUMNS] == []


@pytest.mark.parametrize("language, label", [("en", "guess first"), ("zh", "先猜")])
def test_the_learner_is_not_asked_to_guess_at_every_turn(language, label):
    guesses = Counter({path.stem: "".join(texts(path)).lower().count(label) for path in (NOTEBOOKS / language).glob("*.ipynb")})
    assert 0 < guesses.total() <= MOST_GUESSES, guesses


@every(ENGLISH)
def test_test_images_are_read_by_one_helper_that_counts(path):
    code = "\n".join(source(cell) for cell in code_cells(read(path)))
    assert not re.findall(r".*(?:\.test\(\)).*", code), "new TestImages(mnist) counts how often they are looked at"


@every(CHAPTER)
def test_a_judge_stands_in_a_cell_of_its_own_and_helps_after_the_attempt(path):
    cells = {cell["id"]: cell for cell in code_cells(read(path))}
    checks = {id for id, cell in cells.items() if JUDGED.search(source(cell))}
    assert checks and [id for id in checks if not id.endswith("-check") or id.removesuffix("-check") not in cells] == []
    for id in checks:
        assert cells[id]["metadata"].get("jupyter", {}).get("source_hidden"), f"{id}: the learner sees the judge"
        assert "→" not in printed(cells[id]), f"{id}: help before the attempt"
    assert not [id for id, cell in cells.items() if re.search(r"(?<![\w.])check\(", source(cell))]


@every(ENGLISH)
def test_a_folded_solution_hides_what_it_prints_too(path):
    folded = [cell["metadata"]["jupyter"] for cell in code_cells(read(path)) if cell["id"].startswith("solution")]
    assert folded and all(each == {"source_hidden": True, "outputs_hidden": True} for each in folded)


@every(CHAPTER)
def test_every_judge_was_tried_on_a_right_answer_and_two_wrong_ones(path):
    exercises = {cell["id"].removesuffix("-check") for cell in code_cells(read(path)) if JUDGED.search(source(cell))}
    tried = defaultdict(Counter)
    for answer in questions_of(path):
        tried[answer.exercise]["right" if answer.expected == "right" else "wrong"] += 1
    assert {id for id in exercises if tried[id]["right"] < 1 or tried[id]["wrong"] < 2} == set()


def glossary():
    text = (NOTEBOOKS / "README.md").read_text(encoding="utf-8").split("## Glossary")[1]
    return [[part.strip() for part in row.strip("| ").split(" | ")] for row in text.splitlines() if row.startswith("| ")][1:]


def words_of(term):
    """The names of a term; what stands in brackets may be left out."""
    bare = re.sub(r"[（(][^）)]*[）)]", "", term)
    return [name.strip() for name in re.split(r"[,，、]", bare) if name.strip()]


@functools.cache
def said(language):
    """All texts of a language, read once for all terms."""
    return "\n".join(text for path in (NOTEBOOKS / language).glob("*.ipynb") for text in texts(path)).lower()


@pytest.mark.parametrize("row", glossary(), ids=lambda row: row[0])
def test_a_term_of_the_glossary_is_said_in_both_languages(row):
    english, chinese, meaning, sense, place = row
    assert meaning and sense and re.search(r"7\.\d|appendix", place)
    for language, term in (("en", english), ("zh", chinese)):
        assert any(name.lower() in said(language) for name in words_of(term)), f"{term} is nowhere in notebooks/{language}"


def record():
    with replicate.RECORD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_claims_that_rest_on_random_numbers_held_with_fresh_seeds():
    held = defaultdict(list)
    for row in record():
        assert int(row["seed"]) > 1000, "a notebook's own seed is no fresh one"
        held[row["claim"], row["sentence"]].append(row["held"] == "yes")
    assert min(map(len, held.values())) >= 20
    assert {key: sum(all) / len(all) for key, all in held.items() if sum(all) < LEAST_HELD * len(all)} == {}


@every(ENGLISH)
def test_the_record_of_replications_has_the_sentences_of_the_notebook(path):
    recorded = {(row["claim"], row["sentence"]) for row in record() if row["notebook"] == path.name}
    said = set()
    for cell in replicate.cells_of(read(path)):
        for claim in replicate.claims_of(path) & set(replicate.tags(cell)) if replicate.TAG in replicate.tags(cell) else ():
            said |= {(claim, sentence) for sentence in re.findall(r"^✓ (.*)$", printed(cell), re.MULTILINE)}
    assert recorded == said


def test_every_question_of_the_quiz_leads_back_to_a_cell_that_is_there():
    """The notebook that it names has the section, and a cell with the tag."""
    heads = re.findall(r"^# (.*)$", (ROOT / "data/quiz/chapter7.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(heads) == 20
    for head in heads:
        number, name, section, claim = head.split(" | ")
        (path,) = [path for path in CHAPTER if path.name.startswith(f"{name}-")]
        assert any(claim in cell["metadata"].get("tags", []) for cell in read(path)["cells"]), head
        assert any(re.search(rf"^#+ {re.escape(section)}\b", text, re.MULTILINE) for text in texts(path)), head
