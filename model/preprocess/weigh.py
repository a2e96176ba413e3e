"""Whether a picture takes long, by a glance at its first bytes: such a one waits apart."""

import struct
from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from model.file_kinds import kind_of
from model.preprocess.kinds import ImageError
from model.preprocess.webp import size_of

LARGE_FILE = 2_000_000
"""Bytes from which on a file counts as large, whatever it says of itself."""

LARGE_PICTURE = 4_000_000
"""Pixels from which on a picture does."""

SAMPLE_GRAIN = 0.3
"""Share of the sample's pixels that are a level lighter than their neighbours."""

_MOST_HOPS = 60
"""Segments of a JPEG that are looked at."""


def is_large(data: bytes) -> bool:
    """Whether decoding may take more than a tenth of a second; in doubt it may."""
    if len(data) > LARGE_FILE:
        return True
    size = {"PNG": _png, "JPEG": _jpeg, "WebP": _webp}.get(kind_of(data) or "")
    if size is None:
        return False  # it is refused by its first bytes
    try:
        return size(data) > LARGE_PICTURE
    except (struct.error, ImageError):
        return True


def unpack(data: bytes) -> None:
    """Unpack the pixels of a PNG, and do nothing else of what reading it takes."""
    PngImageFile(BytesIO(data)).load()


@cache
def sample() -> bytes:
    """Make an ordinary PNG of a megapixel in colour, half a byte for each pixel."""
    noise = np.random.default_rng(0).random((1000, 1000), np.float32) < SAMPLE_GRAIN
    grey = Image.fromarray((np.linspace(190, 220, 1000) + noise).astype(np.uint8))
    file = BytesIO()
    grey.convert("RGB").save(file, "PNG", compress_level=1)
    return file.getvalue()


def _png(data: bytes) -> int:
    columns, rows = struct.unpack_from(">II", data, 16)
    return int(columns * rows)


def _webp(data: bytes) -> int:
    size = size_of(data[12:16], data[20:30])
    return size[0] * size[1] if size else LARGE_PICTURE + 1


def _jpeg(data: bytes) -> int:
    at = 2
    for _ in range(_MOST_HOPS):
        mark, marker, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF or marker == 0xFF:
            break
        if marker in (0xC0, 0xC1, 0xC2):
            rows, columns = struct.unpack_from(">HH", data, at + 5)
            return int(rows * columns)
        at += 2 + length
    return LARGE_PICTURE + 1
