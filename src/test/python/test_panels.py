"""Panels of the lessons in a real browser: they appear, answer to pointer and keys, and show Java's numbers."""

import re
import subprocess

import pytest
from screenshots import COPIES, JAVA, chromium, page_that_ran
from support import ROOT, notebook

pytestmark = pytest.mark.skipif(not chromium(), reason="no Chromium here: install it (apt install chromium) to test in a browser")

CELLS = [
    """%classpath ../../target/jars/*.jar
import cnnkit.im2col.*; import cnnkit.layer.*; import cnnkit.live.*; import cnnkit.network.*; import cnnkit.notebook.*;
import cnnkit.tensor.*; import java.util.*;
Notebook.install();
Tensor x = Tensor.gaussian(new Random(1), 2, 6, 7), W = Tensor.gaussian(new Random(2), 1, 3, 3);
Tensor filter = Tensor.of(new float[] {2, 1, -1, 3}, 2, 2), dout = Tensor.of(new float[] {1, 2, -1, 3}, 2, 2);
String numbers(Tensor t) {
    StringJoiner all = new StringJoiner(" ");
    for (float value : t.data()) { all.add(cnnkit.plot.card.Numbers.text(value)); }
    return all.toString();
}
Tensor changed = W.copy();
changed.set(0.5f, 0, 0);
Convolution layer = new Convolution(changed.reshape(1, 1, 3, 3), Tensor.zeros(1),
    Window.of(3).stride(2).padding(1).remainder(Remainder.FLOOR));
System.out.println("convolution " + numbers(layer.forward(x.reshape(1, 1, 6, 7))));
System.out.println("im2col " + numbers(Im2col.im2col(Tensor.range(1, 1, 5, 6), Window.of(3))));
Convolution back = new Convolution(filter.reshape(1, 1, 2, 2), Tensor.zeros(1), Window.of(2));
back.forward(Tensor.zeros(1, 1, 3, 3));
System.out.println("dx " + numbers(back.backward(dout.reshape(1, 1, 2, 2))));""",
    "ConvolutionPanel.of(x, W)",
    "Im2colPanel.of(1, 5, 5, Window.of(3))",
    "BackwardPanel.of(filter, dout)",
    """Network reader = SimpleConvNet.create(1);
reader.load(java.nio.file.Path.of("../../data/weights/SimpleConvNet.npz"));
Tensor seven = cnnkit.data.Mnist.load().train().images(55_003);
ShiftPanel.of(reader, seven)""",
    """var digits = cnnkit.data.Mnist.load().train().range(55_003, 55_053);
Tensor negative = reader.parameter("W1").value().map(weight -> -weight);
Window window = Window.of(5);
Tensor b1 = reader.parameter("b1").value(), image = seven.reshape(1, 1, 28, 28);
float value = new Convolution(reader.parameter("W1").value(), b1, window).forward(image).get(0, 13, 12, 10);
float then = new Convolution(negative, b1, window).forward(image).get(0, 13, 12, 10);
System.out.println("unit " + numbers(Tensor.of(new float[] {value, then}, 2)));
for (var patch : cnnkit.inspect.TopPatches.of(reader, "Conv1", 13, digits).patches()) {
    System.out.println("patch " + cnnkit.plot.card.Numbers.text(patch.activation()));
}
UnitPanel.of(reader, digits).steps("Conv1", new int[] {0}, List.of(negative))""",
    """Network untrained = SimpleConvNet.create(2);
for (Network network : List.of(reader, untrained)) {
    System.out.println("row 12: " + numbers(network.layer("Conv1").forward(image).slice(0, 3, 12).copy()));
}
Explorer.of(reader).image(seven).beside(untrained)""",
    """cnnkit.data.Split split = cnnkit.data.Mnist.load().train().split();
TrainingDesk.of(SimpleConvNet.builder().filters(4).hidden(20).build(1), split.train(), split.validation())""",
    """Tensor photograph = Tensor.zeros(16, 20);
for (int i = 0; i < 320; i++) { photograph.data()[i] = i * i % 256 / 255f; }
Tensor edges = Tensor.of(new float[] {-1, 0, 1, -2, 0, 2, -1, 0, 1}, 3, 3), mine = edges.copy();
mine.set(2.5f, 0, 0);
for (Tensor each : List.of(edges, mine)) {
    Convolution over = new Convolution(each.reshape(1, 1, 3, 3), Tensor.zeros(1), Window.of(3));
    System.out.println("photograph " + numbers(over.forward(photograph.reshape(1, 1, 16, 20))));
}
System.out.println("pixels " + numbers(photograph));
PhotographPanel.of(photograph, "a pattern").filter("left-right", edges)""",
]
IMAGE = "img[alt]"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return notebook(tmp_path_factory.mktemp("panels"), *CELLS, metadata=JAVA)


