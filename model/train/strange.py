"""What is no digit, to learn from: signs, scribbles, and several digits in one drawing.

A network that has only ever seen digits takes whatever it is shown for one. So a recipe may show it
some of these beside them, for which no class is right (`NONE` of `batches.py`). What networks are
judged by, in `drawn.py`, was written down apart: mostly the same letters, but drawn in other ways,
and another way to scribble.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from model.preprocess import Stroke, preprocess_strokes
from model.train.batches import NONE, Examples
from model.train.drawn import ALL_DIGITS, HURRIED, one_of, render
from model.train.hand import Hand, Points, Range, bowed, curve, on_pad, write
from model.train.ways import SIGNS, Way

Draw = Callable[[np.random.Generator], list[Stroke]]

_WAYS = [way for name in sorted(SIGNS) for way in SIGNS[name]]


def strange(count: int, rng: np.random.Generator) -> Examples:
    """Draw so many, half of them signs: images as MNIST's, labels `NONE`."""
    drawings = (one_of(SORTS, rng)(rng) for _ in range(count))
    return Examples(render(drawings, count), np.full(count, NONE, np.uint8))


def sign(rng: np.random.Generator) -> list[Stroke]:
    """Draw a letter or a sign."""
    return write(one_of(_WAYS, rng), HURRIED, rng)


def walk(rng: np.random.Generator) -> list[Stroke]:
    """Let the pen wander: it keeps its direction for a while, and turns at random."""
    steps = int(rng.integers(12, 60))
    turns = rng.normal(rng.normal(0, 0.15), rng.uniform(0.4, 1.2), steps)
    direction = rng.uniform(0, 2 * np.pi) + np.cumsum(turns)
    path = np.cumsum(np.stack((np.cos(direction), np.sin(direction)), axis=1), axis=0)
    return on_pad([curve(path)], HURRIED, rng)


def zigzag(rng: np.random.Generator) -> list[Stroke]:
    """Go to and fro, ever further, in any direction: as one crosses out or fills in."""
    turns = int(rng.integers(4, 14))
    along = np.arange(turns) * rng.uniform(0.1, 0.6) + rng.normal(0, 0.1, turns)
    across = np.where(np.arange(turns) % 2, 1.0, -1.0) * rng.uniform(0.6, 1.2, turns)
    angle = rng.uniform(0, np.pi)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = np.stack((along, across), axis=1) @ rotation.T
    lines = [curve(points)] if rng.random() < 0.5 else [_straight(points)]
    return on_pad(lines, HURRIED, rng)


def arcs(rng: np.random.Generator) -> list[Stroke]:
    """Lay three to six arcs over each other, anywhere."""
    count = int(rng.integers(3, 7))
    return on_pad([curve(bowed(rng.random((2, 2)), 0.4, rng)) for _ in range(count)], HURRIED, rng)


def several(rng: np.random.Generator) -> list[Stroke]:
    """Write two to four digits beside each other, so close that `preprocess` takes them for one."""
    while True:
        strokes = row(ALL_DIGITS, HURRIED, (-0.2, 0.25), HURRIED, rng)
        if not preprocess_strokes(strokes).digits:
            return strokes


def row(
    ways: Mapping[str, Sequence[Way]],
    hand: Hand,
    gap: Range,
    whole: Hand,
    rng: np.random.Generator,
) -> list[Stroke]:
    """Write two to four digits in a row, about equally high and nearly on one line: one drawing.

    gap : between two of them, as a share of their height; below 0 they overlap.
    whole : gives the row its size and the width of its lines.
    """
    names = [one_of(sorted(ways), rng) for _ in range(int(rng.integers(2, 5)))]
    drawings = [write(one_of(ways[name], rng), hand, rng) for name in names]
    lines: list[Points] = []
    right = 0.0
    for drawing in drawings:
        points = [stroke.points for stroke in drawing]
        everything = np.concatenate(points)
        scale = rng.uniform(0.8, 1.1) / max(float(np.ptp(everything[:, 1])), 1e-6)
        corner = np.array((right, rng.normal(0, 0.06)))
        laid = [(one - everything.min(axis=0)) * scale + corner for one in points]
        right = max(float(one[:, 0].max()) for one in laid) + rng.uniform(*gap)
        lines += laid
    return on_pad(lines, whole, rng)


SORTS: Sequence[Draw] = (sign, sign, sign, sign, walk, zigzag, arcs, several)


def _straight(points: Points) -> Points:
    """Go from point to point by straight lines, (n, 2) -> (m, 2)."""
    places = np.linspace(0, len(points) - 1, 6 * len(points))
    return np.stack([np.interp(places, np.arange(len(points)), axis) for axis in points.T], axis=1)
