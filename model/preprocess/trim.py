"""What a trimmed file is: the parts of an image file that make its picture, judged before decoding.

An image file may hold a million empty parts, or say the same picture over and over. So its parts
are counted, and its picture's size judged, before a pixel is decoded; whatever the picture does not
need is left out, and the decoder never sees it.
"""

from typing import NamedTuple

from model.preprocess.kinds import ImageError


class Trimmed(NamedTuple):
    """A file reduced to its picture.

    Attributes
    ----------
    data
        The parts that make the picture, as a file of the same kind.
    exif
        The block that says how the camera was held; empty when there is none.
    """

    data: bytes
    exif: bytes = b""


def too_large(
    columns: int, rows: int, most: int, file: str, *, colours: bool = False
) -> ImageError:
    """Say that a picture is too large, with the bound, and how to mend it."""
    kind = "image-colours" if colours else "image-pixels"
    return ImageError(kind, columns=columns, rows=rows, most=most / 1e6, file=file)


def too_many(parts: str) -> ImageError:
    """Say that a file is cut into more parts than any program writes."""
    return ImageError("image-parts", parts=parts)
