"""Which numbers of a layer a cell below reaches, by kind: so many terms its gradient has."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from model.layer_spec import LayerSpec
from model.shapes import Shape

Place = tuple[int, ...]

Pairs = list[tuple[Place, Place]]
"""Cells of a layer, each with the index of the weight that leads there, () where none does."""


class Below(NamedTuple):
    """A cell, as a layer sees it that reads its layer."""

    at: Place
    shape: Shape  # of the cell's layer
    reader: LayerSpec
    out: Shape  # of the reader's layer
    offset: int  # of the cell's layer among what a concat stacks


def _same(cell: Below) -> Pairs:
    return [(cell.at, ())]


def _every(cell: Below) -> Pairs:
    return [((unit,), ()) for unit in range(cell.out[0])]


def _flat(cell: Below) -> Pairs:
    return [((_index(cell),), ())]


def _stacked(cell: Below) -> Pairs:
    return [((cell.at[0] + cell.offset, *cell.at[1:]), ())]


def _dense(cell: Below) -> Pairs:
    return [((unit,), (unit, _index(cell))) for unit in range(cell.out[0])]


def _windows(cell: Below) -> Pairs:
    weight = cell.at[:1] if cell.reader.kind == "subsample" else ()
    return [((cell.at[0], p, q), weight) for (p, q), _ in _taps(cell.reader, cell.at, cell.out)]


def _conv(cell: Below) -> Pairs:
    taps, table = _taps(cell.reader, cell.at, cell.out), cell.reader.connections
    return [
        ((k, p, q), (k, cell.at[0], r, s))
        for k in range(cell.out[0])
        if table is None or cell.at[0] in table[k]
        for (p, q), (r, s) in taps
    ]


def _index(cell: Below) -> int:
    """Where a cell is in C order."""
    return int(np.ravel_multi_index(cell.at, cell.shape))


def _taps(layer: LayerSpec, at: Place, out: Shape) -> Pairs:
    """Windows that hold the cell below at (…, row, column): ((p, q), its place in the window)."""
    axes = []
    for axis in range(2):
        reached = []
        for tap in range(layer.kernel[axis]):
            start = at[1 + axis] + layer.padding[axis] - tap * layer.dilation[axis]
            window, rest = divmod(start, layer.stride[axis])
            if not rest and 0 <= window < out[1 + axis]:
                reached.append((window, tap))
        axes.append(sorted(reached))
    return [((p, q), (r, s)) for p, r in axes[0] for q, s in axes[1]]


REACHES: Mapping[tuple[str, str | None], tuple[str, Callable[[Below], Pairs]]] = {
    ("conv", None): ("weight", _conv),
    ("dense", None): ("weight", _dense),
    ("pool", "max"): ("winner", _windows),
    ("pool", "average"): ("share", _windows),
    ("pool", "sum"): ("copy", _windows),
    ("pool", "l2"): ("part", _windows),
    ("subsample", None): ("weight", _windows),
    ("relu", None): ("gate", _same),
    ("tanh", None): ("slope", _same),
    ("sigmoid", None): ("slope", _same),
    ("square", None): ("slope", _same),
    ("softmax", None): ("matrix", _every),
    ("ratio", None): ("matrix", _every),
    ("dropout", None): ("copy", _same),
    ("flatten", None): ("copy", _flat),
    ("add", None): ("copy", _same),
    ("concat", None): ("copy", _stacked),
}
"""By kind and mode what a factor is called, and what a cell reaches."""
