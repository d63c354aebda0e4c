"""digit.html: it computes with Java's bits, and reads what one draws, from a file, without a network."""

import json
import shutil
import subprocess
import sys

import pytest
from screenshots import browser_page, chromium
from support import ROOT

sys.path.insert(0, str(ROOT))
import lab  # noqa: E402, F401
from tools import page as tool  # noqa: E402

DIGITS = "1000"
MOST_BYTES = 450_000


@pytest.mark.skipif(not shutil.which("node"), reason="no Node here: install it (apt install nodejs npm) to compare its bits with Java's")
def test_every_layer_of_both_networks_has_the_bits_of_java_for_a_thousand_digits(tmp_path):
    packed = {name: tool.parameters(ROOT / "data" / "weights" / f"{name}.npz") for name in ("LeNet", "SimpleConvNet")}
    file = tmp_path / "parameters.json"
    file.write_text(json.dumps(packed), encoding="utf-8")
    command = ["node", "src/test/javascript/digests.js", file, DIGITS]
    script = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=900).stdout
    java = tool.java_says("Digests.java", DIGITS)
    assert len(java.splitlines()) == 11 + 6
    assert script.splitlines() == java.splitlines()


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "digit.html"
    path.write_text(tool.page(), encoding="utf-8")
    return path


def test_it_is_one_small_file(html):
    assert html.stat().st_size <= MOST_BYTES


@pytest.mark.skipif(not chromium(), reason="no Chromium here: install it (apt install chromium) to test in a browser")
def test_it_reads_a_seven_shows_windows_and_speaks_both_languages(html):
    with browser_page() as page:
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(html.as_uri())
        assert page.locator("h1").inner_text() == "Draw a digit, and LeNet reads it"
        box = page.locator("canvas.paper").bounding_box()
        page.mouse.move(box["x"] + 50, box["y"] + 50)
        page.mouse.down()
        for x, y in ((140, 46), (100, 170)):
            page.mouse.move(box["x"] + x, box["y"] + y, steps=10)
        page.mouse.up()
        page.locator(".reading .value", has_text="The network reads a 7").wait_for()
        page.locator("canvas.maps").hover(position={"x": 26, "y": 26})
        assert page.locator(".window").inner_text().startswith("Map 0, row 14, column 14: 25 products and the bias come to")
        assert page.locator(".reading .box").count() == 1
        page.screenshot(path=ROOT / "target" / "digit-page.png")
        page.get_by_role("button", name="中文").click()
        assert page.locator("h1").inner_text() == "写一个数字，让 LeNet 来认"
        assert page.locator(".reading .value").count() == 0, "a new sheet"
        assert (asked, errors) == ([html.as_uri()], [])
