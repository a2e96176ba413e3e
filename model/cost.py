"""What a graph costs and sees, told from its shapes: nothing is run or allocated for it."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from model.graph_spec import INPUT, GraphSpec
from model.layer_spec import LayerSpec, Pair

WINDOWED = frozenset({"conv", "pool", "subsample"})
"""Kinds that slide a window over the maps below."""


def multiply_adds(spec: GraphSpec, layer: LayerSpec) -> int:
    """Count the products with a weight that a layer adds up; 0 for kinds that have no weights."""
    shape = spec.shapes[layer.name]
    if layer.kind == "conv":
        return read(spec, layer) if layer.connections else shape[0] * read(spec, layer)
    if layer.kind == "dense":
        return shape[0] * math.prod(spec.shapes[layer.inputs[0]])
    return math.prod(shape) if layer.kind == "subsample" else 0


def read(spec: GraphSpec, layer: LayerSpec) -> int:
    """Count the cells below that a layer reads, each as often as it reads it, padding included.

    A convolution lays its windows out once for all filters; where `connections` says what each
    filter reads, once for each of them.
    """
    shapes = [spec.shapes[name] for name in layer.inputs]
    if layer.kind not in WINDOWED:
        return sum(map(math.prod, shapes))
    maps = sum(map(len, layer.connections)) if layer.connections else shapes[0][0]
    return maps * math.prod(layer.kernel) * math.prod(spec.shapes[layer.name][1:])


def laid_out(spec: GraphSpec, layer: LayerSpec) -> int:
    """Count the cells that are copied before a layer can be computed: padded maps, and windows.

    Only a convolution copies its windows; a layer without padding, no maps. L2 pooling has squares
    in float64, which count twice.
    """
    windows = read(spec, layer) if layer.kind == "conv" else 0
    if layer.kind not in WINDOWED:
        return 0
    channels, *sizes = spec.shapes[layer.inputs[0]]
    framed = (size + 2 * more for size, more in zip(sizes, layer.padding, strict=True))
    copies = (layer.padding != (0, 0)) + 2 * (layer.mode == "l2")
    return windows + copies * channels * math.prod(framed)


def steps(layer: LayerSpec, *, back: bool = False) -> int:
    """Count the calls that a layer makes one after the other, however small its arrays are.

    One; three for each filter with connections of its own, and one for each cell of a max pooling
    window. With the way back (`back`) three times as many, and one for each cell of any window.
    """
    filters = len(layer.connections or ())
    cells = math.prod(layer.kernel) if layer.kind in WINDOWED else 0
    there = 1 + 3 * filters + (cells if layer.mode == "max" else 0)
    return 3 * there + max(1, filters) * cells if back else there


class Reach(NamedTuple):
    """Along one axis a cell i depends on the input's cells i * step + first to i * step + last.

    The step is 0 where all cells depend on the same.
    """

    step: int
    first: int
    last: int
    every: Pair  # the first and the last cell of the input that any cell of the layer depends on


def receptive_fields(spec: GraphSpec) -> Mapping[str, Pair]:
    """Say how many rows and columns of the input a cell of each layer may depend on.

    It is that of a cell far from the borders, and at most the whole input. {layer name: (rows,
    columns)}, "input" itself with (1, 1).
    """
    down, right = (reaches(spec, axis) for axis in range(2))
    return {
        name: (_size(down[name], spec.shape[1]), _size(right[name], spec.shape[2]))
        for name in spec.shapes
    }


def _size(reach: Reach, cells: int) -> int:
    return min(cells, reach.last - reach.first + 1)


def reaches(spec: GraphSpec, axis: int) -> dict[str, Reach]:
    """Say of one axis, 0 or 1, which of the input's cells those of each layer depend on."""
    found = {INPUT: Reach(1, 0, 0, (0, spec.shape[1 + axis] - 1))}
    for layer in spec.layers:
        below = [found[name] for name in layer.inputs]
        if layer.kind in WINDOWED:
            count = spec.shapes[layer.name][1 + axis]
            found[layer.name] = _windowed(layer, below[0], axis, count)
        elif layer.kind in ("dense", "softmax", "ratio"):
            found[layer.name] = Reach(0, *below[0].every, below[0].every)
        else:
            found[layer.name] = _joined(below)
    return found


def _windowed(layer: LayerSpec, below: Reach, axis: int, count: int) -> Reach:
    span, stride, padding = layer.span[axis], layer.stride[axis], layer.padding[axis]
    first = below.first - padding * below.step
    last = below.last + (span - 1 - padding) * below.step
    step = below.step * stride
    least, most = below.every
    return Reach(step, first, last, (max(least, first), min(most, last + (count - 1) * step)))


def _joined(below: Sequence[Reach]) -> Reach:
    """What depends on cells of one layer or several, at the same place."""
    every = min(one.every[0] for one in below), max(one.every[1] for one in below)
    if len({one.step for one in below}) > 1:
        return Reach(0, *every, every)  # they drift apart from cell to cell
    first, last = min(one.first for one in below), max(one.last for one in below)
    return Reach(below[0].step, first, last, every)
