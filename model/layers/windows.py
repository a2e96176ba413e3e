"""The windows that conv and pool slide over a map: one view out, one sum back.

Shapes: B batch, C channels, H W the padded map, R S kernel, P Q windows along rows and columns.
"""

import numpy as np

from model.arrays import Array
from model.layer_spec import Pair
from model.shapes import output_size


def padded(x: Array, padding: Pair, value: float = 0.0) -> Array:
    """Surround every map with `padding` (rows, columns) cells of `value`; x itself when none."""
    if padding == (0, 0):
        return x
    rows, columns = padding
    batch, channels, height, width = x.shape
    y = np.full((batch, channels, height + 2 * rows, width + 2 * columns), value, dtype=x.dtype)
    y[:, :, rows : rows + height, columns : columns + width] = x
    return y


def windows(x: Array, kernel: Pair, stride: Pair, dilation: Pair = (1, 1)) -> Array:
    """View all windows of x at once, without copying a cell.

    x (B, C, H, W) -> view (B, C, R, S, P, Q) with view[b, c, r, s, p, q] = x[b, c, p·stride +
    r·dilation, q·stride + s·dilation]. Overlapping windows share memory, so the view is for reading
    only.
    """
    batch, channels, height, width = x.shape
    rows = output_size(height, kernel[0], stride[0], 0, dilation[0])
    columns = output_size(width, kernel[1], stride[1], 0, dilation[1])
    by_batch, by_channel, by_row, by_column = x.strides
    return np.lib.stride_tricks.as_strided(
        x,
        (batch, channels, *kernel, rows, columns),
        (
            *(by_batch, by_channel, by_row * dilation[0], by_column * dilation[1]),
            *(by_row * stride[0], by_column * stride[1]),
        ),
        writeable=False,
    )


def tap(x: Array, at: Pair, counts: Pair, stride: Pair) -> Array:
    """View one cell of every window: x (B, C, H, W) -> (B, C, P, Q).

    `at` is its (row, column) inside the window, `counts` is (P, Q). Unlike `windows` the view may
    be written to, because one cell per window never meets another.
    """
    row, column = at
    rows = slice(row, row + (counts[0] - 1) * stride[0] + 1, stride[0])
    columns = slice(column, column + (counts[1] - 1) * stride[1] + 1, stride[1])
    return x[:, :, rows, columns]


def scatter(
    dwindows: Array,
    shape: tuple[int, ...],
    stride: Pair,
    padding: Pair,
    dilation: Pair = (1, 1),
) -> Array:
    """Invert `windows(padded(x))`: every cell sums what its windows send back.

    dwindows (B, C, R, S, P, Q) -> dx of `shape` (B, C, H, W), the map without padding.
    """
    batch, channels, height, width = shape
    _, _, rows, columns, p, q = dwindows.shape
    above, left = padding
    dx = np.zeros((batch, channels, height + 2 * above, width + 2 * left), dtype=dwindows.dtype)
    for row in range(rows):
        for column in range(columns):
            at = row * dilation[0], column * dilation[1]
            tap(dx, at, (p, q), stride)[...] += dwindows[:, :, row, column]
    return unpadded(dx, padding)


def unpadded(x: Array, padding: Pair) -> Array:
    """View the maps without the cells that `padded` put around them."""
    rows, columns = padding
    return x[:, :, rows : x.shape[2] - rows, columns : x.shape[3] - columns]
