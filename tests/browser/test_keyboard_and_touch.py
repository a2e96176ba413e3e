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


def test_keys_alone_draw_a_digit_pin_a_cell_and_follow_its_terms(lens):
    """Everything from the empty page to a term and back, and no pointer."""
    press, page = lens.page.keyboard.press, lens.page
    page.locator("#pad").focus()
    for key in ("ArrowDown", "ArrowDown", "Space", *["ArrowDown"] * 12, "Space"):
        press(key)
    assert lens.settle().digit == "1", "an upright line, drawn by arrow keys"
    press("Delete")
    press("3")
    assert lens.settle().digit == "3"
    while page.evaluate("document.activeElement.id") != "stage":
        press("Tab")
    press("ArrowRight")
    press("PageDown")
    press("Enter")
    pinned = lens.selection
    lens.frame()
    assert "pinned" in lens.account()
    said = "document.getElementById('stage-said').textContent"
    lens.until(f"{said}.includes('float32 rounding')")
    for _ in range(40):
        press("Tab")
        if page.evaluate("document.activeElement.classList.contains('term')"):
            break
    first = page.evaluate("document.activeElement.textContent")
    press("ArrowRight")
    press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") != first
    assert page.locator("#account .term[tabindex='0']").count() == 1, "one stop for Tab"
    press("Enter")
    lens.frame()
    assert lens.selection["layer"] != pinned["layer"]
    assert page.evaluate("document.getElementById('account').contains(document.activeElement)")
    press("Alt+ArrowLeft")
    lens.frame()
    assert lens.selection == pinned
    press("Escape")
    lens.frame()
    assert "pinned" not in lens.account()


def test_keys_of_a_single_letter_can_be_switched_off_and_stay_off(lens):
    lens.sample(3)
    theme = "document.documentElement.dataset.theme ?? ''"
    before = lens.page.evaluate(theme)
    lens.page.get_by_role("button", name="Help").click()
    lens.page.get_by_role("switch", name="Single-letter shortcuts").click()
    lens.page.keyboard.press("Escape")
    for key in ("d", "5", "a", "?"):
        lens.page.keyboard.press(key)
    lens.frame()
    assert lens.page.evaluate(theme) == before
    assert lens.settle().digit == "3"
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    lens.page.keyboard.press("5")
    lens.frame()
    assert lens.settle().digit == "3"  # which the reload has kept
    lens.page.get_by_role("button", name="Help").click()
    lens.page.get_by_role("switch", name="Single-letter shortcuts").click()
    lens.page.keyboard.press("5")
    assert lens.settle().digit == "5"


def titles(lens):
    """The parts of the help, in order."""
    return lens.page.locator("#account .help h2").all_inner_texts()


def test_the_help_says_what_one_sees_then_keys_then_touch_and_is_reached_by_keys(lens):
    keyboard, account = lens.page.keyboard, lens.page.locator("#account")
    keyboard.press("a")  # the account is a line
    lens.page.get_by_role("button", name="Help").focus()
    keyboard.press("Enter")
    lens.frame()
    assert titles(lens) == ["What you see", "Keys", "Touch"]
    group = "document.activeElement.getAttribute('aria-label')"
    lens.until(f"{group} === 'Help: what you see, keys and touch'")
    text = account.inner_text()
    for said in (
        "Each square is one number.",
        "Counting starts at 0",
        "walk from square to square",
    ):
        assert said in text
    top = "document.activeElement.scrollTop"
    keyboard.press("End")
    lens.until(f"{top} > 20")
    keyboard.press("Escape")
    lens.frame()
    assert lens.page.evaluate("document.activeElement.dataset.action") == "help"
    assert not titles(lens)
    assert lens.page.evaluate("document.documentElement.dataset.account") == "line"
    keyboard.press("a")


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


def test_a_palm_before_the_pen_leaves_nothing(phone):
    """The palm lies on the pad first; or the system takes it back: the pen's stroke is all."""
    pad, cdp = phone.pad(), phone.page.context.new_cdp_session(phone.page)

    def at(x, y):
        return {"x": pad["x"] + x * pad["width"], "y": pad["y"] + y * pad["height"]}

    def touch(kind, *spots):
        points = [{**at(*spot), "id": 1} for spot in spots]
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def pen():
        like = {"button": "left", "pointerType": "pen", "clickCount": 1}
        kinds = ["mousePressed", *["mouseMoved"] * (len(SEVEN[0]) - 1), "mouseReleased"]
        for kind, spot in zip(kinds, [*SEVEN[0], SEVEN[0][-1]], strict=True):
            down = 0 if kind == "mouseReleased" else 1
            cdp.send(
                "Input.dispatchMouseEvent", {"type": kind, "buttons": down, **at(*spot), **like}
            )

    undo = phone.page.get_by_role("button", name="Undo").first
    for taken_back in (False, True):
        touch("touchStart", (0.8, 0.95))
        if taken_back:
            touch("touchCancel")
            assert undo.is_disabled()
            assert phone.settle().digit is None
        pen()
        if not taken_back:
            touch("touchEnd")
        phone.reads("7")
        undo.click()
        phone.settle()
        assert undo.is_disabled(), "the pen's stroke was the only one"


def test_on_a_phone_the_help_begins_with_touch_and_lists_no_keys(phone):
    phone.page.get_by_role("button", name="Help").tap()
    phone.frame()
    assert titles(phone) == ["Touch", "What you see"]
    text = phone.account()
    assert "Tap a square" in text
    assert "Ctrl Z" not in text
    assert "Arrow keys" not in text
    phone.page.get_by_role("button", name="Close").tap()
    phone.frame()
    assert not titles(phone)


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


def test_a_finger_alone_draws_pins_follows_a_term_and_comes_back(phone):
    """Everything from the empty page to a term and back, and no key."""
    finger, pad = Finger(phone), phone.pad()
    spots = [(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"]) for x, y in SEVEN[0]]
    finger.down(*spots[0])
    for x, y in spots[1:]:
        finger.move(x, y)
    finger.up()
    assert phone.settle().digit == "7"
    layer = [one["name"] for one in phone.spec()["layers"] if one["kind"] == "conv"][-1]
    cell = {"layer": layer, "channel": 2, "row": 4, "column": 5}
    rect = phone.rect(cell)
    phone.page.touchscreen.tap(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
    phone.frame()
    pinned = phone.selection
    assert pinned["layer"] == layer
    phone.page.wait_for_timeout(300)
    for form in ("words", "formula", "code", "table", "picture"):
        phone.page.locator(f"#account input[value={form}]").tap(force=True)
        phone.frame()
        assert phone.selection == pinned
    phone.page.locator("#account .term").nth(6).tap()
    phone.frame()
    assert phone.selection["layer"] != layer
    phone.page.get_by_role("button", name="Back").tap()
    phone.frame()
    assert phone.selection == pinned
    phone.page.get_by_role("button", name="Close").tap()
    phone.frame()
    assert phone.selection is None


def test_every_control_is_large_enough_for_a_finger(phone):
    small = phone.page.evaluate(
        """() => [...document.querySelectorAll('button, input[type=range]')]
            .filter((control) => control.offsetParent)
            .map((control) => [control.getAttribute('aria-label'), control.getBoundingClientRect()])
            .filter(([, rect]) => Math.max(rect.width, rect.height) < 44 || rect.height < 24)
            .map(([name]) => name)"""
    )
    assert not small
