"""lab.py record: its table keeps what other runs have measured, and a run that came too late is counted."""

import csv

import pytest
from support import ROOT, lab

import sys

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402
from tools import record  # noqa: E402


@pytest.fixture
def table(tmp_path, monkeypatch):
    file = tmp_path / "Records.csv"
    monkeypatch.setattr(record, "RECORDS", file)
    return lambda: list(csv.reader(file.read_text(encoding="utf-8").splitlines()))


def test_a_record_takes_the_place_of_the_one_before_and_leaves_those_of_other_times(table):
    record.keep([["60s", 1, "50.0", "0.99", 2, 17], ["60s", 2, "50.0", "0.98", 2, 17]], "60s", 1)
    record.keep([["15s", 2, "13.0", "0.98", 2, 17], ["15s", 1, "12.0", "0.97", 2, 17]], "15s", 1)
    record.keep([["60s", 1, "51.0", "0.995", 2, 25]], "60s", 1)
    assert table() == [
        record.HEAD,
        ["15s", "1", "12.0", "0.97", "2", "17"],
        ["15s", "2", "13.0", "0.98", "2", "17"],
        ["60s", "1", "51.0", "0.995", "2", "25"],
    ]


def test_rows_of_later_seeds_are_added_to_those_of_the_same_time(table):
    record.keep([["60s", 1, "50.0", "0.99", 2, 17]], "60s", 1)
    record.keep([["60s", 2, "50.0", "0.98", 2, 17]], "60s", 2)
    assert [row[1] for row in record.keep([["60s", 2, "49.0", "0.97", 2, 17]], "60s", 2)] == ["1", 2]
    assert [row[3] for row in table()[1:]] == ["0.99", "0.97"]


def test_a_run_that_took_too_long_is_said_and_counted(capsys):
    assert record.tell(None, None, "15s", [["15s", 1, "15.1", "0.99", 2, 17]], "test") == 1
    assert "1 of 1 runs took longer" in capsys.readouterr().out
    assert record.tell(None, None, "15s", [["15s", 1, "14.9", "0.99", 2, 17]], "test") == 0


@pytest.mark.parametrize("arguments, words", [(["7s"], "there is no record of 7s"), (["--seeds", "0"], "at least one seed")])
def test_what_cannot_be_measured_is_refused(arguments, words):
    done = lab("record", *arguments)
    assert done.returncode == 1 and words in done.stderr


def test_a_mean_of_several_seeds_has_its_interval():
    java = kit.find_java()
    classes = record.compiled(java, record.PROGRAM)
    assert record.program(java, classes, "mean", "0.98", "0.99").startswith("98.50 %")
