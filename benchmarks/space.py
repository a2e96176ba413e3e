"""The view in space in a real Chromium: script a frame while turning and drawing, draws, idleness.

    python -m benchmarks.space [--json]

Script is what the page's own frame callback takes on the main thread. What the graphics card does
afterwards, or the software that stands in for it as in a headless browser, is in the time from
frame to frame. The flat view, drawing the same digits, is the yardstick of drawing.
"""

import argparse
import itertools
import statistics
import sys
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.page import SAMPLES, draw_by_hand, p95
from benchmarks.report import Row, print_rows
from tests.browser import chromium
from tests.browser.lens import Lens
from tests.server import running

COUNT = """(() => {
    const ask = window.requestAnimationFrame.bind(window);
    window.asked = 0;
    window.scripts = [];
    window.requestAnimationFrame = (frame) => {
        window.asked += 1;
        return ask((time) => {
            const start = performance.now();
            const before = window.draws;
            frame(time);
            window.scripts.push([performance.now() - start, window.draws - before, start]);
        });
    };
    window.draws = 0;
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
        const draw = WebGL2RenderingContext.prototype[name];
        WebGL2RenderingContext.prototype[name] = function (...all) {
            window.draws += 1;
            return draw.apply(this, all);
        };
    }
})()"""  # noqa: E501 : names of calls
SMALLEST = 0.2  # milliseconds: a frame of the flat view that took less painted nothing
IN_SPACE = "document.documentElement.hasAttribute('data-space')"


# Milliseconds of script, draw calls, and when it began.
Frame = tuple[float, int, float]
TURNS = 60
DIGITS = 4


def taken(page: Page) -> list[Frame]:
    """The frames since the last time."""
    return [(time, draws, since) for time, draws, since in page.evaluate("scripts.splice(0)")]


def turn(lens: Lens, rounds: int) -> list[Frame]:
    """Turn the network to and fro with the mouse."""
    box = lens.page.locator(".space-picture").bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + box["height"] - 30
    lens.page.mouse.move(x, y)
    lens.page.mouse.down()
    taken(lens.page)
    for step in range(rounds):
        lens.page.mouse.move(x + 6 * (step % 40), y - (step % 20))
        lens.page.evaluate("new Promise(requestAnimationFrame)")
    lens.page.mouse.up()
    return [one for one in taken(lens.page) if one[1]]


def drawn(lens: Lens, digits: int) -> list[Frame]:
    """Draw sample digits by hand."""
    found: list[Frame] = []
    for sample in SAMPLES["digits"][:digits]:
        lens.page.evaluate("convlens.clear()")
        lens.frame()
        taken(lens.page)
        draw_by_hand(lens, sample["strokes"])
        found += taken(lens.page)
    return found


def idle(lens: Lens) -> int:
    """Frames asked for in two seconds of doing nothing."""
    lens.page.mouse.move(5, 5)
    lens.page.wait_for_timeout(1000)
    before = lens.page.evaluate("asked")
    lens.page.wait_for_timeout(2000)
    return int(lens.page.evaluate("asked") - before)


def open_space(browser: Any, url: str) -> Lens:
    """Open the page in space, a digit drawn, the account as a line: the stage at its largest."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(COUNT)
    lens = Lens(page, url).open("?view=space")
    lens.until(IN_SPACE)
    page.evaluate("strokes => convlens.draw(strokes)", SAMPLES["digits"][3]["strokes"])
    lens.settle()
    page.wait_for_timeout(1000)
    return lens


def measure() -> list[Row]:
    """Measure everything, and put it beside its target."""
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HELP)
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        lens = open_space(browser, server.url)
        turn(lens, 15)  # by then the scripts are compiled
        turning = turn(lens, TURNS)
        lens.page.evaluate("convlens.select({layer: 'conv2', channel: 7, row: 7, column: 3})")
        lens.page.wait_for_timeout(500)
        pinned = turn(lens, TURNS)
        lens.page.evaluate("convlens.select(null)")
        asleep = idle(lens)
        drawing = [one for one in drawn(lens, DIGITS) if one[1]]
        lens.page.get_by_role("button", name="In space").click()
        lens.until(f"!{IN_SPACE}")
        lens.page.wait_for_timeout(500)
        flat = [one for one in drawn(lens, DIGITS) if one[0] > SMALLEST]
        browser.close()
    every = turning + pinned + drawing
    gaps = [b[2] - a[2] for a, b in itertools.pairwise(turning)]
    return [
        *rows("turning", turning, 2),
        *rows("turning with a cell pinned", pinned, 2),
        *rows("drawing", drawing, 4, flat),
        Row("draw calls a frame, most", max(draws for _, draws, _ in every), "", 12),
        Row("frames measured", len(every), ""),
        Row("frames asked for in 2 s idle", asleep, "", 0),
        Row("turning: from frame to frame, median", statistics.median(gaps), "ms"),
        Row("turning: from frame to frame, p95", p95(gaps), "ms"),
    ]


def rows(
    what: str, frames: list[Frame], target: float, yardstick: list[Frame] | None = None
) -> Iterator[Row]:
    """Median and 95th percentile of the script of frames."""
    times, others = ([time for time, *_ in some] for some in (frames, yardstick or []))
    for name, of, limit in (("median", statistics.median, target), ("p95", p95, None)):
        beside = of(others) if others else None
        yield Row(f"{what}: script a frame, {name}", of(times), "ms", limit, beside)


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    print_rows("The view in space", measure(), as_json=options.json)


if __name__ == "__main__":
    main()
