"""Times the training step of SimpleConvNet in cnnkit and in all peers, taking turns: PyTorch, NumPy, JAX, TensorFlow, tinygrad
and DJL.

Started by "python3 lab.py bench --all-peers", which provides them:
    all_peers.py CLASSPATH JAVA TORCH_PYTHON PEERS_PYTHON DJL_FOLDER [--seconds S] [--rounds R] [--out FILE]
It prints a table and writes it, with versions, into FILE.
"""

import argparse
import csv
import io
import statistics
from pathlib import Path

from bench import HERE, THREADS, VECTORS, Contestant, Row
from bench import cnnkit, environments, full_version, measure, ratios, torch_and_numpy, with_turns
from lab import write_atomically
from tools.machine import machine

HEAD = ["peer", "version", "milliseconds", "times", "rounds", "seconds", "java", "processor"]
SCRIPTS = {"JAX": "jax_step.py", "TensorFlow": "tensorflow_step.py", "tinygrad": "tinygrad_step.py"}


def start(options):
    """cnnkit first, then the peers."""
    clean, peers = environments()
    contestants = [cnnkit("cnnkit", options.java, options.classpath, clean, VECTORS)]
    contestants += torch_and_numpy(options.torch_python, peers).values()
    for name, script in SCRIPTS.items():
        contestants.append(Contestant(name, [options.peers_python, HERE / "python" / script, str(THREADS)], peers))
    contestants.append(djl(options.java, options.djl, peers))
    return {each.name: each for each in contestants}


def djl(java, folder, environment):
    """Its native libraries lie in its jars: it unpacks them beside these, fetches nothing and tells nobody."""
    options = ["-Xmx768m", f"-Dai.djl.pytorch.num_threads={THREADS}", "-Dai.djl.pytorch.num_interop_threads=1", "-Dai.djl.offline=true"]
    own = environment | {"DJL_CACHE_DIR": str(folder / "unpacked"), "OPT_OUT_TRACKING": "true"}
    return Contestant("DJL", [java, *options, "-cp", folder / "*", HERE / "java" / "DjlStep.java"], own)


def report(row, contestants, seconds, rounds):
    print(f"Training step of SimpleConvNet: milliseconds, the median of {rounds} rounds of {seconds:g} s, all taking turns, {THREADS} threads each.")
    print("Behind each peer: how many times as long it takes as cnnkit, lowest and median of the rounds.")
    for name, contestant in contestants.items():
        each = ratios(row, name)
        line = f"{name:20} {contestant.version:28} {statistics.median(row.milliseconds[name]):8.2f}"
        print(line if name == row.ours else f"{line} {min(each):6.2f}x {statistics.median(each):6.2f}x")


def as_csv(row, contestants, seconds, java):
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEAD)
    for name, contestant in contestants.items():
        milliseconds, times = statistics.median(row.milliseconds[name]), statistics.median(ratios(row, name))
        table.writerow([name, contestant.version, f"{milliseconds:.2f}", f"{times:.2f}", len(row.milliseconds[name]), f"{seconds:g}", java, machine()])
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("classpath")
    parser.add_argument("java")
    parser.add_argument("torch_python")
    parser.add_argument("peers_python")
    parser.add_argument("djl", type=Path)
    parser.add_argument("--out", type=Path, default=Path("AllPeers.csv"))
    options = with_turns(parser)

    contestants = start(options)
    row = Row("training step", "cnnkit", ("train-simple",), {name: name for name in contestants})
    try:
        measure([row], contestants, options.seconds, options.rounds)
    finally:
        for contestant in contestants.values():
            contestant.close()
    report(row, contestants, options.seconds, options.rounds)
    write_atomically(options.out, as_csv(row, contestants, options.seconds, full_version(options.java)))


if __name__ == "__main__":
    main()