@pytest.fixture(scope="module")
def page(small):
    with page_that_ran(small, 1400) as page:
        panel(page, 3).locator(".bars").wait_for(timeout=60_000)
        panel(page, 4).locator(".patches button").first.wait_for(timeout=60_000)
        panel(page, 5).locator(".layers").wait_for(timeout=60_000)
        panel(page, 6).locator("svg").first.wait_for(timeout=60_000)
        panel(page, 7).locator("canvas").first.wait_for(timeout=60_000)
        yield page


def panel(page, number):
    return page.locator(".cnnkit-live").nth(number)


def grid(page, number, title):
    return panel(page, number).locator("table.grid", has=page.locator("caption", has_text=re.compile(f"^{title}")))


def numbers(page, number, title):
    return grid(page, number, title).locator("td").all_inner_texts()


def printed(page, name):
    lines = page.locator(".jp-OutputArea-output").first.inner_text().splitlines()
    return next(line for line in lines if line.startswith(name + " ")).split()[1:]


def slide(page, number, name, value):
    panel(page, number).locator(f"input[name={name}]").fill(str(value))


def test_all_appear_in_the_place_of_their_pictures(page):
    assert page.locator(".cnnkit-live table.grid").count() == 4 + 2 + 3 + 3
    assert page.locator(f".cnnkit-live {IMAGE}").count() == 0


def test_a_convolution_with_another_filter_stride_and_padding_is_javas(page):
    slide(page, 0, "S", 2)
    slide(page, 0, "P", 1)
    assert numbers(page, 0, "output") == [], "STRICT refuses what does not divide"
    assert "STRICT refuses" in panel(page, 0).inner_text()
    assert panel(page, 0).locator("td.unread").count() == 0, "nothing is passed over where there is no window at all"
    panel(page, 0).get_by_role("button", name="one place on").click()  # from no place to none
    panel(page, 0).locator("select").select_option("FLOOR")
    assert "output[0][0] = " in panel(page, 0).inner_text()
    field = grid(page, 0, "filter").locator("input").first
    counts = field.input_value()
    field.fill("0,5")
    assert field.evaluate("field => field.validationMessage").startswith("write other numbers"), "no number in any country's way"
    field.blur()
    assert (field.input_value(), field.evaluate("field => field.validationMessage")) == (counts, ""), "what counts stands there again"
    field.fill("0.5")
    assert numbers(page, 0, "output") == printed(page, "convolution")
    assert "OH = (H + 2·P − FH) / S + 1 = (6 + 2·1 − 3) / 2 + 1 = 3 + 1/2 → 3" in panel(page, 0).inner_text()
    assert "1 left over, of padding only" in panel(page, 0).inner_text(), "6 rows from -1: the windows end at row 5"
    panel(page, 0).locator("select").select_option("CEIL")
    assert "1 left over: CEIL lets a window hang over (pixels: 1)" in panel(page, 0).inner_text()
    panel(page, 0).locator("select").select_option("FLOOR")
    slide(page, 0, "P", 0)
    assert panel(page, 0).locator("td.unread").count() == 7, "without padding no window reads the last row"
    slide(page, 0, "P", 1)


