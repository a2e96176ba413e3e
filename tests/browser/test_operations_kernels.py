"""One picture under many kernels, and a stroke that turns: their numbers by plain loops."""

import base64
import math
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from model import load_network
from tests.browser.bench import Bench

BOAT = Path(__file__).parents[2] / "static" / "pictures" / "boat.png"

NAMED = {
    "Identity": ([[0, 0, 0], [0, 1, 0], [0, 0, 0]], 1),
    "Edges: slanting": ([[1, 0, -1], [0, 0, 0], [-1, 0, 1]], 1),
    "Edges: four neighbours": ([[0, 1, 0], [1, -4, 1], [0, 1, 0]], 1),
    "Edges: eight neighbours": ([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], 1),
    "Sharpen": ([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], 1),
    "Box blur": ([[1, 1, 1], [1, 1, 1], [1, 1, 1]], 9),
    "Gaussian blur": ([[1, 2, 1], [2, 4, 2], [1, 2, 1]], 16),
    "Sobel: upright edges": ([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], 1),
    "Sobel: level edges": ([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], 1),
    "Emboss": ([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], 1),
}


def laid(image, kernel, bias=0.0):
    """Add up the image, moved under each weight of the kernel, in float64."""
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    made = np.full((rows, columns), float(bias))
    for (down, right), weight in np.ndenumerate(np.asarray(kernel, np.float64)):
        made += weight * image[down : down + rows, right : right + columns]
    return made


def kernels():
    """All that stand on the wall: name, weights as written, weights, bias."""
    for name, (rows, by) in NAMED.items():
        yield name, np.array(rows), np.array(rows) / by, 0.0
    network = load_network("lenet")
    weights, biases = (network.parameters[f"conv1.{part}"] for part in ("weight", "bias"))
    for number, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        yield f"Learnt: kernel {number}", weight[0], weight[0], float(bias)


def number(text):
    return float(text.replace("\u2212", "-"))


def numbers(text):
    return [
        number(one) for one in re.findall(r"[-\u2212]?\d+(?:\.\d+)?", text.replace("\u202f", ""))
    ]


def card(bench, kind, name):
    return bench.section.locator(f".{kind}-card").filter(
        has=bench.page.get_by_role("heading", name=name, exact=True)
    )


def pixels(shown):
    """Grey levels of a canvas, or of an image, that stands in the page."""
    text = """async (shown) => {
        while ('coming' in shown.dataset) await new Promise(requestAnimationFrame);
        const [width, height] = ['width', 'height'].map((side) => +shown.getAttribute(side));
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context.drawImage(shown, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        const levels = data.filter((_, i) => i % 4 === 0);
        const row = (_, i) => String.fromCharCode(...levels.subarray(i * width, (i + 1) * width));
        return [btoa(Array.from({ length: height }, row).join('')), [height, width]];
    }"""
    levels, shape = shown.evaluate(text)
    return np.frombuffer(base64.b64decode(levels), np.uint8).astype(int).reshape(shape)


def hold_result(bench, image, truth):
    """The kernel in hand: its map on the stage, clipped in the hands."""
    np.testing.assert_allclose(bench.shown("conv"), truth, rtol=1e-5, atol=2e-5)
    clipped = bench.section.locator(".hands .result")
    levels = np.rint(255 * np.clip(bench.shown("conv"), 0, 1))
    assert np.abs(pixels(clipped.locator("canvas")) - levels).max() <= 1
    found = numbers(clipped.locator("figcaption").inner_text())
    shown = bench.shown("conv")
    assert found == [0, (shown < 0).sum(), 1, (shown > 1).sum()]


