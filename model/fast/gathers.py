"""Where each number is fetched from: index tables, worked out once for a spec.

A gather is an array of positions; `x.take(gather)` lays x out anew. Everything that the fast path
knows about geometry is in these tables, and they are made by the reference's own `windows`, run
over the numbers of the cells instead of their values.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.layer_spec import LayerSpec, Pair
from model.layers.windows import padded, windows
from model.shapes import Shape
from model.spec import GraphSpec

Gather = npt.NDArray[np.intp]

LARGEST = 1 << 22
"""Convolutions whose windows hold more cells than this are left to the reference: their time is in
the product, and tables would cost much memory and save little."""


class Pooled(NamedTuple):
    """A convolution, the relu after it if there is one, and the 2×2 pooling that reads them."""

    conv: LayerSpec
    relu: LayerSpec | None
    pool: LayerSpec


def pooled(spec: GraphSpec) -> dict[str, Pooled]:
    """Find the convolutions that are computed together with their pooling, by name.

    It must be max pooling of 2×2 in steps of 2 over an even number of rows and columns, and nobody
    else may read what is in between. One product then gives all four members of each window, from
    a filter that is one step larger; for a kernel of 5 that is 1.44 times the work, won back by
    columns a third as large and by pooling without strides: lenet takes 10 instead of 36 µs for
    an image of a batch, 36 instead of 117 in training. (A single image has long runs without, and
    in C order: `single.py`.) For kernels below 3 (at stride 1) the work more than doubles.
    """
    found = {}
    for conv in spec.layers:
        relu, pool = None, _only_reader(spec, conv.name)
        if pool is not None and pool.kind == "relu":
            relu, pool = pool, _only_reader(spec, pool.name)
        if pool is None or not gathered(spec, conv) or min(conv.kernel) <= 2 * max(conv.stride):
            continue
        if conv.span != conv.kernel:  # the members of a window would share too few cells
            continue
        even = all(size % 2 == 0 for size in spec.shapes[conv.name][1:])
        geometry = pool.mode, pool.kernel, pool.stride, pool.padding
        if even and geometry == ("max", (2, 2), (2, 2), (0, 0)):
            found[conv.name] = Pooled(conv, relu, pool)
    return found


def gathered(spec: GraphSpec, layer: LayerSpec) -> bool:
    """Tell whether a layer is a convolution that gathers its windows."""
    if layer.kind != "conv":
        return False
    channels, rows, cols = spec.shapes[layer.inputs[0]][0], *spec.shapes[layer.name][1:]
    return channels * layer.kernel[0] * layer.kernel[1] * rows * cols <= LARGEST


def _only_reader(spec: GraphSpec, name: str) -> LayerSpec | None:
    readers = spec.readers(name)
    return spec.layer(readers[0]) if len(readers) == 1 else None


def grown(layer: LayerSpec, block: Pair) -> tuple[Pair, Pair]:
    """Give kernel and stride of the windows that a block of cells, rows by columns, reads."""
    (rows, cols), (down, right) = layer.kernel, layer.stride
    kernel = rows + (block[0] - 1) * down, cols + (block[1] - 1) * right
    return kernel, (block[0] * down, block[1] * right)


def columns(shape: Shape, layer: LayerSpec, block: Pair, start: int, zero: int) -> Gather:
    """Say which position each tap of each window reads: (C·A·B, windows), for maps (C, H, W).

    The maps begin at position `start`; padding reads position `zero`. A window here is what a
    block of neighbouring cells of the output reads together.
    """
    numbers: Any = np.arange(start, start + np.prod(shape)).reshape(1, *shape)
    kernel, stride = grown(layer, block)
    view: Any = windows(padded(numbers, layer.padding, zero), kernel, stride, layer.dilation)
    return np.ascontiguousarray(view).reshape(shape[0] * kernel[0] * kernel[1], -1)


def filters(shape: Shape, layer: LayerSpec, block: Pair, start: int) -> Gather:
    """Say which parameter each entry of the grown filters is: (cells of a block · K, C·A·B + 1).

    shape (K, C, R, S) of the weight; from position `start` on, a filter's weights lie before its
    bias. Entries outside a filter read position 0, which holds a zero. The last column is the
    bias, because the columns end in a row of ones: so it costs no pass over the maps of its own
    (1 µs an image), and its gradient comes with that of the weights. Where the layer's connections
    leave out a map, its weights are that zero too.
    """
    count, rows, cols = shape[0], *shape[2:]
    places = np.arange(start, start + np.prod(shape) + count).reshape(count, -1)
    weights = places[:, :-1].reshape(shape)
    for number, maps in enumerate(layer.connections or ()):
        weights[number, [one for one in range(shape[1]) if one not in maps]] = 0
    table = np.zeros((*block, *shape[:2], *grown(layer, block)[0]), np.intp)
    for u, v in np.ndindex(*block):
        y, x = u * layer.stride[0], v * layer.stride[1]
        table[u, v, :, :, y : y + rows, x : x + cols] = weights
    bias = np.tile(places[:, -1], block[0] * block[1])
    return np.column_stack([table.reshape(len(bias), -1), bias])


def inverse(gather: Gather, wanted: slice) -> tuple[list[Gather], Gather]:
    """Say for the `wanted` positions where a gather put each of them: rounds of places, an order.

    So the way back is a gather too, and knows no geometry. Positions that were put at most places
    come first, and each round leaves out those which have no more (28 µs for 32 images of lenet's
    conv2; 42 if all rounds are equally long). The order says where each position came to stand.
    """
    flat, count = gather.ravel() - wanted.start, wanted.stop - wanted.start
    places = np.argsort(flat, kind="stable")
    places = places[(flat[places] >= 0) & (flat[places] < count)]
    times = np.bincount(flat[places], minlength=count)
    first, most = np.cumsum(times) - times, np.argsort(-times, kind="stable")
    rounds = (most[times[most] > number] for number in range(max(1, times.max())))
    return [places[first[one] + n] for n, one in enumerate(rounds)], np.argsort(most)
