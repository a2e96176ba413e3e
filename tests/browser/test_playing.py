"""The window slides over a map, by mouse, keys and touch; and stands for who asked for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import PHONE
from tests.browser.lens import Lens

MAP = {"layer": "conv2", "channel": 7}
COLUMNS, CELLS = 10, 100
GROUND = """() => {
    const probe = document.createElement('canvas').getContext('2d');
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--bg');
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data].join();
}"""
# The colour in the middle of each cell of a map, from the canvas itself.
PAINTED = """({ layer, channel, columns, cells }) => {
    const canvas = document.getElementById('stage');
    const corner = canvas.getBoundingClientRect();
    const scale = canvas.width / corner.width;
    const context = canvas.getContext('2d');
    return Array.from({ length: cells }, (_, place) => {
        const at = { row: Math.floor(place / columns), column: place % columns };
        const rect = convlens.rectOf({ layer, channel, ...at });
        const x = (rect.x + rect.width / 2 - corner.x) * scale;
        const y = (rect.y + rect.height / 2 - corner.y) * scale;
        return [...context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data].join();
    });
}"""


def cell(place: int) -> dict[str, Any]:
    """The cell of the map at a place in reading order."""
    return MAP | {"row": place // COLUMNS, "column": place % COLUMNS}


def place(lens: Lens) -> int:
    """Where the window stands."""
    selection = lens.selection
    assert selection is not None
    return selection["row"] * COLUMNS + selection["column"]


def painted(lens: Lens) -> list[str]:
    """The colours of the map's cells on the canvas."""
    lens.frame()
    return lens.page.evaluate(PAINTED, MAP | {"columns": COLUMNS, "cells": CELLS})


def assert_filled(lens: Lens, whole: list[str]) -> None:
    """Up to the window the map has its colours, after it there is the ground."""
    at, ground, now = place(lens), lens.page.evaluate(GROUND), painted(lens)
    assert now[: at + 1] == whole[: at + 1]
    assert set(now[at + 1 :]) <= {ground}
    assert ground not in whole


@pytest.fixture
def drawn(open_page) -> Lens:
    lens = open_page(viewport={"width": 1280, "height": 720}).sample(3)
    lens.page.evaluate("cell => convlens.select(cell)", cell(43))
    lens.until("document.querySelector('.play-run')?.checkVisibility()")
    return lens


def test_the_window_slides_pauses_steps_and_is_scrubbed_and_the_map_fills(drawn):
    page, press = drawn.page, drawn.page.keyboard.press
    whole = painted(drawn)
    page.get_by_role("button", name="Play").click()
    drawn.until("convlens.selection.row * 10 + convlens.selection.column >= 3")
    page.get_by_role("button", name="Pause").click()
    stood = place(drawn)
    assert 3 <= stood < 43
    assert_filled(drawn, whole)
    page.wait_for_timeout(600)  # more than two cells take
    assert place(drawn) == stood
    assert f"{stood + 1} of {CELLS}" in drawn.account()
    press(">")
    drawn.frame()
    assert place(drawn) == stood + 1
    assert_filled(drawn, whole)
    said = page.locator("#stage-said").inner_text()
    assert f"row {(stood + 1) // COLUMNS}, column {(stood + 1) % COLUMNS}" in said
    press("<")
    page.get_by_role("button", name="One cell on").click()
    assert place(drawn) == stood + 1
    assert "moves 1 cell at a time (stride 1)" in drawn.account()


def test_it_is_scrubbed_and_sped_up_and_a_link_says_where_it_stands(drawn):
    page, press = drawn.page, drawn.page.keyboard.press
    whole = painted(drawn)
    drawn.until("location.hash.includes('cell=')")
    steps = page.evaluate("history.length")
    press("r")
    scrub = page.get_by_role("slider", name="Cell of the map")
    scrub.focus()
    press("ArrowRight")
    press("End")
    assert place(drawn) == CELLS - 1
    assert painted(drawn) == whole
    press("Home")
    assert place(drawn) == 0
    assert_filled(drawn, whole)
    assert scrub.get_attribute("aria-valuetext") == f"row 0, column 0: 1 of {CELLS}"
    page.get_by_label("40", exact=True).check(force=True)
    asked: list[str] = []
    drawn.settle()
    press("r")
    page.on("request", lambda request: asked.append(request.url))
    drawn.until("convlens.selection.row >= 2")
    assert not asked, "while it runs, nobody waits for an answer about each cell"
    press("r")
    drawn.until("location.hash.includes('play=40')")
    # one goes back to before it began, not cell by cell
    assert page.evaluate("history.length") == steps + 1
    link = page.evaluate("location.href")
    press("Escape")
    assert painted(drawn) == whole
    assert place(drawn) >= 20
    assert page.locator(".play-at").is_hidden()
    press("Escape")
    assert drawn.selection is None
    page.goto("about:blank")
    page.goto(link)
    drawn.until("document.querySelector('.play-at')?.checkVisibility()")
    assert place(drawn) >= 20
    assert_filled(drawn, whole)


def test_a_new_drawing_goes_on_and_another_pin_moves_it_or_ends_it(drawn):
    page = drawn.page
    page.keyboard.press("r")
    drawn.sample(8)
    at = place(drawn)
    drawn.until(f"convlens.selection.row * 10 + convlens.selection.column > {at}")
    page.get_by_role("button", name="Pause").click()
    at = place(drawn)
    values = page.evaluate("Array.from(convlens.quantity().tensors.get('conv2').data, Number)")
    waits = [value != value for value in values]  # NaN alone is not itself
    first = 7 * CELLS
    assert [i for i, waits in enumerate(waits) if waits] == list(
        range(first + at + 1, first + CELLS)
    )
    page.evaluate("convlens.select({ layer: 'pool1', channel: 2, row: 1, column: 1 })")
    drawn.frame()
    assert "16 of 196" in drawn.account()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    drawn.frame()
    assert "16 of 196" in drawn.account()
    page.evaluate("convlens.select({ layer: 'fc1', channel: 2 })")
    drawn.frame()
    assert page.locator(".play").filter(visible=True).count() == 0


def test_it_is_played_by_touch_on_a_phone(open_page):
    lens = open_page(**PHONE)
    page = lens.page
    page.evaluate("points => convlens.draw([{ points }])", [[0.3, 0.2], [0.7, 0.5], [0.3, 0.8]])
    lens.settle()
    rect = lens.rect(cell(22))
    page.touchscreen.tap(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
    page.get_by_role("button", name="Play").tap()
    lens.until("convlens.selection.column + convlens.selection.row >= 2")
    page.get_by_role("button", name="Pause").tap()
    at = place(lens)
    page.get_by_role("button", name="One cell on").tap()
    assert place(lens) == at + 1
    slider = page.get_by_role("slider", name="Cell of the map")
    for one in (*page.locator(".sheet .play button:visible").all(), slider):
        box = one.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert 45 <= place(lens) <= 55
    page.get_by_role("button", name="End (Esc)").tap()
    page.get_by_role("button", name="Play").wait_for()


def test_who_asked_for_less_motion_steps(open_page):
    lens = open_page(reduced_motion="reduce").sample(3)
    lens.page.evaluate("cell => convlens.select(cell)", cell(43))
    lens.page.get_by_role("button", name="Play").click()
    lens.page.wait_for_timeout(600)
    assert place(lens) == 0
    assert lens.page.get_by_role("button", name="Pause").count() == 0
    lens.page.keyboard.press("Enter")  # the button that began is focused, and leads on
    lens.frame()
    assert place(lens) == 1
    lens.page.keyboard.press("r")
    assert place(lens) == 2
