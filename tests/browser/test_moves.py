"""Move, turn and enlarge the digit: every number against an independent resampling and reading."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model import load_network
from model.preprocess import to_input
from tests.browser.conftest import PHONE

SAMPLES = json.loads((Path(__file__).parents[2] / "static" / "samples.json").read_text())
SIDE, REACH = 21, 10


@pytest.fixture(scope="module")
def network():
    return load_network("lenet")


def opened(lens, digit=7):
    lens.page.evaluate(
        "s => { convlens.draw(s); return convlens.settled(); }", SAMPLES["digits"][digit]["strokes"]
    )
    lens.page.get_by_role("button", name="Move, turn and enlarge it").click()
    return lens.until("!!document.querySelector('.shift-map')")


def image_of(lens):
    """The 28×28 that the network read."""
    cells = lens.page.evaluate(
        """async (strokes) => {
            const answer = await fetch('api/models/lenet/trace', {
                method: 'POST',
                headers: { 'content-type': 'application/json', accept: 'application/json' },
                body: JSON.stringify({ strokes }),
            });
            return (await answer.json()).input.data;
        }""",
        SAMPLES["digits"][7]["strokes"],
    )
    return np.float32(cells).reshape(32, 32)[2:-2, 2:-2]


def said(lens):
    account = lens.account()
    share, place = re.search(
        r"([<>]?\s?[\d.]+)\s%\s+that it is \d, (.+?)\s+read as", account, re.DOTALL
    ).groups()
    first, second = re.search(r"read as (\d) with .+?, then (\d)", account).groups()
    return {"share": share, "place": place, "first": int(first), "second": int(second)}


def holds(shown, probabilities, channel):
    """Hold what is said to what an independent reading found."""
    order = np.argsort(-probabilities, kind="stable")
    assert shown["first"] == order[0]
    assert shown["second"] == order[1]
    share = 100 * probabilities[channel]
    text = shown["share"].replace("\u202f", "").replace(" ", "")
    if text[0] in "<>":
        assert share < 0.1 if text[0] == "<" else share > 99.9
    else:
        assert abs(float(text) - share) < 0.06


def stands_above(lens, text):
    """Wait until the page says that the stage shows the digit moved so."""
    lens.until(
        f"document.querySelector('#account').innerText.includes('Above is your digit, {text}.')"
    )
    lens.frame()


def stage_holds(lens, probabilities):
    """Hold the answer of the stage to what an independent reading found."""
    answer = lens.page.locator("#prediction")
    first = int(probabilities.argmax())
    assert answer.get_attribute("data-digit") == str(first)
    assert abs(float(answer.get_attribute("data-probability")) - probabilities[first]) < 1e-5
    return answer.locator(".first").inner_text()


def shifted(image, down, right):
    """Cell by cell: what leaves is lost, what comes in is paper."""
    moved = np.zeros_like(image)
    for row in range(28):
        for column in range(28):
            if 0 <= row - down < 28 and 0 <= column - right < 28:
                moved[row, column] = image[row - down, column - right]
    return moved


def test_any_place_on_the_map_of_shifts_says_what_the_network_reads_there(lens, network):
    asked = []
    lens.page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    opened(lens)
    image = image_of(lens)
    stands_above(lens, "as you drew it")
    box = lens.page.locator(".shift-map .plane").bounding_box()
    cell = box["width"] / SIDE
    for down, right in ((0, 0), (-6, 3), (10, -10), (4, 8), (-10, -2)):
        lens.page.mouse.move(
            box["x"] + (right + REACH + 0.5) * cell, box["y"] + (down + REACH + 0.5) * cell
        )
        found = network.predict(to_input(shifted(image, down, right), network.spec.input)[None])[0]
        shown = said(lens)
        holds(shown, found, 7)
        stands_above(lens, shown["place"] if down or right else "as you drew it")
        share = stage_holds(lens, found)
        assert shown["first"] != 7 or share == f"{shown['share'].strip()}\u202f%"
        assert (f"{abs(down)} px {'down' if down > 0 else 'up'}" in shown["place"]) == bool(down)
        assert (f"{abs(right)} px {'right' if right > 0 else 'left'}" in shown["place"]) == bool(
            right
        )
    lens.page.mouse.move(box["x"] + box["width"] + 200, box["y"] - 10)
    stands_above(lens, "as you drew it")
    stage_holds(lens, network.predict(to_input(image, network.spec.input)[None])[0])
    assert said(lens)["place"] == "where you drew it"
    assert sum(one.startswith("variations") for one in asked) == 1
    lens.page.get_by_role(
        "button", name="Undo"
    ).click()  # of the drawing, which nothing was added to
    lens.until("!document.querySelector('#prediction').dataset.digit")


def test_the_map_counts_the_places_where_the_answer_holds(lens, network):
    opened(lens)
    image = image_of(lens)
    moved = [
        to_input(shifted(image, down, right), network.spec.input)
        for down in range(-10, 11)
        for right in range(-10, 11)
    ]
    held = int((network.predict(np.stack(moved)).argmax(axis=1) == 7).sum())
    assert f"read as 7 at {held} of 441 places" in lens.account()


def test_the_curves_are_walked_by_keys_and_say_what_pillow_and_the_network_say(lens, network):
    opened(lens)
    image = image_of(lens)
    lens.page.locator(".move-curve").first.focus()
    for _ in range(5):
        lens.page.keyboard.press("ArrowRight")
    assert "turned by 15° to the left" in said(lens)["place"]
    turned = Image.fromarray(image).rotate(15, Image.Resampling.BILINEAR)
    found = network.predict(to_input(np.asarray(turned), network.spec.input)[None])[0]
    holds(said(lens), found, 7)
    stands_above(lens, "turned by 15° to the left")
    stage_holds(lens, found)
    lens.page.locator(".move-curve").last.focus()
    lens.page.keyboard.press("Home")
    assert said(lens)["place"] == "0.50 times as large"


def test_a_class_is_chosen_and_the_panel_follows_the_drawing(lens):
    opened(lens)
    lens.page.get_by_label("probability of").select_option("2")
    lens.frame()
    assert "that it is 2, where you drew it" in lens.account()
    axes = lens.page.locator(".shift-map text").all_text_contents()
    assert axes == ["10 px left", "0", "10 right", "10 up", "0", "10 down"]
    legend = lens.page.locator(".moves-legend").inner_text()
    assert re.sub(r"\s+", " ", legend) == "0 100 % probability of 2"
    lens.page.evaluate("convlens.clear()")
    lens.until("document.querySelector('#account').innerText.includes('Draw a digit')")
    lens.page.evaluate(
        "s => { convlens.draw(s); return convlens.settled(); }", SAMPLES["digits"][4]["strokes"]
    )
    lens.until("document.querySelector('#account').innerText.includes('that it is 4')")
    lens.page.keyboard.press("Escape")
    lens.until("!document.querySelector('.shift-map')")


def layers(lens):
    """Every number of the stage, layer by layer."""
    found = lens.page.evaluate(
        "[...convlens.quantity().tensors].map(([name, { data }]) => [name, Array.from(data)])"
    )
    return {name: np.float32(data) for name, data in found}


def glides(lens, network, image):
    """Hold every number that the stage shows to the engine's, for the moved image."""
    trace = network.trace(to_input(image, network.spec.input))
    shown = layers(lens)
    for layer in network.spec.layers:
        name = layer.name
        assert np.allclose(shown[name], trace[name].ravel(), atol=1e-3), name
    found = lens.page.locator("#prediction")
    first = int(trace["softmax"].argmax())
    assert found.get_attribute("data-digit") == str(first)
    assert said(lens)["first"] == first


