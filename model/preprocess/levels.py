"""Pictures as they are, reduced: levels of grey, or of red, green and blue, as a file holds them.

Nothing is looked for in them, as it is where the networks' images are made.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from model.preprocess.images import BROKEN, GREY, eight_bit, opened, strips
from model.preprocess.kinds import ImageError
from model.preprocess.orientation import turn_of, turned
from model.preprocess.place import Array, area_weights

FINER = 2
"""Whole pixels are averaged first, down to so many times the side; what is left over, exactly."""


def read_levels(
    data: bytes, side: int, *, colour: bool = False, between: Callable[[], None] = lambda: None
) -> NDArray[np.uint8]:
    """Decode a file, turn it upright, and reduce it by averages of areas.

    Where it is twice as large as that or more, whole pixels are made one first, as many as leave
    twice what is asked for; so what lies on the border of two cells may be shared less finely.

    Parameters
    ----------
    data
        The file's bytes: PNG, JPEG or WebP; of an animation the first frame. What is transparent
        lies on white.
    side
        Rows and columns that there are at most; smaller pictures stay as they are.
    colour
        Three maps, red, green and blue, instead of one, whose grey is 0.299 R + 0.587 G + 0.114 B.
    between
        Called while the file is decoded; see `preprocess_file`.

    Returns
    -------
    (1 or 3, rows, columns) uint8: 0 = black, 255 = white.

    Raises
    ------
    ImageError
        As `preprocess_file`.
    """
    image, exif = opened(data, between)
    try:
        reduced = _reduced(image, side, "RGB" if colour else "L")
    except BROKEN:
        raise ImageError("image-cut") from None
    turn = turn_of(exif)
    return np.stack([np.rint(turned(plane, turn)).astype(np.uint8) for plane in reduced])


def _reduced(image: ImageFile.ImageFile, side: int, mode: str) -> list[Array]:
    """The maps, each (rows, columns), 0 to 255."""
    finest = FINER * side
    # JPEG alone can skip what will be averaged away; the others ignore the request.
    request = [max(1, length * finest // max(image.size)) for length in image.size]
    image.draft("L" if image.mode in GREY else "RGB", (request[0], request[1]))
    image.load()
    whole: Image.Image = image
    if image.mode.startswith("I"):
        whole = Image.fromarray(eight_bit(image))
    factor = max(1, max(whole.size) // finest)
    parts = [_plain(strip, mode).reduce(factor) for strip in strips(whole, factor)]
    joined = np.concatenate([np.asarray(part, np.float32) for part in parts])
    across, down = (
        _averages(length, side / max(whole.size), factor, cells)
        for length, cells in zip(whole.size, joined.shape[1::-1], strict=True)
    )
    planes = np.moveaxis(joined, 2, 0) if joined.ndim == 3 else joined[None]
    return [down @ plane @ across.T for plane in planes]


def _averages(length: int, shrink: float, factor: int, cells: int) -> Array:
    """Weights (count, cells) of one axis; its last cell may stand for fewer pixels of the file."""
    count = max(1, round(length * min(1.0, shrink)))
    return area_weights(cells, 0, length / factor / count, count)


def _plain(strip: Image.Image, mode: str) -> Image.Image:
    """Without transparency: on white."""
    if not strip.has_transparency_data:
        return strip.convert(mode)
    white = Image.new("RGBA", strip.size, "white")
    white.alpha_composite(strip.convert("RGBA"))
    return white.convert(mode)
