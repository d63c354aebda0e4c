"""The learner's way: lab.py starts JupyterLab, a real browser opens a notebook and runs all of it."""

import json
import re

import pytest
from screenshots import ERRORS, PICTURES, browser_page, choose, chromium, jupyterlab, open_notebook, photographs, run_all, screens
from support import NOTEBOOKS, ROOT, read, source

MOST_SECONDS = 300  # one browser, one server and one kernel share the machine
ALL_THERE = "images => images.every(image => image.naturalWidth > 0)"
POP_UPS = ".Toastify__toast, .jp-toastContainer"
needs_chromium = pytest.mark.skipif(not chromium(), reason="no Chromium here: install it (apt install chromium) to test in a browser")


@pytest.fixture(scope="module")
def address():
    with jupyterlab() as started:
        yield started


@needs_chromium
def test_there_is_no_pop_up_that_asks_for_news(address):
    with browser_page() as page:
        page.goto(address + "&reset")  # not the tabs of an earlier run
        page.locator(".jp-DirListing-item").first.wait_for(timeout=60_000)
        page.wait_for_timeout(3000)
        assert page.locator(POP_UPS).count() == 0


@needs_chromium
def test_the_welcome_page_stands_still_while_its_pictures_come(address):
    """A click meets the notebook it was meant for, however slow the machine."""
    held, late = [], True
    with browser_page() as page:
        page.route("**/thumbnails/*", lambda picture: held.append(picture) if late else picture.continue_())
        page.goto(address + "&reset")
        welcome = page.locator(".jp-MarkdownViewer:not(.lm-mod-hidden) .jp-RenderedMarkdown")
        welcome.get_by_role("heading", name="Welcome to cnnkit").wait_for(timeout=60_000)
        rows = welcome.locator("tr")
        before, now = [], tops(rows)
        for _ in range(120):  # the page is being laid out
            if now == before and held:
                break
            page.wait_for_timeout(500)
            before, now = now, tops(rows)
        assert now == before and held, "no picture was asked for, or the rows never stand still"
        assert len(before) > len(list(NOTEBOOKS.glob("thumbnails/*.png")))
        late = False
        for picture in held:
            picture.continue_()
        page.wait_for_function(ALL_THERE, arg=welcome.locator("img").element_handles())
        assert tops(rows) == pytest.approx(before, abs=1)


def tops(elements):
    return elements.evaluate_all("elements => elements.map(element => element.getBoundingClientRect().top)")


@needs_chromium
def test_a_learner_is_welcomed_looks_at_a_notebook_and_closes_it_without_a_question(address):
    with browser_page() as page:
        page.goto(address + "&reset")
        welcome = page.locator(".jp-MarkdownViewer:not(.lm-mod-hidden) .jp-RenderedMarkdown")
        welcome.get_by_role("heading", name="Welcome to cnnkit").wait_for(timeout=60_000)
        pictures = welcome.locator("img")
        assert pictures.count() == len(list((NOTEBOOKS / "thumbnails").glob("*.png")))
        page.wait_for_function(ALL_THERE, arg=pictures.element_handles())
        welcome.get_by_role("link", name="中文").click()
        welcome.get_by_role("heading", name="欢迎使用 cnnkit").wait_for(timeout=30_000)
        welcome.get_by_role("link", name="7.4 im2col").click()
        page.locator("#jp-bottom-panel", has_text=re.compile(r"Java \(jjava\)\W*Idle")).wait_for(timeout=90_000)
        page.wait_for_timeout(1000)
        page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text="7.4-im2col").locator(".lm-TabBar-tabCloseIcon").click()
        page.locator(".jp-NotebookPanel").wait_for(state="detached", timeout=30_000)
        assert page.locator(".jp-Dialog").count() == 0
        server = re.match(r"http://[^/]+", page.url).group()
        assert set(page.request.get(server + "/api/kernelspecs").json()["kernelspecs"]) == {"java"}, "no other kernel is offered"


