"""How numbers are spread: counted in bins that begin at multiples of a power of two.

So no number lies on a border by rounding, 0 is always one, and the same number is always in the
same bin. Numbers that are exactly 0, as many as relu makes, are counted apart.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.arrays import Array

MOST = 48
"""Bins there are at most; at least half as many, but where few numbers differ."""

Counts = npt.NDArray[np.int64]


class Histogram(NamedTuple):
    """Bin k holds the numbers x with (first + k) · width <= x < (first + k + 1) · width, but for 0.

    Attributes
    ----------
    counts : (bins,); none where no number is other than 0.
    zeros : how many are exactly 0.
    odd : how many lie beyond the ends, or are no number.
    """

    width: float
    first: int
    counts: Counts
    zeros: int
    odd: int


def histogram(pieces: Iterable[Array], least: float, most: float) -> Histogram:
    """Count numbers from `least` to `most`, given piece by piece; what is beyond is odd, as NaN."""
    width = width_for(least, most)
    first = math.floor(least / width)
    counts = np.zeros(math.floor(most / width) - first + 1, np.int64)
    zeros = odd = 0
    for piece in pieces:
        numbers = piece[piece != 0]
        zeros += piece.size - numbers.size
        within = numbers[(numbers >= least) & (numbers <= most)]
        odd += numbers.size - within.size
        bins = np.floor(within.astype(np.float64) / width).astype(np.int64) - first
        counts += np.bincount(bins.ravel(), minlength=len(counts))
    return Histogram(width, first, counts, zeros, odd)


def width_for(least: float, most: float) -> float:
    """Give the smallest power of two of which `MOST` bins reach from the one end to the other."""
    span = most - least
    width = 2.0 ** math.floor(math.log2(span / MOST)) if span > 0 else 2.0**-10
    while math.floor(most / width) - math.floor(least / width) >= MOST:
        width *= 2
    return width
