"""A plain photograph of one handwritten digit, by program: hand, pen, paper, light, place, camera.

The hands are those of `model.train`, never fonts.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.scene import Colour, Mark, Points, Scene
from model.train.hand import Hand, write
from model.train.ways import DIGITS, OTHER_DIGITS

SIZES = ((360, 480), (480, 640), (560, 560), (600, 800), (768, 1024))
PENS: tuple[Colour, ...] = (
    (0.02, 0.02, 0.02),
    (0.03, 0.04, 0.14),
    (0.03, 0.05, 0.22),
    (0.06, 0.06, 0.06),
    (0.3, 0.03, 0.03),
)
PAPERS: tuple[Colour, ...] = ((0.85, 0.85, 0.84), (0.8, 0.79, 0.75), (0.75, 0.76, 0.78))
HAND = Hand()

Kind = Callable[[Scene, np.random.Generator], Scene]
"""What a kind changes about a plain photograph."""


def written(digit: int, rng: np.random.Generator) -> list[Points]:
    """Write a digit once: its lines in a box whose longer side is 1, the middle at (0, 0)."""
    ways = (*DIGITS[str(digit)], *OTHER_DIGITS[str(digit)])
    strokes = write(ways[int(rng.integers(len(ways)))], HAND, rng)
    lines = [stroke.points for stroke in strokes]
    everything = np.concatenate(lines)
    low, high = everything.min(0), everything.max(0)
    return [(line - (low + high) / 2) / (high - low).max() for line in lines]


def plain(rng: np.random.Generator, digit: int) -> Scene:
    """A digit with a usual pen on white paper in even light, held by hand."""
    size = SIZES[int(rng.integers(len(SIZES)))]
    height = rng.uniform(0.2, 0.52)
    scene = Scene(
        size=size if rng.random() < 0.5 else size[::-1],
        paper=one(PAPERS, rng),
        roughness=rng.uniform(0.004, 0.015),
        tilt=(rng.normal(0, 0.08), rng.normal(0, 0.12)),
        turn=rng.normal(0, 0.05),
        gradient=(rng.normal(0, 0.12), rng.normal(0, 0.12)),
        exposure=rng.uniform(0.45, 0.9),
        focus=rng.uniform(0.0006, 0.0022),
        noise=math.exp(rng.uniform(math.log(0.003), math.log(0.014))),
        quality=int(rng.integers(72, 96)),
        enlarge=int(rng.integers(2, 5)) if rng.random() < 0.15 else 1,
        grey=rng.random() < 0.15,
    )
    return inked(scene, digit, height, rng.uniform(0.02, 0.06), rng)


def inked(
    scene: Scene, digit: int, height: float, pen: float, rng: np.random.Generator, spread: float = 1
) -> Scene:
    """Write the digit: its height a part of the shorter side, the pen's width a part of that."""
    free = np.array(scene.size[::-1]) / min(scene.size) / 2 - height / 2 - 0.08
    at = rng.uniform(-1, 1, 2) * np.maximum(free, 0) * 0.6 * spread
    lines = tuple(line * height + at for line in written(digit, rng))
    ink = Mark(lines, height * pen, one(PENS, rng), rng.uniform(0.85, 1), 0.12)
    return replace(scene, marks=(replace(ink, grain=rng.uniform(0, 0.15)),))


def again(
    scene: Scene, rng: np.random.Generator, height: float = 1, pen: float = 1, spread: float = 0.5
) -> Scene:
    """The same digit nearer to the middle, larger or smaller, with a finer or broader pen."""
    mark = scene.marks[0]
    low, high = extent(mark)
    middle = (low + high) / 2
    lines = tuple((line - middle) * height + middle * spread for line in mark.lines)
    return replace(scene, marks=(replace(mark, lines=lines, width=mark.width * height * pen),))


def extent(mark: Mark) -> tuple[Points, Points]:
    """Upper left and lower right corner of what a mark covers."""
    everything = np.concatenate(mark.lines)
    return everything.min(0), everything.max(0)


def one(options: Sequence[Any], rng: np.random.Generator) -> Any:
    """Choose one by chance."""
    return options[int(rng.integers(len(options)))]
