"""homework/project: what a learner copies out of the tree finds cnnkit, fails with a reason, and turns green when it is right."""

import re
import shutil
import subprocess

import pytest
from own_project import POM, environ, pom, version
from support import ROOT

PROJECT = ROOT / "homework" / "project"
ANSWERS = ROOT / "src" / "test" / "homework-project"
PARTS = ["im2col", "col2im", "convolution", "maxPooling"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy outside the tree. Nothing that an editor or a build may have left in the original comes along."""
    left = shutil.ignore_patterns("target", "build", ".gradle", ".idea", ".vscode")
    return shutil.copytree(PROJECT, tmp_path_factory.mktemp("elsewhere") / "my-homework", ignore=left)


FILTERS_AS_ROWS = "return filters.reshape(filters.size(0), -1);"
FILTERS_TURNED = """Tensor turned = Tensor.zeros(filters.size(0), filters.length() / filters.size(0));
        int cells = filters.size(2) * filters.size(3);
        for (int i = 0; i < filters.length(); i++) {
            turned.data()[i / cells * cells + cells - 1 - i % cells] = filters.data()[i];
        }
        return turned;"""


def write(project, answers=None, turned=False):
    """The skeleton, or these answers in place of what is to be written, with filters turned round if wanted. Copies are as old
    as their originals: Maven would take what it has compiled for newer."""
    code = project / "src" / "main" / "java" / "homework"
    shutil.rmtree(code)
    shutil.rmtree(project / "target", ignore_errors=True)
    shutil.copytree(PROJECT / code.relative_to(project), code)
    if answers:
        shutil.copytree(answers, code, dirs_exist_ok=True)
    if turned:
        file = code / "MyConvolution.java"
        right = file.read_text(encoding="utf-8")
        assert right.count(FILTERS_AS_ROWS) == 1
        file.write_text(right.replace(FILTERS_AS_ROWS, FILTERS_TURNED), encoding="utf-8")


def failures(project):
    """What each test said that failed, by its name, from the report that Maven writes."""
    report = pom(project / "target" / "surefire-reports" / "TEST-homework.HomeworkTest.xml")
    assert sorted(case.get("name") for case in report.iter("testcase")) == sorted(PARTS)
    return {case.get("name"): case.find("failure").text for case in report.iter("testcase") if case.find("failure") is not None}


def test_an_empty_project_fails_everywhere_and_says_that_nothing_is_written_yet(project, repository):
    write(project)
    done = repository.maven(project, "test")
    assert done.returncode != 0 and "COMPILATION ERROR" not in done.stdout, done.stdout
    said = failures(project)
    assert sorted(said) == sorted(PARTS)
    for part in PARTS:
        assert "UnsupportedOperationException: not written yet" in said[part] and "(NOT_WRITTEN)" in said[part]
    assert done.stdout.count("(NOT_WRITTEN)") == len(PARTS), "each report is printed once"


def test_a_right_project_is_green(project, repository):
    write(project, ANSWERS)
    done = repository.maven(project, "test")
    assert done.returncode == 0 and "BUILD SUCCESS" in done.stdout, done.stdout
    assert failures(project) == {}


def test_a_kernel_turned_round_is_named_in_the_language_of_the_learner(project, repository):
    write(project, ANSWERS, turned=True)
    done = repository.maven(project, "test", CNNKIT_LANGUAGE="zh")
    assert done.returncode != 0
    assert "KERNEL_FLIPPED" in done.stdout and "卷积核" in done.stdout, done.stdout
    assert list(failures(project)) == ["convolution"]


def test_what_one_has_to_write_is_all_that_throws():
    """Six methods; the answers hold the same classes, and none of them was forgotten there."""
    throws = 'throw new UnsupportedOperationException("not written yet");'
    code = PROJECT / "src" / "main" / "java" / "homework"
    assert sum(file.read_text(encoding="utf-8").count(throws) for file in code.glob("*.java")) == 6
    assert sorted(file.name for file in code.glob("*.java")) == sorted(file.name for file in ANSWERS.glob("*.java"))
    assert not any(throws in file.read_text(encoding="utf-8") for file in ANSWERS.glob("*.java"))


def versions_in(root):
    """The version of each artifact that a POM names, by its name; properties filled in."""
    named = {}
    for element in root.iter():
        artifact, its_version = element.find(POM + "artifactId"), element.find(POM + "version")
        if artifact is not None and its_version is not None:
            named[artifact.text] = re.sub(r"^\$\{(cnnkit.version)\}$", lambda name: property_of(root, name[1]), its_version.text)
    return named


def property_of(root, name):
    return root.find(f"{POM}properties/{POM}{name}").text


def test_its_versions_are_those_of_the_kit():
    """Of cnnkit itself; and of plugins and JUnit, so that a machine that has built the kit has all that the project needs."""
    kit = versions_in(pom())
    its = versions_in(pom(PROJECT / "pom.xml"))
    assert its.pop("my-homework") == "1"
    assert "cnnkit" in its and "junit-jupiter" in its and len(its) == 5
    assert its == {artifact: kit[artifact] for artifact in its}


def test_gradle_gets_the_same_from_the_same_coordinates():
    gradle = (PROJECT / "build.gradle.kts").read_text(encoding="utf-8")
    properties = {"cnnkitVersion": re.search(r'val cnnkitVersion = "(.*?)"', gradle).group(1)}
    named = [
        re.sub(r"\$(\w+)", lambda name: properties[name.group(1)], coordinates)
        for coordinates in re.findall(r'"([\w.-]+:[\w.-]+(?::[\w.$-]+)?)"', gradle)
    ]
    its = versions_in(pom(PROJECT / "pom.xml"))
    assert named == [
        f"io.github.cnnkit:cnnkit:{its['cnnkit']}",
        f"org.junit:junit-bom:{its['junit-jupiter']}",
        "org.junit.jupiter:junit-jupiter",
        "org.junit.platform:junit-platform-launcher",
    ]
    assert its["cnnkit"] == version() and "mavenLocal()" in gradle
    assert f"options.release.set({property_of(pom(PROJECT / 'pom.xml'), 'maven.compiler.release')})" in gradle
    assert 'rootProject.name = "my-homework"' in (PROJECT / "settings.gradle.kts").read_text(encoding="utf-8")


def gradle_version():
    """Of the Gradle on the PATH; 0 without one."""
    gradle = shutil.which("gradle")
    said = subprocess.run([gradle, "--version"], capture_output=True, text=True, env=environ()).stdout if gradle else ""
    found = re.search(r"^Gradle (\d+)", said, re.MULTILINE)
    return int(found.group(1)) if found else 0


def test_gradle_runs_the_same_tests(project, repository, tmp_path):
    if gradle_version() < 8:
        pytest.skip("no Gradle 8 or newer on the PATH: the test above compares what build.gradle.kts names with the POM")
    write(project, ANSWERS, turned=True)
    home = ["--gradle-user-home", tmp_path, f"-Dmaven.repo.local={repository.folder}"]
    done = subprocess.run(["gradle", *home, "test"], cwd=project, capture_output=True, text=True, env=environ(CNNKIT_LANGUAGE="en"))
    assert done.returncode != 0 and "KERNEL_FLIPPED" in done.stdout, done.stdout + done.stderr


def code_blocks(text):
    """What stands between fences, without comments, which each language writes for itself."""
    blocks = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r" *(#|//) .*", "", block) for block in blocks]


def test_the_readme_is_there_in_both_languages_with_the_same_code_and_the_names_that_there_are():
    english, chinese = ((PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    assert code_blocks(english) == code_blocks(chinese) and len(code_blocks(english)) == 3
    for name in re.findall(r"`(My\w+)\.(\w+)`", english):
        code = (PROJECT / "src/main/java/homework" / f"{name[0]}.java").read_text(encoding="utf-8")
        assert f"Tensor {name[1]}(" in code
    tests = (PROJECT / "src/test/java/homework/HomeworkTest.java").read_text(encoding="utf-8")
    assert re.findall(r"void (\w+)\(\)", tests) == PARTS
    assert re.findall(r"HomeworkTest#(\w+)", english) == ["im2col"]


def test_a_report_can_be_asked_for_a_question_as_the_readme_says(project, repository):
    """The lines of the README stand in the place of those of a test."""
    lines = re.search(r"^```java\n(.*?)^```", (PROJECT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL).group(1)
    write(project)
    test = project / "src/test/java/homework/HomeworkTest.java"
    before = test.read_text(encoding="utf-8")
    after = before.replace("Check.im2col(MyIm2col::im2col).orThrow();", lines)
    assert after != before
    try:
        test.write_text(after.replace("import cnnkit", "import cnnkit.homework.Report;\nimport cnnkit", 1), encoding="utf-8")
        done = repository.maven(project, "test", "-Dtest=HomeworkTest#im2col")
    finally:
        test.write_text(before, encoding="utf-8")
    assert re.search(r"^→ ", done.stdout, re.MULTILINE) and "(NOT_WRITTEN)" in done.stdout, done.stdout
