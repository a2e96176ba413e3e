"""Which pieces of ink are the digit: judged by shape, not by weight."""

from typing import NamedTuple

import numpy as np

from model.preprocess.pieces import Marks, Pieces, describe, grown, label
from model.preprocess.place import Array, Box
from model.preprocess.several import apart, around, wanted

MOST = 40
"""Pieces that are held against each other: the longest."""

STRAIGHT = 0.9
"""Part of a line's length that its ends are apart when it is straight."""


def without_frames(marks: Marks, ink: Array) -> Marks:
    """Marks without what encloses other marks: printed boxes, whose sides may be long lines."""
    runs = label(marks)
    pieces = describe(runs, ink)
    large = (pieces.longest >= 0.03 * max(marks.shape)) & (pieces.length >= 2 * pieces.width)
    frames = _frames(pieces, large)
    return marks & ~runs.mask(frames, marks.shape) if frames.any() else marks


class Choice(NamedTuple):
    """What was taken for writing."""

    kept: Marks  # (rows, columns)
    near: Marks  # the same and a little around it, where its edges fade
    width: float  # of its lines, in pixels
    strength: float  # of its largest piece: contrast squared times length, in sides of the picture
    slender: float  # how many times longer than wide that piece is
    longest: float  # side of that piece's box
    digits: tuple[Box, ...] = ()  # where each is, in pixels, when there seem to be several


def choose(
    marks: Marks, ink: Array, window: int, finest: float, digit: int | None = None
) -> Choice | None:
    """Choose what looks like a pen's lines: none finer than a part of the window, or as broad."""
    runs = label(marks)
    if not runs.pieces:
        return None
    pieces = describe(runs, ink)
    side = max(marks.shape)
    possible = (
        (pieces.longest >= max(5, 0.03 * side))
        & (pieces.width > finest * window)
        & (pieces.length >= 2.0 * pieces.width)
    )
    possible &= pieces.width < 0.75 * window
    along = pieces.edge > 3 * pieces.width + 2
    possible &= ~along
    frames = _frames(pieces, possible)
    possible &= ~frames
    if not possible.any():
        return None
    at_edge = pieces.edge > 0
    worth = np.where(possible, pieces.ink, 0) * np.where(at_edge, 0.1, 1)
    rules = _rules(pieces, possible)
    possible &= ~rules
    worth = np.where(possible, worth, 0)
    if not possible.any():
        return None
    main = int(worth.argmax())
    never = along | frames | rules
    digits, main = _several(pieces, possible, main, digit)
    kept = _with(pieces, main, never)
    if digits:
        own = digits[wanted(digits, digit)]
        kept &= (pieces.left >= own.left) & (pieces.right <= own.right)
        kept &= (pieces.top >= own.top) & (pieces.bottom <= own.bottom)
    mask = runs.mask(kept, marks.shape)
    width = float(pieces.area[kept].sum() / pieces.length[kept].sum())
    near = grown(mask, max(1, round(0.6 * width)))
    strength = float((pieces.ink[main] / pieces.area[main]) ** 2 * pieces.length[main] / side)
    slender = float(pieces.length[main] / pieces.width[main])
    return Choice(mask, near, width, strength, slender, float(pieces.longest[main]), digits)


def _several(
    pieces: Pieces, possible: Marks, main: int, digit: int | None
) -> tuple[tuple[Box, ...], int]:
    """Where the digits are, when there are several, and the largest piece of the one to read."""
    dark = pieces.ink / pieces.area
    like = possible & (dark > 0.65 * dark[main]) & (pieces.edge == 0)
    like &= (pieces.width > 0.6 * pieces.width[main]) & (pieces.width < 1.7 * pieces.width[main])
    like &= pieces.longest > 0.25 * pieces.longest[main]
    like &= ~_remains(pieces, like)
    found = np.flatnonzero(like)
    if not 2 <= len(found) <= MOST:
        return (), main
    some = pieces.of(found)
    sides = zip(some.left, some.top, some.right, some.bottom, strict=True)
    boxes = [Box(*(float(side) for side in one)) for one in sides]
    parts = apart(boxes)
    if not parts:
        return (), main
    digits = tuple(around([boxes[k] for k in part]) for part in parts)
    members = found[parts[wanted(digits, digit)]]
    return digits, int(members[int(pieces.ink[members].argmax())])


