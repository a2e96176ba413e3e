"""The page in a real Chromium: loading, stroke to paint, hover to paint, weight, heap, idleness.

    python -m benchmarks.page [--json] [--rounds 5] [--beside CHECKOUT] [--only-channels]

The yardstick of the times is one frame of the same browser in the same run (16.7 ms on most
screens): a stroke can at best be on the screen in the frame after its event. That of loading is
another checkout, such as an older commit's, where `--beside` names one.
"""

import argparse
import itertools
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import channels, loading
from benchmarks.report import Row, print_rows
from tests.browser import chromium
from tests.browser.lens import Lens
from tests.server import running

SAMPLES = json.loads((Path(__file__).parents[1] / "static" / "samples.json").read_text())
DIGITS = [sample["strokes"] for sample in SAMPLES["digits"]]
HAND = 0.008  # seconds between two points of a hand's stroke: 125 a second
COUNT_FRAMES = """(() => {
    const ask = window.requestAnimationFrame.bind(window);
    window.framesAsked = 0;
    window.requestAnimationFrame = (f) => { window.framesAsked += 1; return ask(f); };
})()"""
FRAME = """new Promise((done) => {
    const times = [];
    const tick = (time) => times.push(time) < 61 ? requestAnimationFrame(tick) : done(times);
    requestAnimationFrame(tick);
})"""
LAYOUT = """async () => {
    const [{ createGraph }, { layout }] = await Promise.all([
        import('./static/js/geometry/graph.js'),
        import('./static/js/scene/layout.js'),
    ]);
    const model = document.getElementById('app').dataset.model;
    const graph = createGraph(await (await fetch(`api/models/${model}`)).json());
    const options = { width: 1176, height: 788, dpr: 1, folded: true };
    return Array.from({ length: 9 }, () => {
        const start = performance.now();
        layout(graph, options);
        return performance.now() - start;
    });
}"""
MEASURES = """(name) => {
    const found = performance.getEntriesByName(name).map((entry) => entry.duration);
    performance.clearMeasures(name);
    return found;
}"""


