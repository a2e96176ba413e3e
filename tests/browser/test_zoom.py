"""Look closer: zoom and pan with wheel, mouse, keys and fingers; numbers in cells; fit."""

import re

import numpy as np
import pytest

from tests.browser.conftest import PHONE
from tests.browser.receipts import states_short
from tests.browser.test_drawing import SEVEN
from tests.browser.test_pointing import graph_server as graph_server

GLIDE = 350  # milliseconds, more than a change of the layout takes


def middle(rect):
    return rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2


def conv_of(lens, which=-1):
    """A convolution of the network, the last one."""
    return [one for one in lens.spec()["layers"] if one["kind"] == "conv"][which]


def percent(lens):
    """The zoom that the fit button shows, and whether it is pressed."""
    fit = lens.page.locator(".zoom .fit")
    return int(re.sub(r"\D", "", fit.inner_text())), fit.get_attribute("aria-pressed") == "true"


def wheel(lens, spot, notches):
    """Turn the wheel over a point, towards the picture where `notches` is above 0."""
    lens.page.mouse.move(*spot)
    for _ in range(abs(notches)):
        lens.page.mouse.wheel(0, -100 if notches > 0 else 100)
        lens.frame()


def numbers(lens):
    """What stands in cells, by cell."""
    return {
        (one["layer"], one["channel"], one["row"], one["column"]): one["text"]
        for one in lens.page.evaluate("convlens.numbers()")
    }


def trace_of(lens):
    """The trace of the drawing SEVEN, asked for apart from the page."""
    answer = lens.page.evaluate(
        """(points) => fetch(`api/models/${document.getElementById('app').dataset.model}/trace`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
            body: JSON.stringify({ strokes: [{ points }] }),
        }).then((answer) => answer.json())""",
        SEVEN[0],
    )
    return {
        name: np.array(one["data"]).reshape(one["shape"])
        for name, one in answer.items()
        if name != "__metadata__" and not name.startswith("preprocess.")
    }


def hold_numbers(lens):
    """Every cell in sight that is large enough holds a number, and it is the engine's value."""
    trace, found = trace_of(lens), numbers(lens)
    for (layer, channel, row, column), text in found.items():
        values = trace[layer]
        value = values[channel, row, column] if values.ndim == 3 else values[channel]
        assert states_short(text, value), (text, value)
    return found


def drawn(lens):
    lens.page.evaluate("points => convlens.draw([{points}])", SEVEN[0])
    return lens.settle()


PIXEL = """([x, y]) => {
    const canvas = document.getElementById('stage');
    const place = canvas.getBoundingClientRect();
    const ratio = canvas.width / place.width;
    const at = [Math.floor((x - place.left) * ratio), Math.floor((y - place.top) * ratio)];
    return [...canvas.getContext('2d').getImageData(...at, 1, 1).data.slice(0, 3)];
}"""


def test_the_wheel_zooms_about_the_pointer_and_cells_say_their_value(lens):
    drawn(lens)
    layer = conv_of(lens)["name"]
    cell = {"layer": layer, "channel": 7, "row": 4, "column": 3}
    before = lens.rect(cell)
    spot = middle(before)
    colour = lens.page.evaluate(PIXEL, spot)
    assert percent(lens) == (100, True)
    assert numbers(lens) == {}, "no numbers in the fitted picture"
    wheel(lens, spot, 9)
    assert percent(lens)[0] > 500
    assert not percent(lens)[1]
    rect = lens.rect(cell)
    assert rect["x"] <= spot[0] <= rect["x"] + rect["width"]
    assert rect["y"] <= spot[1] <= rect["y"] + rect["height"]
    assert rect["width"] == rect["height"] >= 28
    # the same colour up to the very corners: enlarged, not blurred
    right, bottom = rect["x"] + rect["width"] - 0.5, rect["y"] + rect["height"] - 0.5
    for corner in ((rect["x"] + 0.5, rect["y"] + 0.5), (right, bottom)):
        assert lens.page.evaluate(PIXEL, corner) == colour
    found = hold_numbers(lens)
    assert (layer, 7, 4, 3) in found
    assert {one[0] for one in found} >= {layer}
    assert lens.selection == cell, "what is under the pointer is pointed at"
    far = {"layer": layer, "channel": 0, "row": 0, "column": 0}
    assert lens.rect(far) is None, "what is out of sight has no place on the screen"
    lens.page.get_by_role("button", name="Fit the network").click()
    lens.page.wait_for_timeout(GLIDE)
    assert percent(lens) == (100, True)
    assert lens.rect(cell) == before


