"""Times cnnkit, PyTorch and the book's NumPy code side by side: all in one run, taking turns.

Started by "python3 lab.py bench", which provides NumPy and PyTorch, and names the class path and the JDKs:
    bench.py CLASSPATH JAVA... [--seconds S] [--rounds R] [--only ROW] [--out FOLDER]
It prints a table and writes bench.json and bench.svg into FOLDER.
"""

import argparse
import atexit
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT))

from tools.machine import machine

THREADS = 2
WARM_UP_SECONDS = 5
TURN = 1  # seconds that one contestant works before the next one does: what else the machine does meets all alike
LOOK = 0.2  # seconds between two looks at the clock

VECTORS = "--add-modules=jdk.incubator.vector"
PEERS = ("torch", "torch_best", "numpy")  # the columns of the table
ANSWERS = {"epoch": r"9[5-9]\.\d+", "first": "7"}  # what a whole process must print: an accuracy in percent; a digit
CONVOLUTIONS = ("convolution-16", "convolution-32", "convolution-64", "convolution-192")


class Contestant:
    """A program that does a workload as often as it is told and answers with the seconds that took."""

    def __init__(self, name, command, environment):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        word, _, self.version = self.process.stdout.readline().strip().partition(" ")
        if word != "ready":
            sys.exit(f"{name} did not start: {' '.join(map(str, command))}")

    def seconds(self, workload, count):
        self.process.stdin.write(f"{workload} {count}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit(f"{self.name} stopped at {workload}: exit code {self.process.wait()}")
        return float(answer[0])

    def run_for(self, seconds, workload):
        """Works for at least so long; the seconds that passed, and how many times the workload was done."""
        total, done, count = 0.0, 0, 1
        while total < seconds:
            took = self.seconds(workload, count)
            total += took
            done += count
            count = max(1, int(count * LOOK / max(took, 1e-9)))
        return total, done

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class WholeProcess:
    """A program that starts anew each time: what a learner waits for, from the command to its answer."""

    def __init__(self, name, command, environment):
        self.name, self.command, self.environment = name, command, environment

    def run_for(self, seconds, workload):
        """As often as fits into the seconds, at least once."""
        begun, done = time.perf_counter(), 0
        while done == 0 or time.perf_counter() - begun < seconds:
            said = subprocess.run([*self.command, workload, ROOT], env=self.environment, capture_output=True, text=True)
            if said.returncode or not re.fullmatch(ANSWERS[workload], said.stdout.strip()):
                sys.exit(f"{self.name} stopped at {workload} or answered wrongly: {said.stdout[-200:]}{said.stderr[-500:]}")
            done += 1
        return time.perf_counter() - begun, done

    def close(self):
        pass


@dataclass
class Row:
    """A line of the table: one workload, or several of which the geometric mean counts."""

    name: str
    ours: str  # which of our contestants
    workloads: tuple
    peers: dict  # column -> contestant
    milliseconds: dict = field(default_factory=dict)  # contestant -> one number a round


def environments():
    """Of cnnkit and of its peers: all at their best. Settings that pin OpenBLAS to an old processor, or that give memory back
    to the system between two steps, would hold the peers back."""
    clean = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    peers = clean | {
        "MALLOC_MMAP_THRESHOLD_": "4000000000",
        "MALLOC_TRIM_THRESHOLD_": "8000000000",
        "MALLOC_TOP_PAD_": "268435456",
    }
    return clean, peers


def cnnkit(name, java, classpath, environment, *options):
    command = [java, "-Xmx768m", f"-Dcnnkit.threads={THREADS}", *options, "-cp", classpath, HERE / "java" / "Workloads.java"]
    return Contestant(name, command, environment)


def torch_and_numpy(python, environment):
    torch = [python, HERE / "python" / "torch_step.py"]
    return {
        "torch": Contestant("PyTorch", [*torch, "eager", str(THREADS)], environment),
        "torch_best": Contestant("PyTorch at its best", [*torch, "best", str(THREADS)], environment),
        "numpy": Contestant("NumPy", [python, HERE / "python" / "numpy_step.py"], environment),
    }


def start(classpath, javas):
    clean, peers = environments()
    contestants = {}
    for java in javas:
        version = java_version(java)
        contestants[f"vector {version}"] = cnnkit(f"Java {version}, vector", java, classpath, clean, VECTORS)
        contestants[f"plain {version}"] = cnnkit(f"Java {version}, plain", java, classpath, clean)
        command = [java, "-Xmx768m", f"-Dcnnkit.threads={THREADS}", VECTORS]
        command = with_kept_classes(java, command, classpath)
        contestants[f"process {version}"] = WholeProcess(f"Java {version}", command, clean)
    whole = [sys.executable, HERE / "python" / "torch_process.py", str(THREADS)]
    contestants["torch_process"] = WholeProcess("PyTorch", whole, peers)
    return contestants | torch_and_numpy(sys.executable, peers)


def with_kept_classes(java, command, classpath):
    """The command of whole processes. They need no compiler when they start, and a first run has kept the classes that it
    has read (class data sharing), as Python keeps what it has compiled."""
    folder = Path(tempfile.mkdtemp(prefix="cnnkit-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    tool = lambda name, *arguments: subprocess.run([Path(java).with_name(name), *arguments], check=True)
    tool("javac", "-cp", classpath, "-d", folder, HERE / "java" / "WholeProcess.java")
    jar, kept = folder / "process.jar", folder / "classes.jsa"
    tool("jar", "--create", "--file", jar, "-C", folder, "WholeProcess.class")
    program = ["-cp", os.pathsep.join((str(jar), classpath)), "WholeProcess"]
    # Interpreted: Java 17 keeps in the archive, too, that a method was waiting to be compiled, and then never compiles it.
    first = [*command, "-Xint", f"-XX:ArchiveClassesAtExit={kept}", *program, "first", ROOT]
    subprocess.run(first, check=True, capture_output=True)
    silent = "-Xlog:disable"  # Java 25 tells, on standard output, that the module is not in the archive below this one
    return [*command, silent, f"-XX:SharedArchiveFile={kept}", *program]


def full_version(java):
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    return re.search(r'version "([\d.]+)', told).group(1)


def java_version(java):
    return full_version(java).split(".")[0]


def rows(versions):
    """What is measured, most important first."""
    torches = {"torch": "torch", "torch_best": "torch_best"}
    everybody = torches | {"numpy": "numpy"}
    process = {"torch": "torch_process"}
    for version in versions:
        yield Row(f"SimpleConvNet, training step, Java {version}", f"vector {version}", ("train-simple",), everybody)
        yield Row(f"the same in plain Java {version}", f"plain {version}", ("train-simple",), everybody)
        yield Row(f"the same with im2col, Java {version}", f"vector {version}", ("train-simple-im2col",), everybody)
    for version in versions:
        yield Row(f"four single convolutions, Java {version}", f"vector {version}", CONVOLUTIONS, torches)
    for version in versions:
        yield Row(f"DeepConvNet, training step, Java {version}", f"vector {version}", ("train-deep",), torches)
        yield Row(f"LeNet (ReLU, maximum), training step, Java {version}", f"vector {version}", ("train-lenet",), torches)
        yield Row(f"SimpleConvNet, 1000 images at a time, Java {version}", f"vector {version}", ("predict-1000",), torches)
        yield Row(f"SimpleConvNet, one image at a time, Java {version}", f"vector {version}", ("predict-1",), torches)
        yield Row(f"DeepConvNet, 1000 images at a time, Java {version}", f"vector {version}", ("predict-deep-1000",), torches)
        yield Row(f"AlexNet, one image at a time, Java {version}", f"vector {version}", ("predict-alexnet-1",), torches)
    for version in versions:
        yield Row(f"whole process: one epoch, Java {version}", f"process {version}", ("epoch",), process)
        yield Row(f"whole process: first prediction, Java {version}", f"process {version}", ("first",), process)


def measure(table, contestants, seconds, rounds):
    """Workload by workload; every contestant that has it takes its turn in every round."""
    results = {}  # (contestant, workload) -> milliseconds of each round
    workloads = dict.fromkeys(w.removesuffix("-im2col") for row in table for w in row.workloads)
    for workload in workloads:
        runs = {}
        for row in table:
            for own in row.workloads:
                if own.removesuffix("-im2col") == workload:
                    runs[row.ours, own] = None
                    runs.update({(peer, workload): None for peer in row.peers.values()})
        for who, what in runs:
            contestants[who].run_for(WARM_UP_SECONDS if seconds > 1 else 1, what)
        for number in range(rounds):
            print(f"{workload}: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
            for run, milliseconds in one_round(runs, contestants, seconds).items():
                results.setdefault(run, []).append(milliseconds)
    for row in table:
        for who in (row.ours, *row.peers.values()):
            each = [results[who, w if who == row.ours else w.removesuffix("-im2col")] for w in row.workloads]
            row.milliseconds[who] = [statistics.geometric_mean(times) for times in zip(*each)]


def one_round(runs, contestants, seconds):
    """Milliseconds for one time of each run, over at least so many seconds of each, turn by turn."""
    totals = {run: [0.0, 0] for run in runs}
    while min(total for total, _ in totals.values()) < seconds:
        for (who, what), so_far in totals.items():
            if so_far[0] < seconds:
                took, done = contestants[who].run_for(min(TURN, seconds), what)
                so_far[0] += took
                so_far[1] += done
    return {run: 1000 * total / done for run, (total, done) in totals.items()}


def ratios(row, peer):
    return [theirs / own for own, theirs in zip(row.milliseconds[row.ours], row.milliseconds[row.peers[peer]])]


def report(table, seconds, rounds):
    print(f"Milliseconds, the median of {rounds} rounds of {seconds:g} s, all taking turns, {THREADS} threads each.")
    print("Behind each peer: how many times as long it takes as cnnkit, lowest and median of the rounds.")
    print(f"{'':48} {'cnnkit':>8}  {'PyTorch':>21}  {'PyTorch at its best':>21}  {'NumPy':>21}")
    for row in table:
        line = f"{row.name:48} {statistics.median(row.milliseconds[row.ours]):8.2f}"
        for peer in PEERS:
            if peer in row.peers:
                each = ratios(row, peer)
                line += f"  {statistics.median(row.milliseconds[row.peers[peer]]):8.2f}"
                line += f" {min(each):5.2f}x {statistics.median(each):5.2f}x"
            else:
                line += " " * 23
        print(line)


def as_json(row):
    return {
        "name": row.name,
        "unit": "ms",
        "ours": statistics.median(row.milliseconds[row.ours]),
        "peers": {peer: statistics.median(row.milliseconds[row.peers[peer]]) for peer in row.peers},
        "ratio": {peer: statistics.median(ratios(row, peer)) for peer in row.peers},
    }


def duration(milliseconds):
    """In the unit that a person would take: 74 µs, 10.7 ms, 10.4 s."""
    for unit, size in (("s", 1000), ("ms", 1)):
        if milliseconds >= size:
            number = milliseconds / size
            return f"{number:.0f} {unit}" if number >= 100 else f"{number:.1f} {unit}"
    return f"{1000 * milliseconds:.0f} µs"


def as_svg(records):
    """The records of bench.json as a picture: how many times as long the peers take."""
    columns = {"cnnkit": 458, "PyTorch": 564, "PyTorch at its best": 736, "NumPy, as in the book": 944}
    height = 34 * len(records) + 74
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="960" height="{height}" viewBox="0 0 960 {height}"'
        ' font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="15">',
        f'<rect width="960" height="{height}" fill="#ffffff"/>',
    ]
    out += [f'<text x="{x}" y="30" text-anchor="end" font-weight="bold">{name}</text>' for name, x in columns.items()]
    for i, record in enumerate(records):
        y = 64 + 34 * i
        if i % 2 == 0:
            out.append(f'<rect x="0" y="{y - 22}" width="960" height="34" fill="#f3f6fa"/>')
        out.append(f'<text x="16" y="{y}">{escape(record["name"])}</text>')
        out.append(f'<text x="{columns["cnnkit"]}" y="{y}" text-anchor="end">{duration(record["ours"])}</text>')
        for peer, x in zip(PEERS, list(columns.values())[1:]):
            if peer in record["ratio"]:
                ratio = record["ratio"][peer]
                color = "#1b6e3c" if ratio >= 1 else "#9a3412"
                text = f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}"
                out.append(f'<text x="{x}" y="{y}" text-anchor="end" fill="{color}">{text} times</text>')
    note = f"Behind cnnkit: how many times as long the others take. {THREADS} cores ({machine()}), float32, batches of 100 where no number is given."
    out.append(f'<text x="16" y="{height - 14}" font-size="13" fill="#555555">{escape(note)}</text></svg>')
    return "\n".join(out) + "\n"


def with_turns(parser):
    """The options of a program, with those that say how long it measures."""
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("at least one round, of more than 0 seconds")
    return options


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("classpath")
    parser.add_argument("java", nargs="+")
    parser.add_argument("--only", default="", metavar="WORDS", help="only rows whose name has these words in it")
    parser.add_argument("--out", type=Path, default=Path("."))
    options = with_turns(parser)

    contestants = start(options.classpath, options.java)
    versions = [name.split()[1] for name in contestants if name.startswith("vector")]
    table = [row for row in rows(versions) if options.only in row.name]
    if not table:
        parser.error(f"no row has {options.only!r} in its name")
    try:
        measure(table, contestants, options.seconds, options.rounds)
    finally:
        for contestant in contestants.values():
            contestant.close()
    report(table, options.seconds, options.rounds)
    records = [as_json(row) for row in table]
    (options.out / "bench.json").write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")
    (options.out / "bench.svg").write_text(as_svg(records), encoding="utf-8")


if __name__ == "__main__":
    main()
