"""What is different for a single image: no other image lies beside a cell, only the next cell.

So long runs go along the rows and over their ends, and results are at once in C order.
"""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.arrays import Array
from model.fast.workspace import Workspace, empty
from model.layers.windows import padded, unpadded
from model.spec import LayerSpec


def conv(work: Workspace, layer: LayerSpec, weight: Array) -> Callable[[], None]:
    """Convolve in steps of 1; reference: model/layers/conv.py.

    What a tap reads for all windows is one run of cells, if windows across the ends of rows are
    taken along; so it is copied in one piece (lenet's first 25 taps in 1.3 µs, where a gather
    takes 8). Of the results those windows are left behind (1 µs).
    """
    below, y = maps(work, layer.inputs[0]), maps(work, layer.name)[0]
    framed = padded(below, layer.padding)
    inner = unpadded(framed, layer.padding)
    (_, channels, _, width), (count, rows, cols), size = framed.shape, y.shape, y.itemsize
    run = (rows - 1) * width + cols
    (_, by_map, by_row, by_column), (down, right) = framed.strides, layer.dilation
    strides = by_map, by_row * down, by_column * right, size
    taps = as_strided(framed, (channels, *layer.kernel, run), strides, writeable=False)
    columns: Array = empty((weight.shape[1], run), work.dtype)
    columns[-1] = 1  # for the biases
    copied = columns[:-1].reshape(taps.shape)
    sums: Array = empty((count, run), work.dtype)
    wanted = as_strided(sums, y.shape, (run * size, width * size, size), writeable=False)

    def forward() -> None:
        if layer.padding != (0, 0):
            inner[...] = below
        copied[...] = taps  # 0.15 µs less than np.copyto, which asks around whose array it is
        np.dot(weight, columns, out=sums)
        y[...] = wanted

    return forward


def max_pool(work: Workspace, layer: LayerSpec) -> Callable[[], None]:
    """Pool without padding; reference: model/layers/max_pool.py.

    The largest of so many rows, of those the largest of so many columns, each as one run over all
    maps, for windows that begin at any cell; then those which are wanted are copied. lenet's first
    layer takes 1.9 µs so, and 2.4 if only the wanted columns are compared.
    """
    x, y = maps(work, layer.inputs[0])[0], maps(work, layer.name)[0]
    calls, below = [], x.reshape(-1)
    for taps, step in zip(layer.kernel, (x.shape[2], 1), strict=True):
        if taps > 1:
            runs = [below[tap * step :][: below.size - (taps - 1) * step] for tap in range(taps)]
            below = empty(runs[0].shape, work.dtype)
            calls += [(runs[0], runs[1], below), *((below, run, below) for run in runs[2:])]
    (a, b, c), (down, right) = x.strides, layer.stride
    wanted = as_strided(below, y.shape, (a, down * b, right * c), writeable=False)

    def forward() -> None:
        for one, other, out in calls:
            np.maximum(one, other, out=out)
        y[...] = wanted

    return forward


def maps(work: Workspace, name: str) -> Array:
    """View a layer of the image as the reference has it: (1, C, H, W)."""
    return work.values[name].reshape(1, *work.spec.shapes[name])
