"""Strokes to 28×28 pixels, against a canvas drawn with Pillow in the same run.

    python -m benchmarks.preprocess [--json]

The yardstick does what a page does without thinking: draw on a canvas of 280×280 px at four times
the size, average, crop to the ink, average again. Both do ordinary drawings, round by round.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from model.preprocess import Preprocessed, Stroke, preprocess_strokes
from model.preprocess.place import BOX, bounding_box, place, shrink

SIDE = 280
SHARP = 4
DRAWINGS = {"1 stroke, 30 points": (1, 30), "2 strokes, 120 points": (2, 60), "4, 600": (4, 150)}


def drawing(strokes: int, points: int) -> list[Stroke]:
    """Smooth lines like those of a hand, the same at every run."""
    rng = np.random.default_rng(0)
    part = np.linspace(0, 1, points)[:, None]
    made = []
    for _ in range(strokes):
        start, end, bow = rng.uniform(0.25, 0.75, (3, 2))
        made.append(Stroke((1 - part) ** 2 * start + 2 * part * (1 - part) * bow + part**2 * end))
    return made


def through_a_canvas(strokes: list[Stroke]) -> Preprocessed:
    """The yardstick: quadrilaterals and discs with Pillow."""
    canvas = Image.new("L", (SIDE * SHARP, SIDE * SHARP))
    draw = ImageDraw.Draw(canvas)
    for stroke in strokes:
        points = stroke.points * SIDE * SHARP
        radius = stroke.width * SIDE * SHARP / 2
        draw.line([tuple(point) for point in points], fill=255, width=round(2 * radius))
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    ink = np.asarray(canvas.reduce(SHARP), np.float32) / np.float32(255)
    box = bounding_box(ink)
    if box is None:
        sys.exit("The yardstick drew nothing.")
    return place(shrink(ink, box), [edge / SIDE for edge in box], BOX / box.longest * SIDE)


def microseconds(work: Callable[[], Preprocessed]) -> float:
    """Duration of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e6


def measure(rounds: int = 300) -> dict[str, dict[str, float]]:
    """Medians in µs, the two taking turns, and how many times faster ours is."""
    results = {}
    for name, (strokes, points) in DRAWINGS.items():
        drawn = drawing(strokes, points)
        ours, canvas = [], []
        for _ in range(rounds):
            ours.append(microseconds(lambda d=drawn: preprocess_strokes(d)))
            canvas.append(microseconds(lambda d=drawn: through_a_canvas(d)))
        fast, slow = statistics.median(ours), statistics.median(canvas)
        results[name] = {"ours_us": fast, "canvas_us": slow, "ratio": slow / fast}
    return results


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    results = measure()
    if parser.parse_args().json:
        print(json.dumps(results, indent=2))
        return
    print(f"{'drawing':24}{'strokes to pixels':>20}{'through a canvas':>20}{'ratio':>8}")
    for name, row in results.items():
        print(f"{name:24}{row['ours_us']:17.0f} µs{row['canvas_us']:17.0f} µs{row['ratio']:7.1f}×")


if __name__ == "__main__":
    main()
