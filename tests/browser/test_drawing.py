"""Draw a digit and watch the whole network read it."""

import json
import math
from collections.abc import Iterator

import numpy as np
import pytest

from tests.browser.conftest import one_page
from tests.browser.lens import Lens

SEVEN = [[[0.28, 0.22], [0.5, 0.21], [0.72, 0.2], [0.62, 0.4], [0.52, 0.6], [0.44, 0.84]]]


@pytest.fixture(scope="module")
def pad(browser, server) -> Iterator[Lens]:
    """One page for stories that draw and leave nothing else behind."""
    with one_page(browser, server) as lens:
        yield lens


@pytest.fixture
def cleared(pad: Lens) -> Lens:
    """The page that is drawn on again and again, its pad empty."""
    pad.page.evaluate("convlens.clear()")
    return pad.settle()


def placed(strokes, longest=0.7):
    """Points of any size, centred on the pad with their longer side at `longest` of it."""
    points = np.concatenate([np.asarray(stroke, float) for stroke in strokes])
    low, high = points.min(0), points.max(0)
    scale = longest / max((high - low).max(), 1e-9)
    corner = 0.5 - (high - low) * scale / 2
    return [((np.asarray(stroke, float) - low) * scale + corner).tolist() for stroke in strokes]


def test_sample_digits_are_read_right(cleared):
    for digit in range(10):
        assert cleared.sample(digit).digit == str(digit)


def test_digits_drawn_by_hand_through_the_pad_are_read_right(cleared, strokes_folder):
    drawings = json.loads((strokes_folder / "ipad-digits.json").read_text())
    rng = np.random.default_rng(2016)
    wrong = []
    for _ in range(24):
        digit = str(rng.integers(10))
        number = int(rng.integers(len(drawings[digit])))
        cleared.page.evaluate("convlens.clear()")
        cleared.draw(placed(drawings[digit][number])).settle()
        if cleared.digit != digit:
            wrong.append((digit, number, cleared.digit))
    assert len(wrong) <= 2, wrong


def picture(lens: Lens) -> str:
    """The still picture of the network, as it is painted."""
    return lens.page.evaluate("document.getElementById('stage').toDataURL()")


def test_the_network_reads_while_the_pointer_is_still_down(cleared):
    empty = picture(cleared)
    cleared.draw([SEVEN[0][:4]], lift=False).settle()
    halfway = picture(cleared)
    assert halfway != empty
    pad = cleared.pad()
    for x, y in SEVEN[0][4:]:
        cleared.page.mouse.move(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"])
    cleared.settle()
    assert picture(cleared) != halfway
    assert cleared.digit == "7", "read before the button is let go"
    cleared.page.mouse.up()


def test_undo_redo_and_clear_do_what_they_say(lens):
    page = lens.page
    lens.draw(SEVEN).settle()
    drawn = picture(lens)
    lens.draw([[[0.3, 0.5], [0.65, 0.5]]]).settle()
    barred = picture(lens)
    assert barred != drawn
    page.keyboard.press("Control+z")
    assert picture(lens.settle()) == drawn
    page.keyboard.press("Control+Shift+z")
    assert picture(lens.settle()) == barred
    pad = lens.draw([[[0.3, 0.2], [0.65, 0.2]]], lift=False).settle().pad()
    page.keyboard.press("Control+z")
    page.mouse.move(pad["x"] + 0.9 * pad["width"], pad["y"] + 0.9 * pad["height"])
    page.mouse.up()
    assert picture(lens.settle()) == barred, "the pointer grows no other stroke than its own"
    page.get_by_role("button", name="Clear").first.click()
    lens.settle()
    assert lens.digit in (None, "")
    page.get_by_role("button", name="Undo").first.click()
    assert picture(lens.settle()) == barred, "clearing can be undone"


def test_the_eraser_takes_ink_away_and_erasing_all_is_nothing_drawn(lens):
    lens.draw([[[0.5, 0.2], [0.5, 0.8]]]).settle()
    assert lens.digit == "1"
    lens.page.get_by_role("button", name="Eraser").click()
    for x in (0.47, 0.5, 0.53):
        lens.draw([[[x, 0.05], [x, 0.95]]])
    lens.settle()
    assert lens.digit in (None, "")


def test_the_brush_size_changes_the_stroke(lens):
    lens.draw(SEVEN).settle()
    thin = picture(lens)
    lens.page.get_by_role("button", name="Clear").first.click()
    lens.page.locator("#brush").fill("0.12")
    lens.draw(SEVEN).settle()
    assert picture(lens) != thin


def test_without_centring_a_small_digit_in_a_corner_stays_there(lens):
    corner = [[[x * 0.35, y * 0.35] for x, y in SEVEN[0]]]
    lens.draw(corner).settle()
    assert lens.digit == "7"
    cell = {"layer": "input", "channel": 0, "row": 27, "column": 14}
    centred = lens.hover(cell).account()
    lens.page.locator("#center").uncheck()
    lens.settle()
    assert lens.hover(cell).account() != centred


def test_a_scribble_is_doubted_and_still_guessed_a_digit_is_not(cleared):
    doubt = cleared.page.locator("#prediction .doubt")
    assert cleared.sample(3).digit == "3"
    assert not doubt.is_visible()
    zigzag = [[0.12 + 0.055 * step, 0.2 if step % 2 else 0.8] for step in range(15)]
    cleared.page.evaluate("convlens.clear()")
    cleared.draw([zigzag, [[y, x] for x, y in zigzag]]).settle()
    assert doubt.is_visible()
    assert doubt.inner_text() == "Not sure this is a digit"
    assert cleared.digit in set("0123456789"), "the first guess stays"
    assert "then" in cleared.page.locator("#prediction .second").inner_text()


def test_drawing_by_script_is_drawing(cleared):
    cleared.page.evaluate("points => convlens.draw([{points}])", SEVEN[0])
    assert cleared.settle().digit == "7"
    cleared.page.evaluate("convlens.clear()")
    assert cleared.settle().digit in (None, "")


TEN = (
    [(0.22, 0.2), (0.22, 0.5), (0.22, 0.8)],
    [
        (0.66 + 0.15 * math.sin(turn / 16 * math.tau), 0.5 - 0.3 * math.cos(turn / 16 * math.tau))
        for turn in range(17)
    ],
)


def test_of_several_digits_on_the_pad_the_one_that_is_chosen_is_read(cleared):
    cleared.draw(TEN).settle()
    choice = cleared.page.get_by_role("button", name="Read digit")
    assert choice.all_inner_texts() == ["1", "2"]
    assert cleared.digit == "0", "the larger one"
    assert "several digits" in cleared.page.locator("#prediction").inner_text()
    cleared.page.get_by_role("button", name="Read digit 1 of 2").click()
    assert cleared.settle().digit == "1"
    cleared.page.get_by_role("button", name="Read digit 2 of 2").press("Enter")
    assert cleared.settle().digit == "0"
    cleared.page.get_by_role("button", name="Clear").click()
    cleared.settle()
    assert choice.count() == 0
