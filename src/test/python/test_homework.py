"""The homework: what must be true of the sources, that the solutions in them are right, and that nbgrader, the real one,
releases them, grades hand-ins and says what is wrong with them."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from support import ROOT, code_cells, lab, printed, read, source

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402

HOMEWORK = ROOT / "homework"
LANGUAGES = ("en", "zh")
SOURCES = sorted(HOMEWORK.glob("en/source/*/*.ipynb"))
NAMES = [path.stem for path in SOURCES]
MOST_SECONDS = 180
MOST_WIDE = 100
HAN = re.compile(r"[\u4e00-\u9fff]")
SOLUTION = re.compile(r"^[^\n]*BEGIN SOLUTION[^\n]*\n(.*?)^[^\n]*END SOLUTION", re.DOTALL | re.MULTILINE)
HIDDEN = re.compile(r"^[^\n]*BEGIN HIDDEN TESTS[^\n]*\n(.*?)^[^\n]*END HIDDEN TESTS", re.DOTALL | re.MULTILINE)

every = pytest.mark.parametrize("name", NAMES)
both = pytest.mark.parametrize("language", LANGUAGES)


def source_of(language, name):
    return HOMEWORK / language / "source" / name / f"{name}.ipynb"


def release_of(language, name, course=HOMEWORK):
    return course / language / "release" / name / f"{name}.ipynb"


def role(cell):
    return cell["metadata"].get("nbgrader", {})


def is_test(cell):
    return role(cell).get("grade") and not role(cell).get("solution")


# ---- the sources


def test_there_are_six_in_both_languages():
    assert len(NAMES) == 6
    for kind in ("source", "release"):
        assert sorted(path.stem for path in HOMEWORK.glob(f"zh/{kind}/*/*.ipynb")) == NAMES


@every
def test_twins_differ_in_their_texts_only(name):
    english, chinese = (read(source_of(language, name)) for language in LANGUAGES)
    assert english["metadata"] == chinese["metadata"]
    bones = lambda notebook: [(cell["id"], cell["cell_type"], cell["metadata"]) for cell in notebook["cells"]]
    assert bones(english) == bones(chinese)
    assert code_cells(english) == code_cells(chinese), "run: python3 lab.py twins"
    texts = lambda notebook: [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert [text for text in texts(english) if HAN.search(text)] == []
    assert [text for text in texts(chinese) if not HAN.search(text)] == []


@both
@every
def test_cells_are_what_nbgrader_expects(language, name):
    notebook = read(source_of(language, name))
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    assert notebook["metadata"]["kernelspec"]["name"] == "java"
    for cell in notebook["cells"]:
        text, meta = source(cell), role(cell)
        assert bool(meta.get("solution")) == bool(SOLUTION.search(text)), cell["id"]
        assert text.count("BEGIN SOLUTION") == text.count("END SOLUTION") == len(SOLUTION.findall(text))
        if not meta:
            continue
        assert meta["grade_id"] == cell["id"] and meta["schema_version"] == 3 and meta["task"] is False
        assert ("points" in meta) == meta["grade"]
        assert meta["locked"] != meta["solution"], "a learner writes in it, or does not"
        if cell["cell_type"] == "markdown":
            assert meta["grade"] and meta["solution"], "written answers are graded by a person"
        if is_test(cell):
            assert len(HIDDEN.findall(text)) == 1 and HIDDEN.sub("", text).count("\n") > 0


@both
@every
def test_the_points_are_those_of_the_title(language, name):
    notebook = read(source_of(language, name))
    said = re.search(r"(\d+) (?:points|分)", source(notebook["cells"][0]))
    assert int(said.group(1)) == sum(role(cell).get("points", 0) for cell in notebook["cells"])


@both
@every
def test_files_hold_no_outputs_and_no_path_of_a_machine(language, name):
    for path in (source_of(language, name), release_of(language, name)):
        assert [cell["id"] for cell in code_cells(read(path)) if cell["outputs"] or cell["execution_count"]] == []
        assert not re.findall(r"(?:/(?:home|root|tmp|work|Users|var|mnt|opt)/|[A-Z]:\\\\)\S*", path.read_text(encoding="utf-8"))


@every
def test_lines_of_code_fit_on_the_screen(name):
    lines = [line for cell in code_cells(read(source_of("en", name))) for line in source(cell).splitlines()]
    assert [line for line in lines if len(line) > MOST_WIDE] == []


@every
def test_what_its_cells_say_is_in_the_chinese_catalogue(name):
    """Sentences of two words and more; a number, a name or a mark stands beside them."""
    catalogues = [ROOT / "notebooks/zh/messages/homework.po", ROOT / "src/main/resources/cnnkit/messages/zh.po"]
    known = {key for file in catalogues for key in re.findall(r'^msgid "(.+)"$', file.read_text(encoding="utf-8"), re.MULTILINE)}
    code = "\n".join(source(cell) for cell in code_cells(read(source_of("en", name)))[1:])
    said = [re.sub(r"%n|\\n|[●○]", "", text).strip() for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', code)]
    sentences = [text for text in said if re.search(r"[a-z]{2,}[ -]+[a-z]{2,}", text) and text != "cnnkit.homework.seed ="]
    assert [text for text in sentences if not any(text in key for key in known)] == []


def test_the_first_cell_is_the_same_everywhere():
    assert len({source(code_cells(read(source_of("en", name)))[0]) for name in NAMES}) == 1


@both
@every
def test_links_lead_somewhere(language, name):
    for path in (source_of(language, name), release_of(language, name)):
        texts = "\n".join(source(cell) for cell in read(path)["cells"] if cell["cell_type"] == "markdown")
        targets = [target for target in re.findall(r"\]\(([^)#\s]+)", texts) if not target.startswith("http")]
        assert [target for target in targets if not (path.parent / target).exists()] == []


@both
def test_links_of_the_readme_lead_somewhere(language):
    text = (HOMEWORK / {"en": "README.md", "zh": "README.zh.md"}[language]).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    assert [target for target in targets if not (HOMEWORK / target).exists()] == []
    assert all(f"{language}/release/{name}/{name}.ipynb" in targets for name in NAMES)


def test_a_teacher_has_the_versions_that_learners_have():
    pins = lambda file: set(re.findall(r"^[\w-]+==\S+", file.read_text(encoding="utf-8"), re.MULTILINE))
    learners = {pin for pin in pins(ROOT / "requirements.txt") if not pin.startswith("pytest==")}
    assert pins(HOMEWORK / "requirements.txt") == learners | {"nbgrader==0.9.6"}


# ---- the solutions


@every
def test_the_solutions_are_right_and_it_runs_from_top_to_bottom(name):
    """With 768 MB, as on Binder; a test cell ends with its points."""
    cells = run(name, "solved", lambda cell: source(cell))
    assert scores(cells) == {cell["id"]: role(cell)["points"] for cell in cells if is_test(cell)}
    complaints = [output["text"] for cell in cells for output in cell["outputs"] if output.get("name") == "stderr"]
    assert complaints == []
    if name == "mistakes":
        learned = {cell["id"]: reads(cell) for cell in cells if reads(cell)}
        assert all(learned[sick] < 20 for sick in "abcde"), "whoever guesses reads a tenth"
        assert all(learned[well] >= 80 for well in ("healthy", *(f"{sick}-check" for sick in "abcde")))
    if name == "experiment":
        told = set(re.findall(r"\d+\.\d\d", "".join(printed(cell) for cell in cells)))
        for language in LANGUAGES:
            texts = [source(cell) for cell in read(source_of(language, name))["cells"] if cell["id"] in ("conclusions", "conclusion")]
            assert set(re.findall(r"\d+\.\d\d", "".join(texts))) <= told, "the conclusions rest on these very numbers"


@pytest.mark.nightly
def test_wrong_causes_and_nothing_mended_give_no_points_where_homework_4_runs_from_top_to_bottom():
    def unchanged(cell):
        text = re.sub(r"return Cause\.\w+;", "return Cause.NOT_SHUFFLED;", source(cell))
        return re.sub(r"(Run mended(\w)\(\) \{).*\}", r"\1 return network\2(); }", text, flags=re.DOTALL)

    assert scores(run("mistakes", "wrong", unchanged)) == {f"{sick}-check": 0 for sick in "abcde"}


@pytest.mark.nightly
def test_a_small_network_that_reads_too_little_gets_the_points_for_size_where_homework_5_runs_from_top_to_bottom():
    linear = 'return Network.builder(1, 28, 28).add("A", new Affine(Tensor.zeros(784, 10), Tensor.zeros(10))).build();'
    only_one_layer = lambda cell: SOLUTION.sub(linear, source(cell))
    assert scores(run("design", "linear", only_one_layer)) == {"design-check": 3}


def reads(cell):
    """The share of images, in percent, that the network of a cell reads; None where there is no network."""
    said = re.search(r"reads ([\d.]+) %", printed(cell))
    return float(said.group(1)) if said else None



LEAVES = """
import cnnkit.homework.Check;

