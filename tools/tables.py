"""What tools write down: tables whose rows are dataclasses, as CSV; and the whole numbers they are asked for."""

import argparse
import csv
import io
from dataclasses import astuple, fields


def as_csv(kind, rows, written=str):
    """The rows in order, under the names of their fields; each value as `written` has it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(kind)])
    writer.writerows(map(written, astuple(row)) for row in sorted(rows))
    return text.getvalue()


def whole_number(text):
    """For a command line: from 1."""
    if not (text.isdigit() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1")
    return int(text)
