"""How many drawn digits are read right, without a browser: strokes, preprocessing, network.

    python -m benchmarks.strokes [--folder ../shared/strokes] [--model NAME_OR_FILE] [--json]

Every file of pen strokes in the folder, `{"0": [sample, …], …}` with a sample as a list of strokes
and a stroke as a list of [x, y], is drawn in four ways. Where a digit lies and how large it is are
those of its path, without the width of the line.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from benchmarks.report import Row, environment, print_rows
from model import Network, load_network
from model.preprocess import Stroke, preprocess_strokes, to_input
from model.train.calibrate import doubted, energy

FOLDER = Path(__file__).parents[2] / "shared" / "strokes"
TAP = 5.0
"""Screen units: what is smaller was no digit but an accident."""

GRID = 2000
"""Lines across the pad on which points stand, as GRID of static/js/input/strokes.js says."""

Points = npt.NDArray[np.float64]


class Variant(NamedTuple):
    """How digits are drawn on the pad; fractions of its side."""

    name: str
    size: float
    width: float
    corner: bool
    target: float  # percent, at least


VARIANTS = (
    Variant("70 % in the middle", 0.7, 0.07, False, 99.0),
    Variant("40 % in the upper left", 0.4, 0.07, True, 98.0),
    Variant("3 % brush", 0.7, 0.03, False, 98.0),
    Variant("12 % brush", 0.7, 0.12, False, 98.0),
)


class Drawings(NamedTuple):
    """Digits as lines of points, in any unit, and what they are."""

    lines: list[list[Points]]
    labels: list[int]


class Found(NamedTuple):
    """What a network made of the digits drawn in one way."""

    variant: Variant
    accuracy: float  # percent
    unsure: float  # percent below the energy threshold; 0 when the weights name none
    several: float  # percent taken for several digits
    confusions: list[tuple[str, int]]  # "true as said" and how often, the most frequent first


def read_folder(folder: Path) -> Drawings:
    """Read every file of strokes in a folder."""
    drawings = Drawings([], [])
    for path in sorted(folder.glob("*.json")):
        for name, samples in json.loads(path.read_bytes()).items():
            for sample in samples:
                lines = [np.asarray(line, np.float64)[:, :2] for line in sample if len(line)]
                if lines and np.ptp(np.concatenate(lines), axis=0).max() >= TAP:
                    drawings.lines.append(lines)
                    drawings.labels.append(int(name))
    return drawings


def on_pad(lines: Sequence[Points], variant: Variant) -> list[Stroke]:
    """Lay a digit on the pad as a variant says, its points on the grid."""
    everything = np.concatenate(lines)
    low, extent = everything.min(0), np.ptp(everything, axis=0)
    scale = variant.size / extent.max()
    margin = variant.width / 2 + 0.015
    corner = np.full(2, margin) if variant.corner else (1 - extent * scale) / 2
    laid = [(line - low) * scale + corner for line in lines]
    return [Stroke(np.rint(line * GRID) / GRID, variant.width) for line in laid]


def read_drawings(network: Network, drawings: Drawings, variant: Variant) -> Found:
    """Draw every digit in one way and let the network read it."""
    done = [preprocess_strokes(on_pad(lines, variant)) for lines in drawings.lines]
    inputs = np.stack([to_input(one.pixels, network.spec.input) for one in done])
    logits = network.logits(inputs)
    labels, said = np.array(drawings.labels), logits.argmax(axis=1)
    wrong = said != labels
    pairs = Counter(
        f"{true} as {read}" for true, read in zip(labels[wrong], said[wrong], strict=True)
    )
    unsure = float(np.mean(doubted(energy(logits), network.metadata)))
    several = float(np.mean([bool(one.digits) for one in done]))
    accuracy = 1 - float(wrong.mean())
    return Found(variant, 100 * accuracy, 100 * unsure, 100 * several, pairs.most_common(5))


def measure(network: Network, drawings: Drawings) -> list[Found]:
    """Read all drawings in all four ways."""
    with threadpool_limits(1, user_api="blas"):
        return [read_drawings(network, drawings, variant) for variant in VARIANTS]


def rows(found: Sequence[Found]) -> list[Row]:
    """Lay the figures out as every benchmark does; the targets are the least that is wanted."""
    return [
        row
        for one in found
        for row in (
            Row(one.variant.name, one.accuracy, "%", least=one.variant.target),
            Row(f"{one.variant.name}, not sure", one.unsure, "%"),
            Row(f"{one.variant.name}, taken for several", one.several, "%", target=0.5),
        )
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--model", default="lenet")
    parser.add_argument("--json", action="store_true", help="print JSON")
    wanted = parser.parse_args(arguments)
    drawings = read_folder(wanted.folder)
    if not drawings.labels:
        sys.exit(f"There are no strokes in {wanted.folder}; name a folder with --folder.")
    found = measure(load_network(wanted.model), drawings)
    title = f"{len(drawings.labels):,} drawn digits, read by {wanted.model}"
    if wanted.json:
        print(json.dumps(as_json(title, found)))
        return
    print_rows(title, rows(found), as_json=False)
    for one in found:
        worst = ", ".join(f"{pair} ({count})" for pair, count in one.confusions) or "none"
        print(f"  {one.variant.name}, worst confusions: {worst}")


def as_json(title: str, found: Sequence[Found]) -> dict[str, Any]:
    """Lay the figures out as every benchmark does, and the worst confusions beside them."""
    return {
        "title": title,
        "environment": environment(),
        "figures": [row._asdict() for row in rows(found)],
        "worst_confusions": {one.variant.name: dict(one.confusions) for one in found},
    }


if __name__ == "__main__":
    main()
