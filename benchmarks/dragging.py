"""In a real Chromium: a kernel's value dragged over the boat in grey until its picture is painted.

The yardstick is stroke to paint, measured in turns in the same browser.
"""

import itertools
import statistics
import sys
import time

from playwright.sync_api import Page, sync_playwright

from benchmarks.page import HAND, MEASURES, p95, strokes_to_paint
from benchmarks.report import Row
from tests.browser import chromium
from tests.browser.bench import Bench
from tests.browser.lens import Lens
from tests.server import running

MOST = 1.25
"""Times stroke to paint, at the median."""

STEPS = 120
STEP = 3  # pixels of the screen from one report of the mouse to the next


def drags_to_paint(bench: Bench) -> list[float]:
    """Drag each value of the kernel up and down, at the speed of a hand; milliseconds."""
    mouse = bench.page.mouse
    for row, column in itertools.product(range(3), repeat=2):
        field = bench.field("Kernel", row, column)
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse.move(x, y)
        mouse.down()
        for step in range(1, STEPS // 9):
            due = time.perf_counter() + HAND
            mouse.move(x, y - STEP * step)
            time.sleep(max(0.0, due - time.perf_counter()))
        mouse.up()
        bench.settle()
    found: list[float] = bench.page.evaluate(MEASURES, "convlens:given-to-paint")
    return found


def rows(rounds: int) -> list[Row]:
    """Draw digits and drag a kernel in turns."""
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HELP)
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))

        def page() -> Page:
            return browser.new_page(viewport={"width": 1440, "height": 900})

        lens = Lens(page(), server.url).open()
        bench = Bench(Lens(page(), server.url), "kernels", "?only=kernels")
        strokes: list[float] = []
        drags: list[float] = []
        for round_ in range(rounds + 1):
            lens.page.bring_to_front()
            drawn = strokes_to_paint(lens)
            bench.page.bring_to_front()
            dragged = drags_to_paint(bench)
            if round_:  # the first one warms up
                strokes += drawn
                drags += dragged
        browser.close()
    stroke, drag = statistics.median(strokes), statistics.median(drags)
    return [
        Row("stroke to paint, median", stroke, "ms"),
        Row("kernel dragged to paint, median", drag, "ms", MOST * stroke, stroke),
        Row("stroke to paint, p95", p95(strokes), "ms"),
        Row("kernel dragged to paint, p95", p95(drags), "ms", None, p95(strokes)),
        Row("drags measured", len(drags), ""),
    ]
