"""Images from outside: bytes of a PNG, JPEG or WebP file to MNIST-like pixels.

Nothing is decoded before the parts of the file have been judged, and no format but these three is
tried. Only the parts that make the picture reach the decoder.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from model.file_kinds import kind_of
from model.preprocess.colour import one_channel
from model.preprocess.jpeg import trim_jpeg
from model.preprocess.kinds import ImageError, damaged, refused
from model.preprocess.notes import Note
from model.preprocess.orientation import turn_of, turned, turned_box
from model.preprocess.paper import find
from model.preprocess.pen import FINE, strengthen
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
from model.preprocess.png import trim_png
from model.preprocess.trim import Trimmed
from model.preprocess.webp import trim_webp

_STRIP = 1 << 20  # pixels that are converted at once
WORKING_SIDE = 512
"""Images are reduced to about this before ink is looked for; the result has 28."""


FEWEST = 14
"""Pixels of the ink's longer side in the reduced picture below which a reading is doubtful."""

EVEN = 0.03
"""Difference of brightness in a picture without anything on it."""

GREY = ("1", "L", "LA", "La")
"""Modes without colours."""

_READERS: dict[str, tuple[Callable[[bytes], Trimmed], type[ImageFile.ImageFile]]] = {
    "PNG": (trim_png, PngImageFile),
    "JPEG": (trim_jpeg, JpegImageFile),
    "WebP": (trim_webp, WebPImageFile),
}
# Pillow's readers are named directly. Image.open would warn about large images in a way that cannot
# be had without, instead of leaving the judgement to the caller.

# What Pillow raises on malformed data, depending on where it finds out.
_MALFORMED = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error)
BROKEN = (*_MALFORMED, OverflowError, zlib.error, MemoryError)
"""What reading a damaged file may raise."""


class Picture(NamedTuple):
    """An upright picture, reduced to about the working size.

    Attributes
    ----------
    grey
        (rows, columns) brightness, 0..1.
    alpha
        (rows, columns) opacity, or None when nothing is transparent.
    frame
        Where the file's picture lies in it: the last row or column may stand for fewer pixels of
        the file than the others.
    """

    grey: Array
    alpha: Array | None
    frame: Box


def preprocess_file(
    data: bytes,
    *,
    center: bool = True,
    digit: int | None = None,
    between: Callable[[], None] = lambda: None,
) -> Preprocessed:
    """Find the ink of a photo, scan or drawing and place it as MNIST's digits are.

    Its pixels have one of 256 values, as MNIST's have: so an image of whole numbers says all of it,
    and `preprocess_pixels` makes the same of that, bit for bit.

    Parameters
    ----------
    data
        The file's bytes: PNG, JPEG or WebP; of an animation the first frame. Dark on light, light
        on dark or on transparent; turned as EXIF says.
    center
        False shows the whole image, its longer side scaled to 28 px.
    digit
        Which to read where there are several, in reading order; the largest by default.
    between
        Called while the file is decoded, between pieces of 64 KB; what it raises ends the work.

    Raises
    ------
    ImageError
        When it is no such image, is damaged, or is larger than its kind may be: see `png.py`,
        `jpeg.py`, `webp.py`.
    """
    done = _placed(data, center, digit, between)
    return done._replace(pixels=np.rint(done.pixels * np.float32(255)) / np.float32(255))


def _placed(
    data: bytes, center: bool, digit: int | None, between: Callable[[], None]
) -> Preprocessed:
    picture = _handy(read_picture(data, between))
    ink, digits = find(picture.grey, picture.alpha, digit)
    found, frame = bounding_box(ink), picture.frame
    if found is None:
        return blank(center=center, note=_why_blank(picture))
    box = _within(found, frame)
    if not center:
        pixels = np.zeros((SIDE, SIDE), np.float32)
        whole = shrink(ink, frame, SIDE)
        top, left = (SIDE - whole.shape[0]) // 2, (SIDE - whole.shape[1]) // 2
        pixels[top : top + whole.shape[0], left : left + whole.shape[1]] = whole
        return as_it_stands(pixels, _parts(box, frame))
    if ink.shape == (SIDE, SIDE) and BOX - 2 <= box.longest <= BOX:
        return as_it_stands(ink, _parts(box, frame))  # from MNIST: resampling would only blur it
    strong, inner = strengthen(ink, box)
    # The middle of the strengthened ink is that of the box; lines of hairs have grown beyond it.
    fine, cell = Box(0, 0, strong.shape[1], strong.shape[0]), box.longest / (BOX * FINE)
    drawn = _within(_moved(inner, fine, box, cell), frame)
    small = shrink(strong, _moved(drawn, box, fine, 1 / cell))
    done = place(small, _parts(drawn, frame), BOX / drawn.longest * frame.longest)
    if digits:
        return done._replace(note=Note("several"), digits=digits)
    tiny = box.longest < FEWEST and max(ink.shape) > SIDE
    return done._replace(note=Note("tiny") if tiny else "")


def _why_blank(picture: Picture) -> Note:
    low, high = np.percentile(picture.grey, (0.5, 99.5))
    if high - low < EVEN:
        return Note("even")
    return Note("faint")


def read_picture(data: bytes, between: Callable[[], None] = lambda: None) -> Picture:
    """Decode a file, turn it upright, and reduce it; see `preprocess_file`."""
    image, exif = opened(data, between)
    try:
        return _picture(image, exif)
    except BROKEN:
        raise ImageError("image-cut") from None


