"""Pages in two languages: the same headings, the same links, and a word to each other."""

import re

import pytest
from support import NOTEBOOKS, ROOT, code_cells, lab, read, source

TWINS = [
    (ROOT / "README.md", ROOT / "README.zh.md"),
    (ROOT / "homework" / "README.md", ROOT / "homework" / "README.zh.md"),
    (ROOT / "homework" / "project" / "README.md", ROOT / "homework" / "project" / "README.zh.md"),
    *((page, page.with_suffix(".zh.md")) for page in sorted((ROOT / "docs").glob("*.md")) if ".zh" not in page.suffixes),
]
pairs = pytest.mark.parametrize("english, chinese", TWINS, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(page):
    return re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def headings(text):
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def links(text):
    """Where links lead, without the language of the page and what is written after #."""
    found = re.findall(r"\]\(([^)#]+)", text)
    return sorted({re.sub(r"(^|/|%2F)zh(?=/|%2F|$)", r"\1en", re.sub(r"\.zh\.md$", ".md", link)) for link in found})


@pairs
def test_twins_have_the_same_headings_and_links(english, chinese):
    ours, theirs = text_of(english), text_of(chinese)
    assert headings(ours) == headings(theirs)
    other = {english.name, "README.md"}
    assert [link for link in links(ours) if link not in other] == [link for link in links(theirs) if link not in other]


def test_the_index_has_a_row_for_each_notebook_in_both_languages_and_the_glossary_both_terms():
    index = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    rows = {language: re.findall(rf"^\| \[[^\]]*\]\({language}/([^)]*)\)", index, re.MULTILINE) for language in ("en", "zh")}
    assert rows["en"] == rows["zh"] == [path.name for path in sorted((NOTEBOOKS / "en").glob("*.ipynb"))]


@pytest.mark.parametrize("path", sorted((NOTEBOOKS / "zh").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_chinese_notebook_explains_twenty_english_words_of_its_code(path):
    notebook = read(path)
    box = re.search(r"<summary>\u4ee3\u7801\u91cc\u7684\u4e8c\u5341\u4e2a\u82f1\u6587\u8bcd</summary>(.*?)</details>", source(notebook["cells"][0]), re.DOTALL)
    words = re.findall(r"`(\w+)` \| [^|]*[\u4e00-\u9fff]", box.group(1))
    assert len(set(words)) == 20
    code = "\n".join(source(cell) for cell in code_cells(notebook)).lower()
    assert [word for word in words if word not in code] == []


def test_lab_py_speaks_the_learners_language():
    assert "ok    Python" in lab("doctor", CNNKIT_LANGUAGE="en").stdout
    said = lab("doctor", CNNKIT_LANGUAGE="zh").stdout
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in said.splitlines()), said
    assert "\u6ca1\u6709\u7b14\u8bb0\u672c nowhere.ipynb" in lab("run", "nowhere.ipynb", CNNKIT_LANGUAGE="zh").stderr
