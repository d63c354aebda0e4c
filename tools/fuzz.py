"""Reads files with mistakes at random places, many more than "lab.py test" does, and counts those that were refused."""

import argparse

from lab import ROOT, call, environment, find_java, maven, need_vectors, set_up


def add_options(parser):
    parser.add_argument("--mutants", type=mutant_count, default=2000, metavar="N", help="of each kind (else 2000)")


def mutant_count(text):
    if not (text.isdigit() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text} is no number of mutants: choose one from 1, such as 2000")
    return int(text)


def run(options):
    need_vectors(find_java(), "fuzz runs one of the tests")
    java = set_up()
    print(f"reading {options.mutants:,} damaged files of each kind; a mistake of ours would show as a failed test", flush=True)
    command = [*maven(), "-q", "test", "-Dtest=MutantsTest", f"-Dcnnkit.mutants={options.mutants}", "-Dsurefire.failIfNoSpecifiedTests=true"]
    exit_code = call(command, environment(java), ROOT)
    if not exit_code:
        print("each gave an error of ours, or what the file says")
    return exit_code