class Leaves {
    public static void main(String[] arguments) {
        Check.im2col((x, window) -> {
            System.exit(3);
            return x;
        });
    }
}
"""


def test_code_that_ends_the_program_is_told_so_once(tmp_path):
    """In a program, or under JUnit; a notebook's messages go elsewhere."""
    (tmp_path / "Leaves.java").write_text(LEAVES, encoding="utf-8")
    command = ["java", "-cp", str(ROOT / "target" / "jars" / "*"), "-Dcnnkit.language=en", "Leaves.java"]
    done = subprocess.run(command, cwd=tmp_path, env=environ(), capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 3
    said = re.findall(r"your code calls System\.exit \((.*?)\): that ends", done.stdout + done.stderr)
    assert len(said) == 1 and said[0].endswith("Leaves.java line 7"), done.stdout + done.stderr


def run(name, label, edited):
    """Runs the source with cells changed; it lies elsewhere, and finds cnnkit all the same."""
    copy = ROOT / "target" / "run" / "homework" / "en" / label / f"{name}.ipynb"
    copy.parent.mkdir(parents=True, exist_ok=True)
    notebook = read(source_of("en", name))
    for cell in code_cells(notebook):
        cell["source"] = edited(cell)
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    options = re.search(r'JJAVA_JVM_OPTS="(.*)"', (ROOT / "binder" / "start").read_text(encoding="utf-8")).group(1)
    done = lab("run", copy, "--save", JJAVA_JVM_OPTS=options, timeout=2 * MOST_SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    seconds = float(re.search(r"([\d.]+) s", done.stdout).group(1))
    print(f"{name}: {seconds:.0f} s, {MOST_SECONDS} s allowed")
    return code_cells(read(copy))


def scores(cells):
    """What nbgrader reads: the number that a test cell ends with."""
    last = lambda cell: [output for output in cell["outputs"] if output["output_type"] == "execute_result"][-1]
    return {cell["id"]: float("".join(last(cell)["data"]["text/plain"])) for cell in cells if is_test(cell)}


# ---- nbgrader


with_nbgrader = pytest.mark.xdist_group("nbgrader")


@pytest.fixture(scope="module")
def course():
    """Copies of both courses with everything released by nbgrader, which has a venv of its own."""
    folder = ROOT / "target" / "homework"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy2(HOMEWORK / "nbgrader_config.py", folder)
    for language in LANGUAGES:
        (folder / language).mkdir()
        shutil.copy2(HOMEWORK / language / "nbgrader_config.py", folder / language)
        shutil.copytree(HOMEWORK / language / "source", folder / language / "source")
        release_all(folder / language)
    return folder


def venv():
    """Made once, beside what else the tests make; nothing in .venv changes."""
    folder = ROOT / "target" / "homework-venv"
    with kit.one_at_a_time():
        if not (folder / ".cnnkit").exists():
            shutil.rmtree(folder, ignore_errors=True)
            kit.create_venv(folder)
        kit.install(HOMEWORK / "requirements.txt", folder / ".cnnkit")
    return folder


def release_all(folder):
    """All homeworks in one process, as each call of nbgrader takes seconds to begin."""
    call = "import sys\nfrom nbgrader.apps import NbGraderApp, GenerateAssignmentApp\n" + (
        "for name in sys.argv[1:]:\n    GenerateAssignmentApp.clear_instance()\n    app = GenerateAssignmentApp()\n"
        "    app.initialize([name])\n    app.start()\n"
    )
    done = subprocess.run(
        [kit.venv_python(venv()), "-c", call, *NAMES], cwd=folder, env=environ(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def environ():
    """As a teacher has it: whatever options of Java these tests were started with are not those of a course."""
    return {key: value for key, value in os.environ.items() if key not in ("JJAVA_JVM_OPTS", "CNNKIT_HOME")}


def nbgrader(folder, *arguments):
    command = [kit.venv_python(venv()), "-m", "nbgrader", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environ(), capture_output=True, text=True, timeout=900)


def graded(folder, *arguments):
    done = nbgrader(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def hand_in(folder, name, student, replaced=None):
    """What a learner hands in: the released notebook, with answers in it. None: nothing was written."""
    language = folder.name
    notebook = read(release_of(language, name, folder.parent))
    solutions = {cell["id"]: source(cell) for cell in code_cells(read(source_of(language, name)))}
    for cell in notebook["cells"]:
        if role(cell).get("solution") and replaced is not None and cell["cell_type"] == "code":
            cell["source"] = solutions[cell["id"]]
            for right, wrong in replaced.items():
                cell["source"] = cell["source"].replace(right, wrong)
    text = json.dumps(notebook)
    assert all(json.dumps(wrong)[1:-1] in text for wrong in (replaced or {}).values())
    path = folder / "submitted" / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def marks(folder, name):
    """The marks of a course, as nbgrader exports them: student to points."""
    graded(folder, "autograde", name)
    graded(folder, "generate_feedback", name)
    graded(folder, "export")
    with open(folder / "grades.csv", encoding="utf-8") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["assignment"] == name}


def feedback(folder, student, name):
    return (folder / "feedback" / student / name / f"{name}.html").read_text(encoding="utf-8")


@with_nbgrader
@both
@every
def test_what_learners_get_is_what_nbgrader_makes_of_the_source(course, language, name):
    made = read(release_of(language, name, course))
    assert made == read(release_of(language, name)), f"in homework/{language} run: nbgrader generate_assignment {name}"


@with_nbgrader
@both
@every
def test_what_learners_get_holds_no_solution_and_no_hidden_test(course, language, name):
    released = release_of(language, name, course).read_text(encoding="utf-8")
    assert not re.search(r"(?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS|MARK SCHEME)", released)
    lines = lambda text: {line.strip() for line in text.splitlines() if len(line.strip()) > 12}
    told = {line for cell in read(release_of(language, name, course))["cells"] for line in lines(source(cell))}
    cells = [source(cell) for cell in read(source_of(language, name))["cells"]]
    secrets = {line for text in cells for secret in SOLUTION.findall(text) + HIDDEN.findall(text) for line in lines(secret)}
    public = {line for text in cells for line in lines(HIDDEN.sub("", SOLUTION.sub("", text)))}
    assert (secrets - public) & told == set()


@with_nbgrader
def test_nbgrader_grades_homework_1_and_names_the_mistake(course):
    folder = course / "en"
    add = "x.set(x.get(n, c, h, w) + col.get(row, column), n, c, h, w)"
    hand_in(folder, "im2col", "right", {})
    hand_in(folder, "im2col", "empty")
    hand_in(folder, "im2col", "partly", {add: "x.set(col.get(row, column), n, c, h, w)"})
    hand_in(folder, "im2col", "borrowed", {
        "int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);":
            "if (x != null) { return Im2col.im2col(x, window); }\n    int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);",
    })
    got = marks(folder, "im2col")
    assert (got["right"], got["empty"], got["borrowed"]) == (10, 0, 6)
    assert 6 < got["partly"] < 8, "the output size and im2col are right, and a little of col2im"
    assert "OVERLAPS_OVERWRITTEN" in feedback(folder, "partly", "im2col")
    assert "OVERLAPS_OVERWRITTEN" not in feedback(folder, "right", "im2col")


@pytest.mark.nightly
@with_nbgrader
def test_nbgrader_grades_homework_2_in_chinese(course):
    folder = course / "zh"
    hand_in(folder, "convolution", "right", {})
    hand_in(folder, "convolution", "empty")
    hand_in(folder, "convolution", "partly", {"rows.dot(W.value().reshape(FN, -1)); ": "rows.dot(W.value().reshape(FN, -1)).map(v -> v / x.size(0)); "})
    assert marks(folder, "convolution") == {"right": 10, "empty": 0, "partly": 7}
    assert "GRADIENT_DIVIDED_BY_BATCH" in feedback(folder, "partly", "convolution")


@with_nbgrader
def test_a_learner_may_validate_before_handing_in(course):
    folder = course / "en"
    empty = graded(folder, "validate", release_of("en", "im2col", course).relative_to(folder))
    assert "FAILED ON 3 CELL(S)" in empty and "not written yet" in empty
    wrong = hand_in(folder, "im2col", "validating", {"(size + 2 * padding - kernel) / stride + 1": "(size + 2 * padding - kernel) / stride"})
    said = graded(folder, "validate", wrong.relative_to(folder))
    assert "the output size: not yet" in said and "○ one window" in said
    shutil.rmtree(folder / "submitted" / "validating")