def test_a_drag_moves_what_is_zoomed_and_pins_nothing_a_click_pins(lens):
    drawn(lens)
    cell = {"layer": conv_of(lens)["name"], "channel": 7, "row": 4, "column": 3}
    x, y = middle(lens.rect(cell))
    wheel(lens, (x, y), 8)
    before = lens.rect(cell)
    x, y = middle(before)
    mouse = lens.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 30, y - 20)
    mouse.move(x + 60, y - 40)
    mouse.up()
    lens.frame()
    after = lens.rect(cell)
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (60, -40)
    assert "pinned" not in lens.account()
    mouse.click(*middle(after))
    lens.frame()
    assert lens.selection == cell
    assert "pinned" in lens.account()
    # drawing goes on while zoomed in, and the numbers are those of the new trace
    old = numbers(lens)
    lens.sample(3)
    new = numbers(lens)
    assert old.keys() == new.keys()
    assert old != new


def test_keys_alone_zoom_look_around_and_follow_the_walk(lens):
    drawn(lens)
    press = lens.page.keyboard.press
    lens.page.locator("#stage").focus()
    for key in ("PageDown", "PageDown"):
        press(key)
    cell = lens.selection
    for _ in range(6):
        press("+")
        lens.page.wait_for_timeout(GLIDE)
    assert percent(lens)[0] > 700
    assert lens.rect(cell), "keys zoom about the cell that is selected"
    assert hold_numbers(lens)
    # a walk to the edge of what is in sight and beyond
    for _ in range(14):
        press("ArrowDown")
        lens.frame()
        walked = lens.selection
        assert lens.rect(walked), f"{walked} was walked to, and is not in sight"
    assert walked["row"] != cell["row"]
    press("Enter")
    rect = lens.rect(walked)
    press("Shift+ArrowLeft")
    lens.page.wait_for_timeout(GLIDE)
    assert lens.selection == walked, "looking around walks nowhere"
    moved = lens.rect(walked)
    assert moved is None or moved["x"] > rect["x"]
    press("-")
    lens.page.wait_for_timeout(GLIDE)
    press("f")
    lens.page.wait_for_timeout(GLIDE)
    assert percent(lens) == (100, True)


def test_the_point_in_the_middle_stays_there_when_window_and_layers_change(lens):
    drawn(lens)
    cell = {"layer": conv_of(lens)["name"], "channel": 7, "row": 4, "column": 3}
    wheel(lens, middle(lens.rect(cell)), 6)
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    stage = lens.page.locator("#stage-scroll").bounding_box()
    x, y = middle(lens.rect(cell))
    lens.page.mouse.move(x, y)
    lens.page.mouse.down()
    to = (stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2 + 11)
    lens.page.mouse.move(*to)
    lens.page.mouse.up()
    lens.page.set_viewport_size({"width": 1280, "height": 960})
    lens.page.wait_for_timeout(GLIDE)
    stage = lens.page.locator("#stage-scroll").bounding_box()
    rect = lens.rect(cell)
    apart = np.subtract(middle(rect), middle(stage))
    assert np.all(np.abs(apart - (0, 11)) < 2 * rect["width"]), apart
    lens.page.get_by_label("shown").check(force=True)
    lens.page.wait_for_timeout(GLIDE)
    rect = lens.rect(cell)
    apart = np.subtract(middle(rect), middle(stage))
    assert np.all(np.abs(apart - (0, 11)) < 2 * rect["width"]), apart


