"""Times parts of the engine: single kernels with JMH, whose libraries come from src/bench/pom.xml; or, without running it,
layouts of an image, or how cost grows. tools/bench.py calls it."""

import os
import shutil

from lab import JARS, ROOT, TARGET, VECTORS, call, environment, fingerprint, is_installed, maven, one_at_a_time, run_logged


KERNELS = ("org.openjdk.jmh.Main",)
GEOMETRIES = (VECTORS, "cnnkit.fast.Geometries")
SCALING = (VECTORS, "cnnkit.fast.Scaling")


def run(java, program):
    jars, classes = TARGET / "bench-jars", TARGET / "bench-classes"
    with one_at_a_time():
        libraries(ROOT / "src" / "bench" / "pom.xml", jars, "JMH", java)
        shutil.rmtree(classes, ignore_errors=True)
        classpath = os.pathsep.join(map(str, (classes, JARS / "*", jars / "*")))
        sources = sorted((ROOT / "src" / "bench" / "jmh").rglob("*.java"))
        # Named, for newer compilers do not look for it themselves.
        processor = ["-processor", "org.openjdk.jmh.generators.BenchmarkProcessor"]
        compiler = [java.tool("javac"), *processor, "-encoding", "UTF-8", "-cp", classpath, "-d", classes, *sources]
        run_logged(compiler, "the benchmarks of the engine do not compile", "mend it", environment(java))
    return call([java.tool("java"), "-cp", classpath, *program], environment(java))


def libraries(pom, folder, name, java):
    """Copies what a POM names into a folder, again when the POM has changed."""
    stamp = folder / ".cnnkit"
    if not is_installed(pom, stamp):
        shutil.rmtree(folder, ignore_errors=True)
        command = [*maven(), "-q", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        run_logged(command, f"Maven could not fetch {name}", "check the network, then run this again", environment(java))
        stamp.write_text(fingerprint([pom]), encoding="utf-8")
