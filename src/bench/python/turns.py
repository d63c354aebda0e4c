"""How a program in Python takes turns in the benchmark."""

import sys
import time


def take_turns(version, workloads, finish=lambda result: None):
    """Reads "WORKLOAD N" from standard input, does it N times and answers with the seconds that took. What a step returns may
    still be on its way: "finish" waits until it is there."""
    made = {}
    print("ready", version, flush=True)
    for line in sys.stdin:
        name, count = line.split()
        if name not in made:
            made[name] = workloads[name]()
        step = made[name]
        begin = time.perf_counter()
        for _ in range(int(count)):
            result = step()
        finish(result)
        print(time.perf_counter() - begin, flush=True)
