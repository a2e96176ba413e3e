"""An image is numbers: drawn, sampled, from a file, from the camera; and where it goes."""

import io
import json
import re

import numpy as np
import pytest
from PIL import Image

from app.boat import boat
from app.paths import resource_folder
from model.preprocess import Stroke, preprocess_strokes
from tests.browser import chromium
from tests.browser.bench import Bench
from tests.browser.conftest import DESKTOP
from tests.browser.lens import Lens
from tests.browser.test_operations import WRITTEN

SAMPLES = json.loads((resource_folder("static") / "samples.json").read_text())["digits"]
SIDE = 80
TOGETHER = """() => {
    const { width, height } = document.querySelector('#image .together canvas');
    const canvas = document.querySelector('#image .together canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    return [[...data], height, width];
}"""
# Streams that were given, for the test to look at their tracks.
STREAMS = """() => {
    window.streams = [];
    const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
        const stream = await own(wish);
        window.streams.push(stream);
        return stream;
    };
}"""
LIGHTS = "streams.flatMap((one) => one.getTracks()).map(({ readyState }) => readyState)"


def levels_of(strokes):
    """What the network reads of strokes, as whole numbers, with its border of 2."""
    pixels = preprocess_strokes(
        [Stroke(one["points"], one["width"]) for one in strokes if not one.get("erase")]
    ).pixels
    return np.pad(np.rint(pixels * np.float32(255)), 2)


def told(bench):
    return bench.section.locator(".hand .told").inner_text()


def test_a_drawing_is_gone_through_as_its_reader_would(open_page):
    bench = Bench(open_page(), "image")
    page, section = bench.page, bench.section
    eight = levels_of(next(one for one in SAMPLES if one["digit"] == 8)["strokes"])
    np.testing.assert_array_equal(bench.shown("levels"), eight)
    np.testing.assert_allclose(bench.shown("input"), eight / 255, atol=1e-7)

    # A number is accounted for, and stands in its cell once one is near.
    row, column = (int(at) for at in np.argwhere(eight == 255)[0])
    bench.point("levels", row, column)
    assert bench.selection == ("levels", row, column)
    assert bench.value() == 255
    page.evaluate(WRITTEN)
    for _ in range(3):
        section.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(250)
    bench.lens.frame()
    written = page.evaluate("written")
    assert {"0", "255"} < set(written)
    section.get_by_role("button", name=re.compile("Show the whole picture")).click()

    # Who has which convention is said to who has guessed.
    assert told(bench) == "Dark ink: paper is 0, ink is 255."
    section.get_by_role("button", name="Black", exact=True).click()
    bench.settle()
    assert section.locator(".verdict").inner_text().startswith("Not so. Either")
    assert "MNIST" in told(bench)
    bench.lens.frame()
    section.get_by_role("button", name="0 is black").click()
    bench.settle()
    np.testing.assert_array_equal(bench.shown("levels"), eight)
    assert told(bench).startswith("Light ink on a dark ground")
    section.get_by_role("switch", name="turn the numbers round").check()
    bench.settle()
    np.testing.assert_array_equal(bench.shown("levels"), 255 - eight)
    np.testing.assert_allclose(bench.shown("turned"), 1 - eight / 255, atol=1e-6)
    assert told(bench).startswith("Dark ink: paper is 255, ink is 0. So have it photographs")


def test_what_is_drawn_goes_along_to_the_network(open_page):
    bench = Bench(open_page(), "image")
    page, section = bench.page, bench.section
    pad = section.locator(".pad canvas").bounding_box()
    at = [
        (pad["x"] + pad["width"] * x, pad["y"] + pad["height"] * y)
        for x, y in ((0.4, 0.2), (0.6, 0.8))
    ]
    section.get_by_role("button", name="Clear").click()
    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1], steps=8)
    page.mouse.up()
    section.locator(".pad canvas").focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    bench.lens.until("location.hash.includes('image.picture=s')")
    bench.settle()
    drawn = bench.shown("levels")
    assert drawn.any()
    section.get_by_role("link", name="See it in the network").click()
    bench.lens.until("window.convlens?.ready !== undefined")
    page.evaluate("convlens.ready")
    page.evaluate("convlens.settled()")
    read = page.evaluate("[...convlens.quantity().tensors.get('input').data]")
    np.testing.assert_allclose(np.array(read).reshape(32, 32), drawn / 255, atol=0.51 / 255)
    assert page.evaluate("convlens.selection.layer") == "input"


def reduced(picture):
    """The picture in 80 rows: each cell the mean of its part, parts of pixels counted as such."""
    share = np.zeros((SIDE, len(picture)))
    for cell in range(SIDE):
        low, high = (at * len(picture) / SIDE for at in (cell, cell + 1))
        for pixel in range(len(picture)):
            share[cell, pixel] = max(0, min(pixel + 1, high) - max(pixel, low)) / (high - low)
    return np.einsum("ry,yxc,kx->crk", share, picture, share)


