"""The same drawing moved, turned and scaled: what of the answer depends on how it was placed."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array, Indices
from model.network import Network
from model.preprocess import Preprocessed, to_input
from model.preprocess.place import blank, centre_of_mass
from model.resample import bilinear

OFFSETS: Indices = np.arange(-10, 11, dtype=np.int32)
"""By how many rows (and columns) it is moved, downwards (and rightwards) positive."""

ANGLES: Array = np.arange(-45, 46, 3).astype(np.float32)
"""Degrees by which it is turned about the middle, counter-clockwise positive."""

FACTORS: Array = (np.arange(50, 151, 5) / 100).astype(np.float32)
"""By how much it is enlarged about the middle."""


class Move(NamedTuple):
    """How an image is placed otherwise: enlarged, then turned, then moved."""

    down: int = 0
    """Rows, within OFFSETS."""
    right: int = 0
    """Columns, within OFFSETS."""
    rotation: float = 0
    """Degrees about the middle, counter-clockwise, within ANGLES."""
    scale: float = 1
    """Times as large, about the middle, within FACTORS."""


class Variations(NamedTuple):
    """Probabilities of each class for every place, angle and size; and what was read for it."""

    shift: Array  # (rows, columns, classes), both in the order of OFFSETS
    rotation: Array  # (angles, classes)
    scale: Array  # (factors, classes)
    turned: Array  # (angles, H, W), pixels 0..1
    sized: Array  # (factors, H, W)


def variations(network: Network, pixels: Array) -> Variations:
    """Read all variations of one preprocessed image, pixels (28, 28) in 0..1, in one batch."""
    moved, turned, sized = shifted(pixels), rotated(pixels), scaled(pixels)
    images = np.concatenate([moved, turned, sized])
    inputs = np.stack([to_input(one, network.spec.input) for one in images])
    read = network.predict(inputs.astype(network.dtype))
    shift, rotation, scale = np.split(read, [len(moved), len(moved) + len(turned)])
    places = shift.reshape(len(OFFSETS), len(OFFSETS), -1)
    return Variations(places, rotation, scale, turned, sized)


def moved(image: Preprocessed, move: Move) -> Preprocessed:
    """Make the one image that `variations` reads for a move; how it was placed before stays said.

    Pixels, blank and centre of mass are those of the moved image.
    """
    (pixels,) = scaled(image.pixels, np.array([move.scale], np.float32))
    (pixels,) = rotated(pixels, np.array([move.rotation], np.float32))
    (pixels,) = shifted(pixels, np.array([move.down]), np.array([move.right]))
    if not pixels.any():
        return image._replace(pixels=pixels, blank=True, centre=blank().centre)
    centre = np.array(centre_of_mass(pixels), np.float32)
    return image._replace(pixels=pixels, centre=centre)


def shifted(pixels: Array, down: Indices = OFFSETS, right: Indices = OFFSETS) -> Array:
    """Move pixels (H, W) by all pairs of offsets, row by row; what leaves is lost: (n·n, H, W)."""
    room = int(OFFSETS.max())
    around = np.pad(pixels, room)
    view: Array = np.lib.stride_tricks.sliding_window_view(around, pixels.shape)
    # The window that starts `room` cells in shows the image as it is; one that starts earlier
    # shows it moved down and to the right.
    return view[room - down][:, room - right].reshape(-1, *pixels.shape)


def rotated(pixels: Array, degrees: Array = ANGLES) -> Array:
    """Turn pixels (H, W) about the middle by all angles, counter-clockwise: (n, H, W)."""
    angles = np.deg2rad(degrees.astype(np.float64))
    cosines, sines = np.cos(angles), np.sin(angles)
    # Rows run downwards: what comes to (down, right) was at the place turned back, clockwise.
    return _resampled(pixels, np.array([[cosines, sines], [-sines, cosines]]))


def scaled(pixels: Array, factors: Array = FACTORS) -> Array:
    """Enlarge pixels (H, W) about the middle by all factors: (n, H, W)."""
    back = 1 / factors.astype(np.float64)
    nothing = np.zeros_like(back)
    return _resampled(pixels, np.array([[back, nothing], [nothing, back]]))


def _resampled(pixels: Array, back: Array) -> Array:
    """Look up every cell where it came from (bilinear).

    back (2, 2, n): where a cell's (down, right) from the middle was before. Outside is paper.
    """
    height, width = pixels.shape
    middle = np.array([(height - 1) / 2, (width - 1) / 2])
    grid = np.moveaxis(np.mgrid[:height, :width], 0, -1) - middle  # (H, W, 2)
    source = np.einsum("ijn,hwj->nhwi", back, grid) + middle
    return bilinear(pixels, source)
