"""The notebooks: what must be true of the files, and that they run from top to bottom."""

import json
import re
import struct
from collections import defaultdict
from urllib.parse import quote

import pytest
import thumbnails
from answers import answered, questions_of
from support import ENGLISH, NOTEBOOKS, ROOT, clear, code_cells, lab, notebook, printed, read, source

CHINESE = sorted((NOTEBOOKS / "zh").glob("*.ipynb"))
BOTH = [*ENGLISH, *CHINESE]
MOST_BYTES = 600_000
MOST_LINES = 15
MOST_SECONDS = defaultdict(lambda: 180, {"7.9": 300})
MOST_MEGABYTES = defaultdict(lambda: 600, dict.fromkeys(("7.6b", "7.7", "7.8", "7.9"), 1000))  # of a kernel
# The longest runs, which no other notebook builds on: not for every push. Of the next longest the second run, in Chinese, waits
# for the night: it takes a minute more, and shows the same but in its words, which other tests read in the file.
NIGHTLY = {"7.6b", "7.7", "7.9"}
IN_CHINESE_NIGHTLY = {"7.5", "7.6", "7.8"}
# What Binder gives a notebook: its memory, and the options that make the engine fast.
AS_ON_BINDER = re.search(r'JJAVA_JVM_OPTS="(.*)"', (ROOT / "binder" / "start").read_text(encoding="utf-8")).group(1)
# Which claims of the chapter a notebook has to show, by the section its name begins with.
CLAIMS = {
    "7.1": {"C01", "C02"},
    "7.2": {f"C{number:02}" for number in range(5, 11)},
    "7.2b": {"C03", "C04", "C11", "C12", "C13", "C14"},
    "7.3": {f"C{number:02}" for number in range(15, 20)},
    "7.4": {"C20", "C21", "C22", "C23"},
    "7.4b": {"C23", "C24", "C25"},
    "7.5": {"C26", "C27", "C28"},
    "7.6": {"C29", "C30", "C31", "C32"},
    "7.7": {"C33", "C34", "C35", "C36", "C37"},
    "7.8": {"C38"},
}


def every(notebooks):
    return pytest.mark.parametrize("path", notebooks, ids=lambda path: f"{path.parent.name}/{path.stem}")


def test_there_are_notebooks_in_both_languages():
    assert ENGLISH
    assert [path.name for path in ENGLISH] == [path.name for path in CHINESE]


@every(ENGLISH)
def test_twins_differ_in_their_texts_only(path):
    english, chinese = read(path), read(NOTEBOOKS / "zh" / path.name)
    ids = lambda notebook: [(cell["id"], cell["cell_type"]) for cell in notebook["cells"]]
    assert ids(english) == ids(chinese)
    code = lambda notebook: [(cell["id"], source(cell), cell["metadata"]) for cell in code_cells(notebook)]
    assert code(english) == code(chinese), "run: python3 lab.py twins"
    assert english["metadata"] == chinese["metadata"]


@every(ENGLISH)
def test_texts_of_the_twins_are_in_their_languages(path):
    han = re.compile(r"[\u4e00-\u9fff]")
    texts = lambda notebook: [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert not [text for text in texts(read(path)) if han.search(text)]
    assert not [text for text in texts(read(NOTEBOOKS / "zh" / path.name)) if not han.search(text)]


# What stands in an output as it is: names of the code, and of functions that have no other.
CODE = "argmax backward col dot dout false leaky log reshape sigmoid softmax transpose true".split()


@every(CHINESE)
def test_what_a_chinese_notebook_shows_is_chinese(path):
    """But for the line below a refusal, for people search for it."""
    english = {}
    for cell in code_cells(read(path)):
        for line in shown_lines(cell):
            words = re.sub(r"`[^`]*`|\S*[(\[_.=/][^ ]*|[A-Za-z]\w*[A-Z0-9]\w*", " . ", line)  # code, formulas, names like Conv1
            if set(re.findall(r"(?<![\w.])[a-z]{3,}(?![\w(])", words)) - set(CODE) and not below_a_refusal(cell, line):
                english.setdefault(cell["id"], []).append(line)
    assert english == {}, "see docs/translating.md"


def han(text):
    return re.search(r"[\u4e00-\u9fff]", text)


def shown_lines(cell):
    """What a learner reads below a cell: printed lines, alt texts, tables, text without markup."""
    for output in cell["outputs"]:
        yield from "".join(output.get("text", "")).splitlines()
        page = "".join(output.get("data", {}).get("text/html", ""))
        yield from re.findall(r'alt="([^"]*)"', page)
        yield from re.sub(r"<script>.*?</script>|<[^>]*>", "\n", page, flags=re.DOTALL).splitlines()
        yield from "".join(output.get("data", {}).get("text/plain", "")).splitlines()


@every(CHINESE)
def test_words_of_a_chinese_alt_text_are_separated_as_in_chinese(path):
    pages = ["".join(output.get("data", {}).get("text/html", "")) for cell in code_cells(read(path)) for output in cell["outputs"]]
    texts = [text for page in pages for text in re.findall(r'alt="([^"]*)"', page)]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff][,;:.] |[,;:.] [\u4e00-\u9fff]", text)] == []