def opened(data: bytes, between: Callable[[], None]) -> tuple[ImageFile.ImageFile, bytes]:
    """Judge a file, and open what of it makes the picture; with what says how it was held."""
    kind = kind_of(data)
    if kind not in _READERS:
        raise refused(kind)
    trim, reader = _READERS[kind]
    trimmed = trim(data)
    try:
        return reader(_Pieces(trimmed.data, between)), trimmed.exif
    except BROKEN:
        raise damaged() from None


def _handy(picture: Picture) -> Picture:
    """The picture in at most the working size, averaged over parts of pixels, too."""
    longest = max(picture.grey.shape)
    if longest <= WORKING_SIDE:
        return picture
    rows, columns = (max(1, round(side * WORKING_SIDE / longest)) for side in picture.grey.shape)

    def averaged(plane: Array) -> Array:
        image = Image.fromarray(plane).resize((columns, rows), Image.Resampling.BOX)
        return np.asarray(image, np.float32)

    down, across = rows / picture.grey.shape[0], columns / picture.grey.shape[1]
    left, top, right, bottom = picture.frame
    frame = Box(left * across, top * down, right * across, bottom * down)
    alpha = None if picture.alpha is None else averaged(picture.alpha)
    return Picture(averaged(picture.grey), alpha, frame)


class _Pieces(BytesIO):
    """A file that says when a piece of it is read, so that the work can be ended in between."""

    def __init__(self, data: bytes, between: Callable[[], None]) -> None:
        super().__init__(data)
        self._between = between

    def read(self, size: int | None = -1) -> bytes:
        self._between()
        return super().read(size)


def _picture(image: ImageFile.ImageFile, exif: bytes) -> Picture:
    longest = max(image.size)
    # JPEG alone can skip what will be averaged away; the others ignore the request.
    request = [max(1, side * WORKING_SIDE // longest) for side in image.size]
    mode = "L" if image.mode in GREY else "RGB"
    drafted = image.draft(mode, (request[0], request[1]))
    columns, rows = drafted[1][2:] if drafted else image.size
    image.load()
    factor = max(1, max(image.size) // WORKING_SIDE)
    grey, alpha = _levels(image, factor)
    turn = turn_of(exif)
    frame = turned_box(Box(0, 0, columns / factor, rows / factor), grey.shape, turn)
    return Picture(turned(grey, turn), None if alpha is None else turned(alpha, turn), frame)


def _levels(image: Image.Image, factor: int) -> tuple[Array, Array | None]:
    """Grey levels and opacity, averaged over whole blocks of so many pixels a side.

    A strip of rows at a time: Pillow holds up all other threads while it converts what it is given.
    """
    if image.mode.startswith("I"):
        return _unit(_reduced(Image.fromarray(eight_bit(image)), factor)), None
    parts = [_strip(strip, factor) for strip in strips(image, factor)]
    opacities = [alpha for _, alpha in parts if alpha is not None]
    levels = np.concatenate([part for part, _ in parts])
    grey = one_channel(levels) if levels.ndim == 3 else levels
    return grey, np.concatenate(opacities) if opacities else None


def strips(image: Image.Image, factor: int) -> Iterator[Image.Image]:
    """Cut a picture into strips of whole blocks of so many rows."""
    columns, rows = image.size
    high = factor * max(1, _STRIP // (factor * columns))
    for top in range(0, rows, high):
        yield image.crop((0, top, columns, min(top + high, rows)))


def _strip(image: Image.Image, factor: int) -> tuple[Array, Array | None]:
    if not image.has_transparency_data:
        if image.mode in GREY:
            return _unit(_reduced(image.convert("L"), factor)), None
        return _unit(_reduced(image.convert("RGB"), factor)), None
    shades = image.convert("LA")
    grey, alpha = shades.getchannel("L"), shades.getchannel("A")
    if factor == 1:
        return _unit(grey), _unit(alpha)
    # What is transparent has no colour, so it must not count in the average.
    opacity = _unit(_reduced(alpha, factor))
    shade = _unit(_reduced(ImageChops.multiply(grey, alpha), factor))
    return np.minimum(shade / np.maximum(opacity, np.float32(1 / 255)), np.float32(1)), opacity


def eight_bit(image: Image.Image) -> NDArray[np.uint8]:
    """Between the picture's own ends: few use all that 16 bits can say."""
    levels = np.asarray(image)
    low, high = int(levels.min()), int(levels.max())
    every = np.arange(high - low + 1, dtype=np.float32) * (255 / max(high - low, 1))
    small: NDArray[np.uint8] = every.astype(np.uint8)[levels - low]
    return small


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    return image.reduce(factor) if factor > 1 else image


def _unit(image: Image.Image) -> Array:
    levels: NDArray[np.float32] = np.asarray(image, np.float32) / np.float32(255)
    return levels


def _within(box: Box, frame: Box) -> Box:
    """The part of a box that lies in the picture."""
    low = (max(box.left, frame.left), max(box.top, frame.top))
    return Box(*low, min(box.right, frame.right), min(box.bottom, frame.bottom))


def _parts(box: Box, frame: Box) -> list[float]:
    """A box as fractions of the picture's width and height."""
    across, down = frame.width, frame.height
    left, top = (box.left - frame.left) / across, (box.top - frame.top) / down
    return [left, top, left + box.width / across, top + box.height / down]


def _moved(box: Box, old: Box, new: Box, by: float) -> Box:
    """A box that lies somewhere about the middle of another, enlarged, about a new middle."""
    x, y = (old.left + old.right) / 2, (old.top + old.bottom) / 2
    to_x, to_y = (new.left + new.right) / 2, (new.top + new.bottom) / 2
    return Box(
        to_x + (box.left - x) * by,
        to_y + (box.top - y) * by,
        to_x + (box.right - x) * by,
        to_y + (box.bottom - y) * by,
    )
