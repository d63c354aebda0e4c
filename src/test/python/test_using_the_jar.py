"""docs/using-the-jar.md, and its twin in Chinese: every snippet runs as it stands. A comment above each block says what it is:

    <!-- file: NAME -->        a file of that name, in the reader's folder
    <!-- run: java 17 -->      commands, on a Java of that version or newer
    <!-- run: PROGRAM -->      commands; skipped where there is no such program
    <!-- jshell: java 17 -->   how JShell is started, what is typed, and what it answers
    <!-- cell -->              a cell of a notebook
    <!-- output -->            what the commands, or the cells, above print; ... stands for anything
    <!-- part of: FILE -->     lines of FILE in homework/project, which test_project.py runs
    <!-- installed -->         what ./mvnw install puts into the local repository
    <!-- not run: REASON -->

Each section has a folder of its own. The page in Chinese has the same blocks, except that programs may answer in Chinese."""

import itertools
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pytest
from own_project import POM, environ, pom, version
from support import ROOT, lab, notebook, printed, read

sys.path.append(str(ROOT))

import lab as lab_module

PAGES = {"en": ROOT / "docs" / "using-the-jar.md", "zh": ROOT / "docs" / "using-the-jar.zh.md"}
PROJECT = ROOT / "homework" / "project"
FENCED = re.compile(r"(?:^<!-- ([\w -]+?)(?:: (.*?))? -->\n)?^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Block:
    kind: str  # file, run, output, ...; None if there is no comment above
    of: str  # what the comment says behind the colon
    text: str


def sections(language):
    """The blocks below each heading; what comes before the first one counts as a section, too."""
    parts = re.split(r"^## ", PAGES[language].read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [[Block(*groups) for groups in FENCED.findall(part)] for part in parts]


def blocks(language, *kinds):
    return [block for section in sections(language) for block in section if block.kind in kinds]


def essence(block):
    """A block without what people read only: each language has remarks of its own."""
    return block.kind, "" if block.kind == "not run" else block.of, re.sub(r" *// .*|(?<=\S) {6,}\S.*$", "", block.text, flags=re.MULTILINE)


def runs():
    """Sections that run something, the language of each with it. One in Chinese is run if it differs from that in English."""
    runs = []
    for number, (english, chinese) in enumerate(itertools.zip_longest(sections("en"), sections("zh"))):
        if any(block.kind in ("run", "jshell", "cell") for block in english or []):
            runs.append(pytest.param("en", english, id=f"en-{number}"))
            if chinese and [essence(block) for block in chinese] != [essence(block) for block in english]:
                runs.append(pytest.param("zh", chinese, id=f"zh-{number}"))
    return runs


@pytest.fixture
def mine(tmp_path):
    """The reader's folder, beside cnnkit."""
    (tmp_path / "cnnkit").symlink_to(ROOT)
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


def find_java(oldest):
    """The Java that is in use, or one that is installed beside it."""
    used = lab_module.find_java()
    for home in (used.home, *sorted(used.home.resolve().parent.iterdir())):
        try:
            java = lab_module.java_in(home, "here")
        except lab_module.Problem:
            continue
        if int(java.version.split(".")[0]) >= oldest:
            return java
    pytest.skip(f"no Java {oldest} here, neither in use nor beside the one that is")


def environment_for(what, language, repository):
    """For what a comment asks for: a Java, or a program."""
    needed, _, number = what.partition(" ")
    if needed != "java" and not shutil.which(needed):
        pytest.skip(f"no {needed} on the PATH: only the coordinates that its file names are compared")
    java = find_java(int(number or lab_module.OLDEST_JAVA))
    # A variable each for JBang: where it finds cnnkit, and where it keeps what it makes.
    return environ(java, CNNKIT_LANGUAGE=language, JBANG_REPO=str(repository.folder), JBANG_DIR=str(repository.folder.parent / "jbang"))


def assert_prints(said, expected):
    """Line by line; ... stands for anything."""
    lines = [line.rstrip() for line in said.strip().splitlines()]
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("..."))
    assert re.fullmatch(pattern, "\n".join(lines), re.DOTALL), f"printed:\n{said}\nexpected:\n{expected}"


def run_commands(block, mine, environment):
    """What the commands print; each must succeed."""
    said = ""
    for command in block.text.strip().splitlines():
        done = subprocess.run(
            command, shell=True, cwd=mine, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            timeout=120,
        )
        said += done.stdout
        assert done.returncode == 0, f"{command}\n{said}"
    return said


def run_jshell(block, mine, environment):
    """Types what stands behind the prompts, and compares the answers: JShell does not repeat what a pipe types."""
    command, *lines = block.text.strip().splitlines()
    prompt = "jshell> "
    typed = "".join(line.removeprefix(prompt) + "\n" for line in lines if line.startswith(prompt))
    done = subprocess.run(
        command.removeprefix("$ "), shell=True, cwd=mine, env=environment, input=typed, capture_output=True, text=True, encoding="utf-8",
        timeout=120,
    )
    said = re.sub(r"[^\S\n ]|[\x00-\x08]", "", done.stdout)  # on its way to the next line it moves the cursor to and fro
    answers = [re.sub(r"^(jshell> *)+", "", line) for line in said.splitlines() if not line.startswith("|  ")]
    expected = [line for line in lines if line.strip() and not line.startswith(prompt)]
    assert [line for line in answers if line.strip()] == expected, done.stdout + done.stderr


def run_cells(cells, mine):
    path = notebook(mine, *(block.text.strip() for block in cells))
    done = lab("run", path, "--save")
    assert done.returncode == 0, done.stdout
    return "".join(printed(cell) for cell in read(path)["cells"])


@pytest.mark.parametrize("language, section", runs())
def test_snippets_run_and_print_what_the_page_says(language, section, mine, repository):
    said, cells = None, []
    for block in section:
        if block.kind == "file":
            file = mine / block.of
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.kind == "run":
            said = run_commands(block, mine, environment_for(block.of, language, repository))
        elif block.kind == "jshell":
            run_jshell(block, mine, environment_for(block.of, language, repository))
        elif block.kind == "cell":
            cells.append(block)
        elif block.kind == "output":
            assert_prints(run_cells(cells, mine) if cells else said, block.text)
            said, cells = None, []
    assert said is None and not cells, "what was run last has an output below it"


@pytest.mark.parametrize("language", PAGES)
def test_every_block_says_what_it_is(language):
    text = PAGES[language].read_text(encoding="utf-8")
    known = {"file", "run", "jshell", "cell", "output", "part of", "installed", "not run"}
    assert {block.kind for block in blocks(language, *known, "")} == known
    assert len(FENCED.findall(text)) == len(re.findall(r"^```", text, re.MULTILINE)) / 2
    assert all(block.of for block in blocks(language, "not run")), "a reason"


def test_both_pages_have_the_same_blocks():
    """Only what programs say may be in another language."""
    english, chinese = sections("en"), sections("zh")
    assert len(english) == len(chinese)
    for ours, theirs in zip(english, chinese):
        assert [block.kind for block in ours] == [block.kind for block in theirs]
        for one, other in zip(ours, theirs):
            assert one.kind == "output" or essence(one) == essence(other)




@pytest.mark.parametrize("language", PAGES)
def test_what_is_shown_of_the_project_stands_there(language):
    for block in blocks(language, "part of"):
        whole = (PROJECT / block.of).read_text(encoding="utf-8")
        values = dict(re.findall(r"<(cnnkit\.version)>(.*?)<", whole) + re.findall(r'val (\w+) = "(.*?)"', whole))
        filled = re.sub(r"\$\{?([\w.]+)\}?", lambda name: values.get(name[1], name[0]), whole)
        there = [re.sub(r" *// .*", "", line).strip() for line in filled.splitlines()]
        for line in block.text.splitlines():
            assert line.strip() in there, line
    assert [block.of for block in blocks(language, "part of")] == ["pom.xml", "build.gradle.kts"]


@pytest.mark.parametrize("language", PAGES)
def test_cnnkit_is_named_with_its_version(language):
    text = PAGES[language].read_text(encoding="utf-8")
    assert set(re.findall(r"io\.github\.cnnkit:cnnkit:([\w.-]+)", text)) == {version()}
    assert re.findall(r"<artifactId>cnnkit</artifactId>\s*<version>(.*?)<", text) == [version()]


@pytest.mark.parametrize("language", PAGES)
def test_what_the_page_says_is_installed_is_what_the_build_makes(language):
    goals = {goal.text for goal in pom().iter(POM + "goal")}
    makes = ["", *(["-sources"] if "jar-no-fork" in goals else []), *(["-javadoc"] if "jar" in goals else [])]
    group = pom().find(POM + "groupId").text.replace(".", "/")
    expected = [f"{group}/cnnkit/{version()}/cnnkit-{version()}{kind}.jar" for kind in makes]
    assert [block.text.splitlines() for block in blocks(language, "installed")] == [expected]


@pytest.mark.parametrize("language", PAGES)
def test_its_links_lead_somewhere(language):
    text = PAGES[language].read_text(encoding="utf-8")
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.*)", text, re.MULTILINE)}
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 10
    for link in links:
        assert link.removeprefix("#") in anchors if link.startswith("#") else (PAGES[language].parent / link).exists(), link
