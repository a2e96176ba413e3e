"""Does this digit survive a shift? What is read of the drawing once it is moved."""

from itertools import product
from typing import Final

import numpy as np

from app.quiz.item import Gap, Item, Moved, Option, Words, grid_of
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, mixed
from model.arrays import Array

STEPS: Final = {1: (1, 2), 2: (3,), 3: (4, 5, 6)}
"""Level: by how many pixels it is moved."""

DIRECTIONS: Final = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}

_CLEAR: Final = 0.1
"""By how much the class that is read is ahead of the next, before and after."""


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    before = material.shares()
    if not _clear(before):
        return None
    for steps, name in mixed(rng, list(product(STEPS[level], DIRECTIONS))):
        down, right = (steps * one for one in DIRECTIONS[name])
        after = material.shares(down, right)
        if _clear(after):
            return _question(material, before, after, steps, name)
    return None


def _clear(shares: Array) -> bool:
    second, first = np.sort(shares)[-2:]
    return bool(first - second >= _CLEAR)


def _question(material: Material, before: Array, after: Array, steps: int, name: str) -> Item:
    down, right = (steps * one for one in DIRECTIONS[name])
    was, now = int(before.argmax()), int(after.argmax())
    said: dict[str, Gap] = {"class": material.classes[was]}
    still = Option(Words("item.shift.still", said), "" if was == now else "never-changes")
    other = Option(Words("item.shift.other", said), "" if was != now else "any-shift-changes")
    asks = Words(f"item.shift.asks.{name}", {**said, "count": steps})
    cell = material.cell(material.network.output_layer, now)
    assert material.pixels is not None
    drawing = grid_of(Words("item.shift.drawing"), material.pixels, painted="image")
    return Item(asks, (still, other), cell, (drawing,), moved=Moved(down, right))


def _missing(material: Material, level: int) -> str:
    del level
    if len(material.classes) < 2:
        return "softmax"
    return "" if material.pixels is not None and material.pixels.any() else "drawing"


SHIFT: Final = Kind("shift", _make, _missing, tries=1)
