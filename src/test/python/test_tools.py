"""What lies in tools/: each command does what it says, lab.py loads it only when asked, and a person is told what is wrong."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import ROOT, assert_one_line, lab, only_line, read

sys.path.extend((str(ROOT), str(ROOT / "src" / "bench")))

import all_peers
import lab as lab_module
from tools import another_jdk, bench_peers, mutants, programs, replicate

TOOLS = sorted(file.stem for file in (ROOT / "tools").glob("*.py") if "\ndef add_options(" in file.read_text(encoding="utf-8"))


def test_the_help_names_every_tool_and_every_tool_has_help():
    assert sorted(lab_module.TOOLS) == TOOLS
    said = lab("--help").stdout
    for name in TOOLS:
        assert re.search(rf"^    {name}\b", said, re.MULTILINE), name
        assert f"usage: lab.py {name}" in lab(name, "--help").stdout


def test_a_broken_tool_stops_no_learner(copy):
    for name in TOOLS:
        (copy / "tools" / f"{name}.py").write_text("this is not Python", encoding="utf-8")
    assert lab("--help", root=copy).returncode == 0
    assert "ok    Python" in lab("doctor", root=copy).stdout
    assert lab("twins", root=copy).returncode == 1


def test_tools_know_lab_py_and_not_the_other_way_round():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, lab; print([name for name in sys.modules if name.startswith('tools')])"],
        cwd=ROOT, capture_output=True, text=True,
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_twins_copies_code_and_leaves_texts_and_outputs(copy):
    english = sorted((copy / "notebooks" / "en").glob("*.ipynb"))[0]
    chinese = copy / "notebooks" / "zh" / english.name
    twin = read(chinese)
    texts = [cell["source"] for cell in twin["cells"] if cell["cell_type"] == "markdown"]
    first, second, *_ = (cell for cell in twin["cells"] if cell["cell_type"] == "code")
    first["source"] = ["stale"]
    second["outputs"] = [{"name": "stdout", "output_type": "stream", "text": ["\u8f93\u51fa"]}]
    chinese.write_text(json.dumps(twin), encoding="utf-8")
    assert lab("twins", "--check", root=copy).returncode == 1
    assert lab("twins", root=copy).returncode == 0
    mended = read(chinese)
    code = lambda notebook: [(c["id"], c["source"], c["metadata"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    assert code(mended) == code(read(english))
    ran, kept, *_ = (c for c in mended["cells"] if c["cell_type"] == "code")
    assert ran["outputs"] == [] and ran["execution_count"] is None, "what the old code gave is gone"
    assert kept["outputs"] == second["outputs"], "what the Chinese notebook said stays"
    assert [c["source"] for c in mended["cells"] if c["cell_type"] == "markdown"] == texts
    assert lab("twins", "--check", root=copy).returncode == 0


def test_twins_of_homework_are_carried_over_as_well(copy):
    shutil.copytree(ROOT / "homework", copy / "homework", ignore=shutil.ignore_patterns("release"))
    chinese = copy / "homework" / "zh" / "source" / "pooling" / "pooling.ipynb"
    before = chinese.read_text(encoding="utf-8")
    chinese.write_text(before.replace("3 7 5 1", "3 7 5 2").replace("MyMaxPooling", "Other"), encoding="utf-8")
    assert lab("twins", "pooling", "--check", root=copy).returncode == 1
    assert lab("twins", "pooling", root=copy).returncode == 0
    assert chinese.read_text(encoding="utf-8") == before.replace("3 7 5 1", "3 7 5 2"), "code comes back, texts stay"


def test_twins_names_a_cell_that_only_one_side_has(copy):
    english = sorted((copy / "notebooks" / "en").glob("*.ipynb"))[0]
    chinese = copy / "notebooks" / "zh" / english.name
    twin = read(chinese)
    lost = twin["cells"].pop(3)
    chinese.write_text(json.dumps(twin), encoding="utf-8")
    done = lab("twins", root=copy)
    assert done.returncode == 1 and lost["id"] in done.stdout


def test_twins_names_a_notebook_that_is_not_there():
    done = lab("twins", "9.9-no-such.ipynb", "--check")
    assert done.returncode == 1 and "notebooks/en/9.9-no-such.ipynb is missing" in done.stdout


def test_experiments_lists_what_there_is_and_names_what_there_is_not():
    done = lab("experiments")
    assert done.returncode == 0 and "SimpleConvNetSeeds" in done.stdout
    assert_one_line(lab("experiments", "NoSuchExperiment"), "NoSuchExperiment", "SimpleConvNetSeeds")


def test_fuzz_reads_as_many_mutants_as_asked_for_of_every_kind_of_file():
    assert_one_line(lab("fuzz", "--mutants", "0"), "0 is no number of mutants")
    done = lab("fuzz", "--mutants", "30")
    assert done.returncode == 0, done.stdout + done.stderr
    counted = re.findall(r"30 mutants of (.*), \d+ refused", done.stdout)
    assert sorted({kind.split(",")[0] for kind in counted}) == [
        *("GIF picture", "IDX", "JPG picture", "NPY", "NPZ", "PNG picture", "compressed IDX")
    ]
    assert len(counted) == 12  # so that 2,000 of each are more than 20,000


def test_bench_says_what_it_can_measure():
    said = lab("bench", "--help").stdout
    for option in ("--rounds", "--seconds", "--only", "--jdk", "--kernels", "--geometries", "--scaling", "--all-peers"):
        assert option in said


PEERS = ["PyTorch", "PyTorch at its best", "NumPy", *all_peers.SCRIPTS, "DJL"]


def pins_of_peers():
    """The version of each package, as it is installed for the benchmark."""
    files = (ROOT / "src" / "bench").glob("requirements*.txt")
    return dict(re.findall(r"^([\w-]+)==(.+)$", "\n".join(file.read_text(encoding="utf-8") for file in files), re.MULTILINE))


def pins_of_djl():
    pom = (ROOT / "src" / "bench" / "djl" / "pom.xml").read_text(encoding="utf-8")
    return re.search(r"<djl.version>(.*?)<", pom)[1], re.search(r"<djl.pytorch.version>(.*?)<", pom)[1]


def test_every_peer_has_a_program():
    for script in all_peers.SCRIPTS.values():
        assert '"train-simple"' in (ROOT / "src" / "bench" / "python" / script).read_text(encoding="utf-8")
    assert (ROOT / "src" / "bench" / "java" / "DjlStep.java").is_file()


def test_what_the_peers_cannot_do_is_said_before_they_are_fetched(monkeypatch):
    done = lab("bench", "--all-peers", "--only", "LeNet")
    assert done.returncode == 1 and "leave it out" in done.stderr
    monkeypatch.setattr(bench_peers.platform, "machine", lambda: "riscv64")
    with pytest.raises(lab_module.Problem, match="made for Linux on x86_64, and this is .* on riscv64: djl.system"):
        bench_peers.run_all(None, "1", "1")


def test_the_table_of_peers_tells_medians_and_versions(monkeypatch):
    monkeypatch.setattr(all_peers, "machine", lambda: "a processor")
    contestants = {name: SimpleNamespace(version=version) for name, version in (("cnnkit", "1.0.0"), ("JAX", "0.1"))}
    row = all_peers.Row("training step", "cnnkit", ("train-simple",), {name: name for name in contestants})
    row.milliseconds = {"cnnkit": [10.0, 20.0, 16.0], "JAX": [30.0, 40.0, 64.0]}
    assert all_peers.as_csv(row, contestants, 10.0, "17.0.1").splitlines() == [
        "peer,version,milliseconds,times,rounds,seconds,java,processor",
        "cnnkit,1.0.0,16.00,1.00,3,10,17.0.1,a processor",
        "JAX,0.1,40.00,3.00,3,10,17.0.1,a processor",
    ]


def test_the_record_of_all_peers_has_each_in_its_pinned_version():
    rows = list(csv.DictReader((ROOT / "data/experiments/AllPeers.csv").read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == all_peers.HEAD
    assert [row["peer"] for row in rows] == ["cnnkit", *PEERS]
    versions = {row["peer"]: row["version"].split("+")[0] for row in rows}
    pins = pins_of_peers()
    assert versions["PyTorch"] == versions["PyTorch at its best"] == pins["torch"]
    assert versions["NumPy"] == pins["numpy"] and versions["TensorFlow"] == pins["tensorflow-cpu"]
    assert (versions["JAX"], versions["tinygrad"]) == (pins["jax"], pins["tinygrad"])
    assert versions["DJL"] == "{} with PyTorch {}".format(*pins_of_djl())
    assert rows[0]["times"] == "1.00" and all(float(row["milliseconds"]) > 0 for row in rows)
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        line = only_line(text, "DJL", "tinygrad", f"Java {rows[0]['java'].split('.')[0]}", "AllPeers.csv")
        for row in rows[4:]:  # those before stand in the picture
            assert re.search(rf"{row['peer']}\D{{1,8}}{float(row['times']):.1f}\b", line), (readme, row["peer"])


def test_another_jdk_builds_in_a_copy_from_nothing(tmp_path):
    java = lab_module.Java(tmp_path, "99.0.1")
    (tmp_path / "jdk-99.0.1" / "target").mkdir(parents=True)
    folder = another_jdk.copy_for(java, ROOT, tmp_path)
    assert folder == tmp_path / "jdk-99.0.1" and not (folder / "target").exists()
    assert (folder / "pom.xml").read_bytes() == (ROOT / "pom.xml").read_bytes()
    assert (folder / "src/main/java/cnnkit").is_dir() and (folder / "data/README.md").is_file()


def test_mutants_are_counted_by_what_became_of_them(tmp_path):
    statuses = ["KILLED", "KILLED", "TIMED_OUT", "SURVIVED", "NO_COVERAGE"]
    mutations = "".join(
        f"<mutation detected='{str(status in ('KILLED', 'TIMED_OUT')).lower()}' status='{status}'/>" for status in statuses
    )
    (tmp_path / "mutations.xml").write_text(f"<mutations>{mutations}</mutations>", encoding="utf-8")
    said = mutants.told("cnnkit.io", tmp_path)
    assert said.startswith("cnnkit.io: 5 mutants made, 3 killed (60 %), 1 survived, 1 where no test goes; ")
    assert said.endswith("index.html")


def test_slow_tests_are_found_by_the_time_their_class_took(tmp_path):
    case = "<testcase classname='{}' name='x' time='{}'/>".format
    report = f"<testsuite>{case('a.QuickTest', '2.5')}{case('a.SlowTest', '3')}{case('a.SlowTest', '2.5')}</testsuite>"
    (tmp_path / "TEST-a.xml").write_text(report, encoding="utf-8")
    assert mutants.slower_than(5, tmp_path.glob("*.xml")) == ["a.SlowTest"]


def test_a_package_without_tests_is_named():
    assert mutants.known("io") == mutants.known("cnnkit.io") == "cnnkit.io"
    with pytest.raises(lab_module.Problem, match="no package nosuch with tests"):
        mutants.known("nosuch")
    assert_one_line(lab("mutants", "nosuch"), "nosuch", "im2col")


def printing(text, *tags):
    return {"cell_type": "code", "metadata": {"tags": list(tags)}, "outputs": [{"output_type": "stream", "text": [text]}]}


def test_a_repetition_runs_the_first_cell_and_those_that_its_claims_need():
    cells = [{"cell_type": "markdown", "metadata": {}}, printing(""), printing("", "replicate"), printing("", "C30")]
    assert replicate.cells_of({"cells": cells}) == cells[1:3]


def test_of_a_repetition_the_sentences_of_the_claims_asked_for_are_kept():
    cells = [printing("✓ a\n  because\n✗ b\n", "C29", "replicate"), printing("✓ other\n", "C31", "replicate")]
    rows = list(replicate.rows_in({"cells": cells}, "7.6.ipynb", 1007, {"C29"}))
    assert rows == [replicate.Row("C29", "7.6.ipynb", word, 1007, held) for word, held in (("a", "yes"), ("b", "no"))]
    assert replicate.told(rows * 2) == "C29 2 of 2: a\nC29 0 of 2: b"


def test_the_record_is_read_as_it_was_written(tmp_path, monkeypatch):
    monkeypatch.setattr(replicate, "RECORD", tmp_path / "Replication.csv")
    assert replicate.read_record() == []
    rows = [replicate.Row("C31", "7.6.ipynb", 'more, or "less"', 1002, "no"), replicate.Row("C29", "7.6.ipynb", "a", 9, "yes")]
    replicate.write_record(rows)
    assert replicate.read_record() == sorted(rows)


def test_replicate_says_which_claims_it_knows():
    assert_one_line(lab("replicate", "C99"), "no claim C99 rests on random numbers")
    assert_one_line(lab("replicate", "--seeds", "0"), "0 is no whole number from 1")


def test_a_program_is_compiled_where_the_kit_may_not_be_written_to(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for module in (programs, lab_module):
        monkeypatch.setattr(module, "TARGET", tmp_path / "file" / "target")  # no folder can be made there, not even by root
    program = tmp_path / "Small.java"
    program.write_text("class Small {}", encoding="utf-8")
    java = lab_module.find_java()
    assert (programs.compiled(java, program) / "Small.class").exists()
    program.write_text("class Small {", encoding="utf-8")
    with pytest.raises(lab_module.Problem, match="Small does not compile: .*all it said: ") as failed:
        programs.compiled(java, program)
    log = Path(str(failed.value).rsplit("all it said: ", 1)[1])
    assert "Small.java" in log.read_text(encoding="utf-8")
    log.unlink()
