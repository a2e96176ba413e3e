"""From a question to its answer and from a stroke to its picture, over both channels in turns.

Printed by benchmarks/page.py. Two pages of one browser draw the same digits by hand, each in turn:
one has a live channel, the other one has no WebSocket and asks over HTTP. Then both again, with
Chromium's own brake on the processor. HTTP is the yardstick.
"""

import statistics
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks.report import Row
from tests.browser.lens import Lens

NOTE = (Path(__file__).parent / "channels.js").read_text(encoding="utf-8")
WITHOUT = "delete window.WebSocket;"
WAYS = ("HTTP", "live")
BRAKES = (1, 4)
TAKE = "({ painted: noted.painted.splice(0), answers: noted.answers.splice(0) })"

Strokes = list[dict[str, Any]]


class Times:
    """Milliseconds of one way, at one speed of the processor."""

    def __init__(self) -> None:
        self.answers: list[float] = []
        self.painted: list[float] = []
        self.parts: dict[str, list[float]] = defaultdict(list)

    def take(self, noted: dict[str, Any], way: str) -> None:
        """Add what a page has noted, but for what went over HTTP until a channel was open."""
        self.answers += [one["took"] for one in noted["answers"] if one["over"] == way]
        for one in noted["painted"]:
            if one["over"] == way:
                self.painted.append(one["took"])
                for name, took in one["parts"].items():
                    self.parts[name].append(took)


def rows(
    browser: Browser,
    url: str,
    rounds: int,
    digits: list[Strokes],
    draw: Callable[[Lens, Strokes], None],
) -> list[Row]:
    """Draw the digits in each round on both pages, now the one first, now the other."""
    lenses = {way: _opened(browser, url, way) for way in WAYS}
    found = []
    for brake in BRAKES:
        times = {way: Times() for way in WAYS}
        for lens in lenses.values():
            session = lens.page.context.new_cdp_session(lens.page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": brake})
        for number, strokes in enumerate(digits[:2] + digits * rounds):
            for way in WAYS if number % 2 else reversed(WAYS):
                lenses[way].page.evaluate("convlens.clear()")
                draw(lenses[way], strokes)
                noted = lenses[way].page.evaluate(TAKE)
                if number >= len(digits[:2]):  # the first are to warm up
                    times[way].take(noted, way)
        found += _rows(times, f", processor /{brake}" if brake > 1 else "")
    for lens in lenses.values():
        lens.page.context.close()
    return found


def _opened(browser: Browser, url: str, way: str) -> Lens:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    if way == "HTTP":
        page.add_init_script(WITHOUT)
    page.add_init_script(NOTE)
    return Lens(page, url).open()


def _rows(times: dict[str, Times], when: str) -> list[Row]:
    http, live = (times[way] for way in WAYS)
    found = []
    for name, before, after, targets in (
        ("question to answer", http.answers, live.answers, (0.5, None)),
        ("stroke to paint", http.painted, live.painted, (0.9, 0.8)),
    ):
        for kind, of, target in zip(
            ("median", "p95"), (statistics.median, _p95), targets, strict=True
        ):
            yardstick = of(before)
            most = target * yardstick if target and not when else None
            found += [
                Row(f"HTTP: {name}, {kind}{when}", yardstick, "ms"),
                Row(f"live: {name}, {kind}{when}", of(after), "ms", most, yardstick),
            ]
    found.append(Row(f"strokes painted, HTTP{when}", len(http.painted), ""))
    found.append(Row(f"strokes painted, live{when}", len(live.painted), ""))
    for part in http.parts:
        yardstick = statistics.mean(http.parts[part])
        found += [
            Row(f"HTTP, mean{when}: {part}", yardstick, "ms"),
            Row(
                f"live, mean{when}: {part}",
                statistics.mean(live.parts[part]),
                "ms",
                None,
                yardstick,
            ),
        ]
    return found


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
