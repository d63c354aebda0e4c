"""IJava, the other Java kernel: lab.py takes a built one, and no cell uses what only one of the two kernels has."""

import json
import os
import re
import subprocess
import sys
import zipfile

import pytest
from support import ENGLISH, ROOT, assert_one_line, code_cells, lab, read, source

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402

SOURCES = [*ENGLISH, *sorted((ROOT / "homework" / "en" / "source").glob("*/*.ipynb"))]
# What both kernels give to a cell beside Java.
BOTH_HAVE = {"display", "updateDisplay", "render", "lineMagic"}
ONE_HAS = re.compile(r"(?<![\w.])(cellMagic|clearOutput|eval|printErr|magics)\(|org\.dflib\.jjava|io\.github\.spencerpark|notebookKernel|getKernelInstance")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_cells_keep_to_what_both_kernels_know(path):
    for cell in code_cells(read(path)):
        text = source(cell)
        assert not re.search(r"^\s*%", text, re.MULTILINE), f"{cell['id']}: a magic; those of the two kernels differ"
        assert not ONE_HAS.search(text), cell["id"]
        assert set(re.findall(r"lineMagic\(\"(\w+)", text)) <= {"classpath"}, cell["id"]


def test_the_words_of_one_kernel_are_found():
    assert ONE_HAS.search('cellMagic("x");') and ONE_HAS.search("org.dflib.jjava.JJava.getKernelInstance()")
    assert not ONE_HAS.search("occlusion.eval(x); display(figure);")


def jar(path, *names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(kit, "IJAVA", tmp_path / "ijava")
    monkeypatch.setattr(kit, "ROOT", tmp_path)
    monkeypatch.setattr(kit, "set_up", kit.find_java)
    return tmp_path


@pytest.mark.parametrize("form", ["jar", "folder", "zip"])
def test_a_built_ijava_is_taken_as_jar_as_folder_and_as_the_zip_of_a_release(place, form):
    built = place / "built" / "java"
    built.mkdir(parents=True)
    jar(built / "another.jar", "x.class")
    made = jar(built / "ijava-1.3.0.jar", kit.IJAVA_CLASS)
    release = place / "ijava-1.3.0.zip"
    with zipfile.ZipFile(release, "w") as archive:
        archive.write(made, "java/ijava-1.3.0.jar")
    kit.take_kernel("ijava", {"jar": made, "folder": place / "built", "zip": release}[form])
    assert (place / "ijava" / "kernels" / "java" / "ijava.jar").read_bytes() == made.read_bytes()


def test_jupyter_finds_it_in_place_of_jjava_with_the_options_that_jjava_gets(place, monkeypatch):
    kit.take_kernel("ijava", jar(place / "ijava.jar", kit.IJAVA_CLASS))
    monkeypatch.setenv("CNNKIT_KERNEL", "ijava")
    monkeypatch.setenv("JJAVA_JVM_OPTS", "-Xmx333m")
    environ = kit.environment(kit.find_java())
    listed = subprocess.run([kit.venv_python(), "-m", "jupyter", "kernelspec", "list", "--json"], env=environ, capture_output=True, text=True)
    spec = json.loads(listed.stdout)["kernelspecs"]["java"]["spec"]
    assert spec["display_name"] == "Java (IJava)" and "-Xmx333m" in spec["argv"]
    assert environ["IJAVA_CLASSPATH"] == environ["JJAVA_CLASSPATH"].replace("\\", "/")
    begins = re.fullmatch(r"cnnkit\.notebook\.(\w+)\.(\w+)\(\);", environ["IJAVA_STARTUP_SCRIPT"])
    assert f"public static void {begins[2]}()" in (ROOT / f"src/main/java/cnnkit/notebook/{begins[1]}.java").read_text(encoding="utf-8")
    monkeypatch.delenv("CNNKIT_KERNEL")
    assert "JUPYTER_PATH" not in kit.environment(kit.find_java()) or "JUPYTER_PATH" in os.environ


def test_what_is_no_ijava_is_refused_with_the_way_to_build_one(tmp_path):
    assert_one_line(lab("kernel", "ijava", jar(tmp_path / "other.jar", "x.class")), "other.jar", "docs/ijava.md")
    assert_one_line(lab("kernel", "ijava", tmp_path / "nothing"), "nothing", "docs/ijava.md")