def test_every_kernel_of_the_wall_makes_of_the_picture_what_plain_loops_make(open_page):
    bench = Bench(open_page(), "kernels", "?only=kernels")
    image = bench.shown("input").astype(np.float64)
    boat = np.asarray(Image.open(BOAT).convert("L")) / 255
    np.testing.assert_allclose(image, boat, atol=1.01 / 255)

    maps = [*bench.maps("conv_named"), *bench.maps("conv_learnt")]
    everything = list(kernels())
    assert len(everything) == len(maps) == bench.section.locator(".kernel-card").count()
    for (name, written, weights, bias), shown in zip(everything, maps, strict=True):
        truth = laid(image, weights, bias)
        np.testing.assert_allclose(shown, truth, rtol=1e-5, atol=2e-5)
        one = card(bench, "kernel", name)
        said = [number(text) for text in one.locator("td").all_inner_texts()]
        np.testing.assert_allclose(said, written.ravel(), atol=0.00501)
        signed, clipped = one.locator("figcaption").all_inner_texts()
        np.testing.assert_allclose(numbers(signed), [shown.min(), shown.max()], atol=6e-4)
        assert numbers(clipped) == [0, (shown < 0).sum(), 1, (shown > 1).sum()]
        levels = pixels(one.locator("img").last)
        assert np.abs(levels - np.rint(255 * np.clip(shown, 0, 1))).max() <= 1

    # Point at a picture of the wall: its number is accounted for, its window framed in the image.
    for name, layer, channel in [
        ("Emboss", "conv_named", 9),
        ("Learnt: kernel 2", "conv_learnt", 2),
    ]:
        picture = card(bench, "kernel", name).locator("img").last
        picture.scroll_into_view_if_needed()
        picture.hover(position={"x": 60, "y": 90})
        bench.lens.frame()
        at = bench.page.evaluate("convlens.selection('kernels')")
        assert (at["layer"], at["channel"]) == (layer, channel)
        assert (at["row"], at["column"]) == (90, 60)
        shown = bench.maps(layer)[channel, 90, 60]
        assert bench.value() == pytest.approx(shown, abs=1e-3)
        account = bench.section.locator(".account")
        assert account.bounding_box()["y"] >= 0, "it stays in sight"


def test_a_kernel_is_dragged_taken_and_linked_and_one_guesses_what_clipping_hides(open_page):
    bench = Bench(open_page(), "kernels", "?only=kernels")
    section, page = bench.section, bench.page
    image = bench.shown("input").astype(np.float64)
    hold_result(bench, image, laid(image, bench.matrix("Kernel")))

    # One drags a number up: each step is computed, and the wall is not asked for again.
    page.evaluate("window.wall = convlens.quantity('kernels').tensors.get('conv_named'); null")
    box = bench.field("Kernel", 1, 1).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(x, y - 6 * step)
    bench.settle()
    page.mouse.up()
    dragged = bench.matrix("Kernel")
    assert dragged[1, 1] > 8
    hold_result(bench, image, laid(image, dragged))
    assert page.evaluate("window.wall === convlens.quantity('kernels').tensors.get('conv_named')")

    # A learnt one is taken with its bias, and makes the same as on the wall.
    taken = card(bench, "kernel", "Learnt: kernel 4").get_by_role("button")
    taken.click()
    bench.settle()
    assert taken.get_attribute("aria-pressed") == "true"
    assert bench.matrix("Kernel").shape == (5, 5)
    np.testing.assert_allclose(bench.shown("conv"), bench.maps("conv_learnt")[4], atol=1e-6)

    # The wall shows one kind of results alone; the address says all of it.
    section.get_by_role("button", name="clipped", exact=True).click()
    bench.settle()
    assert not card(bench, "kernel", "Emboss").locator("figcaption").first.is_visible()
    bench.lens.until("location.hash.includes('kernels.shown=clipped')")
    page.reload()
    bench.lens.until("document.getElementById('kernels').dataset.opened !== undefined")
    bench.settle()
    np.testing.assert_allclose(bench.shown("conv"), bench.maps("conv_learnt")[4], atol=1e-6)

    section.get_by_role("button", name="About half").click()
    bench.settle()
    eight = laid(image, np.array(NAMED["Edges: eight neighbours"][0]))
    hold_result(bench, image, eight)
    below = int((bench.shown("conv") < 0).sum())
    said = section.locator(".verdict").inner_text().replace("\u202f", "")
    assert said.startswith(f"Right. Of {eight.size} numbers {below} are below 0")


