"""The view in space in a real Chromium: script a frame while turning and drawing, draws, idleness.

    python -m benchmarks.space [--json]

Script is what the page's own frame callback takes on the main thread; what the graphics card (or
the software that stands in for it) does afterwards is not in it. The flat view, drawing the same
digits, is the yardstick of drawing.
"""

import argparse
import statistics
import sys
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
            window.scripts.push([performance.now() - start, window.draws - before]);
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
IN_SPACE = "document.documentElement.hasAttribute('data-space')"


def taken(page: Page) -> list[tuple[float, int]]:
    """Milliseconds and draw calls of the frames since the last time; of those that drew."""
    found = page.evaluate("window.scripts.splice(0)")
    return [(time, draws) for time, draws in found]


def turn(lens: Lens, rounds: int) -> list[tuple[float, int]]:
    """Turn the network to and fro with the mouse."""
    box = lens.page.locator(".space-picture").bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + box["height"] - 30
    lens.page.mouse.move(x, y)
    lens.page.mouse.down()
    taken(lens.page)
    for step in range(rounds):
        lens.page.mouse.move(x + 6 * (step % 40), y - (step % 20))
        lens.frame()
    lens.page.mouse.up()
    return [one for one in taken(lens.page) if one[1]]


def drawn(lens: Lens, digits: int) -> list[tuple[float, int]]:
    """Draw sample digits by hand."""
    found: list[tuple[float, int]] = []
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
    lens.page.wait_for_timeout(1500)
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
        turning = turn(lens, 120)
        lens.page.evaluate("convlens.select({layer: 'conv2', channel: 7, row: 7, column: 3})")
        lens.page.wait_for_timeout(500)
        pinned = turn(lens, 120)
        lens.page.evaluate("convlens.select(null)")
        asleep = idle(lens)
        drawing = [one for one in drawn(lens, 5) if one[1]]
        lens.page.get_by_role("button", name="In space").click()
        lens.until(f"!{IN_SPACE}")
        lens.page.wait_for_timeout(500)
        flat = [time for time, _ in drawn(lens, 5)]
        browser.close()
    times = [time for time, _ in drawing]
    every = turning + pinned + drawing
    return [
        Row("turning: script a frame, median", statistics.median(t for t, _ in turning), "ms", 2),
        Row("turning: script a frame, p95", p95([t for t, _ in turning]), "ms"),
        Row("turning with a cell pinned, median", statistics.median(t for t, _ in pinned), "ms", 2),
        Row("drawing: script a frame, median", statistics.median(times), "ms", 4, median(flat)),
        Row("drawing: script a frame, p95", p95(times), "ms", None, p95(flat)),
        Row("draw calls a frame, most", max(draws for _, draws in every), "", 12),
        Row("frames measured", len(every), ""),
        Row("frames asked for in 2 s idle", asleep, "", 0),
    ]


def median(values: list[float]) -> float:
    """Median of what there is."""
    return statistics.median(values)


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    print_rows("The view in space", measure(), as_json=options.json)


if __name__ == "__main__":
    main()
