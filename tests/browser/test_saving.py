"""Saving: the stage as PNG and SVG, in space as PNG, the numbers in four forms, paper."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageChops
from safetensors.numpy import load

from tests import rsvg
from tests.browser.conftest import PHONE
from tests.browser.test_drawing import SEVEN

SVG = "{http://www.w3.org/2000/svg}"
ANCHORS = {"start": 0, "middle": 0.5, "end": 1}
CONV = {"layer": "conv2", "channel": 3, "row": 4, "column": 5}
# what painters write on canvases that do not stand on the page
LISTEN = """(() => {
    window.written = new Set();
    const real = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
        if (!this.canvas.isConnected && text) window.written.add(text);
        return real.call(this, text, ...more);
    };
})()"""


def saved(lens, form, *, theme="light", scale=1):
    """Save by the panel's button; the file's name and bytes."""
    page = lens.page
    if not page.locator(".save").is_visible():
        page.keyboard.press("x")
    for choice in (theme, scale):
        page.locator(f'.save label:has(input[value="{choice}"])').click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=form, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def texts_of(element, left=0.0, top=0.0):
    """Every text of an SVG file, with a box that it lies within."""
    for child in element:
        if child.tag == f"{SVG}svg":
            yield from texts_of(child, left + float(child.get("x")), top + float(child.get("y")))
        elif child.tag == f"{SVG}text":
            text, size = "".join(child.itertext()), float(child.get("font-size"))
            wide = 0.75 * size * len(text)
            x = left + float(child.get("x")) - wide * ANCHORS[child.get("text-anchor")]
            y = top + float(child.get("y"))
            yield text, tuple(max(0, int(k)) for k in (x, y - size, x + wide + 1, y + size / 2))
        else:
            yield from texts_of(child, left, top)


def hold(lens, tmp_path, *, theme="light", scale=1, caption=(), slanted=0.004):
    """SVG and PNG show the same: texts, caption, cells, and a second program agrees."""
    lens.page.evaluate("window.written.clear()")
    png = Image.open(io.BytesIO(saved(lens, "PNG", theme=theme, scale=scale)[1])).convert("RGB")
    written = set(lens.page.evaluate("[...window.written]"))
    svg = saved(lens, "SVG", theme=theme, scale=scale)[1]
    root = ElementTree.fromstring(svg)
    texts = dict(texts_of(root))
    assert len(written) > 20
    assert set(texts) == written
    assert {one["text"] for one in lens.page.evaluate("convlens.numbers()")} <= set(texts)
    assert all(any(part in text for text in texts) for part in caption), texts
    assert root.find(f"{SVG}title").text.startswith("Convlens ")
    assert not re.search(rb"<script|<image|href|url\((?!#)", svg)
    assert (int(root.get("width")), int(root.get("height"))) == png.size
    if rsvg.find() is None:
        pytest.skip(rsvg.HELP)
    (tmp_path / "a.svg").write_bytes(svg)
    rsvg.rendered(tmp_path / "a.svg", tmp_path / "a.png")
    other = np.asarray(Image.open(tmp_path / "a.png").convert("RGB")).astype(int)
    off = np.abs(other - np.asarray(png)).max(-1)
    for _, (left, top, right, bottom) in texts_of(root):  # letters are hinted otherwise
        off[top:bottom, left:right] = 0
    assert (off > 40).mean() < 0.0002, "a line or a colour is not the same"
    assert (off > 8).mean() < slanted, "more differs than the edges of slanted lines"
    return png, other


def hold_cells(lens, png, other, layer):
    """In the middle of cells both files have the colour that the screen has."""
    corner = lens.page.locator("#stage").bounding_box()
    screen = Image.open(io.BytesIO(lens.page.screenshot())).convert("RGB")
    found = 0
    for place in range(0, layer["shape"][1], 3):
        cell = {"layer": layer["name"], "channel": 1, "row": place, "column": place}
        rect = lens.rect(cell)
        if rect is None:
            continue
        x, y = int(rect["x"] + rect["width"] / 4), int(rect["y"] + rect["height"] / 4)
        there = (x - int(corner["x"]), y - int(corner["y"]))
        assert png.getpixel(there) == screen.getpixel((x, y)), cell
        assert tuple(other[there[1], there[0]]) == screen.getpixel((x, y)), cell
        found += 1
    assert found


def test_the_stage_is_saved_as_it_is_seen_and_a_second_program_shows_the_same(open_page, tmp_path):
    lens = open_page(reduced_motion="reduce")
    page = lens.page
    page.evaluate(LISTEN)
    conv = next(one for one in lens.spec()["layers"] if one["kind"] == "conv")
    assert saved(lens, "PNG")[0] == "lenet.png"
    assert page.locator(".save .said").inner_text() == "Saved as lenet.png."
    page.evaluate("cell => convlens.select(cell)", CONV)
    lens.frame()
    hold(lens, tmp_path, caption=["LeNet", f"weights {lens.spec()['sha256'][:8]}", "nothing"])
    page.evaluate("convlens.select(null)")
    lens.draw(SEVEN).settle()
    share = page.locator("#prediction .first").inner_text()
    hold_cells(lens, *hold(lens, tmp_path, caption=[f"read as 7 with {share}"]), conv)
    page.evaluate("cell => convlens.select(cell)", CONV)
    lens.frame()
    pinned, _ = hold(lens, tmp_path, scale=2, caption=["conv2 map 3, row 4, column 5: "])
    hold(lens, tmp_path, theme="dark")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('.effect input[value=derivative]').click()")
    lens.settle().until("convlens.quantity().under !== null")
    influence, _ = hold(lens, tmp_path, scale=2, caption=["no influence"])
    assert ImageChops.difference(pinned, influence).getbbox()
    page.evaluate("convlens.select(null)")
    page.keyboard.press("l")
    page.locator(".layers input[data-layer=pool1]").uncheck()
    for _ in range(6):
        page.keyboard.press("+")
    page.wait_for_timeout(400)
    hold(lens, tmp_path)


def test_a_comparison_is_saved_whole_and_another_network_in_space_as_png(open_page, tmp_path):
    lens = open_page(query="?model=mlp", reduced_motion="reduce")
    page = lens.page
    page.evaluate(LISTEN)
    lens.sample(3)
    page.keyboard.press("c")
    page.get_by_role("button", name="with LeNet", exact=True).click()
    lens.until("!!document.querySelector('.lane-head + .lane')").settle()
    heads = "[...document.querySelectorAll('.lane-head b, .lane-head b + span')]"
    lens.until(f"{heads}.length === 4 && {heads}.every((one) => one.innerText)")
    page.evaluate("convlens.select({ layer: 'fc2', channel: 3, row: 0, column: 0 })")
    heads = page.evaluate(f"{heads}.map((one) => one.innerText)")
    assert heads[0::2] == ["MLP", "LeNet"]
    caption = ["read as 3", "fc2 unit 3", *heads]
    png, _ = hold(lens, tmp_path, theme="dark", caption=caption, slanted=0.012)
    both = [page.locator(one).bounding_box()["width"] for one in ("#stage-scroll", ".lane")]
    assert abs(png.width - sum(both)) <= 2
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    lens.page.wait_for_timeout(1500)
    name, data = saved(lens, "PNG", theme="dark", scale=2)
    space = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert name == "mlp.png"
    assert space.shape[1] == 2 * round(page.locator(".space").bounding_box()["width"])
    assert tuple(space[2, 2]) == (12, 14, 17)  # the dark paper
    assert len(np.unique(space.reshape(-1, 3), axis=0)) > 100
    assert page.get_by_role("button", name="SVG", exact=True).is_disabled()
    assert "only be saved as PNG" in page.locator(".save").inner_text()
    page.evaluate("void (HTMLCanvasElement.prototype.toBlob = (done) => done(null))")
    page.get_by_role("button", name="PNG", exact=True).click()
    lens.until("/Take a smaller size/.test(document.querySelector('.save .said').innerText)")


def test_the_numbers_are_saved_in_four_forms_and_paper_says_where_they_came_from(open_page):
    lens = open_page(**PHONE)
    page = lens.page
    page.locator(".tools-open").click()
    page.locator(".tools [data-action=save]").click()
    assert page.get_by_role("button", name="CSV", exact=True).is_disabled()
    page.keyboard.press("Escape")
    lens.draw(SEVEN).settle()
    files = {form: saved(lens, form) for form in ("safetensors", "NPZ", "CSV", "JSON")}
    assert [name for name, _ in files.values()] == [
        f"trace.{end}" for end in ("safetensors", "npz", "csv", "json")
    ]
    packed = load(files["safetensors"][1])
    rows = list(csv.DictReader(io.StringIO(files["CSV"][1].decode())))
    written = json.loads(files["JSON"][1])
    archive = np.load(io.BytesIO(files["NPZ"][1]))
    shown = dict(
        page.evaluate("[...convlens.quantity().tensors].map(([k, v]) => [k, [...v.data]])")
    )
    for layer in lens.spec()["layers"]:
        name = layer["name"]
        values = np.array(shown[name], np.float32).tobytes()
        csv_values = [row["value"] for row in rows if row["layer"] == name]
        assert np.array(csv_values, np.float32).tobytes() == values
        assert np.array(written[name]["data"], np.float32).tobytes() == values
        assert packed[name].tobytes() == archive[name].tobytes() == values

    printed = page.locator(".printed")
    assert not printed.is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    said = printed.inner_text()
    assert "read as 7 with" in said
    assert page.evaluate("convlens.link()") in said
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not printed.is_visible()
