"""What the tests share."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = ROOT / "notebooks"
ENGLISH = sorted((NOTEBOOKS / "en").glob("*.ipynb"))


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def clear(notebook):
    """Takes the outputs away: whatever is there later has just been computed."""
    for cell in code_cells(notebook):
        cell.update(outputs=[], execution_count=None)


def source(cell):
    return "".join(cell["source"])


def only_line(text, *words):
    """The one line that has all of these words."""
    found = [line for line in text.splitlines() if all(word in line for word in words)]
    assert len(found) == 1, words
    return found[0]


def printed(cell):
    """What a cell wrote to the screen, without what it showed."""
    return "".join("".join(output["text"]) for output in cell["outputs"] if output["output_type"] == "stream")


# Runs a command, and says last how much memory the largest of its processes had.
MEASURED = """import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1 << (20 if sys.platform == 'darwin' else 10))} MB")
sys.exit(code)"""


def lab(*arguments, root=ROOT, timeout=600, measured=False, **environment):
    """Runs lab.py as a person would; an environment variable set to None is taken away.

    These tests may have been started by lab.py, which has chosen options for the Java that it found: not for another one."""
    inherited = {key: value for key, value in os.environ.items() if key != "JJAVA_JVM_OPTS"}
    environ = {**inherited, **{key: value for key, value in environment.items() if value is not None}}
    for key in [key for key, value in environment.items() if value is None]:
        environ.pop(key, None)
    command = [sys.executable, *(["-c", MEASURED, sys.executable] if measured else []), str(Path(root) / "lab.py"), *map(str, arguments)]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=timeout)


def assert_one_line(done, *parts):
    """An error for a person: one line, with what is wrong and the way out; never a stack trace."""
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1 and lines[0].startswith("lab.py: "), done.stderr
    for part in parts:
        assert part in lines[0], lines[0]


def notebook(folder, *sources, metadata=None):
    """A small notebook with these code cells."""
    cells = [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
        for i, text in enumerate(sources)
    ]
    path = folder / "try.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path
