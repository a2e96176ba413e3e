"""Present mode: large, without tools, for keys and clickers; frozen, drawn over, blank."""

import pytest

from tests.browser.lens import Lens

CELL = {"layer": "conv2", "channel": 7, "row": 7, "column": 3}
PRESENT = "document.documentElement.dataset.present !== undefined"
SIZE = "parseFloat(getComputedStyle(document.querySelector('.first')).fontSize)"
ZOOM = "Number(getComputedStyle(document.documentElement).getPropertyValue('--type'))"


@pytest.fixture
def shown(open_page) -> Lens:
    return open_page(viewport={"width": 2560, "height": 1440}).sample(3)


def test_a_clicker_presents_walks_the_layers_blanks_and_ends(shown):
    page, press = shown.page, shown.page.keyboard.press
    before = page.evaluate(ZOOM)
    press("p")
    shown.until(PRESENT)
    assert page.evaluate(ZOOM) >= 1.6 > before or page.evaluate(ZOOM) > before >= 1.5
    for hidden in (".bar", ".tools", ".tool-row"):
        assert not page.locator(hidden).is_visible()
    assert shown.pad()["width"] > 150
    assert shown.digit == "3"
    shown.until("location.hash.includes('present=on')")
    press("PageDown")
    press("PageDown")
    assert shown.selection["layer"] == "conv1"
    press("PageUp")
    assert shown.selection["layer"] == "input"
    press(".")
    cover = page.locator("button.blank")
    assert cover.bounding_box() == {"x": 0, "y": 0, "width": 2560, "height": 1440}
    press("b")
    assert cover.count() == 0
    press("F5")  # ends, and begins again, and nothing was loaded anew
    shown.until(f"!({PRESENT})")
    assert page.locator(".bar").is_visible()
    press("F5")
    shown.until(PRESENT)
    assert shown.selection["layer"] == "input"
    press("Escape")
    assert shown.selection is None
    press("Escape")
    shown.until(f"!({PRESENT})")
    shown.until("!location.hash.includes('present')")


def test_a_frozen_picture_stands_still_and_ink_on_it_fades(shown):
    page, press = shown.page, shown.page.keyboard.press
    press("p")
    shown.until(PRESENT).frame()
    shown.hover(CELL)
    assert shown.selection == CELL
    press("z")
    rect = shown.rect({"layer": "fc1", "channel": 30})
    page.mouse.move(rect["x"], rect["y"])
    shown.frame()
    assert shown.selection == CELL
    page.mouse.down()
    page.mouse.move(rect["x"] + 200, rect["y"] + 90, steps=4)
    page.mouse.up()
    line = page.locator(".ink polyline")
    box = line.bounding_box()
    assert box["width"] >= 200
    assert abs(box["x"] - rect["x"]) < 10
    assert shown.selection == CELL
    shown.until("!document.querySelector('.ink polyline')")
    press("Escape")
    page.mouse.move(rect["x"] + 1, rect["y"] + 1)
    shown.frame()
    assert shown.selection != CELL
    assert page.evaluate(PRESENT)


def test_a_link_opens_presenting_and_its_button_leads_out(open_page):
    lens = open_page(query="#v=1&present=on")
    lens.until(PRESENT)
    lens.page.get_by_role("button", name="end presenting").click()
    lens.until(f"!({PRESENT})")
