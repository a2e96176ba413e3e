"""WebP files: counted, judged and trimmed (RFC 9649)."""

import struct

from model.preprocess.kinds import ImageError, damaged
from model.preprocess.trim import Trimmed, too_large, too_many

MOST_PIXELS = 20_000_000
"""WebP is unpacked whole, at twice what a PNG costs."""

MOST_LOSSY = 4_000_000
"""Bytes of lossy pixels: each costs as much as five pixels."""

MOST_LOSSLESS_PIXELS = 10_000_000
MOST_LOSSLESS = 1_500_000
"""Pixels and bytes without loss, opacity too: those bytes may describe 65,536 codes, each of which
costs as much as hundreds of pixels."""

MOST_CHUNKS = 1_000

_KEPT = (b"VP8X", b"ANIM", b"ALPH", b"VP8 ", b"VP8L", b"ANMF")
_PIXELS = (b"VP8 ", b"VP8L", b"ANMF")
_ALPHA_AND_ANIMATION = 0x12
"""Flags of the VP8X chunk for parts that are left in."""


def trim_webp(data: bytes) -> Trimmed:
    """Leave the first picture of a WebP, with its transparency.

    Raises
    ------
    ImageError
        When it is too large, or cut into too many chunks.
    """
    kept: dict[bytes, bytes] = {}
    exif, at = b"", 12
    for _ in range(MOST_CHUNKS):
        if at + 8 > len(data):
            break
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if kind == b"EXIF":
            exif = body
        elif kind in _KEPT and (kind not in _PIXELS or kept.keys().isdisjoint(_PIXELS)):
            kept.setdefault(kind, body)
        at += 8 + length + length % 2
    else:
        raise too_many("chunks")
    _judge(kept)
    if kept.get(b"VP8X"):
        flags = kept[b"VP8X"][0] & _ALPHA_AND_ANIMATION
        kept[b"VP8X"] = bytes([flags]) + kept[b"VP8X"][1:]
    chunks = b"WEBP" + b"".join(_chunk(kind, kept[kind]) for kind in _KEPT if kind in kept)
    return Trimmed(b"RIFF" + struct.pack("<I", len(chunks)) + chunks, exif)


def _judge(kept: dict[bytes, bytes]) -> None:
    """Refuse what would cost too much to unpack."""
    sizes = [size for kind, body in kept.items() if (size := size_of(kind, body))]
    lossless = sum(len(body) for kind, body in kept.items() if _is_lossless(kind, body))
    most = MOST_LOSSLESS_PIXELS if lossless else MOST_PIXELS
    for size in sizes:
        if size[0] * size[1] > most:
            raise too_large(*size, most, "lossless WebP" if lossless else "WebP")
    lossy = sum(map(len, kept.values())) - lossless
    if lossy / MOST_LOSSY + lossless / MOST_LOSSLESS > 1:
        raise ImageError("image-webp", megabytes=MOST_LOSSY / 1e6, lossless=MOST_LOSSLESS / 1e6)


def _is_lossless(kind: bytes, body: bytes) -> bool:
    """Whether a part, or a frame by its first part, is packed without loss; opacity always is."""
    return kind in (b"VP8L", b"ALPH") or (kind == b"ANMF" and body[16:20] != b"VP8 ")


def size_of(kind: bytes, body: bytes) -> tuple[int, int] | None:
    """Columns and rows, where a chunk says them."""
    if kind in (b"VP8X", b"ANMF"):
        start = 4 if kind == b"VP8X" else 6
        if len(body) < start + 6:
            raise damaged()
        wide, high = body[start : start + 3], body[start + 3 : start + 6]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if kind == b"VP8 " and len(body) >= 10:
        columns, rows = struct.unpack_from("<HH", body, 6)
        return columns & 0x3FFF, rows & 0x3FFF
    if kind == b"VP8L" and len(body) >= 5:
        (bits,) = struct.unpack_from("<I", body, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