def test_the_window_is_moved_by_keys_buttons_and_dragging(page):
    grid(page, 0, "input").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert "output[1][1] = " in panel(page, 0).inner_text()
    panel(page, 0).get_by_role("button", name="one place on").click()
    assert "output[1][2] = " in panel(page, 0).inner_text()
    cells = grid(page, 0, "input").locator("td")
    cells.nth(9 * 1 + 1).hover()
    page.mouse.down()
    cells.nth(9 * 5 + 7).hover()
    page.mouse.up()
    cells.nth(0).hover()
    assert "output[2][3] = " in panel(page, 0).inner_text(), "it stays where it was let go"
    assert panel(page, 0).locator("td.window").count() == 9


def test_the_matrix_is_im2cols_and_lights_up_from_both_sides(page):
    slide(page, 1, "W", 6)
    assert numbers(page, 1, "im2col: the matrix") == printed(page, "im2col")
    grid(page, 1, "channel 0").locator("td").nth(6 * 2 + 3).hover()
    assert grid(page, 1, "im2col: the matrix").locator("td.copy").all_inner_texts() == ["15"] * 9
    grid(page, 1, "im2col: the matrix").locator("td").nth(9 * 5 + 4).hover()
    assert "x[0][1·1 + 1 − 0][1·1 + 1 − 0] = x[0][2][2] = 14" in panel(page, 1).inner_text()
    assert grid(page, 1, "channel 0").locator("td.window").all_inner_texts() == "7 8 9 13 14 15 19 20 21".split()
    grid(page, 1, "im2col: the matrix").focus()
    page.keyboard.press("ArrowRight")
    assert "x[0][2][3] = 15" in panel(page, 1).inner_text()


def test_the_gradient_of_a_pixel_is_javas_term_by_term(page):
    assert numbers(page, 2, "dx") == printed(page, "dx")
    grid(page, 2, "dx").focus()
    page.keyboard.press("ArrowLeft")
    assert "dx[1][0] = ① W[1][0]·dout[0][0] + ② W[0][0]·dout[1][0] = (−1)·1 + 2·(−1) = −3" in panel(page, 2).inner_text()
    for title, cells in {"filter W": [2, 0], "dout": [0, 2]}.items():
        assert [grid(page, 2, title).locator("td").nth(i).get_attribute("data-term") for i in cells] == ["①", "②"]
    grid(page, 2, "dx").locator("td").nth(0).hover()
    assert "windows over the pixel (0, 0): 1" in panel(page, 2).inner_text()


def test_a_shifted_digit_is_pooled_and_read_by_java(page):
    changes = panel(page, 3).locator(".change")
    assert changes.all_inner_texts() == ["change: 0.000"] * 6
    panel(page, 3).locator("input[name=right]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => !document.querySelector('.cnnkit-live .change').textContent.endsWith('0.000')")
    image, maximum, average = (float(text.split()[1]) for text in changes.all_inner_texts()[:3])
    assert maximum < average < image, "as the curves of the lesson say"
    box = panel(page, 3).locator("canvas").first.bounding_box()
    page.mouse.move(box["x"] + 80, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 80 - 6 * 3, box["y"] + 80 + 6 * 2, steps=4)  # six pixels of the screen are one of the digit
    page.mouse.up()
    page.mouse.move(box["x"] + 80, box["y"] - 20)  # above the image
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 40, steps=4)
    page.mouse.up()
    assert panel(page, 3).locator("output").all_inner_texts() == ["−2", "2"], "taken hold of, and let go"
    panel(page, 3).locator("input[name=down]").focus()
    page.keyboard.press("ArrowDown")
    assert panel(page, 3).locator("output").nth(1).inner_text() == "3", "down is down"
    assert panel(page, 3).locator(".bars > div").count() == 10


