"""A learner's own copies: made at first use, never overwritten, never in files that git holds; and a kit that others own."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from support import NOTEBOOKS, ROOT, assert_one_line, code_cells, lab, notebook, read, source

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402

JAVA = kit.Java(ROOT, "17.0.15", "17.0.15+6")


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """An empty folder for copies of one small notebook of a kit, which can get a newer version."""
    source = tmp_path / "kit" / "7.4-small.ipynb"
    source.parent.mkdir()
    version(source, "1")
    monkeypatch.setattr(kit, "shipped", lambda: iter([("en/7.4-small.ipynb", source)]))
    monkeypatch.setattr(kit, "java_kernelspec", lambda: {"display_name": "Java", "language": "java", "name": "java"})
    folder = tmp_path / "my-notebooks"
    monkeypatch.setattr(kit, "own_folder", lambda: folder)
    monkeypatch.setattr(kit, "set_up", lambda: JAVA)
    return folder


def version(path, text):
    """A notebook that holds this text."""
    made = read(notebook(path.parent, text))
    (path.parent / "try.ipynb").unlink()
    path.write_text(json.dumps({**made, "metadata": {"language_info": {"name": "Java"}}}), encoding="utf-8")


def texts(folder):
    return {path.name: read(path)["cells"][0]["source"] for path in sorted((folder / "en").glob("*.ipynb"))}


def test_copies_are_made_at_the_first_start_and_it_is_said_where(mine):
    assert kit.bring_up_to_date(mine, JAVA) == [f"your own copies of the notebooks are in {mine}"]
    assert texts(mine) == {"7.4-small.ipynb": "1"}
    assert kit.bring_up_to_date(mine, JAVA) == []


def test_a_copy_that_nobody_has_worked_in_is_renewed(mine, tmp_path):
    kit.bring_up_to_date(mine, JAVA)
    version(tmp_path / "kit" / "7.4-small.ipynb", "2")
    assert kit.bring_up_to_date(mine, JAVA) == []
    assert texts(mine) == {"7.4-small.ipynb": "2"}


def test_a_newer_version_is_laid_beside_work_once_and_never_over_it(mine, tmp_path):
    kit.bring_up_to_date(mine, JAVA)
    version(mine / "en" / "7.4-small.ipynb", "my work")
    assert kit.bring_up_to_date(mine, JAVA) == [], "nothing is newer"
    version(tmp_path / "kit" / "7.4-small.ipynb", "2")
    (news,) = kit.bring_up_to_date(mine, JAVA)
    assert "7.4-small.new.ipynb" in news
    assert kit.bring_up_to_date(mine, JAVA) == [], "it is said once"
    version(tmp_path / "kit" / "7.4-small.ipynb", "3")
    kit.bring_up_to_date(mine, JAVA)
    assert texts(mine) == {"7.4-small.ipynb": "my work", "7.4-small.new.ipynb": "2", "7.4-small.new-2.ipynb": "3"}


def test_without_the_record_every_copy_counts_as_work(mine, tmp_path):
    kit.bring_up_to_date(mine, JAVA)
    (mine / kit.RECORD).write_text("damaged", encoding="utf-8")
    version(tmp_path / "kit" / "7.4-small.ipynb", "2")
    kit.bring_up_to_date(mine, JAVA)
    assert texts(mine) == {"7.4-small.ipynb": "1", "7.4-small.new.ipynb": "2"}


def test_another_java_renews_untouched_copies_only(mine):
    kit.bring_up_to_date(mine, JAVA)
    newer = kit.Java(ROOT, "25.0.3", "25.0.3+9")
    kit.bring_up_to_date(mine, newer)
    assert read(mine / "en" / "7.4-small.ipynb")["metadata"]["language_info"]["version"] == "25.0.3+9"
    version(mine / "en" / "7.4-small.ipynb", "my work")
    assert kit.bring_up_to_date(mine, JAVA) == []
    assert texts(mine) == {"7.4-small.ipynb": "my work"}


def test_a_notebook_begins_afresh_and_what_was_made_of_it_stays(mine, capsys):
    kit.bring_up_to_date(mine, JAVA)
    for work in ("my work", "more work"):
        version(mine / "en" / "7.4-small.ipynb", work)
        kit.fresh(["7.4"])
    assert texts(mine) == {"7.4-small.ipynb": "1", "7.4-small.before.ipynb": "my work", "7.4-small.before-2.ipynb": "more work"}
    assert "what you had made of it: 7.4-small.before-2.ipynb" in capsys.readouterr().out
    kit.fresh(["7.4"])
    assert "is fresh already" in capsys.readouterr().out and len(texts(mine)) == 3


@pytest.mark.parametrize("name, found", [
    ("7.4", {"en/7.4-im2col.ipynb", "zh/7.4-im2col.ipynb"}),
    ("zh/7.4", {"zh/7.4-im2col.ipynb"}),
    ("my-notebooks/en/7.4b-layers.ipynb", {"en/7.4b-layers.ipynb"}),
    ("im2col", {"en/homework/im2col.ipynb", "zh/homework/im2col.ipynb"}),
    ("en/homework/im2col", {"en/homework/im2col.ipynb"}),
    ("8.8", set()),
])
def test_names_of_notebooks_are_as_people_say_them(name, found):
    assert {place for place, path in kit.shipped() if path.suffix == ".ipynb" and kit.is_called(place, name)} == found


def test_a_notebook_that_there_is_not_is_named():
    assert_one_line(lab("fresh", "8.8"), "8.8", "zh/7.4")


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies") / "my-notebooks"
    kit.bring_up_to_date(folder, JAVA)
    return folder


def test_everything_that_a_learner_works_with_is_copied(copies):
    for language in ("en", "zh"):
        names = {path.name for path in (copies / language).glob("*.ipynb")}
        assert names == {path.name for path in (NOTEBOOKS / language).glob("*.ipynb")}
        assert {path.stem for path in (copies / language / "homework").glob("*.ipynb")} == {
            path.name for path in (ROOT / "homework" / language / "release").iterdir()
        }


def test_links_and_pictures_lead_from_copy_to_copy(copies):
    for path in [*copies.rglob("*.ipynb"), *copies.rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            text = "\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown")
        targets = [to for to in re.findall(r"\]\(([^)#\s]+)", text) if not to.startswith("http")]
        targets += re.findall(r'<img src="([^":]+)"', text)
        lost = [to for to in targets if not (path.parent / to).exists()]
        outside = [to for to in targets if copies not in (path.parent / to).resolve().parents]
        assert lost == outside == [], path


def test_copies_differ_from_the_kit_in_what_jupyterlab_would_note_only(copies):
    ours, theirs = read(NOTEBOOKS / "en" / "7.5-simple-conv-net.ipynb"), read(copies / "en" / "7.5-simple-conv-net.ipynb")
    assert ours["cells"] == theirs["cells"]
    assert theirs["metadata"]["language_info"] == {**ours["metadata"]["language_info"], "version": "17.0.15+6"}


# ---- git


def git(folder, *arguments):
    done = subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_git_pull_always_works(tmp_path):
    """A clone, a learner's work in every copy, a newer version of the kit: it comes without a question."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    for name in (".gitignore", "lab.py", "notebooks", "homework/en/release", "homework/zh/release"):
        target = origin / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("made")) if (ROOT / name).is_dir() else shutil.copy2(ROOT / name, target)
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "1")
    git(tmp_path, "clone", "-q", "origin", "clone")
    start = (
        "import lab, pathlib; lab.java_kernelspec = lambda: {}; java = lab.Java(lab.ROOT, '17', '17');"
        "print(lab.own_folder()); print(lab.bring_up_to_date(lab.own_folder(), java))"
    )
    call = lambda: subprocess.run([sys.executable, "-c", start], cwd=clone, capture_output=True, text=True, check=True).stdout
    assert str(clone / "my-notebooks") in call()
    for path in (clone / "my-notebooks").rglob("*.ipynb"):
        version(path, "my work")
    (clone / "my-notebooks" / "en" / "made").mkdir()
    (clone / "my-notebooks" / "en" / "made" / "net.npz").write_bytes(b"1")
    assert git(clone, "status", "--porcelain") == ""
    version(origin / "notebooks" / "en" / "7.4-im2col.ipynb", "newer")
    git(origin, "commit", "-qam", "2")
    git(clone, "pull", "-q")
    assert "7.4-im2col.new.ipynb" in call()
    assert texts(clone / "my-notebooks")["7.4-im2col.ipynb"] == "my work"
    assert git(clone, "status", "--porcelain") == ""