def below_a_refusal(cell, line):
    """The English line of an exception stands right below the Chinese one."""
    lines = list(shown_lines(cell))
    return any(lines[i] == line and i and han(lines[i - 1]) and lines[i - 1].startswith("  ") for i in range(len(lines)))


def binder(path):
    """Where Binder opens a file of the repository; pom.xml says where that is."""
    pom = (ROOT / "pom.xml").read_text(encoding="utf-8")
    repository = re.search(r"<scm>.*?<url>https://github.com/(.*?)</url>", pom, re.DOTALL).group(1)
    return f"https://mybinder.org/v2/gh/{repository}/HEAD?labpath={quote(path.relative_to(ROOT).as_posix(), safe='')}"


@every(BOTH)
def test_its_top_leads_to_binder_and_says_what_to_do_after_a_restart(path):
    top = source(read(path)["cells"][0])
    assert f"]({binder(path)})" in top and "Run > Run All Above Selected Cell" in top


@pytest.mark.parametrize("language, page", [("en", "README.md"), ("zh", "README.zh.md")])
def test_the_readme_has_a_badge_that_opens_the_welcome_page_on_binder(language, page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert f"badge_logo.svg)]({binder(NOTEBOOKS / language / 'welcome.md')})" in text


def test_every_link_to_binder_names_the_repository_of_the_pom():
    files = [ROOT / "README.md", ROOT / "README.zh.md", NOTEBOOKS / "README.md", *BOTH]
    links = {link for file in files for link in re.findall(r"https://mybinder\.org/v2/[^?]*", file.read_text(encoding="utf-8"))}
    assert links == {binder(ROOT / "x").partition("?")[0]}, "the address of the repository has changed: change these, too"


@every(BOTH)
def test_the_index_leads_to_it(path):
    index = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    assert f"]({path.parent.name}/{path.name})" in index
    assert f"]({binder(path)})" in index


@every(BOTH)
def test_the_index_and_its_top_agree_on_the_minutes(path):
    row = next(line for line in (NOTEBOOKS / "README.md").read_text(encoding="utf-8").splitlines() if f"]({path.parent.name}/{path.name})" in line)
    lessons, exercises = re.search(r"\| (\d+) \+ (\d+) \|", row).groups()
    parts = re.findall(r"^\|.*\| (\d+) \|$", "".join(read(path)["cells"][0]["source"]), re.MULTILINE)
    assert sum(map(int, parts)) == int(lessons) + int(exercises), f"minutes at the top of {path.name}: {parts}"


def test_pictures_of_the_index_are_there_and_have_words():
    index = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r'<img src="([^"]*)" width="\d+" height="\d+" alt="([^"]*)">', index)
    assert len(pictures) == index.count("<img ") > 0
    assert [(file, words) for file, words in pictures if not words or not (NOTEBOOKS / file).is_file()] == []


@every([path for path in ENGLISH if path.stem in thumbnails.CELLS])
def test_the_picture_of_the_index_is_that_of_the_notebook(path):
    shown = thumbnails.picture_of(path) == thumbnails.file_of(path.stem).read_bytes()
    assert shown, "run: .venv/bin/python src/test/python/thumbnails.py"


@every(BOTH)
def test_the_format_is_that_of_jupyterlab_with_the_java_kernel(path):
    notebook = read(path)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "java"
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))


@every(BOTH)
def test_no_output_tells_where_the_kit_lay(path):
    outputs = json.dumps([cell.get("outputs") for cell in read(path)["cells"]])
    assert re.findall(r"(?<![.:/\w])/[^\s\"<>]*/(?:data|target|notebooks)/[^\s\"<>]*", outputs) == []


FINDS = """\
import java.nio.file.*; import java.util.*;
Path kit = Path.of(System.getenv().getOrDefault("CNNKIT_HOME", "")).toAbsolutePath();
while (kit != null && !Files.exists(kit.resolve("target/jars/cnnkit.jar"))) kit = kit.getParent();
Objects.requireNonNull(kit, "no cnnkit here: run lab.py build, or set CNNKIT_HOME 找不到 cnnkit");
lineMagic("classpath", List.of(kit + "/target/jars/*.jar"));
"""


