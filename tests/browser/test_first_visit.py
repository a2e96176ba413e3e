"""A first visit: an example draws itself until the first touch; then one is invited to point."""

import json
from pathlib import Path

import numpy as np
import pytest

from model import load_network
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.lens import Lens
from tests.browser.screens import SIZES, TEXTS, resize

SAMPLES = Path(__file__).parents[2] / "static" / "samples.json"
UNIT = {"layer": "fc3", "channel": 3}
ONE = [[[0.4, 0.2], [0.42, 0.8]]]
STANDS = "document.querySelector('#pad-frame').dataset.example !== undefined"
SHOWS = "!!document.querySelector('.guesses').innerText.match(/An example: .*%/)"
NOTHING = """() => [
    document.querySelector('#prediction').dataset.digit ?? null,
    document.querySelector('#prediction .unseen').textContent,
    location.hash, new URL(convlens.link()).hash, convlens.state().drawing.strokes.length,
    document.querySelector('[data-action=undo]').disabled,
    document.querySelector('[data-action=clear]').disabled,
]"""
LINK = "#v=1&drawing=sCJgCwAygBlDgEg"  # a stroke from top to bottom
EMPTY = [None, "", "", "", 0, True, True]


def first(open_page, query="", **options) -> Lens:
    return open_page(query=query, touched=False, **options)


def test_an_example_draws_itself_and_all_else_counts_the_pad_as_empty(open_page):
    lens = first(open_page)
    channels = []
    lens.page.on("websocket", lambda one: channels.append(one))
    lens.until(STANDS).until(SHOWS)
    early = lens.page.locator("#pad-frame .ghost polyline").get_attribute("points")
    assert lens.page.evaluate(NOTHING) == EMPTY
    lens.until("document.querySelector('#prediction .digit').innerText === '3'")
    sample = next(d for d in json.loads(SAMPLES.read_text())["digits"] if d["digit"] == 3)
    count = len(sample["strokes"][0]["points"])
    drawn = "document.querySelector('.ghost polyline').getAttribute('points').split(' ').length"
    lens.until(f"{drawn} === {count}")
    assert len(early.split()) < count  # it was seen to grow
    lens.until("document.querySelector('.guesses').innerText.includes('>')")  # sure by now
    whole = lens.page.evaluate(
        """async (strokes) => (await (await fetch('api/models/lenet/trace', {
            method: 'POST',
            headers: { 'content-type': 'application/json', accept: 'application/json' },
            body: JSON.stringify({ strokes }),
        })).json()).input.data""",
        sample["strokes"],
    )
    network = load_network("lenet")
    image = np.float32(whole).reshape(network.spec.input.shape)
    score = float(network.trace(image)["fc3"][3])
    lens.hover(UNIT)  # a mouse that only moves has touched nothing
    lens.until(f"document.querySelector('#account').innerText.includes('{score:.3f}')")
    lens.page.mouse.move(5, 5)
    lens.until("document.querySelector('#account').innerText.includes('This digit is an example')")
    assert lens.page.locator("#pad-frame .example").is_visible()
    assert lens.page.evaluate(NOTHING) == EMPTY
    assert lens.page.evaluate(STANDS)
    assert not channels, "nobody draws"


def test_whoever_draws_at_once_draws_on_an_empty_pad_where_the_pointer_went_down(open_page):
    lens = first(open_page).until(STANDS).until(SHOWS)
    lens.draw(ONE, lift=False)
    assert not lens.page.evaluate(STANDS)
    assert not lens.page.locator(".ghost").is_visible()
    lens.page.mouse.up()
    lens.settle()
    (stroke,) = lens.page.evaluate("convlens.state().drawing.strokes")
    assert np.allclose(stroke["points"][0], ONE[0][0], atol=0.003)
    assert np.allclose(stroke["points"][-1], ONE[0][-1], atol=0.003)
    assert lens.digit == "1"
    lens.page.keyboard.press("Control+z")
    lens.until("!document.querySelector('#prediction').dataset.digit")
    calm(lens)
    again = Lens(lens.page.context.new_page(), lens.url, touched=False).open()
    calm(again)  # on this device never again


def calm(lens: Lens, *, drawn: bool = False) -> None:
    """Hold that nothing draws itself, well after it would have begun."""
    lens.until("document.querySelectorAll('.sample').length === 10")
    lens.page.wait_for_timeout(600)
    assert not lens.page.evaluate(STANDS)
    assert (lens.page.evaluate("convlens.quantity().tensors.size") > 0) == drawn


@pytest.mark.parametrize("touch", ["key", "wheel", "file", "script"])
def test_under_reduced_motion_it_stands_finished_and_any_touch_ends_it_for_good(open_page, touch):
    lens = first(open_page, reduced_motion="reduce").until(STANDS).until(SHOWS)
    assert len(lens.page.locator(".ghost polyline").get_attribute("points").split()) > 50
    lens.page.mouse.move(700, 300)
    assert lens.page.evaluate(STANDS)
    if touch == "key":
        lens.page.keyboard.press("Shift")
    elif touch == "wheel":
        lens.page.mouse.wheel(0, 1)
    elif touch == "file":
        lens.page.evaluate("dispatchEvent(new DragEvent('drop', { cancelable: true }))")
    else:
        lens.page.evaluate("points => convlens.draw([{ points }])", ONE[0])
        lens.settle()
        lens.page.evaluate("convlens.clear()")
    lens.until(f"!({STANDS})")
    calm(lens)


@pytest.mark.parametrize("where", ["?embed=1", "?hide=pad", LINK, "lesson"])
def test_nothing_draws_itself_where_something_else_is_shown(browser, server, where):
    context = browser.new_context(**DESKTOP)
    lens = Lens(context.new_page(), server.url, touched=False)
    if where == "lesson":
        context.route(
            lambda url: url.rstrip("/") == server.url.rstrip("/"),
            lambda route: route.fulfill(
                body=route.fetch().text().replace("<html ", "<html data-lesson "),
                content_type="text/html",
            ),
        )
        where = ""
    lens.open(where)
    calm(lens, drawn=where == LINK)
    context.close()


@pytest.mark.parametrize("hands", ["mouse", "finger"])
def test_after_ones_first_digit_one_is_invited_to_point_until_one_has(open_page, hands):
    finger = hands == "finger"
    lens = first(open_page, **(PHONE if finger else DESKTOP))
    said = "document.querySelector('.guesses').innerText"
    sentence = "Now tap any square." if finger else "Now point at any square."
    assert sentence not in lens.page.evaluate(said)
    lens.draw(ONE).settle()
    lens.until(f"{said}.includes('{sentence}')")
    cell = {"layer": "conv1", "channel": 2, "row": 14, "column": 14}
    if finger:
        rect = lens.rect(cell)
        lens.page.touchscreen.tap(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
    else:
        lens.hover(cell)
    lens.until(f"!{said}.includes('{sentence}')")
    lens.page.evaluate("points => convlens.draw([{ points }])", ONE[0])
    lens.settle().page.reload()
    lens.page.evaluate("convlens.ready")
    lens.settle().page.wait_for_timeout(1300)
    assert sentence not in lens.page.evaluate(said)


def test_the_example_and_its_mark_cover_nothing_at_any_size(browser, server):
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.add_init_script(TEXTS)
    lens = Lens(page, server.url, touched=False).open()
    lens.until(STANDS).until(SHOWS)
    devtools = page.context.new_cdp_session(page)
    faults = {}
    for size in SIZES:
        resize(devtools, size)
        lens.frame()
        if found := page.evaluate("screenTexts()"):
            faults[str(size)] = found
    page.context.close()
    assert not faults
