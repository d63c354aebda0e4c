"""Answers to the notebooks' exercises, right and wrong: src/test/answers/NOTEBOOK.java holds what a learner may write.

    // exercise-1: right
    long myParameters = 448;
    // exercise-1: wrong, one more number
    long myParameters = 432;

What follows such a line stands in the place of the cell exercise-1; then the cell exercise-1-check judges it. A wrong
answer names words of the help that it must get, with | between them if one cell holds several questions of a quiz."""

import re
from dataclasses import dataclass

from support import ROOT, source

ANSWERS = ROOT / "src" / "test" / "answers"


@dataclass
class Answer:
    exercise: str  # the id of the learner's cell
    expected: str  # "right", or words of the help
    code: str

    def fits(self, said):
        if self.expected == "right":
            return re.search(r"^● [^\n]*: right", said, re.MULTILINE) is not None and "not yet" not in said
        return "not yet" in said and all(words in said for words in self.expected.split(" | "))


def questions_of(path):
    """All answers for a notebook."""
    file = ANSWERS / f"{path.stem}.java"
    if not file.is_file():
        return []
    parts = re.split(r"^// (\S+): (right|wrong, .*)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [
        Answer(exercise, verdict.removeprefix("wrong, "), code.strip())
        for exercise, verdict, code in zip(parts[1::3], parts[2::3], parts[3::3])
    ]


def answered(notebook, number, answer):
    """Two cells: the answer, and its judge."""
    check = next(cell for cell in notebook["cells"] if cell["id"] == f"{answer.exercise}-check")
    for kind, text in (("answer", answer.code), ("check", source(check))):
        yield {
            "cell_type": "code",
            "id": f"{kind}-{number}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": text,
        }