@every([*ENGLISH, *sorted((ROOT / "homework" / "en" / "source").glob("*/*.ipynb"))])
def test_the_kit_is_found_in_one_way_and_from_any_folder(path):
    cells = [source(cell) for cell in code_cells(read(path))]
    assert cells[0].startswith(FINDS)
    assert [line for text in cells for line in text.splitlines() if "../" in line] == [], "Kit.data(...), Kit.own(...)"


def test_where_there_is_no_kit_the_first_cell_says_what_to_do(tmp_path):
    done = lab("run", notebook(tmp_path, FINDS.replace("CNNKIT_HOME\"", "NO_SUCH_SETTING\"")))
    assert done.returncode == 1 and "no cnnkit here: run lab.py build, or set CNNKIT_HOME" in done.stdout


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_welcome_page_has_the_rows_of_the_index(language):
    index, welcome = ((NOTEBOOKS / name).read_text(encoding="utf-8") for name in ("README.md", f"{language}/welcome.md"))
    rows = re.findall(rf"^\| (\[[^]]+\]\()({language}/)([^)]+\)) \| (.*?) \| (\d+ \+ \d+) \| .*? \| (.*?)\s*\| \[Binder", index, re.MULTILINE)
    assert len(rows) == len(ENGLISH)
    for title, _, file, what, minutes, picture in rows:
        picture = picture.replace("thumbnails/", "../thumbnails/")
        assert f"| {title}{file} | {what} | {minutes} | {picture}{' ' if picture else ''}|" in welcome


@pytest.mark.parametrize("page", ["README.md", "en/welcome.md", "zh/welcome.md"])
def test_a_page_keeps_the_room_of_its_pictures_free_until_they_come(page):
    """Else what stands below them jumps away under the hand of who clicks."""
    sizes = re.findall(r'<img src="([^"]+)" width="(\d+)" height="(\d+)"', text := (NOTEBOOKS / page).read_text(encoding="utf-8"))
    assert len(sizes) == text.count("<img ") > 0
    for picture, width, height in sizes:
        of_file = struct.unpack(">II", (NOTEBOOKS / page).parent.joinpath(picture).read_bytes()[16:24])  # of a PNG's header
        assert int(height) == round(of_file[1] * int(width) / of_file[0]), picture


@every(BOTH)
def test_the_file_is_small(path):
    assert path.stat().st_size <= MOST_BYTES


@every(BOTH)
def test_no_path_of_a_machine_is_in_the_file(path):
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", path.read_text(encoding="utf-8"))
    text = re.sub(r'"image/[a-z+]+": "[^"]*"', "", text)
    assert not re.findall(r"(?:/(?:home|root|tmp|work|Users|var|mnt|opt)/|[A-Z]:\\\\)\S*", text)


@every(BOTH)
def test_every_code_cell_was_run_and_none_has_complained(path):
    cells = code_cells(read(path))
    assert [cell["id"] for cell in cells if not cell["execution_count"]] == []
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1)), "run it from top to bottom"
    for cell in cells:
        for output in cell["outputs"]:
            assert output["output_type"] != "error", cell["id"]
            assert output.get("name") != "stderr", cell["id"]


@every(ENGLISH)
def test_code_cells_are_short(path):
    tagged = lambda cell: "long" in cell["metadata"].get("tags", [])
    long = {cell["id"]: len(source(cell).splitlines()) for cell in code_cells(read(path)) if not tagged(cell)}
    assert {id: lines for id, lines in long.items() if lines > MOST_LINES} == {}


@every(ENGLISH)
def test_every_claim_of_the_section_is_shown_by_a_cell_that_asserts_it(path):
    shown = set()
    for cell in code_cells(read(path)):
        claims = {tag for tag in cell["metadata"].get("tags", []) if re.fullmatch(r"C\d\d", tag)}
        assert not claims or re.search(r"\bclaim(Fails)?\(", source(cell)), f"cell {cell['id']} asserts nothing"
        shown |= claims
    assert shown >= CLAIMS.get(path.name.split("-")[0], set())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_claims_of_the_chapter_are_shown(language):
    cells = [cell for path in sorted((NOTEBOOKS / language).glob("*.ipynb")) for cell in code_cells(read(path))]
    shown = {tag for cell in cells for tag in cell["metadata"].get("tags", [])}
    assert [f"C{number:02}" for number in range(1, 39) if f"C{number:02}" not in shown] == []


