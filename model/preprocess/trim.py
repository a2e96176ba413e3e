"""What a trimmed file is: the parts of an image file that make its picture, judged before decoding.

An image file may hold a million empty parts, or say the same picture over and over. So its parts
are counted, and its picture's size judged, before a pixel is decoded; whatever the picture does not
need is left out, and the decoder never sees it.
"""

from typing import NamedTuple


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


def too_large(columns: int, rows: int, most: int, kind: str, why: str = "") -> str:
    """Say that a picture is too large, with the bound, and how to mend it."""
    return (
        f"The image has {columns}×{rows} pixels, more than the {most / 1e6:g} million of a {kind} "
        f"that are read{why}. Crop it to the digit or scale it down."
    )


def too_many(parts: str) -> str:
    """Say that a file is cut into more parts than any program writes."""
    return (
        f"The file consists of far too many {parts} to be an ordinary image. "
        "Save or export it again and send that."
    )