def _remains(pieces: Pieces, like: Marks) -> Marks:
    """Bare straight lines that are no 1 beside other digits: what is left of boxes and rules."""
    wide, high = pieces.right - pieces.left, pieces.bottom - pieces.top
    bare = (np.hypot(wide, high) > STRAIGHT * pieces.length) & (pieces.longest > 4 * pieces.width)
    others = like & ~bare
    if not others.any():
        return np.asarray(bare, bool)
    body = np.flatnonzero(others)[int(pieces.longest[others].argmax())]
    one = (high > 0.6 * high[body]) & (high < 1.4 * high[body])
    ratio = pieces.width / pieces.width[body]
    one &= (ratio > 0.7) & (ratio < 1.4)
    dark = pieces.ink / pieces.area
    return np.asarray(bare & ~(one & (dark > 0.8 * dark[body])), bool)


def _with(pieces: Pieces, main: int, never: Marks) -> Marks:
    """The main piece and what belongs to it: near, of a like width and darkness, no speck."""
    size = float(pieces.longest[main])
    gap_x = np.maximum(pieces.left - pieces.right[main], pieces.left[main] - pieces.right)
    gap_y = np.maximum(pieces.top - pieces.bottom[main], pieces.top[main] - pieces.bottom)
    near = np.maximum(gap_x, gap_y) < 0.35 * size
    dark = pieces.ink / pieces.area
    like = (dark > 0.5 * dark[main]) & (pieces.width < 2.5 * pieces.width[main])
    kept = near & like & ~never & (pieces.ink > 0.03 * pieces.ink[main])
    kept &= pieces.longest <= 2 * size
    kept &= (pieces.edge == 0) | (pieces.edge[main] > 0)
    kept[main] = True
    return np.asarray(kept, bool)


def _frames(pieces: Pieces, possible: Marks) -> Marks:
    """Pieces around another one that is not much smaller."""
    large = np.flatnonzero(possible)
    large = large[np.argsort(-pieces.longest[large])[:MOST]]
    some = pieces.of(large)
    outer, inner = np.s_[:, None], np.s_[None]
    around = (some.left[outer] < some.left[inner]) & (some.right[outer] > some.right[inner])
    around &= (some.top[outer] < some.top[inner]) & (some.bottom[outer] > some.bottom[inner])
    least = np.minimum(some.right - some.left, some.bottom - some.top)
    found = np.zeros(len(possible), bool)
    found[large] = (around & (some.longest[inner] > 0.3 * least[outer])).any(1)
    return found


def _rules(pieces: Pieces, possible: Marks) -> Marks:
    """Straight lines that lie, while something else stands; and long ones whatever they do."""
    wide, high = pieces.right - pieces.left, pieces.bottom - pieces.top
    straight = (pieces.length > 0) & (np.hypot(wide, high) > STRAIGHT * pieces.length)
    straight &= pieces.longest > 5 * pieces.width
    lying = straight & (wide > 2.5 * high)
    others = possible & ~straight
    standing = possible & ~lying
    if not standing.any():
        return np.zeros_like(possible)
    body = standing if not others.any() else others
    height = float(high[body].max())
    best = np.flatnonzero(body)[int(pieces.ink[body].argmax())]
    below = pieces.top > pieces.bottom[best] - 0.05 * height
    above = pieces.bottom < pieces.top[best] - 0.05 * height
    widest = float(wide[best])
    drop = lying & ((below & (wide > 0.6 * widest)) | (above & (wide > 1.4 * widest)))
    drop |= (
        straight & (pieces.longest > 2.5 * pieces.longest[best]) & (np.arange(len(wide)) != best)
    )
    return np.asarray(drop, bool)
