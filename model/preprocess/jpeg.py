"""JPEG files: counted, judged and trimmed (ITU-T T.81).

A JPEG holds its pixels in scans. An ordinary one has a single scan, or one for each colour. A
progressive one refines its picture in about ten, each of which visits all blocks of 8×8 pixels of
its colours again, even where it says nothing in a few bytes.
"""

import re
import struct
from typing import NamedTuple

from model.preprocess.kinds import ImageError, damaged
from model.preprocess.trim import Trimmed, too_large, too_many

MOST_PIXELS = 50_000_000
"""An ordinary JPEG is decoded at an eighth, so that less than a megapixel of this is unpacked."""

MOST_SEGMENTS = 2_000
"""Cameras write fewer than a hundred."""

MOST_TABLES = 1 << 18
"""Bytes of tables; an ordinary file has less than a thousand."""

MOST_PASSES = 32
"""How often a progressive JPEG may visit its blocks; programs write four to ten scans of each."""

MOST_STEPS = 16_000_000
"""Blocks visited in all scans of a progressive JPEG, and bytes read: either costs as much."""

_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_PIECE = 1 << 15  # bytes: a search holds up every other thread until it ends
_SOI, _EOI, _SOS, _APP1, _APP14 = 0xD8, 0xD9, 0xDA, 0xE1, 0xEE
_ALONE = {0x01, _SOI}
_TABLES = {0xC4, 0xDB, 0xDD, 0xE0, _APP14}  # Huffman, quantisation, restarts; JFIF; colours
_SIZES = {0xC0: False, 0xC1: False, 0xC2: True}  # whether it is progressive
_OTHER_SIZES = {0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}


class Frame(NamedTuple):
    """What a JPEG says of its picture."""

    progressive: bool
    columns: int
    rows: int
    blocks: dict[int, int]  # of 8×8 pixels, by component


def trim_jpeg(data: bytes) -> Trimmed:
    """Leave size, tables and scans of a JPEG's first picture.

    Raises
    ------
    ImageError
        When it is too large, has too many parts, or repeats its scans.
    """
    parts, exif, judge, at = [data[:2]], b"", _Judge(), 2
    for _ in range(MOST_SEGMENTS):
        found = _next_marker(data, at)
        if found is None:
            break
        start, marker = found.start(), data[found.start() + 1]
        if marker == _EOI:
            parts.append(b"\xff\xd9")
            break
        at = found.end() if marker in _ALONE else found.end() + _length(data, found.end())
        if marker == _SOS:
            judge.scan(data[start:at])
            after = _next_marker(data, at)
            at = after.start() if after else len(data)
        if marker == _APP1 and not exif and data.startswith(b"Exif\0\0", start + 4):
            exif = data[start + 4 : at]
        elif judge.keeps(marker, data[start:at]):
            parts.append(data[start:at])
    else:
        raise too_many("parts")
    return Trimmed(b"".join(parts), exif)


def _next_marker(data: bytes, at: int) -> re.Match[bytes] | None:
    """Look for the next marker, a piece at a time; one may begin in a piece and end in the next."""
    while at < len(data):
        if found := _MARKER.search(data, at, at + _PIECE + 1):
            return found
        at += _PIECE
    return None


class _Judge:
    """Adds up what decoding will cost, and refuses when it becomes too much."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self.visits = self.size = self.tables = 0

    def keeps(self, marker: int, segment: bytes) -> bool:
        """Whether the picture needs a segment."""
        if marker in _SIZES and self.frame is None:
            self.frame = _frame(segment, progressive=_SIZES[marker])
            return True
        if marker in _SIZES or marker in _OTHER_SIZES:
            raise _unusual()
        if marker == _SOS:
            self.size += len(segment)
            if self.frame:
                self._bound(self.frame)
            return True
        if marker not in _TABLES:
            return False
        self.tables += len(segment)
        if self.tables > MOST_TABLES:
            raise too_many("tables")
        return True

    def scan(self, header: bytes) -> None:
        """Judge a scan by its header, before its bytes are looked for."""
        frame = self.frame
        if frame is None or len(header) < 5 or len(header) < 5 + 2 * header[4]:
            raise damaged()
        self.visits += sum(frame.blocks.get(header[5 + 2 * i], 0) for i in range(header[4]))
        self._bound(frame)

    def _bound(self, frame: Frame) -> None:
        steps = self.visits + self.size
        most = sum(frame.blocks.values()) * (MOST_PASSES if frame.progressive else 1)
        if self.visits > most or (frame.progressive and steps > MOST_STEPS):
            raise ImageError("image-passes", columns=frame.columns, rows=frame.rows)


def _length(data: bytes, at: int) -> int:
    """Of a segment, with the two bytes that say it."""
    if at + 2 > len(data):
        raise damaged()
    (length,) = struct.unpack_from(">H", data, at)
    if length < 2:
        raise damaged()
    return int(length)


def _frame(segment: bytes, *, progressive: bool) -> Frame:
    """Read and judge the picture's size."""
    if len(segment) < 10 or len(segment) < 10 + 3 * segment[9]:
        raise damaged()
    rows, columns = struct.unpack_from(">HH", segment, 5)
    if columns * rows > MOST_PIXELS:
        raise too_large(columns, rows, MOST_PIXELS, "JPEG")
    parts = [segment[10 + 3 * i : 13 + 3 * i] for i in range(segment[9])]
    sampling = {part[0]: (part[1] >> 4, part[1] & 15) for part in parts}
    widest = max((wide for wide, _ in sampling.values()), default=0)
    highest = max((high for _, high in sampling.values()), default=0)
    if not all(wide and high for wide, high in sampling.values()) or not sampling:
        raise damaged()
    blocks = {
        component: -(-columns * wide // (8 * widest)) * -(-rows * high // (8 * highest))
        for component, (wide, high) in sampling.items()
    }
    return Frame(progressive, columns, rows, blocks)


def _unusual() -> ImageError:
    return ImageError("image-unusual")