def test_colour_is_taken_apart_and_put_together_again(open_page):
    bench = Bench(open_page(), "image")
    page, section = bench.page, bench.section
    section.get_by_role("button", name="Boat").click()
    bench.lens.until("convlens.quantity('image').tensors.get('levels')?.shape[0] === 3")
    bench.settle()
    levels = bench.maps("levels")
    np.testing.assert_allclose(levels, reduced(boat()), atol=0.6)
    red, green, blue = levels
    np.testing.assert_allclose(
        bench.shown("grey"), 0.299 * red + 0.587 * green + 0.114 * blue, atol=1e-3
    )
    pixels, height, width = page.evaluate(TOGETHER)
    together = np.array(pixels).reshape(height, width, 4)[..., :3].transpose(2, 0, 1)
    np.testing.assert_array_equal(together, levels)
    section.get_by_role("switch", name="green").uncheck()
    bench.settle()
    assert not bench.maps("levels")[1].any()
    np.testing.assert_array_equal(bench.maps("levels")[[0, 2]], levels[[0, 2]])

    # A file of one's own stands in no link; what is none is refused in words.
    own = np.zeros((30, 40, 3), np.uint8)
    own[..., 0], own[10:20, :, 2] = 200, 90
    file = io.BytesIO()
    Image.fromarray(own).save(file, "PNG")
    chooser = section.locator("input[type=file]")
    chooser.set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": file.getvalue()})
    bench.lens.until("convlens.quantity('image').tensors.get('levels')?.shape[1] === 30")
    assert bench.maps("levels")[2].tolist() == own[..., 2].tolist()
    page.wait_for_timeout(600)
    assert "image.picture" not in page.evaluate("location.hash")
    chooser.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"no picture"})
    bench.lens.until("document.querySelector('#image .refused').textContent !== ''")
    bench.lens.complaints.clear()  # of the refusal
    assert section.locator(".picture-where").inner_text().endswith("nothing leaves it.")


@pytest.fixture(scope="module")
def fake_device(browser):
    """A Chromium with a camera that draws a green ground."""
    arguments = [*chromium.STEADY, "--use-fake-device-for-media-stream"]
    found = browser.browser_type.launch(executable_path=chromium.find(), args=arguments)
    yield found
    found.close()


def bench_of(browser, server, *, allowed=True, script=""):
    context = browser.new_context(**DESKTOP)
    if allowed:
        context.grant_permissions(["camera"], origin=server.url.rstrip("/"))
    page = context.new_page()
    if script:
        page.add_init_script(f"({script})()")
    return Bench(Lens(page, server.url), "image")


def test_the_camera_goes_out_as_soon_as_a_picture_is_taken(fake_device, server):
    bench = bench_of(fake_device, server, script=STREAMS)
    page, section = bench.page, bench.section
    camera = section.get_by_role("button", name="Camera", exact=True)
    camera.click()
    section.get_by_role("button", name="Take the picture").click()
    bench.lens.until("convlens.quantity('image').tensors.get('levels')?.shape[0] === 3")
    assert page.evaluate(LIGHTS) == ["ended"]
    assert camera.is_visible()
    assert section.locator("video").is_hidden()
    bench.settle()
    red, green, _ = bench.maps("levels")
    assert green.shape == (60, 80)
    assert green.mean() > red.mean() + 50

    # It goes out, too, when one has thought better of it, by button or by key.
    for leave in (
        lambda: section.get_by_role("button", name="Camera off").click(),
        lambda: page.keyboard.press("Escape"),
    ):
        camera.click()
        section.get_by_role("button", name="Take the picture").wait_for()
        assert "live" in page.evaluate(LIGHTS)
        leave()
        assert set(page.evaluate(LIGHTS)) == {"ended"}
        assert camera.evaluate("button => button === document.activeElement")
    page.context.close()


@pytest.mark.parametrize("why", ["refused", "missing", "insecure"])
def test_without_a_camera_the_button_says_so_and_offers_a_file(browser, fake_device, server, why):
    gone = "() => Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined })"
    bench = bench_of(
        browser if why == "missing" else fake_device,
        server,
        allowed=why == "missing",
        script=gone if why == "insecure" else "",
    )
    page, section = bench.page, bench.section
    if why != "insecure":  # there the button says so from the first
        section.get_by_role("button", name="Camera", exact=True).click()
    instead = section.get_by_role("button", name="No camera: choose a file")
    with page.expect_file_chooser():
        instead.click()
    says = {"refused": "was told not to", "missing": "has no camera", "insecure": "over https only"}
    assert says[why] in section.locator(".picture .told").inner_text()
    page.context.close()