def test_the_digit_is_dragged_on_the_input_and_all_maps_glide_along(lens, network):
    opened(lens)
    image = image_of(lens)
    moves = [(down, right) for down in (-9, -4, 3, 8) for right in (-10, -3, 1, 6, 10)]
    rect = lens.rect({"layer": "input", "channel": 0, "row": 16, "column": 16})
    x, y = rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2
    lens.page.mouse.move(x, y)
    lens.page.mouse.down()
    for down, right in moves:
        lens.page.mouse.move(x + right * rect["width"], y + down * rect["height"])
        words = f"{abs(down)} px {'down' if down > 0 else 'up'} and {abs(right)} px "
        stands_above(lens, f"moved {words}{'right' if right > 0 else 'left'}")
        glides(lens, network, shifted(image, down, right))
    lens.page.mouse.up()
    stands_above(lens, "as you drew it")
    glides(lens, network, image)
    assert (
        lens.page.evaluate("convlens.state().pinned") is None
    )  # the end of the drag pinned nothing
    for which, resampled in ((0, rotated), (-1, scaled)):
        lens.page.locator(".move-curve").nth(which).focus()
        for _ in range(10):
            lens.page.keyboard.press("ArrowLeft")
            place = said(lens)["place"]
            stands_above(lens, place)
            glides(lens, network, resampled(image, place))
    lens.page.locator(".shift-map").click(position={"x": 3, "y": 3})
    lens.page.keyboard.press("Escape")
    lens.until("!document.querySelector('.shift-map')")
    stage_holds(lens, network.predict(to_input(image, network.spec.input)[None])[0])


def rotated(image, place):
    """Turn about the middle, as Pillow does."""
    degrees, side = re.search(r"turned by (\d+)° to the (\w+)", place).groups()
    angle = float(degrees) * (1 if side == "left" else -1)
    return np.asarray(Image.fromarray(image).rotate(angle, Image.Resampling.BILINEAR))


def scaled(image, place):
    """Enlarge about the middle, as Pillow does."""
    factor = float(re.search(r"([\d.]+) times as large", place).group(1))
    back = (1 / factor, 0, 14 - 14 / factor, 0, 1 / factor, 14 - 14 / factor)
    found = Image.fromarray(image).transform(
        (28, 28), Image.Transform.AFFINE, back, Image.Resampling.BILINEAR
    )
    return np.asarray(found)


def test_on_a_phone_a_finger_moves_the_digit(open_page):
    lens = open_page(**PHONE)
    lens.page.evaluate(
        "s => { convlens.draw(s); return convlens.settled(); }", SAMPLES["digits"][7]["strokes"]
    )
    lens.page.get_by_role("button", name="Tools").tap()
    lens.page.get_by_role("button", name="Move, turn and enlarge it").tap()
    lens.until("!!document.querySelector('.shift-map')")
    lens.page.locator(".shift-map .plane").tap(position={"x": 5, "y": 5})
    assert "moved 10 px up and 10 px left" in said(lens)["place"]
    stands_above(lens, "moved 10 px up and 10 px left")  # and the finger is lifted
    lens.page.get_by_text("What is read").tap()
    stands_above(lens, "as you drew it")
