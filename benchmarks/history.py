"""Move through the history of a training: frames a second, and how soon a cold moment is painted.

    python -m benchmarks.history [--json] [--seconds 6] [--rounds 30]

The yardstick is one frame of the same browser in the same run.
"""

import argparse
import statistics
import sys
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.page import frames, p95
from benchmarks.report import Row, print_rows
from tests.browser import chromium
from tests.server import running

WHOLE = "() => convlens.moments().length > 0 && convlens.moments().every((one) => one.whole())"
# Moves the slider by one moment in each frame, to and fro, and counts those that stand on the stage
# when the frame is over.
SCRUB = """async (seconds) => {
    const [{ store }] = convlens.moments();
    const { run } = convlens.history().trained[0];
    const slider = document.querySelector('.history-slider input');
    const last = run.history.length - 1;
    const found = { frames: 0, painted: 0 };
    const begun = performance.now();
    for (let i = 0; performance.now() - begun < 1000 * seconds; i++) {
        const place = last - Math.abs((i % (2 * last)) - last);
        slider.value = String(place);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(done));
        await new Promise((done) => setTimeout(done)); // the frame is over
        found.frames += 1;
        found.painted += store.get().weights.sha256 === run.history[place].sha256 ? 1 : 0;
    }
    return { ...found, seconds: (performance.now() - begun) / 1000 };
}"""
# A cell whose account is the largest: six windows of five by five.
PIN = "() => convlens.moments()[0].pin({ layer: 'conv2', channel: 3, row: 4, column: 5 })"
# Takes another drawing and jumps at once, so that nothing of the moment is known; says how many
# frames after its answer came the moment was painted, and how many milliseconds after the jump.
COLD = """async ([sample, place]) => {
    const [{ store }] = convlens.moments();
    const { run } = convlens.history().trained[0];
    performance.clearResourceTimings();
    document.querySelectorAll('#history .sample')[sample].click();
    const slider = document.querySelector('.history-slider input');
    slider.value = String(place);
    const jumped = performance.now();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const before = store.get().trace;
    const wanted = run.history[place].sha256;
    const frames = [];
    for (;;) {
        frames.push(await new Promise((done) => requestAnimationFrame(done)));
        await new Promise((done) => setTimeout(done)); // the frame is over
        const { trace, weights } = store.get();
        if (trace !== before && weights.sha256 === wanted) break;
    }
    const painted = performance.now();
    const came = performance.getEntriesByType('resource')
        .filter(({ name }) => name.includes(wanted)).map(({ responseEnd }) => responseEnd);
    const answered = Math.max(...came);
    return [frames.filter((time) => time >= answered).length, painted - jumped];
}"""


def scrub(page: Page, seconds: float) -> tuple[float, float, float]:
    """
    Move to and fro.

    Returns
    -------
    tuple
        Moments painted a second, the share of frames that painted the one wanted, and milliseconds
        of a processor that the page's thread took for each.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before = _thread(session)
    found: dict[str, Any] = page.evaluate(SCRUB, seconds)
    painted = found["painted"]
    took = 1000 * (_thread(session) - before) / painted
    return painted / found["seconds"], painted / found["frames"], took


def _thread(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "ThreadTime")


def cold(page: Page, rounds: int) -> list[tuple[float, float]]:
    """Jump to moments of which nothing is known."""
    found = []
    for i in range(rounds):
        page.wait_for_function(WHOLE)
        found.append(page.evaluate(COLD, [i % 10, (7 * i) % 24]))
    return found


def measure(seconds: float, rounds: int) -> list[Row]:
    """Open the time machine and move through it."""
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HELP)
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.url}learning?only=history")
        page.wait_for_function(WHOLE)
        frame = frames(page)
        rate, share, took = scrub(page, seconds)
        jumps = cold(page, rounds)
        page.wait_for_function(WHOLE)
        page.evaluate(PIN)
        page.wait_for_function("() => document.querySelector('#history .account .conv') !== null")
        pinned, _, most = scrub(page, seconds)
        browser.close()
    after, times = zip(*jumps, strict=True)
    return [
        Row("one frame (the yardstick)", frame, "ms"),
        Row("moments painted a second, all fetched", rate, "1/s", least=30),
        Row("processor time of a moment, all fetched", took, "ms", 1000 / 30),
        Row("moments painted a second with a cell of conv2 pinned", pinned, "1/s", least=30),
        Row("processor time of a moment with a cell of conv2 pinned", most, "ms", 1000 / 30),
        Row("frames that show the moment that was wanted", 100 * share, "%"),
        Row("cold: frames from its answer to its paint, median", statistics.median(after), "", 3),
        Row("cold: frames from its answer to its paint, p95", p95(list(after)), ""),
        Row("cold: jump to paint, median", statistics.median(times), "ms", None, frame),
    ]


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--seconds", type=float, default=6, help="of moving to and fro (6)")
    parser.add_argument("--rounds", type=int, default=30, help="jumps (30)")
    options = parser.parse_args()
    print_rows("Time machine", measure(options.seconds, options.rounds), as_json=options.json)


if __name__ == "__main__":
    main()
