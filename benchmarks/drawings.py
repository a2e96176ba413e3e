"""Digits of real hands, drawn on the real page through the real pad, in a real Chromium.

    python -m benchmarks.drawings --folder ../shared/strokes [--each 20] [--json]

Reads every .json file of the folder: {"0": [drawing, …], … "9": […]}, a drawing a list of strokes,
a stroke a list of [x, y], downwards. Each is drawn by pointer events: at 70 % of the pad, at 40 %
in its upper left corner, with a brush of 3 % and of 12 % of the pad's side. A drawing takes about
half a second, at the browser's own pace; `benchmarks.strokes` asks the same without a browser, in
seconds.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.report import Row, print_rows
from tests.browser import chromium
from tests.browser.lens import Lens
from tests.server import running

Points = list[list[float]]


class Variant(NamedTuple):
    """One way to draw: how large, where, with which brush (fractions of the pad's side)."""

    name: str
    longest: float
    corner: bool
    width: float
    target: float  # per cent


VARIANTS = (
    Variant("at 70 % of the pad", 0.7, False, 0.07, 99),
    Variant("at 40 % in the upper left", 0.4, True, 0.07, 98),
    Variant("with a brush of 3 %", 0.7, False, 0.03, 98),
    Variant("with a brush of 12 %", 0.7, False, 0.12, 98),
)


def drawings(folder: Path, each: int | None) -> Iterator[tuple[str, list[Points]]]:
    """Digit and strokes of every drawing; at most `each` of a digit from a file."""
    for file in sorted(folder.glob("*.json")):
        for digit, found in json.loads(file.read_text()).items():
            for strokes in found[:each]:
                yield digit, [stroke for stroke in strokes if stroke]


def placed(strokes: list[Points], variant: Variant) -> list[Points]:
    """Scale and move a drawing into the pad, with room for half the brush at the edges."""
    points = np.concatenate([np.asarray(stroke, float) for stroke in strokes])
    low, high = points.min(0), points.max(0)
    scale = variant.longest / max((high - low).max(), 1e-9)
    margin = variant.width / 2 + 0.015
    corner = np.full(2, margin) if variant.corner else 0.5 - (high - low) * scale / 2
    return [((np.asarray(stroke, float) - low) * scale + corner).tolist() for stroke in strokes]


def read_all(lens: Lens, variant: Variant, found: list[tuple[str, list[Points]]]) -> Counter[str]:
    """Draw everything; count "true read" pairs."""
    lens.page.locator("#brush").fill(str(variant.width))
    read: Counter[str] = Counter()
    for digit, strokes in found:
        lens.page.evaluate("convlens.clear()")
        lens.draw(placed(strokes, variant)).settle()
        read[f"{digit} {lens.digit}"] += 1
    return read


def measure(folder: Path, each: int | None) -> list[Row]:
    """Per cent read right, for each variant, and the worst confusions on the way."""
    path = chromium.find()
    found = list(drawings(folder, each))
    if path is None or not found:
        sys.exit(chromium.HELP if path is None else f"There are no drawings in {folder}.")
    rows = [Row("drawings", len(found), "")]
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        lens = Lens(page, server.url).open()
        for variant in VARIANTS:
            read = read_all(lens, variant, found)
            right = sum(count for pair, count in read.items() if len(set(pair.split())) == 1)
            rows.append(Row(variant.name, 100 * right / len(found), "%", least=variant.target))
            wrong = [(pair, n) for pair, n in read.most_common() if len(set(pair.split())) == 2]
            said = ", ".join(f"{pair.replace(' ', ' as ')} ({n})" for pair, n in wrong[:5])
            print(f"{variant.name}: {said or 'nothing'} misread", file=sys.stderr)
        browser.close()
    return rows


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True, help="with .json files of drawings")
    parser.add_argument("--each", type=int, help="at most so many of a digit from a file")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    print_rows("Drawings", measure(options.folder, options.each), as_json=options.json)


if __name__ == "__main__":
    main()