def test_a_filter_is_chosen_by_pointer_and_keys_and_its_unit_is_javas_at_each_step(page):
    unit = panel(page, 4)
    output = page.locator(".jp-OutputArea-output", has_text="patch ").first.inner_text().splitlines()
    now, then = output[0].split()[1:]

    def said(text):
        unit.locator("p.value", has_text=text).wait_for(timeout=30_000)

    filters, chosen_map = (unit.locator("canvas[tabindex]").nth(i) for i in range(2))
    filters.click(position={"x": 2 * 48 + 20, "y": 48 + 20})
    said("Conv1, filter 12, row")
    page.keyboard.press("ArrowRight")
    said("Conv1, filter 13, row")
    chosen_map.click(position={"x": 9 * 7 + 3, "y": 12 * 7 + 3})
    said("Conv1, filter 13, row 12, column 9")
    page.keyboard.press("ArrowRight")
    said(f"Conv1, filter 13, row 12, column 10: {now}")
    assert unit.locator(".patches small").all_inner_texts() == [line.split()[1] for line in output[1:]]
    assert unit.get_by_text("it sees rows 12 to 16, columns 10 to 14").count() == 1
    unit.locator("input[name=step]").fill("0")
    said(f"Conv1, filter 13, row 12, column 10: {then}")
    assert unit.locator("output").inner_text() == "step 0"
    unit.locator(".patches button").last.click()
    page.wait_for_function("() => document.querySelector('.cnnkit-live input[name=image]').value !== '0'")


def test_another_network_is_compared_value_by_value(page):
    explorer = panel(page, 5)
    output = page.locator(".jp-OutputArea-output", has_text="row 12: ").first.inner_text().splitlines()
    here, there = (line.split(": ")[1].split()[10] for line in output)

    def said(value):
        explorer.locator("p.value", has_text=re.compile(f"^Conv1, map 3, row 12, column 10: {value}$")).wait_for(timeout=30_000)

    for name, value in {"map": 3, "row": 12, "column": 10}.items():
        explorer.locator(f"input[name={name}]").fill(str(value))
    said(here)
    explorer.get_by_label("the first", exact=True).focus()
    page.keyboard.press("ArrowDown")
    said(there)
    page.keyboard.press("ArrowDown")
    line = explorer.get_by_text(re.compile(f"^first {here}, second {there}, second − first "))
    said(line.inner_text().split()[-1])
    assert explorer.locator("table").count() == 0, "of a difference there is no window"
    assert explorer.get_by_text("first: The network says 7, ").count() == 1


def steps(page):
    """How many steps the desk has made."""
    made = re.match(r"Step ([\d,]+):", panel(page, 6).locator("p.value").inner_text())
    return int(made.group(1).replace(",", "")) if made else 0


def wait_for_steps(page, least):
    for _ in range(300):
        if steps(page) >= least:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{steps(page)} steps, not {least}")


def test_at_the_desk_a_network_trains_until_stopped_while_its_settings_change(page):
    desk = panel(page, 6)
    rows = desk.locator("tr:has(td)")
    assert desk.locator("p.value").inner_text().startswith("Nothing learned yet")
    desk.get_by_role("button", name="train", exact=True).focus()
    page.keyboard.press("Enter")
    wait_for_steps(page, 20)
    desk.locator("input[name=rate]").focus()
    page.keyboard.press("ArrowRight")
    rows.nth(1).wait_for(timeout=30_000)
    assert rows.nth(1).locator("td").all_inner_texts()[2:5] == ["Adam", "0.002", "100"]
    assert desk.locator("svg .mark").count() == 2, "one in each plot"
    changed = int(rows.nth(1).locator("td").nth(1).inner_text())
    wait_for_steps(page, changed + 20)
    desk.get_by_role("button", name="stop", exact=True).press("Space")
    page.wait_for_timeout(500)
    stopped = steps(page)
    page.wait_for_timeout(500)
    assert steps(page) == stopped
    desk.get_by_role("button", name="back to the last change").press("Enter")
    page.wait_for_function("() => !document.querySelector('.desk small').hidden")
    assert steps(page) == changed - 1 and rows.count() == 1
    assert desk.locator("output").first.inner_text() == "0.001", "the settings before the change"
    assert desk.locator("svg .old").count() == 2, "what was left stays pale"


