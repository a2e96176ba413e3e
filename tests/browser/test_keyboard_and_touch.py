"""The same page without a mouse: keys alone, a finger alone."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_drawing import SEVEN


def test_arrow_keys_walk_the_cells_and_page_keys_the_layers(lens):
    lens.sample(5)
    lens.page.locator("#stage").focus()
    press = lens.page.keyboard.press
    press("ArrowRight")
    first = lens.selection
    assert first is not None
    press("ArrowRight")
    press("ArrowDown")
    moved = lens.selection
    assert (moved["layer"], moved["row"], moved["column"]) == (
        first["layer"],
        first["row"] + 1,
        first["column"] + 1,
    )
    press("PageDown")
    names = ["input", *(layer["name"] for layer in lens.spec()["layers"])]
    assert names.index(lens.selection["layer"]) > names.index(first["layer"])
    said = lens.page.locator("#stage-said")
    lens.until("document.getElementById('stage-said').textContent.trim() !== ''")
    assert lens.selection["layer"] in said.inner_text()
    press("Enter")
    lens.frame()
    assert "pinned" in lens.account()
    press("Escape")
    press("Escape")
    assert lens.selection is None


@pytest.fixture
def phone(open_page):
    return open_page(**PHONE)


class Finger:
    """One finger on the screen, through the browser's own input pipeline."""

    def __init__(self, lens):
        self.session = lens.page.context.new_cdp_session(lens.page)

    def _send(self, kind, *points):
        self.session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    def down(self, x, y):
        self._send("touchStart", (x, y))

    def move(self, x, y):
        self._send("touchMove", (x, y))

    def up(self):
        self._send("touchEnd")


def test_a_finger_draws_is_read_and_scrolls_nothing(phone):
    finger, pad = Finger(phone), phone.pad()
    spots = [(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"]) for x, y in SEVEN[0]]
    finger.down(*spots[0])
    for x, y in spots[1:-1]:
        finger.move(x, y)
    assert phone.page.locator("#loupe").is_visible(), "a loupe shows what the finger covers"
    finger.move(*spots[-1])
    assert phone.settle().digit == "7", "read while the finger is down"
    finger.up()
    assert phone.page.evaluate("[scrollX, scrollY]") == [0, 0]
    assert not phone.page.locator("#loupe").is_visible()


def test_a_tap_pins_a_cell_and_opens_its_account(phone):
    phone.page.evaluate("points => convlens.draw([{points}])", SEVEN[0])
    phone.settle()
    layer = next(one["name"] for one in phone.spec()["layers"] if one["kind"] == "conv")
    cell = {"layer": layer, "channel": 2, "row": 10, "column": 12}
    rect = phone.rect(cell)
    phone.page.touchscreen.tap(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
    phone.frame()
    assert phone.selection == cell
    assert f"{layer}" in phone.account()
    assert phone.rect(cell), "the cell stays in sight above the sheet"


def test_every_control_is_large_enough_for_a_finger(phone):
    small = phone.page.evaluate(
        """() => [...document.querySelectorAll('button, input[type=range]')]
            .filter((control) => control.offsetParent)
            .map((control) => [control.getAttribute('aria-label'), control.getBoundingClientRect()])
            .filter(([, rect]) => Math.max(rect.width, rect.height) < 44 || rect.height < 24)
            .map(([name]) => name)"""
    )
    assert not small
