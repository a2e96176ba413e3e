"""Images from outside: bytes of a PNG, JPEG or WebP file to MNIST-like pixels.

Nothing is decoded before the header's size has been judged, and no format but these three is tried.
"""

import struct
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from model.preprocess.paper import find_ink
from model.preprocess.pen import strengthen
from model.preprocess.place import (
    BOX,
    SIDE,
    Array,
    Box,
    Preprocessed,
    as_it_stands,
    blank,
    bounding_box,
    place,
    shrink,
)

MOST_PIXELS = 40_000_000
"""Larger images are refused unseen: a few kilobytes can unpack to gigabytes."""

WORKING_SIDE = 512
"""Images are reduced to about this before ink is looked for; the result has 28."""

_ORIENTATION = 0x0112
"""EXIF's tag for how the camera was held (EXIF 2.3, 4.6.4 A)."""

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation."""

# What Pillow raises on malformed data, depending on where it finds out.
_MALFORMED = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error)
_BROKEN = (*_MALFORMED, OverflowError, zlib.error, MemoryError)

_decoding = threading.Lock()


class ImageError(ValueError):
    """An image that cannot be used; the message says what is wrong and how to mend it."""


def preprocess_file(data: bytes, *, center: bool = True) -> Preprocessed:
    """Find the ink of a photo, scan or drawing and place it as MNIST's digits are.

    Parameters
    ----------
    data
        The file's bytes: PNG, JPEG or WebP; of an animation the first frame. Dark on light, light
        on dark or on transparent; turned as EXIF says.
    center
        False shows the whole image, its longer side scaled to 28 px.

    Raises
    ------
    ImageError
        When it is no such image, is damaged, or is larger than 40 megapixels.
    """
    grey, alpha = _read(data)
    rows, columns = grey.shape
    ink = find_ink(grey, alpha)
    box = bounding_box(ink)
    if box is None:
        return blank(center=center)
    crop = Box(box.left / columns, box.top / rows, box.right / columns, box.bottom / rows)
    if not center:
        pixels = np.zeros((SIDE, SIDE), np.float32)
        whole = shrink(ink, Box(0, 0, columns, rows), SIDE)
        top, left = (SIDE - whole.shape[0]) // 2, (SIDE - whole.shape[1]) // 2
        pixels[top : top + whole.shape[0], left : left + whole.shape[1]] = whole
        return as_it_stands(pixels, crop)
    if ink.shape == (SIDE, SIDE) and BOX - 2 <= box.longest <= BOX:
        return as_it_stands(ink, crop)  # it comes from MNIST: resampling would only blur it
    strong, inner = strengthen(ink, box)
    return place(shrink(strong, inner), crop, BOX / box.longest * max(rows, columns))


def _read(data: bytes) -> tuple[Array, Array | None]:
    """Grey levels 0..1 of the upright, reduced image, and its opacity when it has any."""
    opener = _opener(data)
    with _quietly():
        try:
            image = opener(BytesIO(data))
        except Image.DecompressionBombError:
            raise _too_large("far too many") from None
        except _BROKEN:
            message = "The image's header is damaged. Save or export it again and send that."
            raise ImageError(message) from None
        columns, rows = image.size
        if columns * rows > MOST_PIXELS:
            raise _too_large(f"{columns}×{rows}")
        try:
            return _pixels(image)
        except _BROKEN:
            message = (
                "The image is damaged or cut short: its pixels cannot be read to the end. "
                "Save or send it again."
            )
            raise ImageError(message) from None


def _too_large(size: str) -> ImageError:
    return ImageError(
        f"The image has {size} pixels, more than the {MOST_PIXELS // 1_000_000} million that are "
        "read. Crop it to the digit or scale it down."
    )


def _opener(data: bytes) -> Callable[[BytesIO], ImageFile.ImageFile]:
    """Pillow's reader for a file, by its first bytes.

    Named directly and not through Image.open: that one warns about large images in a way that
    cannot be had without, instead of leaving the judgement to the caller. It also makes of a JPEG
    with several pictures what it says first: a JPEG.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImageFile
    if data.startswith(b"\xff\xd8\xff"):
        return JpegImageFile
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WebPImageFile
    if not data:
        message = "The file is empty. Send a PNG, JPEG or WebP image."
        raise ImageError(message)
    message = "The file is not a PNG, JPEG or WebP image. Save it as one of these and send that."
    raise ImageError(message)


@contextmanager
def _quietly() -> Iterator[None]:
    """Decode without Pillow's warnings, one image at a time.

    Switching warnings off is not safe between threads, and two huge images at once need twice the
    memory: both are reasons for the lock.
    """
    with _decoding, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _pixels(image: ImageFile.ImageFile) -> tuple[Array, Array | None]:
    # JPEG alone can skip what will be averaged away; the others ignore the request.
    image.draft("L", (WORKING_SIDE, WORKING_SIDE))
    image.load()
    plain = _reduced(_eight_bit(image))
    turn = _UPRIGHT.get(_orientation(image))
    if turn is not None:
        plain = plain.transpose(turn)
    if plain.mode == "L":
        return np.asarray(plain, np.float32) / np.float32(255), None
    grey, alpha = plain.convert("LA").split()
    return (
        np.asarray(grey, np.float32) / np.float32(255),
        np.asarray(alpha, np.float32) / np.float32(255),
    )


def _eight_bit(image: Image.Image) -> Image.Image:
    """Mode L, or RGBA when anything may be transparent."""
    if image.mode.startswith("I"):
        high = np.clip(np.asarray(image).astype(np.int32) >> 8, 0, 255)
        return Image.fromarray(high.astype(np.uint8))
    return image.convert("RGBA" if image.has_transparency_data else "L")


def _reduced(image: Image.Image) -> Image.Image:
    """Area average over whole blocks of pixels, so that about the working size remains."""
    factor = max(image.size) // WORKING_SIDE
    return image.reduce(factor) if factor > 1 else image


def _orientation(image: Image.Image) -> int:
    """How the camera was held, 1 (upright) when the image does not say or says nonsense."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1
