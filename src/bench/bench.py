"""Times whole training steps side by side: cnnkit against the book's NumPy code, taking turns in one run.

Started by "python3 lab.py bench", which provides NumPy, and names Java and the class path:
    bench.py JAVA CLASSPATH [--seconds S] [--rounds R]
"""

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WARM_UP_SECONDS = 5


class Contestant:
    """A program that makes training steps when told to and answers with the seconds they took."""

    def __init__(self, name, command, environment):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        if self.process.stdout.readline().strip() != "ready":
            sys.exit(f"{name} did not start: {' '.join(map(str, command))}")
        self.milliseconds = []

    def steps(self, count):
        self.process.stdin.write(f"steps {count}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit(f"{self.name} stopped: exit code {self.process.wait()}")
        return float(answer[0])

    def run_for(self, seconds):
        """Milliseconds a step, over at least so many seconds."""
        total, count = 0.0, 0
        while total < seconds:
            total += self.steps(5)
            count += 5
        return 1000 * total / count

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("java")
    parser.add_argument("classpath")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    # Both at their best: settings that pin OpenBLAS to an old processor would hold NumPy back.
    environment = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    java = [options.java, "-Xmx768m", "--add-modules=jdk.incubator.vector", "-cp", options.classpath]
    step = HERE / "java" / "TrainingStep.java"
    contestants = [
        Contestant("cnnkit, engine", [*java, step, "engine"], environment),
        Contestant("cnnkit, im2col", [*java, step, "im2col"], environment),
        Contestant("NumPy, float64", [sys.executable, HERE / "python" / "numpy_step.py"], environment),
    ]
    try:
        for contestant in contestants:
            contestant.run_for(WARM_UP_SECONDS)
        for _ in range(options.rounds):
            for contestant in contestants:
                contestant.milliseconds.append(contestant.run_for(options.seconds))
    finally:
        for contestant in contestants:
            contestant.close()

    print(f"SimpleConvNet, one training step, batch 100; {options.rounds} rounds of {options.seconds:g} s, taking turns")
    print(f"{'':16} {'min':>9} {'median':>9}   NumPy takes so many times as long: min, median")
    numpy = contestants[-1].milliseconds
    for contestant in contestants:
        times = contestant.milliseconds
        ratios = [theirs / ours for ours, theirs in zip(times, numpy)]
        print(
            f"{contestant.name:16} {min(times):6.1f} ms {statistics.median(times):6.1f} ms"
            f"   {min(ratios):6.2f} {statistics.median(ratios):6.2f}"
        )


if __name__ == "__main__":
    main()
