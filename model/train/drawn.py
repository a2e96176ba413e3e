"""Drawings of our own making: digits to learn from, digits to judge by, and what is no digit.

All are strokes of a pen that go through `model.preprocess`, as on the page, so that they look as
what people draw will look. Pure: the same generator gives the same drawings.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

from model.data.idx import Bytes
from model.preprocess import Stroke, preprocess_strokes
from model.train.batches import Examples
from model.train.hand import Hand, curve, on_pad, write
from model.train.ways import DIGITS, LETTERS, MORE_DIGITS, OTHER_DIGITS, Way

T = TypeVar("T")

STEADY = Hand()
HURRIED = Hand(slant=(-0.2, 0.45), haste=(0.0, 0.18), miss=0.025)
"""Cuts corners and misses where a stroke should go on; STEADY does neither."""

DIGIT_CLASSES = tuple(sorted(DIGITS))
"""What the labels of drawn digits count."""

ALL_DIGITS = {name: (*DIGITS[name], *MORE_DIGITS[name]) for name in DIGITS}

OTHER = Hand(
    size=(0.2, 0.95),
    width=(0.015, 0.15),
    thickest=0.25,
    slant=(-0.25, 0.5),
    care=(0.5, 1.5),
    bow=0.08,
    wave=0.045,
)
"""A less steady hand, smaller and larger, thinner and thicker: for judging only."""

JUDGED = 2_000
"""Digits that a network is judged by, and as many drawings that are none."""

_JUDGED_SEED = 20_151


def digits(
    count: int,
    rng: np.random.Generator,
    hand: Hand = STEADY,
    ways: Mapping[str, Sequence[Way]] = DIGITS,
) -> Examples:
    """Draw so many digits, each class as often as any other, each way of writing it alike."""
    names = sorted(ways)
    labels = np.arange(count) % len(names)
    drawings = (write(one_of(ways[names[k]], rng), hand, rng) for k in labels)
    return Examples(render(drawings, count), labels.astype(np.uint8))


def render(drawings: Iterator[Sequence[Stroke]], count: int) -> Bytes:
    """Make MNIST's bytes of `count` drawings, as the page's are made: (count, 28, 28)."""
    images = np.empty((count, 28, 28), np.uint8)
    for image, strokes in zip(images, drawings, strict=True):
        image[:] = np.rint(preprocess_strokes(strokes).pixels * 255)
    return images


def letter(rng: np.random.Generator) -> list[Stroke]:
    """Draw a letter that is no digit."""
    ways = [way for name in sorted(LETTERS) for way in LETTERS[name]]
    return write(one_of(ways, rng), OTHER, rng)


def scribble(rng: np.random.Generator) -> list[Stroke]:
    """Draw a curve to and fro without aim."""
    return on_pad([curve(rng.random((rng.integers(8, 20), 2)))], OTHER, rng)


def dot(rng: np.random.Generator) -> list[Stroke]:
    """Draw a dot, or a few."""
    return on_pad(list(rng.random((rng.integers(1, 5), 1, 2))), OTHER, rng)


def lines(rng: np.random.Generator) -> list[Stroke]:
    """Draw one to four straight lines; a single one lies, for one that stands is a 1."""
    count = rng.integers(1, 5)
    ends = rng.random((count, 2, 2))
    if count == 1:
        ends = np.array([[[0.0, 0.0], [1.0, rng.uniform(-0.4, 0.4)]]])
    return on_pad([curve(pair) for pair in ends], OTHER, rng)


def one_of(things: Sequence[T], rng: np.random.Generator) -> T:
    """Take one by chance."""
    return things[int(rng.integers(len(things)))]


NO_DIGITS = {"letters": letter, "scribbles": scribble, "dots": dot, "lines": lines}


@lru_cache(maxsize=1)
def judged_digits() -> Examples:
    """Draw the digits that networks are judged by: other ways, another hand, always the same."""
    return digits(JUDGED, np.random.default_rng([_JUDGED_SEED, 0]), OTHER, OTHER_DIGITS)


@lru_cache(maxsize=1)
def judged_others() -> Mapping[str, Bytes]:
    """Draw what is no digit, by sort, always the same: {sort: (n, 28, 28) bytes}."""
    each = JUDGED // len(NO_DIGITS)
    found = {}
    for number, (name, draw) in enumerate(NO_DIGITS.items(), start=1):
        rng = np.random.default_rng([_JUDGED_SEED, number])
        found[name] = render((draw(rng) for _ in range(each)), each)
    return found
