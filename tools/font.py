"""Cuts the font of Chinese figures: of Noto Sans SC the glyphs that our sentences use, and no more.

The letters come from the catalogues; the lines become as high as those of DejaVu Sans, so that a figure keeps its layout."""

import re
import shutil
import tarfile

from lab import NOTEBOOKS, ROOT, TARGET, Problem, create_venv, run_logged, venv_python

PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"  # the font as Google publishes it, SIL Open Font License 1.1
MEMBER = "package/400Regular/NotoSansSC_400Regular.ttf"
FONTTOOLS = "fonttools==4.60.1"
MESSAGES = ROOT / "src/main/resources/cnnkit/messages"
FONT = ROOT / "src/main/resources/cnnkit/font/NotoSansSC-subset.ttf"
ASCII = "".join(map(chr, range(0x20, 0x7F)))

CUT = """
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

source, target, letters = sys.argv[1:]
options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)
font = TTFont(source, recalcTimestamp=False)  # the same letters give the same bytes
cutter = subset.Subsetter(options)
cutter.populate(text=open(letters, encoding="utf-8").read())
cutter.subset(font)
ascent, descent = (round(share * font["head"].unitsPerEm) for share in (0.928, 0.236))  # those of DejaVu Sans
font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
table = font["OS/2"]
table.sTypoAscender, table.sTypoDescender, table.sTypoLineGap = ascent, -descent, 0
table.usWinAscent, table.usWinDescent = ascent, descent
font.save(target)
"""


def add_options(parser):
    pass


def run(options):
    work = TARGET / "font"
    work.mkdir(parents=True, exist_ok=True)
    source = work / MEMBER.rsplit("/", 1)[1]
    if not source.exists():
        fetch(source)
    venv = work / "venv"
    if not venv_python(venv).exists():
        create_venv(venv)
        run_logged([venv_python(venv), "-m", "pip", "install", FONTTOOLS], "pip could not install fonttools", "check the network")
    (work / "letters.txt").write_text("".join(sorted(letters())), encoding="utf-8")
    FONT.parent.mkdir(parents=True, exist_ok=True)
    run_logged([venv_python(venv), "-c", CUT, source, FONT, work / "letters.txt"], "the font could not be cut", f"delete {work}, then run this again")
    print(f"{FONT.relative_to(ROOT)}: {len(letters())} letters, {FONT.stat().st_size / 1024:.0f} KB")
    return 0


def fetch(source):
    """Through npm, with the settings a person has for it."""
    npm = shutil.which("npm")
    if not npm:
        raise Problem(f"npm is not there, and the font is in its package {PACKAGE}: install npm, or put {MEMBER} at {source}")
    run_logged([npm, "pack", PACKAGE, "--pack-destination", source.parent], "npm could not fetch the font", "check the network, then run this again")
    for package in source.parent.glob("*.tgz"):
        with tarfile.open(package) as archive, archive.extractfile(MEMBER) as packed, open(source, "wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
        package.unlink()


def letters():
    """All that a translation may draw, and ASCII, so that a line is of one font."""
    catalogues = [*MESSAGES.glob("zh.po"), *sorted((NOTEBOOKS / "zh" / "messages").glob("*.po"))]
    texts = [line for file in catalogues for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {letter for letter in ASCII + "".join(texts) if not re.match(r"\s", letter) or letter == " "}
