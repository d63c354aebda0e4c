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


def source(cell):
    return "".join(cell["source"])


def lab(*arguments, root=ROOT, timeout=600, **environment):
    """Runs lab.py as a person would; an environment variable set to None is taken away."""
    environ = {**os.environ, **{key: value for key, value in environment.items() if value is not None}}
    for key in [key for key, value in environment.items() if value is None]:
        environ.pop(key, None)
    command = [sys.executable, str(Path(root) / "lab.py"), *map(str, arguments)]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=timeout)
