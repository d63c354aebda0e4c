"""The small pictures of the index: one figure of each notebook, as it stands in the notebook.

    .venv/bin/python src/test/python/thumbnails.py    writes notebooks/thumbnails/NAME.png
"""

import base64
import re

from support import ENGLISH, NOTEBOOKS, code_cells, read

# Which cell's figure shows best what a notebook is about.
CELLS = {
    "7.0-before-you-start": "chain-back",
    "7.1-overall-structure": "river-figure",
    "7.2-convolution": "edges",
    "7.2b-channels-and-batches": "layer-blocks",
    "7.3-pooling": "curve",
    "7.4-im2col": "microscope-pixel",
    "7.4b-layers": "hand-weight",
    "7.5-simple-conv-net": "confusion-cells",
    "7.5b-when-it-does-not-learn": "rate-curves",
    "7.6-seeing-inside": "roses",
    "7.6b-beyond-digits": "filters",
    "7.7-lenet-and-alexnet": "alexnet-shares",
    "7.8-summary": "walkthrough",
    "7.9-the-craft-of-training": "recorded-curves",
}


def file_of(name):
    return NOTEBOOKS / "thumbnails" / f"{name}.png"


def picture_of(path):
    """The bytes of the picture that the notebook's chosen cell shows."""
    cell = next(cell for cell in code_cells(read(path)) if cell["id"] == CELLS[path.stem])
    shown = "".join("".join(output.get("data", {}).get("text/html", "")) for output in cell["outputs"])
    return base64.b64decode(re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", shown).group(1))


if __name__ == "__main__":
    for path in ENGLISH:
        if path.stem in CELLS:
            file_of(path.stem).write_bytes(picture_of(path))