def test_a_hover_never_paints_the_still_picture_zoomed_or_not(lens):
    drawn(lens)
    cell = {"layer": conv_of(lens)["name"], "channel": 7, "row": 4, "column": 3}
    x, y = middle(lens.rect(cell))
    wheel(lens, (x, y), 8)
    lens.page.evaluate(
        """() => {
            const context = document.getElementById('stage').getContext('2d');
            window.painted = 0;
            for (const name of ['fillText', 'fillRect', 'drawImage', 'stroke']) {
                const paint = context[name].bind(context);
                context[name] = (...given) => { window.painted += 1; return paint(...given); };
            }
        }"""
    )
    seen = set()
    for step in range(12):
        lens.page.mouse.move(x - 100 + 20 * step, y - 60 + 10 * step)
        lens.frame()
        seen.add(str(lens.selection))
    assert len(seen) > 4
    assert lens.page.evaluate("painted") == 0
    wheel(lens, (x, y), 1)
    assert lens.page.evaluate("painted") > 0, "a zoom does"


def test_any_graph_is_zoomed_and_says_its_numbers(open_page, graph_server):
    lens = drawn(open_page(graph_server.url))
    layer = conv_of(lens)
    cell = {"layer": layer["name"], "channel": 1, "row": 1, "column": 1}
    wheel(lens, middle(lens.rect(cell)), 6)
    assert lens.rect(cell)
    assert (layer["name"], 1, 1, 1) in hold_numbers(lens)


class Hand:
    """Fingers on the screen, through the browser's own input pipeline."""

    def __init__(self, lens):
        self.lens = lens
        self.session = lens.page.context.new_cdp_session(lens.page)

    def send(self, kind, *points):
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def pinch(self, x, y, begin, end):
        """Two fingers about a point, from one distance to another."""
        self.send("touchStart", (x - begin / 2, y))
        self.send("touchStart", (x - begin / 2, y), (x + begin / 2, y))
        for apart in np.linspace(begin, end, 8):
            self.send("touchMove", (x - apart / 2, y), (x + apart / 2, y))
            self.lens.frame()
        self.send("touchEnd")

    def drag(self, x, y, dx, dy):
        """One finger from a point to another."""
        self.send("touchStart", (x, y))
        for share in np.linspace(0.2, 1, 5):
            self.send("touchMove", (x + share * dx, y + share * dy))
            self.lens.frame()
        self.send("touchEnd")


@pytest.fixture
def phone(open_page):
    return drawn(open_page(**PHONE))


def test_two_fingers_zoom_one_moves_what_is_zoomed_and_a_tap_pins(phone):
    hand = Hand(phone)
    layer = conv_of(phone)["name"]
    cell = {"layer": layer, "channel": 3, "row": 5, "column": 5}
    x, y = middle(phone.rect(cell))
    assert not phone.page.locator(".zoom").is_visible(), "the picture has the room"
    hand.pinch(x, y, 20, 240)
    zoom, fits = percent(phone)
    assert (zoom > 1000, fits) == (True, False)
    rect = phone.rect(cell)
    assert np.all(np.abs(np.subtract(middle(rect), (x, y))) < rect["width"])
    assert hold_numbers(phone)
    hand.drag(x, y, -40, -60)
    phone.frame()
    moved = phone.rect(cell)
    assert (moved["x"] - rect["x"], moved["y"] - rect["y"]) == pytest.approx((-40, -60), abs=1)
    assert phone.page.evaluate("[scrollX, scrollY, visualViewport.scale]") == [0, 0, 1]
    phone.page.touchscreen.tap(*middle(moved))
    phone.page.wait_for_timeout(400)
    assert phone.selection == cell
    assert phone.rect(cell), "the cell stays in sight above the sheet"
    phone.page.get_by_role("button", name=re.compile("release|close", re.I)).first.click()
    phone.page.wait_for_timeout(400)
    for button in phone.page.locator(".zoom button").all():
        assert min(button.bounding_box()["height"], button.bounding_box()["width"]) >= 44
    phone.page.get_by_role("button", name="Fit the network").tap()
    phone.page.wait_for_timeout(GLIDE)
    assert not phone.page.locator(".zoom").is_visible()
    assert phone.rect(cell)["width"] < 10
