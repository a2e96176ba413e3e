"""The page as a visitor uses it: draw with the pointer, point at cells, read what it says."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

Cell = dict[str, Any]  # {"layer", "channel", "row", "column"}
PATIENCE = 30  # seconds
STUCK = 150  # seconds: many times what the longest story takes
# This device has seen the page before: no example is drawn, and nobody is invited to point.
TOUCHED = """try {
    for (const key of ['touched', 'pointed']) localStorage.setItem(`convlens:${key}`, 'yes');
} catch { /* a frame without storage */ }"""
Points = Sequence[Sequence[float]]  # x, y in 0..1 of the pad


@contextmanager
def watching(browser: Browser, seconds: float = STUCK) -> Iterator[None]:
    """Close all pages after so many seconds: a call that waits for one of them fails at last.

    Playwright waits without end for a page that computes without end, or for a promise that nothing
    keeps. Its loop runs meanwhile, in this very thread.
    """
    stuck: list[str] = []
    closing: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()

    def give_up() -> None:
        pages = [page.url for context in browser.contexts for page in context.pages]
        stuck.append(f"stuck for {seconds} s, and closed: {', '.join(pages) or 'no page'}")
        closing.extend(
            loop.create_task(one._impl_obj.close(reason=stuck[0])) for one in browser.contexts
        )

    timer = loop.call_later(seconds, give_up)
    try:
        yield
    finally:
        timer.cancel()
        assert not stuck, stuck[0]


class Lens:
    """One open page of Convlens."""

    def __init__(self, page: Page, url: str, *, touched: bool = True) -> None:
        self.page = page
        if touched:
            page.add_init_script(TOUCHED)
        self.url = url
        self.foreign: list[str] = []  # requests to any other host
        self.complaints: list[str] = []  # console errors and uncaught exceptions
        page.on("requestfailed", self._watch)
        page.on("console", self._complain)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _complain(self, said: Any) -> None:
        """Note an error, and of a refused request its address."""
        if said.type == "error":
            self.complaints.append(f"{said.text} {said.location.get('url', '')}".strip())

    def _watch(self, request: Any) -> None:
        """Note a request to any other host: none is found (see chromium.py), so each fails."""
        if not request.url.startswith((self.url.rstrip("/"), "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, query: str = "") -> Lens:
        """Load the page and wait until it can be drawn on."""
        self.page.goto(self.url + query)
        self.page.evaluate("convlens.ready")
        return self

    def unfold(self) -> None:
        """Open all of what the account says in words, where only what matters is shown."""
        folded = self.page.locator("#account .words details:not([open]) summary")
        if folded.count():
            folded.first.click()
            self.frame()

    def pad(self) -> dict[str, float]:
        """Client rectangle of the pad."""
        box = self.page.locator("#pad").bounding_box()
        assert box is not None
        return box

    def draw(self, strokes: Iterable[Points], *, lift: bool = True) -> Lens:
        """Draw with the mouse; with `lift=False` the button stays down at the end."""
        pad, mouse = self.pad(), self.page.mouse
        for stroke in strokes:
            spots = [(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"]) for x, y in stroke]
            mouse.move(*spots[0])
            mouse.down()
            for spot in spots[1:]:
                mouse.move(*spot)
            if lift:
                mouse.up()
        return self

    def settle(self) -> Lens:
        """Wait until everything drawn so far is in a painted trace."""
        self.page.evaluate("convlens.settled()")
        return self

    def sample(self, digit: int) -> Lens:
        """Press the button of a sample digit."""
        self.page.get_by_role("button", name=f"Sample {digit}").click()
        return self.settle()

    def leave_for(self, name: str) -> None:
        """Go to another page by the bar's menu."""
        self.page.locator(".learn summary").click()
        self.page.get_by_role("navigation", name="Pages").get_by_text(name).click()

    @property
    def digit(self) -> str | None:
        """What the page says was drawn."""
        return self.page.locator("#prediction").get_attribute("data-digit")

    def rect(self, cell: Cell) -> dict[str, float] | None:
        """Client rectangle of a cell."""
        return self.page.evaluate(
            """cell => {
                const rect = convlens.rectOf(cell);
                return rect && { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
            }""",
            cell,
        )

    def hover(self, cell: Cell) -> Lens:
        """Move the mouse over the middle of a cell and wait for the frame that shows it."""
        rect = self.rect(cell)
        assert rect, f"{cell} is not on the screen"
        self.page.mouse.move(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
        self.frame()
        return self

    def until(self, expression: str) -> Lens:
        """Wait until an expression is true. Playwright's own way needs eval, which pages refuse."""
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, f"still not true: {expression}"
            self.page.wait_for_timeout(20)
        return self

    def reads(self, digit: str) -> Lens:
        """Wait until the page says that this digit was drawn."""
        return self.until(f"document.getElementById('prediction').dataset.digit === '{digit}'")

    def frame(self) -> None:
        """Let two frames pass, once what is loaded on first use is there; a second is enough."""
        self.page.evaluate(
            """async () => {
              // The server may be away, and then what is loaded never comes.
              const settled = window.convlens?.settled?.()?.catch(() => {});
              if (settled) {
                let timer;
                const late = new Promise((done) => (timer = setTimeout(done, 1000)));
                await Promise.race([settled, late]);
                clearTimeout(timer);
              }
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            }"""
        )

    @property
    def selection(self) -> Cell | None:
        """The cell that is pinned, else pointed at."""
        return self.page.evaluate("convlens.selection")

    def overlay(self) -> list[dict[str, Any]]:
        """What is drawn over the still picture, as plain items."""
        return self.page.evaluate("convlens.overlay()")

    def spec(self) -> dict[str, Any]:
        """The spec of the network on the page, as the server sends it."""
        return self.page.evaluate(
            "fetch('api/models/' + document.getElementById('app').dataset.model)"
            ".then((answer) => answer.json())"
        )

    def account(self) -> str:
        """The text of the account."""
        return self.page.locator("#account").inner_text()
