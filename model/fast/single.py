"""What is different for a single image: no other image lies beside a cell, only the next cell.

So long runs go along the rows and over their ends, and results are at once in C order.
"""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.arrays import Array
from model.fast.workspace import Workspace, empty
from model.layers.windows import padded, tap, unpadded
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
    strides = (*framed.strides[1:], size)
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
    """Pool without padding: the larger rows, of those the larger columns; reference: max_pool.py.

    Rows are compared as one run over all maps, even rows that no window begins with: 2.1 µs for
    lenet's first layer, and 3.1 if those are left out.
    """
    x, y = maps(work, layer.inputs[0]), maps(work, layer.name)[0]
    (down, right), width = layer.kernel, x.shape[3]
    larger: Array = empty(x.shape, work.dtype)
    size = x.size - (down - 1) * width
    high = larger.reshape(-1)[:size]
    above = [x.reshape(-1)[row * width :][:size] for row in range(down)]
    aside = [
        tap(larger, (0, col), (y.shape[1], y.shape[2]), layer.stride)[0] for col in range(right)
    ]
    calls = [(above[0], above[-1], high), *((high, one, high) for one in above[1:-1])]
    calls += [(aside[0], aside[-1], y), *((y, one, y) for one in aside[1:-1])]

    def forward() -> None:
        for one, other, out in calls:
            np.maximum(one, other, out=out)

    return forward


def maps(work: Workspace, name: str) -> Array:
    """View a layer of the image as the reference has it: (1, C, H, W)."""
    return work.values[name].reshape(1, *work.spec.shapes[name])
