"""Panels in a real browser: they appear, answer with Java's numbers, and stay pictures where nothing answers."""

import json
import re
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest
from screenshots import COPIES, JAVA, chromium, page_that_ran
from support import NOTEBOOKS, ROOT, notebook, read

needs_chromium = pytest.mark.skipif(not chromium(), reason="no Chromium here: install it (apt install chromium) to test in a browser")
pytestmark = needs_chromium

CELLS = [
    """%classpath ../../target/jars/*.jar
import cnnkit.live.*; import cnnkit.network.*; import cnnkit.notebook.*; import cnnkit.plot.*; import cnnkit.tensor.*;
import java.awt.image.BufferedImage; import java.util.*;
Notebook.install();""",
    """Network network = SimpleConvNet.create(1);
Tensor image = Tensor.gaussian(new Random(2), 1, 1, 1, 28, 28);
System.out.println("maximum " + network.layer("Conv1").forward(image).max());
Explorer.of(network).image(image)""",
    """Drawing still = Figure.of(new BufferedImage(60, 30, BufferedImage.TYPE_INT_RGB), "a black card");
for (int i = 0; i < 10; i++) {
    int number = i;
    var place = display(Live.panel(still, "return ask({n: 4}).then(answer => { root.textContent = answer.text; });",
        question -> Map.of("text", "panel " + number + " squared " + question.index("n", 10) * question.index("n", 10))));
}""",
    """Network reader = SimpleConvNet.create(1);
reader.load(java.nio.file.Path.of("../../data/weights/SimpleConvNet.npz"));
DigitPad.of(reader).saveIn(java.nio.file.Path.of("../own-drawings"))""",
    "Thread.sleep(5_000);",
]
LIVE = ".cnnkit-live .layers"
LARGE = ".cnnkit-live .controls ~ .unit canvas"
NOTE = ".cnnkit-live:has(.layers) .note"  # of the explorer: other panels of the same kernel may say the same
VALUE = ".cnnkit-live .story p.value"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A notebook with panels, as one that somebody has just written."""
    return notebook(tmp_path_factory.mktemp("live"), *CELLS, metadata=JAVA)


@pytest.fixture(scope="module")
def page(small):
    """It has been run; the tests below go on, one after the other, with what the one before has left."""
    with page_that_ran(small, 1200) as page:
        page.locator(LIVE).wait_for(timeout=60_000)
        yield page


def chosen(page, place):
    page.locator(VALUE, has_text=place).wait_for(timeout=30_000)
    return page.locator(VALUE).inner_text()


def test_the_explorer_shows_the_value_that_java_computed(page):
    printed = page.locator(".jp-OutputArea-output", has_text="maximum").first.inner_text()
    largest = float(printed.split("maximum")[1])
    shown = chosen(page, "Conv1, map")
    assert float(shown.split(": ")[1].replace("\u2212", "-")) == pytest.approx(largest, rel=0.01)
    names = page.locator(".cnnkit-live .layer b").all_inner_texts()
    assert names == ["Input", "Conv1", "Relu1", "Pool1", "Affine1", "Relu2", "Affine2", "Softmax"]
    assert page.locator(".cnnkit-live table").count() == 3, "window, filter, products"


def test_a_click_on_a_map_chooses_a_unit_and_links_lead_back_and_on(page):
    page.locator(".cnnkit-live .layer").nth(3).locator("canvas").click(position={"x": 3, "y": 3})
    chosen(page, "Pool1, map 0, row")
    assert page.locator(".cnnkit-live td.best").count() == 1
    page.locator(".cnnkit-live .steps button").first.click()
    chosen(page, "Relu1, map 0")
    page.locator(".cnnkit-live .steps button").first.click()
    chosen(page, "Conv1, map 0")


def test_arrow_keys_move_and_letters_never_reach_the_notebook(page):
    before = page.locator(".jp-Cell").count()
    canvas = page.locator(LARGE)
    canvas.click(position={"x": 5, "y": 5})
    chosen(page, "Conv1, map 0, row 0, column 0")
    page.keyboard.press("ArrowRight")
    chosen(page, "Conv1, map 0, row 0, column 1")
    page.keyboard.press("ArrowDown")
    chosen(page, "Conv1, map 0, row 1, column 1")
    page.keyboard.press("PageDown")
    chosen(page, "Conv1, map 1, row 1, column 1")
    for key in "ddxabm":
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert page.locator(".jp-Cell").count() == before


def test_ten_panels_of_one_cell_answer_each_for_itself(page):
    for number in range(10):
        page.get_by_text(f"panel {number} squared 16").wait_for(timeout=30_000)


def draw(page, *points):
    """A stroke on the sheet of paper, with the mouse; points are pixels on the screen."""
    box = page.locator("canvas.paper").bounding_box()
    page.mouse.move(box["x"] + points[0][0], box["y"] + points[0][1])
    page.mouse.down()
    for x, y in points[1:]:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=12)
    page.mouse.up()


def test_a_digit_drawn_with_the_mouse_is_read_and_kept(page):
    kept = ROOT / "target" / "own-drawings"
    shutil.rmtree(kept, ignore_errors=True)
    page.locator("canvas.paper").scroll_into_view_if_needed()
    draw(page, (50, 50), (140, 46), (100, 170))
    page.locator(".reading .value", has_text="The network reads a 7").wait_for(timeout=30_000)
    assert page.locator(".reading .bars > div").count() == 10
    assert page.locator(".reading small").all_inner_texts()[-1] == "on 28 × 28, its centre of mass in the middle"
    page.get_by_role("button", name="save as a picture").click()
    page.get_by_text("saved: ../own-drawings/digit-1.png").wait_for(timeout=30_000)
    assert (kept / "digit-1.png").read_bytes().startswith(b"\x89PNG")


def test_a_digit_can_be_drawn_with_the_keyboard(page):
    page.get_by_role("button", name="new sheet").click()
    assert page.locator(".reading .value").count() == 0
    page.keyboard.press("Space")
    for _ in range(14):
        page.keyboard.press("ArrowDown")
    page.locator(".reading .value", has_text="The network reads a 1").wait_for(timeout=30_000)
    page.keyboard.press("Space")
    page.get_by_text("pen up", exact=True).wait_for()


def test_while_a_cell_runs_the_panel_says_that_it_waits_and_then_answers(page):
    page.locator(".jp-Cell").last.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.locator(".jp-InputPrompt", has_text="[*]").wait_for(timeout=10_000)
    page.locator(LARGE).click(position={"x": 25, "y": 5})
    page.locator(NOTE, has_text="Waiting for the running cell").wait_for(timeout=5_000)
    chosen(page, "Conv1, map 1, row 0, column 2")
    page.wait_for_function("() => [...document.querySelectorAll('.cnnkit-live .note')].every(note => note.textContent === '')")


def test_after_a_reload_the_panel_is_live_again(page):
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2000)
    page.goto(page.url)
    page.locator(LIVE).wait_for(timeout=60_000)
    chosen(page, "Conv1, map")
    assert page.complaints == []


def test_after_a_restart_it_says_to_run_the_cell_again(page):
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).first.click()
    page.locator(".jp-Dialog button", has_text="Restart").last.click()
    page.wait_for_timeout(5000)
    page.locator(LARGE).click(position={"x": 15, "y": 15})
    page.locator(NOTE, has_text="Run this cell again").wait_for(timeout=60_000)
    assert page.locator(LIVE).count() == 1, "the last view stays"


def test_a_notebook_that_was_only_opened_shows_pictures_and_says_what_to_do(page):
    shutil.copyfile(NOTEBOOKS / "en" / "7.8-summary.ipynb", COPIES / "7.8-summary.ipynb")
    page.goto(re.sub(r"/lab/tree/.*", "/lab/tree/target/browser/7.8-summary.ipynb?reset", page.url))
    still = page.locator(".cnnkit-live img")
    for _ in range(60):  # cells come into being when they come into sight
        if still.count():
            break
        page.mouse.move(640, 600)
        page.mouse.wheel(0, 3000)
        page.wait_for_timeout(300)
    assert still.get_attribute("alt").startswith("A network opened up")
    page.get_by_text("Run this cell, and the picture answers.").wait_for()
    assert page.locator(LIVE).count() == 0


SEEN = """<p>a cell with a script</p><script>window.scriptsThatRan = (window.scriptsThatRan || 0) + 1</script>"""


def unsigned(path):
    """A notebook that nobody trusts, with panels as they are committed: one that asks Java, two that would be alive at once."""
    chosen = [("7.8-summary", "explore"), ("7.2-convolution", "photograph"), ("7.2-convolution", "slide-yourself")]
    cells = [next(cell for cell in read(NOTEBOOKS / "en" / f"{name}.ipynb")["cells"] if cell["id"] == of) for name, of in chosen]
    shown = {"output_type": "display_data", "metadata": {}, "data": {"text/html": SEEN, "text/plain": ""}}
    cells.append({"cell_type": "code", "id": "seen", "metadata": {}, "execution_count": None, "outputs": [shown], "source": ""})
    new = {**JAVA, "never_seen_before": uuid.uuid4().hex}  # what was trusted once is known by its content
    path.write_text(json.dumps({"cells": cells, "metadata": new, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")


def open_alone(page, path):
    server = re.match(r"http://[^/]+", page.url).group()
    place = path.relative_to(ROOT).as_posix()
    page.goto("about:blank")
    page.complaints.clear()
    page.goto(f"{server}/lab/tree/{place}?reset")
    page.get_by_text("a cell with a script").wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    return f"{server}/api/contents/{place}"


def test_in_a_notebook_that_is_not_trusted_pictures_stay_with_the_word_what_to_do_and_no_script_runs(page):
    path = COPIES / "untrusted.ipynb"
    unsigned(path)
    address = open_alone(page, path)
    cells = page.request.get(address).json()["content"]["cells"]
    assert [cell["metadata"].get("trusted") for cell in cells] == [False] * 4, "as the server sees it"
    stills = page.locator(".cnnkit-live > img")
    alts = [still.get_attribute("alt") for still in stills.all()]
    begins = ["A network opened up", "A photograph: a man with a camera. Under the filter", "An input [7, 7], a filter [3, 3]"]
    assert [alt.startswith(begin) for alt, begin in zip(alts, begins, strict=True)] == [True] * 3, alts
    for still in stills.all():
        still.scroll_into_view_if_needed()
        assert still.evaluate("image => image.complete && image.naturalWidth > 100 && image.clientWidth > 100")
        words = still.locator("xpath=..").inner_text()
        assert words.strip() == "Run this cell, and the picture answers."
    assert page.evaluate("window.scriptsThatRan") is None
    assert page.locator(".jp-OutputArea script, .cnnkit-live canvas, .cnnkit-live table").count() == 0
    assert page.complaints == []


def test_once_it_is_trusted_those_that_need_no_kernel_are_alive(page):
    path = COPIES / "trusted.ipynb"
    unsigned(path)
    address = open_alone(page, path)
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "_xsrf")
    assert page.request.post(f"{address}/trust", headers={"X-XSRFToken": token}).ok
    open_alone(page, path)
    page.locator(".cnnkit-live canvas").first.wait_for(timeout=30_000)
    assert page.evaluate("window.scriptsThatRan") == 1
    assert page.locator(".cnnkit-live table.grid").count() == 3 + 4
    assert page.locator(".cnnkit-live > img").count() == 1, "the network asks Java, which has not run"


def saved():
    """The notebook as JupyterLab has saved it."""
    return COPIES / "try.ipynb"


def test_exported_it_is_a_picture_with_words(page, tmp_path):
    nbconvert = [ROOT / ".venv" / "bin" / "python", "-m", "nbconvert", "--to", "html", "--output-dir", tmp_path, saved()]
    subprocess.run(nbconvert, check=True, capture_output=True)
    page.goto("about:blank")
    page.complaints.clear()
    page.goto(Path(tmp_path / "try.html").as_uri())
    picture = page.locator(".cnnkit-live img").first
    assert picture.get_attribute("alt").startswith("A network opened up: Input 1 × 28 × 28, Conv1 30 × 24 × 24")
    assert page.get_by_text("Run this cell, and the picture answers.").count() == 12
    assert page.locator(LIVE).count() == 0
    assert [complaint for complaint in page.complaints if "ERR_" not in complaint] == [], "but for what the export fetches"
