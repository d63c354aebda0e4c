"""lab.py record: its table keeps what other runs have measured, and a run that came too late is counted."""

import csv
import re
import sys

import pytest
from support import ROOT, lab, only_line

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402
from tools import record  # noqa: E402


@pytest.fixture
def table(tmp_path, monkeypatch):
    file = tmp_path / "Records.csv"
    monkeypatch.setattr(record, "RECORDS", file)
    return lambda: list(csv.reader(file.read_text(encoding="utf-8").splitlines()))


def test_a_record_takes_the_place_of_the_one_before_and_leaves_those_of_other_times(table):
    record.keep([["60s", 1, "50.0", "0.99", 2, "a processor", 17], ["60s", 2, "50.0", "0.98", 2, "a processor", 17]], "60s", 1)
    record.keep([["15s", 2, "13.0", "0.98", 2, "a processor", 17], ["15s", 1, "12.0", "0.97", 2, "a processor", 17]], "15s", 1)
    record.keep([["60s", 1, "51.0", "0.995", 2, "a processor", 25]], "60s", 1)
    assert table() == [
        record.HEAD,
        ["15s", "1", "12.0", "0.97", "2", "a processor", "17"],
        ["15s", "2", "13.0", "0.98", "2", "a processor", "17"],
        ["60s", "1", "51.0", "0.995", "2", "a processor", "25"],
    ]


def test_rows_of_later_seeds_are_added_to_those_of_the_same_time(table):
    record.keep([["60s", 1, "50.0", "0.99", 2, "a processor", 17]], "60s", 1)
    record.keep([["60s", seed, "50.0", "0.98", 2, "a processor", 17] for seed in (2, 3)], "60s", 2)
    assert [row[1] for row in record.keep([["60s", 2, "49.0", "0.97", 2, "a processor", 17]], "60s", 2)] == ["1", 2, "3"]
    assert [row[3] for row in table()[1:]] == ["0.99", "0.97", "0.98"]


def test_a_run_that_took_too_long_is_said_and_counted(capsys):
    assert record.tell(None, None, "15s", [["15s", 1, "15.1", "0.99", 2, "a processor", 17]], "test") == 1
    assert "1 of 1 runs took longer" in capsys.readouterr().out
    assert record.tell(None, None, "15s", [["15s", 1, "14.9", "0.99", 2, "a processor", 17]], "test") == 0


@pytest.mark.parametrize("arguments, words", [(["7s"], "there is no record of 7s"), (["--seeds", "0"], "at least one seed"), (["--from", "0"], "from 1 on")])
def test_what_cannot_be_measured_is_refused(arguments, words):
    done = lab("record", *arguments)
    assert done.returncode == 1 and words in done.stderr


def test_a_mean_of_several_seeds_has_its_interval():
    java = kit.find_java()
    classes = record.compiled(java, record.PROGRAM)
    assert record.program(java, classes, "mean", "0.98", "0.99").startswith("98.50 %")


def kept(time):
    """The rows of the committed table for one time."""
    rows = list(csv.DictReader(record.RECORDS.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == record.HEAD
    return [row for row in rows if row["time"] == time]


def recipe(time):
    """What it is a record of: words of its network in English and Chinese, its epochs, and how often it looks at an image."""
    pattern = rf'"{time}",\s+new Recipe\(\s+seed -> (.+?),\s+[\d.]+, (\d+), \d+, Augmentation[^,]+, (\d+)\)'
    network, epochs, looks = re.search(pattern, record.PROGRAM.read_text(encoding="utf-8")).groups()
    if network == "DeepConvNet.builder().dropout(0).build(seed)":
        return ["DeepConvNet without Dropout"], ["不用 Dropout 的 DeepConvNet"], epochs, looks
    first, second, *hidden = re.fullmatch(r"twoConvolutions\(seed, ([\d, ]+)\)", network)[1].split(", ")
    english = [f"{first} filters of 5x5, {second} of 3x3", *(f"{units} hidden units" for units in hidden)]
    chinese = [f"{first} 个 5x5 的滤波器，{second} 个 3x3 的", *(f"{units} 个隐藏单元" for units in hidden)]
    return english, chinese, epochs, looks


@pytest.mark.parametrize("time", record.LIMITS)
def test_the_readme_tells_what_the_table_holds(time):
    java = kit.find_java()
    classes = record.compiled(java, record.PROGRAM)
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    rows = kept(time)
    mean = record.program(java, classes, "mean", *(row["accuracy"] for row in rows))
    seconds = sorted(float(row["seconds"]) for row in rows)
    late = sum(each > record.LIMITS[time] for each in seconds)
    middle, low, high = re.findall(r"[\d.]+", mean)
    [(name, width, version)] = {(*row["processor"].split(" with "), row["java"].split(".")[0]) for row in rows}
    in_words, in_characters, epochs, looks = recipe(time)
    if looks == "1":
        assert all(row["one_look"] == row["accuracy"] for row in rows)
    else:
        once = re.match(r"[\d.]+", record.program(java, classes, "mean", *(row["one_look"] for row in rows)))[0]
        in_words += [f"{looks} looks", f"one look: {once} %"]
        in_characters += [f"看 {looks} 次", f"只看一次：{once}%"]
    in_english = only_line(english, mean, f"{seconds[0]:.1f} to {seconds[-1]:.1f} s ({width})", f"{epochs} epochs", *in_words)
    accuracy, took = f"{middle}%（{low}% 到 {high}%）", f"{seconds[0]:.1f} 到 {seconds[-1]:.1f} 秒（{width}）"
    in_chinese = only_line(chinese, accuracy, took, f"{epochs} 轮", *in_characters)
    assert (f"{late} of {len(rows)} too long" in in_english) == (f"{len(rows)} 次中有 {late} 次超时" in in_chinese) == (late > 0)
    assert f"mean of {len(rows)} seeds" in english and f"{len(rows)} 个种子的平均" in chinese
    assert all(row["processors"] == "2" for row in rows)
    assert f"on two cores ({name}, Java {version})" in english and f"两个核（{name}，Java {version}）" in chinese


@pytest.mark.nightly
@pytest.mark.parametrize("time", record.LIMITS)
def test_a_recorded_run_comes_out_again(time):
    java = kit.find_java()
    [_, seed, _, accuracy, *_] = record.measured(java, record.compiled(java, record.PROGRAM), time, 1, choosing=False)
    assert accuracy == next(row["accuracy"] for row in kept(time) if row["seed"] == str(seed))