def answers(maps, side, measure):
    """Of each picture of a strip one number: of its own cells of the map, what is above 0."""
    rows, columns = maps.shape
    turns = range(0, columns - rows + 1, side)
    return [
        measure(
            [
                max(0.0, float(maps[row, left + right]))
                for row in range(rows)
                for right in range(rows)
            ]
        )
        for left in turns
    ]


def test_a_stroke_turns_and_each_kernel_answers_with_a_curve(open_page):
    bench = Bench(open_page(), "angles", "?only=angles")
    section = bench.section
    strip = bench.shown("input").astype(np.float64)
    side = len(strip)
    pictures = strip.reshape(side, -1, side).transpose(1, 0, 2)
    assert len(pictures) == 19
    for turn, picture in enumerate(pictures):
        # As a body turns: the direction in which the ink is spread most.
        down, right = np.mgrid[:side, :side] - (side - 1) / 2
        up, ink = -down, picture / picture.sum()
        xx, yy, xy = ((ink * one).sum() for one in (right**2, up**2, right * up))
        angle = math.degrees(math.atan2(2 * xy, xx - yy)) / 2 % 180
        assert abs((angle - 10 * turn + 90) % 180 - 90) < 1

    for measure, name in [(sum, "all numbers above 0, added up"), (max, "the strongest number")]:
        section.get_by_role("button", name=name).click()
        bench.settle()
        shown = [*bench.maps("pool_named"), *bench.maps("pool_learnt")]
        for (kernel, _, weights, bias), found in zip(kernels(), shown, strict=True):
            truth = answers(laid(strip, weights, bias), side, measure)
            np.testing.assert_allclose(found[0], truth, rtol=1e-4, atol=1e-4)
            hold_curve(bench, kernel, truth)

    # Point at a curve: the number there is accounted for.
    curve = card(bench, "curve", "Learnt: kernel 5").locator("svg")
    curve.scroll_into_view_if_needed()
    box = curve.bounding_box()
    bench.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    bench.lens.frame()
    assert bench.selection == ("pool_learnt", 0, 9)
    assert bench.value() == pytest.approx(bench.maps("pool_learnt")[5, 0, 9], abs=1e-3)

    # It comes to the stage, where the stroke turns on a slider.
    card(bench, "curve", "Learnt: kernel 5").get_by_role("button").click()
    bench.settle()
    np.testing.assert_allclose(bench.shown("pool"), bench.maps("pool_learnt")[5], rtol=1e-6)
    expect(section.locator(".stage canvas").first).to_be_focused()
    expect(section.locator(".stage")).to_be_in_viewport()
    section.get_by_label("angle, °").fill("130")
    bench.settle()
    assert bench.selection == ("pool", 0, 13)
    assert bench.value() == pytest.approx(bench.shown("pool")[0, 13], abs=1e-3)

    section.get_by_role("button", name="A level one").click()
    bench.settle()
    level, upright = bench.shown("pool")[0, [0, 9]]
    said = section.locator(".verdict").inner_text()
    assert said.startswith("Not so.")
    np.testing.assert_allclose(numbers(said)[:2], [level, upright], rtol=5e-3)


def hold_curve(bench, kernel, truth):
    """Its points are as high as the numbers, and what is said of it is so."""
    one = card(bench, "curve", kernel)
    heights = np.array([float(dot.get_attribute("cy")) for dot in one.locator("circle").all()])
    np.testing.assert_allclose((78 - heights) / (78 - 22), np.array(truth) / max(truth), atol=2e-3)
    said = numbers(one.locator("p").inner_text())
    if min(truth) >= 0.8 * max(truth):
        np.testing.assert_allclose(said, [min(truth), max(truth)], rtol=5e-3)
    else:
        angle, most, least = said
        assert truth[int(angle) // 10] == pytest.approx(max(truth), rel=1e-4)
        np.testing.assert_allclose([most, least], [max(truth), min(truth)], rtol=5e-3)
