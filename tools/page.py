"""One offline page for the web: draw a digit, and LeNet reads it. Nothing is fetched, and nothing leaves it."""

import base64
import json
import re
import struct
import subprocess
import zipfile
from pathlib import Path

from lab import JARS, ROOT, TARGET, environment, find_java, set_up

PAGE = ROOT / "src" / "page"
LIVE = ROOT / "src" / "main" / "resources" / "cnnkit" / "live"
SCRIPTS = [*(LIVE / f"{name}.js" for name in ("elements", "bars", "bytes", "maps", "digit-pad", "fma")), *(PAGE / f"{name}.js" for name in ("forward", "own-digit", "page"))]
STYLES = [LIVE / "live.css", LIVE / "box.css", LIVE / "maps.css"]


def add_options(parser):
    parser.add_argument("file", nargs="?", type=Path, default=TARGET / "digit.html", help="where to (else target/digit.html)")


def run(options):
    set_up()
    html = page()
    options.file.write_text(html, encoding="utf-8")
    print(f"{options.file}: {len(html.encode()) / 1024:.0f} KB")
    return 0


def page():
    data = {**json.loads(java_says("PageData.java")), "packed": parameters(ROOT / "data" / "weights" / "LeNet.npz")}
    parts = {
        "STYLE": "".join(path.read_text(encoding="utf-8") for path in STYLES),
        "SCRIPT": "\n".join(without_modules(path.read_text(encoding="utf-8")) for path in SCRIPTS),
        "DATA": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    }
    html = (PAGE / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\b(STYLE|SCRIPT|DATA)\b", lambda part: parts[part.group()], html)


def without_modules(script):
    """A module as plain text: its names are those of the function around all of them."""
    return re.sub(r"^export ", "", re.sub(r"^import .*\n", "", script, flags=re.MULTILINE), flags=re.MULTILINE)


def parameters(npz):
    """The arrays of an NPZ file of floats, by name: shape, and the bytes in base64."""
    arrays = {}
    with zipfile.ZipFile(npz) as archive:
        for name in archive.namelist():
            npy = archive.read(name)
            (length,) = struct.unpack_from("<H", npy, 8)
            header = npy[10 : 10 + length].decode("latin-1")
            assert "'<f4'" in header and "'fortran_order': False" in header, header
            shape = [int(size) for size in re.search(r"\(([^)]*)\)", header).group(1).split(",") if size.strip()]
            arrays[name.removesuffix(".npy")] = {"shape": shape, "data": base64.b64encode(npy[10 + length :]).decode("ascii")}
    return arrays


def java_says(source, *arguments):
    """What a small program beside the page prints, with the library on its class path."""
    java = find_java()
    command = [java.tool("java"), *java.options, "-Dfile.encoding=UTF-8", "-cp", f"{JARS}/*", PAGE / source, *arguments]
    return subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment(java)).stdout.decode("utf-8")
