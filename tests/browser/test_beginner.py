"""A beginner's first visit, from the example to why it is a seven: by mouse, finger and keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.gists import WORDS
from tests.browser.lens import Cell, Lens
from tests.browser.test_drawing import SEVEN
from tests.browser.test_first_visit import SHOWS, STANDS
from tests.browser.test_glossary import EXPLAINED, MARKED, WORD, entry

CELL = {"layer": "conv2", "channel": 7, "row": 4, "column": 5}
GUESS = "document.querySelector('.guesses').innerText"
ROUNDS = 120  # Tab: more than there is on the page


class Mouse:
    """Does what a story says as somebody with a mouse does it."""

    screen = DESKTOP
    invited = "Now point at any square."

    def __init__(self, lens: Lens) -> None:
        self.lens, self.page = lens, lens.page

    def press(self, button: Locator) -> None:
        """A button, or a choice by its label."""
        button.click()
        self.lens.frame()

    def draw(self, strokes: Sequence[Sequence[Sequence[float]]]) -> None:
        """A seven."""
        self.lens.draw(strokes)

    def pin(self, cell: Cell) -> None:
        """A cell on the stage."""
        self.lens.hover(cell)
        rect = self.lens.rect(cell)
        self.page.mouse.click(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)

    def choose(self, form: str) -> None:
        """How the account explains."""
        self.press(self.page.locator("#account .forms label", has_text=form))

    def follow(self, word: str) -> None:
        """A marked word where it stands."""
        self.page.mouse.click(*self.page.evaluate(WORD, word))

    def end(self, button: Locator) -> None:
        """What is open, what plays, what is pinned."""
        self.press(button)

    def ask(self, digit: str) -> None:
        """Why it is this one; the account at rest offers it."""
        self.press(self.page.get_by_role("button", name=f"Why {digit}?").filter(visible=True).first)


class Finger(Mouse):
    """By touch, on a phone."""

    screen = PHONE
    invited = "Now tap any square."

    def press(self, button: Locator) -> None:
        button.tap()
        self.lens.frame()

    def draw(self, strokes: Sequence[Sequence[Sequence[float]]]) -> None:
        cdp = self.page.context.new_cdp_session(self.page)
        pad = self.lens.pad()
        touch = "Input.dispatchTouchEvent"
        for stroke in strokes:
            spots = [(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"]) for x, y in stroke]
            for at, (x, y) in enumerate(spots):
                kind = "touchMove" if at else "touchStart"
                cdp.send(touch, {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            cdp.send(touch, {"type": "touchEnd", "touchPoints": []})

    def pin(self, cell: Cell) -> None:
        rect = self.lens.rect(cell)
        self.page.touchscreen.tap(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)

    def follow(self, word: str) -> None:
        self.page.touchscreen.tap(*self.page.evaluate(WORD, word))

    def ask(self, digit: str) -> None:
        self.press(self.page.get_by_role("button", name="Why?", exact=True))


class Keys(Mouse):
    """By Tab, arrows, Enter and Escape, and no key that a beginner would have to know."""

    def reach(self, element: Locator) -> None:
        """Tab until it has the focus."""
        for _ in range(ROUNDS):
            if element.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab does not lead to {element}")

    def press(self, button: Locator) -> None:
        self.reach(button)
        self.page.keyboard.press("Enter")
        self.lens.frame()

    def draw(self, strokes: Sequence[Sequence[Sequence[float]]]) -> None:
        self.reach(self.page.locator("#pad"))
        corner = ("ArrowLeft", *["ArrowUp"] * 4, "ArrowLeft")
        for key in (*corner, "Space", *["ArrowRight"] * 7, *["ArrowDown"] * 12, "Space"):
            self.page.keyboard.press(key)

    def pin(self, cell: Cell) -> None:
        self.reach(self.page.locator("#stage"))
        self.page.keyboard.press("ArrowRight")
        for _ in range(6):
            if self.lens.selection["layer"] == cell["layer"]:
                break
            self.page.keyboard.press("PageDown")
        self.page.keyboard.press("Enter")

    def choose(self, form: str) -> None:
        self.reach(self.page.locator("#account .forms input:checked"))
        for _ in range(5):
            if self.page.locator("#account .forms label:has(:checked)").inner_text() == form:
                return
            self.page.keyboard.press("ArrowRight")
            self.lens.frame()

    def follow(self, word: str) -> None:
        if not self.page.locator(".entries").count():
            self.page.keyboard.press("w")
        title = re.compile(rf"^{word}\b")
        self.press(self.page.locator(".entries .word", has_text=title).first)

    def end(self, button: Locator) -> None:
        self.page.keyboard.press("Escape")
        self.lens.frame()


@pytest.mark.parametrize("hands", [Mouse, Finger, Keys])
def test_a_beginner_watches_draws_points_reads_plays_and_asks_why(
    open_page: Callable[..., Lens], hands: type[Mouse]
) -> None:
    lens = open_page(touched=False, **hands.screen)
    does = hands(lens)
    watch_and_draw(lens, does)
    point_and_read(lens, does)
    follow_two_terms(lens, does)
    play(lens, does)
    does.ask("7")
    lens.until("document.querySelectorAll('.why-row').length === 10")
    assert "All paths together and all biases are the score." in lens.account()


def watch_and_draw(lens: Lens, does: Mouse) -> None:
    """An example is read; then one draws, nothing is in the way, and the answer is one's own."""
    lens.until(STANDS).until(SHOWS)
    lens.until("document.querySelector('#prediction .digit').innerText === '3'")
    does.draw(SEVEN)
    lens.settle()
    assert not lens.page.evaluate(STANDS)
    assert lens.digit == "7"


def point_and_read(lens: Lens, does: Mouse) -> None:
    """One is invited to point, keeps a square, and reads what matters in short paragraphs."""
    lens.until(f"{GUESS}.includes('{does.invited}')")
    does.pin(CELL)
    lens.until("document.querySelector('#account').innerText.includes('pinned')")
    assert does.invited not in lens.page.evaluate(GUESS)
    does.choose("Words")
    lens.until(MARKED)
    paragraphs = lens.page.locator("#account .gist p, #account p.gist").all_inner_texts()
    assert paragraphs
    assert all(len(one.split()) <= WORDS for one in paragraphs)
    assert lens.selection["layer"] == CELL["layer"]


def follow_two_terms(lens: Lens, does: Mouse) -> None:
    """A word leads to its entry, a word of that to another; closed, one is where one was."""
    pinned = lens.selection
    does.follow("window")
    assert entry(lens) == "window"
    lens.until(EXPLAINED)
    does.follow("kernel")
    assert entry(lens) == "kernel, filter"
    does.end(lens.page.locator("#account").get_by_role("button", name="Close"))
    assert lens.selection == pinned


def play(lens: Lens, does: Mouse) -> None:
    """The window slides over the map, stands, and goes; then the square is let go."""
    button = lens.page.locator("#account").get_by_role
    pinned = lens.selection
    does.press(button("button", name="Play"))
    lens.until("convlens.selection.column >= 2")
    does.press(button("button", name="Pause"))
    at = lens.selection
    assert (at["layer"], at["channel"], at["row"]) == (pinned["layer"], pinned["channel"], 0)
    does.end(button("button", name="End (Esc)"))
    assert button("button", name="Play").is_visible()
    does.end(button("button", name=re.compile("release|close", re.IGNORECASE)).first)
    assert lens.selection is None
