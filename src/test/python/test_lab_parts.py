"""Parts of lab.py by themselves, where the whole would need another machine: folders without locks, a broken .venv, JupyterLab's traces."""

import errno
import fcntl
import sys

import nbformat
import pytest
from support import ROOT, lab, notebook, read

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402


def test_a_file_that_was_only_looked_at_in_jupyterlab_builds_nothing_anew(tmp_path, monkeypatch):
    source = tmp_path / "src" / "main" / "java" / "A.java"
    source.parent.mkdir(parents=True)
    source.write_text("class A {}", encoding="utf-8")
    (tmp_path / "pom.xml").write_text("<project />", encoding="utf-8")
    jars = tmp_path / "target" / "jars"
    jars.mkdir(parents=True)
    (jars / "cnnkit.jar").write_bytes(b"a jar")
    monkeypatch.setattr(kit, "ROOT", tmp_path)
    monkeypatch.setattr(kit, "JARS", jars)
    stamp = kit.jar_stamp()
    (source.parent / ".ipynb_checkpoints").mkdir()
    (source.parent / ".ipynb_checkpoints" / "A-checkpoint.java").write_text("class A {}", encoding="utf-8")
    assert kit.jar_stamp() == stamp
    (jars / "library.jar").write_bytes(b"another")  # a library that came or went is another thing
    assert kit.jar_stamp() != stamp


@pytest.mark.parametrize("number, free", [(errno.EAGAIN, False), (errno.EACCES, False), (errno.ENOLCK, True), (errno.EOPNOTSUPP, True)])
def test_a_folder_that_knows_no_locks_is_not_waited_for(number, free, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(number, "refused")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with open(tmp_path / "lock", "w", encoding="utf-8") as lock:
        assert kit.try_to_lock(lock) == free


def test_a_venv_whose_python_does_not_start_is_not_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(kit, "VENV", tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").write_text("", encoding="utf-8")  # as from an archive that lost the executable bit
    (tmp_path / ".cnnkit").write_text("", encoding="utf-8")
    monkeypatch.setattr(kit, "venv_python", lambda: tmp_path / "bin" / "python")
    assert not kit.venv_is_whole()


def test_a_relative_java_home_is_the_same_from_every_folder(tmp_path, monkeypatch):
    home = kit.find_java().home
    (tmp_path / "jdk").symlink_to(home)
    monkeypatch.setenv("JAVA_HOME", "jdk")
    monkeypatch.chdir(tmp_path)
    assert kit.find_java().home == tmp_path / "jdk"


def test_copies_whose_record_was_lost_are_not_laid_beside_themselves(tmp_path):
    java = kit.find_java()
    kit.bring_up_to_date(tmp_path, java)
    (tmp_path / kit.RECORD).unlink()  # as after Ctrl-C between the copies and the record
    before = sorted(tmp_path.rglob("*"))
    assert kit.bring_up_to_date(tmp_path, java) == []
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / kit.RECORD])
    assert all(each["copy"] for each in read(tmp_path / kit.RECORD).values())


def test_what_was_edited_while_a_notebook_ran_stays(tmp_path):
    path = notebook(tmp_path, 'java.nio.file.Files.writeString(java.nio.file.Path.of("try.ipynb"), "edited");')
    done = lab("run", path, "--save")
    assert done.returncode == 0 and "saved beside it, try.run.ipynb" in done.stdout, done.stdout
    assert path.read_text(encoding="utf-8") == "edited"
    assert read(tmp_path / "try.run.ipynb")["cells"][0]["execution_count"] == 1


def test_what_a_notebook_of_the_kit_prints_does_not_tell_where_the_kit_lies(tmp_path):
    here = {"output_type": "stream", "name": "stdout", "text": f"{ROOT}/data is read"}
    shown = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": f"{ROOT}/data", "image/png": "cG5n"}}
    cell = nbformat.v4.new_code_cell("1", outputs=[nbformat.from_dict(each) for each in (here, shown)])
    outputs = kit.tidy(nbformat.v4.new_notebook(cells=[cell]), ROOT / "notebooks" / "en").cells[0].outputs
    assert outputs[0].text == "../../data is read" and outputs[1].data == {"text/plain": "../../data", "image/png": "cG5n"}
    cell.outputs[0].text = f"{ROOT}/data"
    assert kit.tidy(nbformat.v4.new_notebook(cells=[cell]), tmp_path).cells[0].outputs[0].text == f"{ROOT}/data"