def sum_at(page):
    """Where the window stands over the photograph, and the sum there."""
    told = panel(page, 7).locator(".story").inner_text()
    row, column = re.match(r"output\[(\d+)]\[(\d+)] = ", told).groups()
    return int(row), int(column), told.split(" = ")[-1]


def test_a_filter_over_a_photograph_gives_javas_numbers_wherever_one_points(page):
    lines = page.locator(".jp-OutputArea-output", has_text=re.compile("^photograph ")).first.inner_text().splitlines()
    before, after, pixels = (line.split()[1:] for line in lines)
    photograph = panel(page, 7)
    output = photograph.get_by_label("output. ")
    row, column, told = sum_at(page)
    assert told == before[18 * row + column], "the place to begin with"
    output.hover(position={"x": 5 * 17 + 2, "y": 5 * 3 + 2})
    assert sum_at(page) == (3, 17, before[18 * 3 + 17])
    assert numbers(page, 7, "under the window") == [pixels[20 * y + x] for y in (3, 4, 5) for x in (17, 18, 19)]
    output.focus()
    page.keyboard.press("ArrowRight")
    assert sum_at(page)[:2] == (3, 17), "it stays within the output"
    page.keyboard.press("ArrowDown")
    assert sum_at(page) == (4, 17, before[18 * 4 + 17])
    photograph.get_by_label("a pattern").hover(position={"x": 5 * 6 + 2, "y": 5 * 9 + 2})
    assert sum_at(page) == (8, 5, before[18 * 8 + 5]), "the window's middle is where the pointer is"
    assert photograph.get_by_text("brown is below 0, white 0, green above").count() == 1
    grid(page, 7, "filter").locator("input").first.fill("2.5")
    assert sum_at(page) == (8, 5, after[18 * 8 + 5])
    assert photograph.locator("select").locator("option:checked").inner_text() == "your own"
    assert photograph.get_by_text("its numbers add up to 3.5").count() == 1
    assert photograph.get_by_text("black is 0 or less, white 1 or more").count() == 1


def test_the_filter_that_changes_nothing_leaves_every_pixel_as_it_is(page):
    photograph = panel(page, 7)
    photograph.locator("select").focus()
    page.keyboard.press("Home")
    assert photograph.locator("select").locator("option:checked").inner_text() == "identity"
    levels = "canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data].filter((_, i) => i % 4 === 0)"
    before = photograph.get_by_label("a pattern").evaluate(levels)
    assert before == [i * i % 256 for i in range(320)]
    after = photograph.get_by_label("output. ").evaluate(levels)
    assert after == [before[20 * (i // 18 + 1) + i % 18 + 1] for i in range(14 * 18)]


def test_letters_never_reach_the_notebook_and_nothing_is_logged(page):
    before = page.locator(".jp-Cell").count()
    grid(page, 1, "im2col: the matrix").focus()
    for key in "ddxabm":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.locator(".jp-Cell").count() == before
    assert page.complaints == []


def test_exported_the_panels_without_a_kernel_go_on_and_without_scripts_all_are_pictures(page, tmp_path):
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2000)
    nbconvert = [ROOT / ".venv" / "bin" / "python", "-m", "nbconvert", "--to", "html", "--output-dir", tmp_path, COPIES / "try.ipynb"]
    subprocess.run(nbconvert, check=True, capture_output=True)
    exported = (tmp_path / "try.html").as_uri()
    still = page.context.browser.new_context(java_script_enabled=False).new_page()
    still.goto(exported)
    assert still.locator(".cnnkit-live img").count() == 8
    assert all(text for text in (picture.get_attribute("alt") for picture in still.locator(".cnnkit-live img").all()))
    assert still.get_by_text("Run this cell, and the picture answers.").count() == 8
    page.goto("about:blank")
    page.goto(exported)
    assert numbers(page, 2, "dx") == ["2", "5", "2", "−3", "6", "9", "1", "−6", "9"]
    assert sum_at(page)[2] != ""
    assert page.locator(".cnnkit-live img").count() == 4, "shift, unit, explorer and desk need their kernel"
