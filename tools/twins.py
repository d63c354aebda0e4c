"""The twins: carries code cells from the English notebooks and homework to the Chinese, cell by cell id. Texts and outputs are
each language's own: what a Chinese notebook shows comes from running it."""

import json
from pathlib import Path

from lab import NOTEBOOKS, ROOT, Problem, write_atomically

HOMEWORK = ROOT / "homework" / "en" / "source"


def add_options(parser):
    parser.add_argument("names", nargs="*", metavar="NAME", help="a notebook of notebooks/en, or a homework (else all)")
    parser.add_argument("--check", action="store_true", help="compare only")


def run(options):
    english = [named(name) for name in options.names] or [*sorted((NOTEBOOKS / "en").glob("*.ipynb")), *sorted(HOMEWORK.glob("*/*.ipynb"))]
    if not english:
        raise Problem(f"there is no notebook in {NOTEBOOKS / 'en'}")
    differences = []
    for path in english:
        differences += carry_over(path, twin_of(path), options.check)
    for difference in differences:
        print(difference)
    return 1 if differences else 0


def named(name):
    """A homework lies in a folder of its own name."""
    homework = HOMEWORK / Path(name).stem / f"{Path(name).stem}.ipynb"
    return homework if homework.is_file() else NOTEBOOKS / "en" / Path(name).name


def twin_of(english):
    """The same place under zh instead of en."""
    top, _, *rest = english.relative_to(ROOT).parts
    return ROOT.joinpath(top, "zh", *rest)


def carry_over(english, chinese, check):
    """Brings one Chinese notebook up to date (or only compares); returns what a person has to mend."""
    for path in (english, chinese):
        if not path.is_file():
            return [f"{shown(path)} is missing: copy its twin, keep the cell ids, and translate the texts"]
    source, target = (json.loads(path.read_text(encoding="utf-8")) for path in (english, chinese))
    problems = compare_ids(english, source, chinese, target)
    code = {cell["id"]: cell for cell in source["cells"] if cell["cell_type"] == "code"}
    stale = [cell for cell in target["cells"] if cell["id"] in code and code_of(cell) != code_of(code[cell["id"]])]
    if check:
        problems += [f"{shown(chinese)}: code cell {cell['id']} is not as in en: python3 lab.py twins" for cell in stale]
    elif stale or target["metadata"] != source["metadata"]:
        for cell in stale:
            cell |= code_of(code[cell["id"]]) | {"execution_count": None, "outputs": []}
        target["metadata"] = source["metadata"]
        write_atomically(chinese, json.dumps(target, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        print(f"{shown(chinese)}: copied {len(stale)} code cells: {', '.join(cell['id'] for cell in stale)}; run it: python3 lab.py run {shown(chinese)} --save")
    else:
        print(f"{shown(chinese)}: up to date")
    return problems


def code_of(cell):
    """All of a code cell but what its run has left."""
    return {key: value for key, value in cell.items() if key not in ("outputs", "execution_count")}


def compare_ids(english, source, chinese, target):
    """Both must hold the same cells, of the same kind, in the same order."""
    ours, theirs = ([(cell["id"], cell["cell_type"]) for cell in notebook["cells"]] for notebook in (source, target))
    problems = [f"{shown(chinese)}: {kind} cell {id} of the en notebook is missing" for id, kind in ours if (id, kind) not in theirs]
    problems += [f"{shown(english)}: {kind} cell {id} of the zh notebook is missing" for id, kind in theirs if (id, kind) not in ours]
    if not problems and ours != theirs:
        first = next(a for a, b in zip(ours, theirs) if a != b)
        problems.append(f"{shown(chinese)}: the cells are in another order than in en, from {first[0]} on")
    return problems


def shown(path):
    return path.relative_to(ROOT).as_posix()
