"""PNG files: counted, judged and trimmed (ISO/IEC 15948)."""

import struct
import zlib

from model.preprocess.kinds import damaged
from model.preprocess.trim import Trimmed, too_large, too_many

MOST_PIXELS = 40_000_000
"""Larger images are refused unseen: a few kilobytes can unpack to gigabytes."""

MOST_BYTES = 120_000_000
"""Bytes that may be unpacked: 40 megapixels in colour. Transparency is one more colour."""

MOST_SIDE = 65_535
"""As long as a side may be."""

MOST_CHUNKS = 20_000
"""Programs write 20 MB in fewer than 3,000."""

INTERLACED = 1.5
"""What unpacking seven pictures in one costs, as a multiple."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_KEPT = (b"IHDR", b"PLTE", b"tRNS")


def trim_png(data: bytes) -> Trimmed:
    """Leave size, colours and pixels of a PNG, the pixels in one piece.

    Raises
    ------
    ImageError
        When it is too large, or cut into too many chunks, or has no header.
    """
    if data[12:16] != b"IHDR" or len(data) < 33:
        raise damaged()
    kept: dict[bytes, bytes] = {}
    pixels: list[memoryview] = []
    exif, at, count = b"", len(_SIGNATURE), 0
    view = memoryview(data)
    while at + 8 <= len(data):
        count += 1
        if count > MOST_CHUNKS:
            raise too_many("chunks")
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if kind == b"IDAT":
            if not pixels:
                _judge(kept.get(b"IHDR", b""), transparent=b"tRNS" in kept)
            pixels.append(view[at + 8 : end - 4])
        elif kind in _KEPT:
            kept.setdefault(kind, data[at:end])
        elif kind == b"eXIf":
            exif = data[at + 8 : end - 4]
        elif kind == b"IEND":
            break
        at = end
    parts = [kept[kind] for kind in _KEPT if kind in kept]
    body = b"".join((_SIGNATURE, *parts, _chunk(b"IDAT", b"".join(pixels)), _chunk(b"IEND", b"")))
    return Trimmed(body, exif)


def _judge(header: bytes, *, transparent: bool) -> None:
    """Refuse what would unpack to too much."""
    if len(header) != 25:
        raise damaged()
    columns, rows, depth, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", header, 8)
    most = MOST_PIXELS
    channels = _CHANNELS.get(colour, 4) + transparent * (3 if colour == 3 else 1)
    weight = channels * (2 if depth > 8 else 1) * (INTERLACED if interlaced else 1)
    most = min(most, int(MOST_BYTES / weight))
    if columns * rows > most or max(columns, rows) > MOST_SIDE:
        raise too_large(columns, rows, most, "PNG", colours=most < MOST_PIXELS)


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(body, zlib.crc32(kind))
    return b"".join((struct.pack(">I", len(body)), kind, body, struct.pack(">I", check)))
