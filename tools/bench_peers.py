"""Fetches what the benchmark compares with, each into its own folder of target: venvs for the peers in Python, the libraries
of DJL. tools/bench.py calls it."""

import platform
import shutil

from lab import JARS, ROOT, TARGET, Problem, call, create_venv, environment, install, one_at_a_time, venv_python
from tools.bench_kernels import libraries

BENCH = ROOT / "src" / "bench"
SYSTEM = "Linux on x86_64"
RECORD = ROOT / "data" / "experiments" / "AllPeers.csv"


def run_all(java, seconds, rounds):
    """One step of training in all of them, recorded with their versions."""
    here = f"{platform.system()} on {platform.machine()}"
    if here != SYSTEM:
        raise Problem(
            f"--all-peers was made for {SYSTEM}, and this is {here}: djl.system in src/bench/djl/pom.xml names the libraries of DJL,"
            " and src/bench/python/tinygrad_step.py its compiler"
        )
    with one_at_a_time():
        torch = torch_and_numpy()
        peers = python_with(
            "peers-venv",
            "requirements-all-peers.txt",
            "JAX, TensorFlow and tinygrad come once, into target/peers-venv: two gigabytes and a half",
        )
        djl = TARGET / "djl-jars"
        if not djl.exists():
            print("DJL comes once, into target/djl-jars: half a gigabyte when it is unpacked", flush=True)
        libraries(BENCH / "djl" / "pom.xml", djl, "DJL", java)
    command = [torch, BENCH / "all_peers.py", JARS / "*", java.tool("java"), torch, peers, djl, "--out", RECORD]
    return call([*command, "--seconds", seconds, "--rounds", rounds], environment(java))


def torch_and_numpy():
    return python_with(
        "bench-venv",
        "requirements.txt",
        "PyTorch comes once, into target/bench-venv: some gigabytes, as it brings what graphics cards need",
    )


def python_with(folder, requirements, warning):
    """The Python of a venv that has them; the warning comes before they are fetched for the first time."""
    venv = TARGET / folder
    if not (venv / ".cnnkit").exists():
        shutil.rmtree(venv, ignore_errors=True)
        create_venv(venv)
        print(warning, flush=True)
    install(BENCH / requirements, venv / ".cnnkit")
    return venv_python(venv)
