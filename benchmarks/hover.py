"""Point at cells of every layer: script per hover, paints, heap over thousands of hovers.

    python -m benchmarks.hover [--json] [--cells 30] [--hovers 5000]

The yardstick of the times is one frame of the same browser in the same run.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.page import frames, p95
from benchmarks.report import Row, print_rows
from tests.browser import chromium
from tests.browser.lens import Cell, Lens
from tests.server import running

# Times what runs for an event of the stage and in the frame after it, and keeps what stood in the
# account when that frame was over.
WATCH = """(() => {
    const hover = { script: 0, name: '', marked: null, pending: false };
    window.hover = hover;
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, act, options) {
        const timed = this.id === 'stage' && type.startsWith('pointer') && typeof act === 'function'
            ? function (event) {
                const start = performance.now();
                act.call(this, event);
                hover.script += performance.now() - start;
                hover.pending = true;
            }
            : act;
        return listen.call(this, type, timed, options);
    };
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (act) => ask((time) => {
        const start = performance.now();
        act(time);
        const spent = performance.now() - start;
        if (!hover.pending) return;
        hover.pending = false;
        hover.script += spent;
        const marked = window.convlens.overlay().filter((one) => one.role === 'pointed').at(-1);
        const { x, y } = document.getElementById('stage').getBoundingClientRect();
        const { rect } = marked ?? { rect: { x: NaN, y: NaN, width: 0, height: 0 } };
        hover.marked = [x + rect.x, y + rect.y, rect.width, rect.height];
        hover.name = document.querySelector('#account .name')?.textContent ?? '';
    });
})()"""
# Every call on the stage's own context, counted.
COUNT_PAINTS = """() => {
    const context = document.getElementById('stage').getContext('2d');
    window.stagePaints = 0;
    for (const name of ['fillRect', 'clearRect', 'putImageData', 'drawImage', 'fillText', 'fill',
                        'stroke', 'strokeRect']) {
        const paint = context[name].bind(context);
        context[name] = (...given) => { window.stagePaints += 1; return paint(...given); };
    }
}"""
HOVER = """async () => {
    const { hover } = window;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const found = { ...hover };
    hover.script = 0;
    return found;
}"""
# A pointer that the page cannot tell from a mouse, once a frame.
MANY = """async ([spots, count]) => {
    const stage = document.getElementById('stage');
    for (let i = 0; i < count; i++) {
        const [clientX, clientY] = spots[(i * 7919) % spots.length];
        const init = { clientX, clientY, pointerType: 'mouse', bubbles: true };
        stage.dispatchEvent(new PointerEvent('pointermove', init));
        await new Promise((done) => requestAnimationFrame(done));
    }
}"""


def cells(lens: Lens, each: int) -> Iterator[tuple[Cell, tuple[float, float]]]:
    """So many cells of every layer that are on the screen, and their middles."""
    spec = lens.spec()
    shapes = {"input": spec["input"]["shape"]} | {
        layer["name"]: layer["shape"] for layer in spec["layers"]
    }
    for layer, shape in shapes.items():
        channels, rows, columns = (*shape, 1, 1)[:3]
        for i in range(min(each, channels * rows * columns)):
            at = i * 7919 % (channels * rows * columns)  # spread over the layer
            cell = {
                "layer": layer,
                "channel": at // (rows * columns),
                "row": at // columns % rows,
                "column": at % columns,
            }
            if rect := lens.rect(cell):
                yield cell, (rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)


def walk(lens: Lens, spots: list[tuple[Cell, tuple[float, float]]]) -> list[dict[str, Any]]:
    """Move a real mouse from cell to cell; what each hover took, and showed in its first frame."""
    found = []
    name = ""
    for cell, (x, y) in spots:
        lens.page.mouse.move(x, y)
        said = lens.page.evaluate(HOVER)
        left, top, width, height = said["marked"]
        marked = left <= x <= left + width and top <= y <= top + height
        at_once = marked and said["name"].startswith(cell["layer"]) and said["name"] != name
        name = said["name"]
        found.append({"layer": cell["layer"], "script": said["script"], "at once": at_once})
    return found


def heap(page: Page) -> float:
    """Megabytes of the JavaScript heap after collections."""
    session = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    session.detach()
    return used


def measure(each: int, hovers: int) -> list[Row]:
    """Walk, count, and weigh."""
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HELP)
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(WATCH)
        lens = Lens(page, server.url).open().sample(3)
        frame = frames(page)
        spots = list(cells(lens, each))
        walk(lens, spots[:: max(1, each // 2)])  # each layer's picture is made once
        page.evaluate(COUNT_PAINTS)
        found = walk(lens, spots)
        paints = page.evaluate("stagePaints")
        places = [list(place) for _, place in spots]
        page.close()  # its watches would be weighed, too
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        Lens(page, server.url).open().sample(3)
        page.evaluate(MANY, [places, 500])
        before = heap(page)
        page.evaluate(MANY, [places, hovers])
        after = heap(page)
        browser.close()
    script = [one["script"] for one in found]
    layers = list(dict.fromkeys(one["layer"] for one in found))
    late = sum(not one["at once"] for one in found)
    return [
        Row("one frame (the yardstick)", frame, "ms"),
        Row("hovers in a walk through all layers", len(found), ""),
        Row("handler + frame script, median", statistics.median(script), "ms", 6, frame),
        Row("handler + frame script, p95", p95(script), "ms", 12, frame),
        *(
            Row(f"  median in {layer}", statistics.median(_of(found, layer)), "ms", None, frame)
            for layer in layers
        ),
        Row("not painted in the first frame after the event", late, "", 0),
        Row("calls that repaint the still picture", paints, "", 0),
        Row("JavaScript heap before", before, "MB"),
        Row(f"JavaScript heap after {hovers} hovers", after, "MB"),
        Row("growth", after - before, "MB", 2),
    ]


def _of(found: list[dict[str, Any]], layer: str) -> list[float]:
    return [one["script"] for one in found if one["layer"] == layer]


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--cells", type=int, default=30, help="of each layer (30)")
    parser.add_argument("--hovers", type=int, default=5000, help="between the two heaps (5000)")
    options = parser.parse_args()
    print_rows("Pointing", measure(options.cells, options.hovers), as_json=options.json)


if __name__ == "__main__":
    main()
