"""Tell one digit from several, by the boxes of what was drawn apart.

Parts of one digit, like the bar of a 5, lie close together, or lie down; digits beside or below
each other stand, are about equally high, and keep a distance.
"""

from collections.abc import Sequence

import numpy as np

from model.preprocess.pieces import Marks, label
from model.preprocess.place import Box

GAP = 0.07
"""Distance between two boxes, in heights of the largest, up to which they are one digit."""

LEAST = 0.45
"""Height of a digit beside another, in heights of the largest."""

MOST = 100
"""Boxes: more are a drawing, and all pairs of them would take long to compare."""

LYING = 2.2
"""Times wider than high: what is more so is no digit, but a bar or a minus."""


def apart(boxes: Sequence[Box]) -> list[list[int]]:
    """Which boxes belong together; each digit's, in reading order, or nothing when it is one."""
    if not 2 <= len(boxes) <= MOST:
        return []
    gap = GAP * max(box.longest for box in boxes)
    groups = [[index] for index in range(len(boxes))]
    frames = list(boxes)
    merged = True
    while merged:
        merged = False
        for one in range(len(groups) - 1, 0, -1):
            near = next((k for k in range(one) if _near(frames[k], frames[one], gap)), None)
            if near is not None:
                frames[near] = around((frames[near], frames[one]))
                groups[near] += groups[one]
                del groups[one], frames[one]
                merged = True
    highest = max(box.height for box in frames)
    stand = [
        k
        for k, box in enumerate(frames)
        if box.height > LEAST * highest and box.width < LYING * box.height
    ]
    if len(stand) < 2:
        return []
    stand.sort(key=lambda k: (round(frames[k].top / highest), frames[k].left))
    return [groups[k] for k in stand]


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around others."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def wanted(digits: Sequence[Box], digit: int | None) -> int:
    """Which of the digits to read: the one that was chosen, else the largest."""
    if digit is not None and digit < len(digits):
        return digit
    return max(range(len(digits)), key=lambda k: digits[k].width * digits[k].height)


def joined(marks: Marks, digits: Sequence[Box]) -> bool:
    """Whether two of the boxes hold most of one and the same piece of the marks."""
    runs, mains = label(marks), set()
    for box in digits:
        size = np.minimum(runs.end, box.right) - np.maximum(runs.start, box.left)
        size[(runs.row < box.top) | (runs.row >= box.bottom)] = 0
        sizes = np.bincount(runs.piece, np.maximum(size, 0), runs.pieces)
        if sizes.any():
            main = int(sizes.argmax())
            if main in mains:
                return True
            mains.add(main)
    return False


def _near(one: Box, other: Box, gap: float) -> bool:
    across = max(one.left - other.right, other.left - one.right)
    down = max(one.top - other.bottom, other.top - one.bottom)
    return max(across, down) < gap