@needs_chromium
@pytest.mark.parametrize("notebook, shown", [
    (NOTEBOOKS / "zh" / "7.2-convolution.ipynb", ["公式、库和逐个数的结果都一致"]),
    pytest.param(NOTEBOOKS / "en" / "7.5-simple-conv-net.ipynb", [
        "1,800 steps",  # the live display has come to its end
        "= your training is that of the recorded seed 1, step for step",
    ], marks=pytest.mark.nightly),
], ids=["zh/7.2", "en/7.5"])
def test_a_notebook_runs_in_a_browser_and_shows_pictures_and_no_errors(address, notebook, shown):
    before = notebook.read_bytes()
    pictures, errors, said = 0, [], ""
    with browser_page() as page:
        open_notebook(page, address, notebook)
        seen = [page.locator(PICTURES).count() for _ in screens(page)]  # JupyterLab holds only what is in sight
        assert max(seen) >= 1, "the pictures of the file are shown before anything is run"
        choose(page, "Edit", "Clear Outputs of All Cells")
        assert max(page.locator(PICTURES).count() for _ in screens(page)) == 0
        run_all(page, MOST_SECONDS)
        assert page.locator(POP_UPS).count() == 0, "a notebook opens and runs without them, too"
        for _ in photographs(page, ROOT / "target" / "screenshots"):
            pictures = max(pictures, page.locator(PICTURES).count())
            errors += page.locator(ERRORS).all_inner_texts()
            said += "".join(page.locator(".jp-OutputArea").all_inner_texts())
    assert errors == []
    assert pictures >= 1
    assert [words for words in shown if words not in said] == []
    assert notebook.read_bytes() == before


# ---- homework

ADDED_ONCE = "    for (int i = 0; i < rows.length(); i++) { rows.data()[i] += b.value().get(i % FN); }"
ADDED_PER_PRODUCT = ADDED_ONCE.replace("+=", "+= col.size(1) *")
NAMED = {
    "en": ("convolution: not yet, ", "forward: bias added to every product (BIAS_PER_PRODUCT)"),
    "zh": ("卷积层：还没有全对，", "正向传播：每个乘积都加了偏置（BIAS_PER_PRODUCT）"),
}


def with_a_bias_too_often(language, folder):
    """Homework 2 as a learner has it who wrote all of it, and added the bias once per product."""
    notebook = read(ROOT / "homework" / language / "release" / "convolution" / "convolution.ipynb")
    solved = read(ROOT / "homework" / language / "source" / "convolution" / "convolution.ipynb")
    right = next(source(cell) for cell in solved["cells"] if cell["id"] == "layer")
    assert right.count(ADDED_ONCE) == 1
    next(cell for cell in notebook["cells"] if cell["id"] == "layer")["source"] = right.replace(ADDED_ONCE, ADDED_PER_PRODUCT)
    path = folder / "convolution.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@needs_chromium
@pytest.mark.parametrize("language", NAMED)
def test_a_mistake_in_the_homework_is_shown_and_named_when_the_learner_asks(address, tmp_path, language):
    verdict, name = NAMED[language]
    with browser_page(height=1600) as page:
        open_notebook(page, address, with_a_bias_too_often(language, tmp_path), language)
        run_all(page)
        report = page.locator(".jp-Cell", has_text="Report ofLayer").locator(".jp-OutputArea")
        report.get_by_text(verdict).wait_for(timeout=30_000)
        assert "BIAS_PER_PRODUCT" not in report.inner_text(), "the name is told on request"
        assert page.locator(ERRORS).count() == 0
        help_cell = page.locator(".jp-CodeCell", has_text="// hint(ofLayer)")
        help_cell.locator(".cm-content").click()
        for key in ("Control+Home", "Delete", "Delete", "Delete", "Shift+Enter"):
            page.keyboard.press(key)
        page.locator(".jp-OutputArea", has_text=name).last.wait_for(timeout=60_000)
        page.screenshot(path=ROOT / "target" / "screenshots" / f"homework-{language}.png")
