"""Maps before and after their input was moved, compared in plain loops, cell after cell."""

import cmath
import math
from itertools import pairwise, product

import numpy as np

NOTHING = {"down": 0, "right": 0, "rotation": 0, "scale": 1}
NEAR = 1e-9


def came_from(row, column, shape, move):
    """Where what is there now was before: a turn is a product of complex numbers, y upwards."""
    down, right, rotation, scale = {**NOTHING, **move}.values()
    middle = complex((shape[2] - 1) / 2, -(shape[1] - 1) / 2)
    away = complex(column, -row) - middle - complex(right, -down)
    found = middle + away / cmath.rect(scale, math.radians(rotation))
    return -found.imag, found.real


def looked_up(grid, row, column):
    """Bilinear by hand: four cells, 0 outside."""
    value = 0.0
    for i, j in product(*((math.floor(at), math.floor(at) + 1) for at in (row, column))):
        if 0 <= i < grid.shape[0] and 0 <= j < grid.shape[1]:
            value += (1 - abs(row - i)) * (1 - abs(column - j)) * float(grid[i, j])
    return value


def seen(spec, layer, cell, axis):
    """The first and the last row (or column) of the input that a cell depends on; None of all."""
    if layer == "input":
        return cell, cell
    one = next(one for one in spec.layers if one.name == layer)
    if one.kind in ("flatten", "dense", "softmax", "ratio"):
        return None
    span = (cell,)
    if one.kind in ("conv", "pool", "subsample"):
        start = cell * one.stride[axis] - one.padding[axis]
        last = (one.kernel[axis] - 1) * (one.dilation or (1, 1))[axis]
        span = (start, start + last)
    ends = [seen(spec, below, at, axis) for below in one.inputs for at in span]
    if None in ends:
        return None
    return min(first for first, _ in ends), max(last for _, last in ends)


def apart(spec, layer, axis):
    """How far the rows (or columns) of a layer lie apart in the input; None of no one distance."""
    if layer == "input":
        return 1
    one = next(one for one in spec.layers if one.name == layer)
    if one.kind in ("flatten", "dense", "softmax", "ratio"):
        return None
    below = {apart(spec, name, axis) for name in one.inputs}
    if len(below) > 1 or None in below:
        return None  # what is added drifts apart, also where the map is too small to show it
    return below.pop() * one.stride[axis]


class Side:
    """Rows, or columns, of a map: what each of its cells sees of the input."""

    def __init__(self, spec, layer, axis):
        self.cells = spec.shapes[layer][1 + axis]
        self.size = spec.shape[1 + axis]
        self.seen = [seen(spec, layer, cell, axis) for cell in range(self.cells)]
        self.regular = apart(spec, layer, axis) is not None
        if not self.regular:
            return
        self.middles = [(first + last) / 2 for first, last in self.seen]
        assert {b - a for a, b in pairwise(self.middles)} <= {apart(spec, layer, axis)}
        assert len({last - first for first, last in self.seen}) == 1
        self.whole = [first >= 0 and last < self.size for first, last in self.seen]

    def looked_up(self, place):
        """Between which cells a place of the input lies; None where they see beyond the border."""
        if self.cells == 1:
            close = abs(place - self.middles[0]) <= NEAR
            return 0.0 if close and self.whole[0] else None
        at = (place - self.middles[0]) / (self.middles[1] - self.middles[0])
        near = round(at) if abs(at - round(at)) <= NEAR else at
        around = (math.floor(near), math.ceil(near))
        if not all(0 <= one < self.cells and self.whole[one] for one in around):
            return None
        return at


def compared(spec, layer, before, after, move):
    """[cells, before, along] in plain loops; None where cells are nowhere in the input."""
    down, right = (Side(spec, layer, axis) for axis in range(2))
    if not (down.regular and right.regular):
        return None
    counted, sums = 0, np.zeros((3, len(before)))
    for i, j in product(range(down.cells), range(right.cells)):
        corners = product(down.seen[i], right.seen[j])
        sources = [came_from(*one, spec.shape, move) for one in corners]
        if not all(
            -NEAR <= at <= side.size - 1 + NEAR
            for source in sources
            for at, side in zip(source, (down, right), strict=True)
        ):
            continue
        row, column = came_from(down.middles[i], right.middles[j], spec.shape, move)
        row, column = down.looked_up(row), right.looked_up(column)
        if row is None or column is None or not (down.whole[i] and right.whole[j]):
            continue
        counted += 1
        for k in range(len(before)):
            here, now = float(before[k, i, j]), float(after[k, i, j])
            along = looked_up(before[k], row, column)
            sums[:, k] += here**2, (now - here) ** 2, (now - along) ** 2
    whole, changed, astray = np.sqrt(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        return counted, changed / whole, astray / whole
