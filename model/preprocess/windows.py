"""Windows over a picture: the largest and the smallest value in each, and between their middles."""

import numpy as np

from model.preprocess.place import Array


def closing(picture: Array, width: int) -> Array:
    """The picture without dark things narrower than a window of so many pixels, an odd number.

    Serra, "Image Analysis and Mathematical Morphology" (1982).
    """
    for axis in (0, 1):
        picture = _largest(picture, width, axis)
    for axis in (0, 1):
        picture = -_largest(-picture, width, axis)
    return picture


def _largest(picture: Array, width: int, axis: int) -> Array:
    """Along one axis: windows of 1, 2, 4, … pixels, two of which make up any other."""
    half = width // 2
    around = [(half, half) if axis == a else (0, 0) for a in (0, 1)]
    found = np.pad(picture, around, constant_values=-np.inf)
    size, reach = picture.shape[axis], 1
    while 2 * reach <= width:
        found = np.maximum(_cut(found, 0, -reach, axis), _cut(found, reach, None, axis))
        reach *= 2
    rest = width - reach
    if rest:
        found = np.maximum(_cut(found, 0, -rest, axis), _cut(found, rest, None, axis))
    return _cut(found, 0, size, axis)


def _cut(picture: Array, start: int, end: int | None, axis: int) -> Array:
    return picture[start:end] if axis == 0 else picture[:, start:end]


def between(size: int, count: int) -> Array:
    """Weights (size, count) that interpolate linearly between the middles of cells."""
    middle = np.clip((np.arange(size) + 0.5) * (count / size) - 0.5, 0, count - 1)
    return np.asarray(np.maximum(1 - np.abs(middle[:, None] - np.arange(count)), 0), np.float32)


def cells(picture: Array, step: int) -> Array:
    """Averages of whole squares of so many pixels a side; of colours, too."""
    rows, columns = picture.shape[0] // step * step, picture.shape[1] // step * step
    # Adding slices is several times as fast as a mean over axes that do not lie side by side.
    low = picture[:rows:step, :columns].copy()
    for k in range(1, step):
        low += picture[k:rows:step, :columns]
    small = low[:, ::step].copy()
    for k in range(1, step):
        small += low[:, k::step]
    return np.asarray(small / np.float32(step**2), np.float32)
