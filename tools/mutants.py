"""Breaks the library in thousands of places with PIT, one at a time, and counts what its tests notice.

The tests of a package are asked for the mutants of that package only. Tests that take long are left out: PIT runs them
again and again. A mutant that no test kills is a place where a mistake would pass; the report shows its line.
"""

import shutil
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict

from lab import ROOT, TARGET, Problem, environment, find_java, maven, need_vectors, run_logged, set_up

PACKAGES = ("tensor", "im2col", "layer", "io")  # the core, whose tests are quick
REPORTS = TARGET / "mutants"
TOO_LONG = 10  # seconds of a test class


def add_options(parser):
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=f"of cnnkit (else {', '.join(PACKAGES)})")


def run(options):
    packages = [known(name) for name in options.packages] or [known(name) for name in PACKAGES]
    need_vectors(find_java(), "the tests compare the engine with vectors and without")
    java = set_up()
    for package in packages:
        slow = slow_tests(java, package)
        print(f"{package}: breaking it" + (f", without the slow tests {', '.join(slow)}" if slow else ""), flush=True)
        print(told(package, break_it(java, package, slow)), flush=True)
    return 0


def known(name):
    """cnnkit.io, of io or cnnkit.io."""
    package = "cnnkit." + name.removeprefix("cnnkit.")
    if not any((ROOT / "src/test/java").joinpath(*package.split(".")).glob("*Test.java")):
        raise Problem(f"there is no package {name} with tests: try {', '.join(PACKAGES)}")
    return package


def slow_tests(java, package):
    """Runs the tests once and looks at the clock; mutants say nothing where the tests fail by themselves."""
    shutil.rmtree(TARGET / "surefire-reports", ignore_errors=True)
    run_logged(
        [*maven(), "-q", "test", f"-Dtest={package}.*Test", "-Dsurefire.failIfNoSpecifiedTests=true"],
        f"the tests of {package} do not pass as they are",
        "mend them first",
        environment(java),
    )
    return slower_than(TOO_LONG, (TARGET / "surefire-reports").glob("*.xml"))


def slower_than(seconds, reports):
    """The classes of those JUnit reports that took longer, by name."""
    took = defaultdict(float)
    for report in reports:
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            took[case.get("classname")] += float(case.get("time", 0))
    return sorted(name for name, total in took.items() if total > seconds)


def break_it(java, package, slow):
    """Has PIT make and try all mutants; gives its report."""
    folder = REPORTS / package
    shutil.rmtree(folder, ignore_errors=True)
    run_logged(
        [
            *(*maven(), "-Pmutants", "test-compile", "org.pitest:pitest-maven:mutationCoverage"),
            *(f"-DtargetClasses={package}.*", f"-DtargetTests={package}.*", f"-DreportsDirectory={folder}"),
            *([f"-DexcludedTestClasses={','.join(slow)}"] if slow else []),
        ],
        f"PIT could not break {package}",
        "check the network the first time, then run this again",
        environment(java),
    )
    return folder


def told(package, folder):
    """The numbers of a report in one line, and where the report lies."""
    mutants = Counter()
    for mutant in ElementTree.parse(folder / "mutations.xml").getroot().iter("mutation"):
        mutants["killed" if mutant.get("detected") == "true" else mutant.get("status")] += 1
    made, killed = sum(mutants.values()), mutants["killed"]
    share = f" ({100 * killed / made:.0f} %)" if made else ""
    return (
        f"{package}: {made} mutants made, {killed} killed{share}, {mutants['SURVIVED']} survived,"
        f" {mutants['NO_COVERAGE']} where no test goes; {folder / 'index.html'}"
    )