# ---- a kit that somebody else owns


def read_only(kit_folder, command, **options):
    """Runs a command that sees this folder as a learner sees a kit on a shared machine: it may not write there."""
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$HOME" && exec "$@"'
    isolated = ["unshare", "--mount", "sh", "-c"]
    tried = shutil.which("unshare") and subprocess.run([*isolated, mounted, kit_folder, "true"], capture_output=True)
    if not tried or tried.returncode:
        pytest.skip("a folder can be made read-only for one program by root on Linux only")
    return subprocess.run([*isolated, mounted, kit_folder, *map(str, command)], capture_output=True, text=True, timeout=300, **options)


def test_a_read_only_kit_is_enough(tmp_path):
    """Set up by its owner; a learner runs a notebook in a folder of theirs, which writes beside it, and gets copies at home."""
    assert lab("build").returncode == 0
    setup, own = source(code_cells(read(NOTEBOOKS / "en" / "7.2-convolution.ipynb"))[0]), 'Files.writeString(Kit.own("mine.txt"), "7");'
    path = notebook(tmp_path, setup, own + " Mnist.load().test().size()")
    environ = {key: value for key, value in os.environ.items() if key not in ("JJAVA_JVM_OPTS", "CNNKIT_HOME")} | {"HOME": str(tmp_path)}
    done = read_only(ROOT, [sys.executable, ROOT / "lab.py", "run", path], env=environ)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "made" / "mine.txt").read_text(encoding="utf-8") == "7"
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import lab; lab.call = lambda *c: print(*c[0]); lab.start(None, False)"
    done = read_only(ROOT, [sys.executable, "-c", start], env=environ)
    assert done.returncode == 0, done.stderr
    assert f"--ServerApp.root_dir={tmp_path / 'my-notebooks'}" in done.stdout
    assert "--LabApp.default_url=/lab/tree/en/welcome.md" in done.stdout
    assert (tmp_path / "my-notebooks" / "en" / "7.4-im2col.ipynb").is_file()


def test_a_notebook_in_a_read_only_folder_writes_into_the_home_folder(tmp_path):
    kit_like, home = tmp_path / "shared", tmp_path / "home"
    kit_like.mkdir()
    home.mkdir()
    setup = source(code_cells(read(NOTEBOOKS / "en" / "7.2-convolution.ipynb"))[0])
    path = notebook(kit_like, setup, 'Files.writeString(Kit.own("mine.txt"), "7");')
    environ = os.environ | {"HOME": str(home), "JJAVA_JVM_OPTS": f"-Duser.home={home}"}
    done = read_only(kit_like, [sys.executable, ROOT / "lab.py", "run", path], env=environ)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / ".cnnkit" / "made" / "mine.txt").read_text(encoding="utf-8") == "7"


def test_a_read_only_kit_that_is_not_set_up_says_who_can_mend_it(copy):
    done = read_only(copy, [sys.executable, copy / "lab.py", "build"])
    assert_one_line(done, str(copy), "its owner runs  python3 lab.py build")
