"""How a camera was held: the one thing that is read of EXIF (EXIF 2.3, 4.6.4 A)."""

import struct
from typing import NamedTuple

import numpy as np

from model.preprocess.place import Array, Box

_TAG = 0x0112
_SHORT = 3
_MOST_ENTRIES = 1000


class Turn(NamedTuple):
    """What makes a picture upright: swap rows and columns first, then mirror."""

    swap: bool
    across: bool
    down: bool


UPRIGHT = {
    1: Turn(swap=False, across=False, down=False),
    2: Turn(swap=False, across=True, down=False),
    3: Turn(swap=False, across=True, down=True),
    4: Turn(swap=False, across=False, down=True),
    5: Turn(swap=True, across=False, down=False),
    6: Turn(swap=True, across=True, down=False),
    7: Turn(swap=True, across=True, down=True),
    8: Turn(swap=True, across=False, down=True),
}
"""By EXIF's number."""


def turn_of(exif: bytes) -> Turn:
    """What a block of EXIF says; nothing to turn when it says nothing, or nonsense."""
    try:
        return UPRIGHT.get(_orientation(exif.removeprefix(b"Exif\0\0")), UPRIGHT[1])
    except struct.error:
        return UPRIGHT[1]


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for i in range(min(count, _MOST_ENTRIES)):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * i)
        if tag == _TAG and kind == _SHORT:
            return int(value)
    return 1


def turned(picture: Array, turn: Turn) -> Array:
    """The picture upright."""
    if turn.swap:
        picture = picture.T
    if turn.across:
        picture = picture[:, ::-1]
    if turn.down:
        picture = picture[::-1]
    return np.ascontiguousarray(picture)


def turned_box(box: Box, shape: tuple[int, ...], turn: Turn) -> Box:
    """Where a box of a picture of so many rows and columns lies in the upright one."""
    rows, columns = shape
    left, top, right, bottom = box
    if turn.swap:
        left, top, right, bottom, rows, columns = top, left, bottom, right, columns, rows
    if turn.across:
        left, right = columns - right, columns - left
    if turn.down:
        top, bottom = rows - bottom, rows - top
    return Box(left, top, right, bottom)
