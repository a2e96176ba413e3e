"""MNIST's digits as a pen on the page would have drawn them: hundreds of real hands, our lines.

MNIST was written on paper with pens of many widths and scanned. On the page every line has one
width and a sharp edge; small digits and thick brushes come out thick, thin brushes thin. So each
image is thinned to the middle of its lines, a pen of any width goes over them, and what it draws
takes the page's own way through `model.preprocess`.

B images, H rows, W columns.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.data.idx import Bytes
from model.preprocess import Stroke
from model.train.augment import Augmentation, augment, spread
from model.train.batches import Examples
from model.train.drawn import render

WIDTHS = (0.035, 0.15)
"""Of the pen, as fractions of the pad's side; drawn evenly on a logarithmic scale."""

SIZE = 0.7
"""Longest side of the middle line, as a fraction of the pad's side."""

FINE = 3
"""Rows and columns of fine cells per pixel: lines are thinned to the width of one cell."""

INK = 0.45
"""From here on a fine cell belongs to a line."""

CHUNK = 100
"""Images that are thinned at once: as many as stay in the processor's cache."""

BENT_AT_ONCE = 100
"""Images that the same waves are drawn for; what chance makes of a seed depends on it."""

Bend = Literal["learnt", "judged"]

_SHAPE = Augmentation(
    scale=0.1,
    shift=0.0,
    **dict.fromkeys(("thicker", "thinner", "blur", "fainter", "darker"), 0.0),
)
"""What the pen decides afterwards, how thick a line is and where it lies, is left alone."""

BENT: Mapping[Bend, Augmentation] = {
    "learnt": _SHAPE,
    "judged": replace(_SHAPE, rotation=20.0, aspect=0.25, shear=0.4, elastic=1.6),
}
"""How people might have written otherwise: judged is what is bent further than what is learnt."""

Marks = NDArray[np.uint8]  # 0 or 1


def redrawn(
    examples: Examples, count: int, rng: np.random.Generator, *, bent: bool = False
) -> Examples:
    """Draw `count` of the examples again, each at most once more often than any other.

    `bent` are what their writers might have written otherwise.
    """
    total = len(examples.labels)
    rounds = [rng.permutation(total) for _ in range(-(-count // total))]
    chosen = np.concatenate(rounds)[:count] if rounds else np.empty(0, np.intp)
    low, high = WIDTHS
    widths = np.exp(rng.uniform(math.log(low), math.log(high), count))
    images = examples.images[chosen]
    if bent:
        images = otherwise(images, "learnt", rng)
    return Examples(redraw(images, widths), examples.labels[chosen])


def redraw(images: Bytes, widths: Sequence[float] | NDArray[np.float64]) -> Bytes:
    """Draw each image again with a pen of its own width: (B, 28, 28) -> (B, 28, 28)."""
    return render(_drawings(images, widths), len(images))


def otherwise(images: Bytes, how: Bend, rng: np.random.Generator) -> Bytes:
    """Bend images, as if the same people wrote otherwise: (B, 28, 28) -> (B, 28, 28)."""
    bent = np.empty_like(images)
    for start in range(0, len(images), BENT_AT_ONCE):
        some = slice(start, start + BENT_AT_ONCE)
        ink = augment(images[some] / np.float32(255), BENT[how], rng)
        bent[some] = np.rint(np.clip(ink, 0, 1) * 255)
    return bent


def _drawings(
    images: Bytes, widths: Sequence[float] | NDArray[np.float64]
) -> Iterator[list[Stroke]]:
    for start in range(0, len(images), CHUNK):
        thinned = middles(images[start : start + CHUNK])
        for marks, width in zip(thinned, widths[start : start + CHUNK], strict=True):
            yield strokes(marks, float(width))


def middles(images: Bytes) -> Marks:
    """Find the middle of every line: (B, H, W) bytes -> (B, FINE·H, FINE·W)."""
    height, width = images.shape[1:]
    down, across = spread(height, FINE * height), spread(width, FINE * width)
    ink = down @ (images / np.float32(255)) @ across.T
    return thin((ink > INK).astype(np.uint8))


def thin(marks: Marks) -> Marks:
    """Take cells off the edges of lines until the lines are one cell wide: (B, H, W).

    T. Zhang, C. Suen, "A Fast Parallel Algorithm for Thinning Digital Patterns" (1984). A marked
    cell goes when it lies on an edge, ends no line, and joins no two parts of one; south-eastern
    edges and north-western ones take turns, so that the middle remains.
    """
    padded = np.pad(marks, ((0, 0), (1, 1), (1, 1)))
    inner = padded[:, 1:-1, 1:-1]
    around = [padded[:, 1 + y : y - 1 or None, 1 + x : x - 1 or None] for y, x in _RING]
    north, _, east, _, south, _, west, _ = around
    gone, turn = [True, True], 0
    while any(gone):
        neighbours = sum(around)
        # From paper to a mark, going once around the cell: how many parts meet here.
        parts = sum((1 - a) & b for a, b in zip(around, around[1:] + around[:1], strict=True))
        edge = (east & south & (north | west)) if turn == 0 else (north & west & (east | south))
        going = (inner == 1) & (neighbours >= 2) & (neighbours <= 6) & (parts == 1) & (edge == 0)
        inner[going] = 0
        gone[turn] = bool(going.any())
        turn = 1 - turn
    return np.ascontiguousarray(inner)


_RING = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""Rows and columns to the eight neighbours, clockwise from the north."""


def strokes(marks: Marks, width: float) -> list[Stroke]:
    """Go over every line of a thinned image with a pen, one stroke for each connected part."""
    lines = [np.array(line, np.float64)[:, ::-1] for line in _walks(marks)]
    if not lines:
        return []
    everything = np.concatenate(lines)
    low, extent = everything.min(0), np.ptp(everything, axis=0)
    scale = SIZE / max(float(extent.max()), 1.0)
    corner = (1 - extent * scale) / 2
    return [Stroke((line - low) * scale + corner, width) for line in lines]


def _walks(marks: Marks) -> Iterator[list[tuple[int, int]]]:
    """Walk over all marked cells, from neighbour to neighbour, back where a line ends."""
    left = dict.fromkeys((int(row), int(column)) for row, column in np.argwhere(marks))
    while left:
        here, _ = left.popitem()
        way, walk = [here], [here]
        while way:
            row, column = way[-1]
            near = ((row + y, column + x) for y, x in _RING)
            onward = next((cell for cell in near if cell in left), None)
            if onward is None:
                way.pop()
                walk.extend(way[-1:])
            else:
                del left[onward]
                way.append(onward)
                walk.append(onward)
        yield walk
