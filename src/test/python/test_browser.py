"""The learner's way: lab.py starts JupyterLab, a real browser opens notebook 7.5 and runs all of it."""

import re
from pathlib import Path

import pytest
from screenshots import ERRORS, PICTURES, browser_page, choose, chromium, jupyterlab, open_notebook, photographs, run_all, screens
from support import NOTEBOOKS, ROOT

NOTEBOOK = NOTEBOOKS / "en" / "7.5-simple-conv-net.ipynb"
MOST_SECONDS = 300  # one browser, one server and one kernel share the machine
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
def test_a_learner_is_welcomed_looks_at_a_notebook_and_closes_it_without_a_question(address):
    with browser_page() as page:
        page.goto(address + "&reset")
        welcome = page.locator(".jp-MarkdownViewer:not(.lm-mod-hidden) .jp-RenderedMarkdown")
        welcome.get_by_role("heading", name="Welcome to cnnkit").wait_for(timeout=60_000)
        pictures = welcome.locator("img")
        assert pictures.count() == len(list((NOTEBOOKS / "thumbnails").glob("*.png")))
        page.wait_for_function("images => images.every(image => image.naturalWidth > 0)", arg=pictures.element_handles())
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
def test_notebook_7_5_runs_in_a_browser_and_shows_pictures_and_no_errors(address):
    before = NOTEBOOK.read_bytes()
    pictures, errors, said = 0, [], ""
    with browser_page() as page:
        open_notebook(page, address, NOTEBOOK)
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
    assert "1,800 steps" in said, "the live display has come to its end"
    assert "= your training is that of the recorded seed 1, step for step" in said
    assert NOTEBOOK.read_bytes() == before


def test_the_notebook_that_the_browser_opens_is_there():
    assert Path(NOTEBOOK).is_file()
