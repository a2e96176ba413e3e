"""What is different for batches that are only read: nothing has to be kept for a way back.

So all windows that begin in a row of the maps share what is laid out of it: a gather writes 36
cells for each window of lenet's first layer, this 14. The products are many small ones, of which
OpenBLAS for AVX-512 does not lay out the operands once more. The bias joins after pooling, on a
quarter of the cells: the same, because rounding keeps order. A batch of lenet takes 0.63 of the
time with AVX-512, 0.85 with AVX2.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.fast.gathers import Gather, grown
from model.fast.workspace import Workspace, empty, nothing
from model.layers.windows import padded, unpadded, windows
from model.spec import LayerSpec


def conv(work: Workspace, layer: LayerSpec, table: Gather) -> tuple[Callable[[], Any], ...]:
    """Convolve row by row of the output, forward only; reference: model/layers/conv.py."""
    name, size, bias = layer.name, work.dtype.itemsize, work.bias(layer.name)
    (tall, wide), (_, across) = grown(layer, work.block_of(layer))
    below = framed = work.images_first(work.values[layer.inputs[0]], layer.inputs[0])
    if layer.padding != (0, 0):  # copied so that images lie innermost here, too
        framed = np.moveaxis(np.moveaxis(padded(below, layer.padding), 0, -1).copy(), -1, 0)
    inner = unpadded(framed, layer.padding)
    taps = windows(framed, (1, wide), (1, across), (1, layer.dilation[1]))[:, :, 0]
    taps = taps.transpose(3, 1, 2, 4, 0)  # (rows, maps, taps along a row, windows, images)
    laid, run = work.laid[: taps.size].reshape(taps.shape), taps[0, 0, 0].size
    filters = table[:, :-1].reshape(-1, taps.shape[1], tall, wide)
    order = filters.swapaxes(1, 2).reshape(len(table), -1)
    weight, planes = empty(order.shape, work.dtype), 1 + (name in work.pooled)
    # Of rows that are pooled, the upper ones lie in one plane, and the lower ones in another.
    y = work.values[name].reshape(planes, len(table), -1, run).transpose(2, 0, 1, 3)
    step, shape = layer.stride[0] * laid.strides[0], (*y.shape[:2], order.shape[1], run)
    bands = as_strided(laid, shape, (planes * step, step, run * size, size), writeable=False)
    sums = work.values[name].reshape(len(bias), -1)

    def forward() -> None:
        if framed is not below:
            inner[...] = below
        laid[...] = taps
        np.matmul(weight, bands, out=y)
        if planes == 1:
            np.add(sums, bias, out=sums)

    return forward, nothing, partial(work.flat.take, order, out=weight, mode="clip")