@every(ENGLISH)
def test_links_of_the_contents_lead_to_headings(path):
    for notebook in (read(path), read(NOTEBOOKS / "zh" / path.name)):
        texts = "\n".join(source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
        headings = {heading.strip().replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", texts, re.MULTILINE)}
        links = re.findall(r"\]\(#([^\n|]*?)\)(?=[ ,|，]|$)", texts, re.MULTILINE)
        assert links and [link for link in links if link not in headings] == []


@every(ENGLISH)
def test_unsolved_exercises_say_so_and_solutions_hold(path):
    texts = [printed(cell) for cell in code_cells(read(path))]
    exercises = {name for text in texts for name in re.findall(r"○ ((?:Exercise|Question) \d+): not yet", text)}
    solved = {name for text in texts for name in re.findall(r"✓ ((?:Exercise|Question) \d+):", text)}
    assert exercises and exercises == solved


def section(path):
    return path.name.split("-")[0]


@pytest.mark.parametrize("path", [
    pytest.param(path, id=f"en/{path.stem}", marks=[pytest.mark.nightly] if section(path) in NIGHTLY else [])
    for path in ENGLISH if section(path) != "appendix"  # it trains for half an hour
])
def test_it_runs_from_top_to_bottom_in_the_time_it_has(path, tmp_path, pytestconfig):
    """With 768 MB, as on Binder: in English in full; in Chinese every cell, too, but trainings end as the recorded ones did."""
    notebook = read(path)
    asked = questions_of(path)
    notebook["cells"] += [cell for number, answer in enumerate(asked) for cell in answered(notebook, number, answer)]
    ran = code_cells(run(path, notebook, "record", tmp_path))
    cells, judged = ran[: len(ran) - 2 * len(asked)], ran[len(ran) - 2 * len(asked) :]
    # Pictures and numbers are those in the file: same seed, same bits. Times are not.
    assert without_times(cells) == without_times(code_cells(read(path)))
    # And the judges of the exercises call right what is right, and answer to the mistakes that are made.
    verdicts = [(answer, printed(check)) for answer, check in zip(asked, judged[1::2])]
    assert [(answer.exercise, answer.expected, said) for answer, said in verdicts if not answer.fits(said)] == []

    if section(path) in IN_CHINESE_NIGHTLY and not pytestconfig.getoption("nightly"):
        return
    twin = NOTEBOOKS / "zh" / path.name
    english = tmp_path / "english"
    english.touch()
    ran = run(twin, read(twin), "replay", tmp_path, f"-Dcnnkit.untranslated={english}")
    assert without_times(code_cells(ran)) == without_times(code_cells(read(twin)))
    # In pictures, too, nothing is English but names.
    shown = english.read_text(encoding="utf-8").splitlines()
    assert [line for line in shown if re.fullmatch(r"[A-Za-z][a-z]+(?: [A-Za-z0-9]+)*", line) and not NAMES.fullmatch(line)] == []


# What a Chinese reader meets as it is: kinds of layers and optimizers, variables of the code. A kernel that ends on a busy
# machine may print a stack trace behind the last cell, where nobody reads it; in a cell the check of stderr above refuses it.
NAMES = re.compile(
    r"((Affine|Conv|Convolution|MaxPooling|Subsampling|Dropout|Relu|Sigmoid|Softmax|sigmoid|softmax|Adam|He|Xavier)\d* ?)+(\d+)?"
    r"|col|dcol|db|dout|dx|out|argmax|read|write|at|Caused by"
)


def run(path, notebook, trainings, recordings, *more):
    """What became of a copy of the notebook, in a folder of its language."""
    most_seconds = MOST_SECONDS[section(path)]
    copy = ROOT / "target" / "run" / path.parent.name / path.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    clear(notebook)
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    options = " ".join([AS_ON_BINDER, f"-Dcnnkit.trainings.{trainings}={recordings}", *more])
    done = lab("run", copy, "--save", JJAVA_JVM_OPTS=options, timeout=2 * most_seconds, measured=True)
    assert done.returncode == 0, done.stdout + done.stderr
    outputs = [output for cell in code_cells(read(copy)) for output in cell["outputs"]]
    assert [output["text"] for output in outputs if output.get("name") == "stderr"] == []
    assert any("data:image/png;base64," in "".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    seconds = float(re.search(r"([\d.]+) s", done.stdout).group(1))
    megabytes = int(re.search(r"largest process: (\d+) MB", done.stdout).group(1))
    print(f"{path.parent.name}/{path.name}: {seconds:.0f} s, {most_seconds} s allowed; {megabytes} MB")
    assert megabytes <= MOST_MEGABYTES[section(path)]
    return read(copy)


def without_times(cells):
    """What the cells print, but races; not the live display, which tells seconds, nor the tables that hold them."""
    return {cell["id"]: re.sub(r"^⏱.*\n", "", printed(cell), flags=re.MULTILINE) for cell in cells}
