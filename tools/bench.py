"""Times cnnkit beside PyTorch and NumPy: starts src/bench/bench.py in a venv that has both."""

from pathlib import Path

from lab import JARS, ROOT, TARGET, Problem, call, environment, find_java, java_in, need_vectors, one_at_a_time, set_up
from tools import bench_kernels, bench_peers


def add_options(parser):
    parser.add_argument("--rounds", default="3", metavar="N", help="how often all take turns (else 3)")
    parser.add_argument("--seconds", default="10", metavar="S", help="how long a turn lasts (else 10)")
    parser.add_argument("--only", default="", metavar="WORDS", help="only the rows of the table with these words")
    parser.add_argument("--jdk", action="append", default=[], metavar="PATH", help="time on this JDK too (with --all-peers: on the newest alone)")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--kernels", dest="program", action="store_const", const=bench_kernels.KERNELS, help="time single kernels with JMH instead"
    )
    instead.add_argument(
        "--geometries", dest="program", action="store_const", const=bench_kernels.GEOMETRIES,
        help="ask instead how well the engine chooses between layouts of an image",
    )
    instead.add_argument(
        "--scaling", dest="program", action="store_const", const=bench_kernels.SCALING,
        help="ask instead how cost grows with threads, images, pixels and filters",
    )
    instead.add_argument(
        "--all-peers", action="store_true",
        help="time one training step beside JAX, TensorFlow, tinygrad and DJL too, and record it (fetches them once: 3 GB)",
    )


def run(options):
    if options.all_peers and options.only:
        raise Problem("--only chooses rows of the table that lab.py bench prints: leave it out with --all-peers, which times one step")
    others = [java_in(Path(home).resolve(), "--jdk") for home in options.jdk]
    for each in (find_java(), *others):
        need_vectors(each, "bench times the engine with vectors and without")
    java = set_up()
    if options.all_peers:
        newest = max((java, *others), key=lambda each: int(each.version.split(".")[0]))
        return bench_peers.run_all(newest, options.seconds, options.rounds)
    return bench_kernels.run(java, options.program) if options.program else beside_peers(java, others, options)


def beside_peers(java, others, options):
    with one_at_a_time():
        python = bench_peers.torch_and_numpy()
    javas = [each.tool("java") for each in (java, *others)]
    settings = ["--rounds", options.rounds, "--seconds", options.seconds, "--only", options.only]
    command = [python, ROOT / "src" / "bench" / "bench.py", JARS / "*", *javas, "--out", TARGET, *settings]
    return call(command, environment(java))