def draw_by_hand(lens: Lens, strokes: list[dict[str, Any]]) -> None:
    """Draw at the speed of a hand, as a mouse of 125 Hz reports it."""
    pad, mouse = lens.pad(), lens.page.mouse
    for stroke in strokes:
        points = stroke["points"]
        mouse.move(pad["x"] + points[0][0] * pad["width"], pad["y"] + points[0][1] * pad["height"])
        mouse.down()
        for x, y in points[1:]:
            due = time.perf_counter() + HAND
            mouse.move(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"])
            time.sleep(max(0.0, due - time.perf_counter()))
        mouse.up()
    lens.settle()


def strokes_to_paint(lens: Lens) -> list[float]:
    """Draw the ten samples; milliseconds from the newest point's event to its painted trace."""
    for strokes in DIGITS:
        lens.page.evaluate("convlens.clear()")
        draw_by_hand(lens, strokes)
    return lens.page.evaluate(MEASURES, "convlens:stroke-to-paint")


def hovers_to_paint(lens: Lens) -> list[float]:
    """Walk over cells of every layer on the screen; milliseconds from event to painted overlay."""
    for layer in ["input", *(one["name"] for one in lens.spec()["layers"])]:
        for channel in range(4):
            rect = lens.rect({"layer": layer, "channel": channel, "row": 0, "column": 0})
            if rect:
                for part in (0.3, 0.6):
                    x, y = rect["x"] + part * rect["width"], rect["y"] + part * rect["height"]
                    lens.page.mouse.move(x, y)
                    lens.page.mouse.move(x + 1, y + 1)
                    lens.frame()
    return lens.page.evaluate(MEASURES, "convlens:hover-to-paint")


def frames(page: Page) -> float:
    """Median milliseconds from frame to frame of an otherwise idle page."""
    times = page.evaluate(FRAME)
    return statistics.median(b - a for a, b in itertools.pairwise(times))


def p95(values: list[float]) -> float:
    """95th percentile."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def load(browser: Browser, url: str) -> dict[str, float]:
    """Load the page cold: bytes as sent up to the first paint and in all, first paint, requests."""
    lens = Lens(browser.new_page(viewport={"width": 1440, "height": 900}), url).open()
    lens.page.wait_for_timeout(500)
    found = lens.page.evaluate(
        """() => {
            const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
            const page = performance.getEntriesByType('navigation')[0];
            const all = [page, ...performance.getEntriesByType('resource')];
            const sum = (list) => list.reduce((bytes, one) => bytes + one.transferSize, 0);
            const weights = all.filter((one) => one.name.includes('/weights'));
            return { paint, requests: all.length, total: sum(all), weights: sum(weights),
                     before: sum(all.filter((one) => one.responseEnd <= paint)) };
        }"""
    )
    lens.page.close()
    return found


def idle(lens: Lens) -> tuple[float, float]:
    """Frames asked for, and per cent of the main thread busy, in two seconds of doing nothing."""
    session = lens.page.context.new_cdp_session(lens.page)
    session.send("Performance.enable")

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    lens.page.wait_for_timeout(500)
    frames_before, busy_before = lens.page.evaluate("framesAsked"), busy()
    time.sleep(2)
    busy_after = busy()
    return lens.page.evaluate("framesAsked") - frames_before, 50 * (busy_after - busy_before)


def heap(lens: Lens) -> float:
    """Megabytes of the JavaScript heap after a collection."""
    session = lens.page.context.new_cdp_session(lens.page)
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def measure(rounds: int, beside: Path | None = None, only: str = "") -> list[Row]:
    """Measure everything, and put it beside its target."""
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HELP)
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        if only != "channels":
            loaded = loading.rows(browser, server.url, rounds, beside)
        if only == "loading":
            return loaded
        both = channels.rows(browser, server.url, rounds, DIGITS, draw_by_hand)
        if only == "channels":
            return both
        loads = [load(browser, server.url) for _ in range(rounds)]
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(COUNT_FRAMES)
        lens = Lens(page, server.url).open()
        frame = frames(page)
        strokes = [time for _ in range(rounds) for time in strokes_to_paint(lens)]
        hovers = [time for _ in range(rounds) for time in hovers_to_paint(lens)]
        layouts = page.evaluate(LAYOUT)
        asked, busy = idle(lens)
        used = heap(lens)
        browser.close()
    paint = statistics.median(one["paint"] for one in loads)
    return [
        Row("one frame (the yardstick)", frame, "ms"),
        Row("stroke to paint, median", statistics.median(strokes), "ms", 33, frame),
        Row("stroke to paint, p95", p95(strokes), "ms", 50, frame),
        Row("strokes measured", len(strokes), ""),
        Row("hover to paint, median", statistics.median(hovers), "ms", None, frame),
        Row("hover to paint, p95", p95(hovers), "ms", None, frame),
        Row("layout, median", statistics.median(layouts), "ms", 40, frame),
        Row("first paint", paint, "ms", 500, frame),
        Row("sent up to the first paint", loads[0]["before"] / 1e3, "KB", 150),
        Row("weights, sent after it", loads[0]["weights"] / 1e3, "KB", 270),
        Row("requests", loads[0]["requests"], ""),
        Row("JavaScript heap", used, "MB", 30),
        Row("frames asked for in 2 s idle", asked, "", 0),
        Row("main thread busy when idle", busy, "%", 1),
        *both,
        *loaded,
    ]


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--beside", type=Path, help="another checkout, loaded in turns with this")
    for only in ("loading", "channels"):
        parser.add_argument(
            f"--only-{only}",
            dest="only",
            action="store_const",
            const=only,
            default="",
            help="leave all else out",
        )
    options = parser.parse_args()
    found = measure(options.rounds, options.beside, options.only)
    print_rows("The page", found, as_json=options.json)


if __name__ == "__main__":
    main()
