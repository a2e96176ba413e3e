"""The pictures that would cost a server most, each beside an ordinary PNG of 40 megapixels.

    python -m benchmarks.payloads [--json]

Files that repeat themselves, files of a million empty parts, and the largest of each kind that are
still read. A row is the processor's time for one of them, as a multiple of the ordinary picture's.
"""

import argparse
import struct
import sys
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFile

from app.patience import Patience
from app.refusals import RefusalError
from benchmarks.report import Row, print_rows
from benchmarks.vp8l import webp_of_codes
from model.preprocess import ImageError, preprocess_file
from model.preprocess.jpeg import MOST_STEPS
from model.preprocess.webp import MOST_LOSSLESS

TARGET = 1.5
"""No picture may cost more than so many ordinary ones."""

LIMIT = 19_900_000
"""Bytes: a little less than the server reads of an image file."""

COLUMNS, ROWS = 8000, 5000

GRAIN = 0.3
"""Share of a scan's pixels that are a level lighter than their neighbours."""


class Payload(NamedTuple):
    """A file, and what a client would say that it is."""

    content_type: str
    make: Callable[[], bytes]


def scan(columns: int = COLUMNS, rows: int = ROWS) -> Image.Image:
    """A sheet of paper with a line on it, in grey, with the grain of a scanner."""
    across = np.linspace(190, 220, columns, dtype=np.float32)
    grain = np.random.default_rng(0).random((rows, columns), np.float32) < GRAIN
    picture = across + grain
    picture[rows // 4 : rows // 2, columns // 2 : columns // 2 + columns // 80] -= 150
    return Image.fromarray(picture.astype(np.uint8))


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    """Write a picture as a file."""
    file, room = BytesIO(), ImageFile.MAXBLOCK
    ImageFile.MAXBLOCK = 1 << 26  # Pillow's encoder of JPEG needs the whole file in one block
    try:
        image.save(file, kind, **options)
    finally:
        ImageFile.MAXBLOCK = room
    return file.getvalue()


def ordinary() -> bytes:
    """A page from a colour scanner, 40 megapixels, as Pillow writes it."""
    return encode(scan().convert("RGB"), "PNG", compress_level=1)


def repeated_scans() -> bytes:
    """A progressive JPEG whose last scan, a few bytes, is there again and again."""
    whole = encode(Image.new("L", (COLUMNS, ROWS), 200), "JPEG", progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * (400_000 // len(last)) + whole[-2:]


def repeated_pictures() -> bytes:
    """An ordinary JPEG whose only scan is there twenty times."""
    whole = encode(Image.new("L", (COLUMNS, ROWS), 200), "JPEG")
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * 20 + whole[-2:]


def padding() -> bytes:
    """A JPEG with nothing but fill bytes before its first segment."""
    whole = encode(Image.new("L", (28, 28), 200), "JPEG")
    return whole[:2] + b"\xff" * (LIMIT - len(whole)) + whole[2:]


def segments(marker: int, body: bytes = b"") -> bytes:
    """A JPEG with as many segments of one kind as there is room for."""
    whole = encode(Image.new("L", (28, 28), 200), "JPEG")
    segment = bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body
    return whole[:2] + segment * ((LIMIT - len(whole)) // len(segment)) + whole[2:]


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def chunks(kind: bytes, body: bytes = b"") -> bytes:
    """A PNG with as many chunks of one kind, before its pixels, as there is room for."""
    whole, one = encode(Image.new("L", (28, 28), 200), "PNG"), chunk(kind, body)
    return whole[:33] + one * ((LIMIT - len(whole)) // len(one)) + whole[33:]


def riff(kind: bytes) -> bytes:
    """A WebP with as many empty chunks of one kind as there is room for."""
    picture = encode(Image.new("L", (28, 28), 200), "WEBP")[12:]
    extended = struct.pack("<4sI", b"VP8X", 10) + bytes(4) + b"\x1b\0\0" * 2
    body = b"WEBP" + extended + (kind + bytes(4)) * ((LIMIT - len(picture)) // 8) + picture
    return b"RIFF" + struct.pack("<I", len(body)) + body


def png(depth: int, colour: int, bits: int, most: int) -> bytes:
    """The largest PNG of one kind, every row filtered by Paeth's, the dearest of the filters."""
    rows = min(ROWS, most // COLUMNS)
    row = b"\4" + bytes(COLUMNS * bits // 8)
    header = struct.pack(">IIBBBBB", COLUMNS, rows, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(row * rows, 1)), chunk(b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def with_empty_blocks(stream: bytes, size: int) -> bytes:
    """A zlib stream with deflate blocks before it that describe a code, and say nothing in it."""
    # A dynamic block (RFC 1951, 3.2.7) of two symbols, and its end; eight of them are whole bytes.
    block = "0010000000000011100000010" + "0" * 43 + "10001111111110101011001"
    eight = int((block * 8)[::-1], 2).to_bytes(len(block), "little")
    return stream[:2] + eight * ((size - len(stream)) // len(eight)) + stream[2:]


def empty_blocks() -> bytes:
    """A large PNG whose stream is full of empty blocks."""
    stream = with_empty_blocks(zlib.compress((b"\0" + bytes(3 * COLUMNS)) * ROWS, 9), LIMIT)
    header = struct.pack(">IIBBBBB", COLUMNS, ROWS, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stream) + chunk(b"IEND")


def interlaced() -> bytes:
    """The largest PNG in colour that comes as seven pictures."""
    columns, rows = 5_300, 5_000
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2))
    lines = b"".join(
        (b"\4" + bytes(3 * -(-(columns - left) // across))) * -(-(rows - top) // down)
        for left, top, across, down in (*passes, (0, 1, 1, 2))
    )
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 1)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(lines, 1)), chunk(b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def palette() -> bytes:
    """The largest PNG of a palette of which some colours are transparent."""
    colours = chunk(b"PLTE", bytes(range(256)) * 3) + chunk(b"tRNS", bytes(range(256)))
    whole = png(8, 3, 8, 30_000_000)
    return whole[:33] + colours + whole[33:]


def all_scans() -> bytes:
    """A progressive JPEG of noise with as many scans as it may have."""
    whole = encode(noise(3000, 2000), "JPEG", quality=75, progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    extra = MOST_STEPS - len(whole) - 10 * 3000 * 2000 // 64
    return whole[:-2] + last * min(16, extra // (len(last) + 3000 * 2000 // 64)) + whole[-2:]


def noise(columns: int, rows: int, channels: int = 1) -> Image.Image:
    """What no encoder can make smaller."""
    shape = (rows, columns, channels) if channels > 1 else (rows, columns)
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, shape, np.uint8))


PAYLOADS = {
    "JPEG that repeats a scan": Payload("image/jpeg", repeated_scans),
    "JPEG that repeats its picture": Payload("image/jpeg", repeated_pictures),
    "JPEG of fill bytes": Payload("image/jpeg", padding),
    "JPEG of APP segments": Payload("image/jpeg", lambda: segments(0xE5)),
    "JPEG of Exif segments": Payload("image/jpeg", lambda: segments(0xE1, b"Exif\0\0MM\0*")),
    "JPEG of comments": Payload("image/jpeg", lambda: segments(0xFE)),
    "JPEG of tables": Payload("image/jpeg", lambda: segments(0xDB, b"\0" + b"\1" * 64)),
    "JPEG of start marks": Payload("image/jpeg", lambda: b"\xff\xd8" * (LIMIT // 2)),
    "PNG of empty chunks": Payload("image/png", lambda: chunks(b"teSt")),
    "PNG of packed texts": Payload(
        "image/png", lambda: chunks(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000), 9))
    ),
    "PNG of empty pixels": Payload("image/png", lambda: chunks(b"IDAT")),
    "PNG of empty blocks": Payload("image/png", empty_blocks),
    "WebP of empty chunks": Payload("image/webp", lambda: riff(b"teSt")),
    "PNG, 40 million in colour": Payload("image/png", lambda: png(8, 2, 24, 40_000_000)),
    "PNG, 30 million with opacity": Payload("image/png", lambda: png(8, 6, 32, 30_000_000)),
    "PNG, 40 million of 16 bits": Payload("image/png", lambda: png(16, 0, 16, 40_000_000)),
    "PNG, interlaced, 26 million": Payload("image/png", interlaced),
    "PNG of a palette with opacity": Payload("image/png", palette),
    "JPEG, 50 million": Payload(
        "image/jpeg", lambda: encode(scan(10_000, 5_000).convert("RGB"), "JPEG", quality=90)
    ),
    "JPEG, progressive, noise": Payload(
        "image/jpeg", lambda: encode(noise(6000, 4000), "JPEG", quality=75, progressive=True)
    ),
    "JPEG, progressive, 40 million": Payload(
        "image/jpeg",
        lambda: encode(scan().convert("RGB"), "JPEG", progressive=True, subsampling=0),
    ),
    "JPEG, progressive, all scans": Payload("image/jpeg", all_scans),
    "WebP, 20 million": Payload(
        "image/webp", lambda: encode(scan(5000, 4000).convert("RGB"), "WEBP", quality=95, method=0)
    ),
    "WebP, noise": Payload(
        "image/webp", lambda: encode(noise(2800, 1800, 3), "WEBP", quality=80, method=0)
    ),
    "WebP, lossless, 6 million": Payload(
        "image/webp", lambda: encode(scan(3000, 2000), "WEBP", lossless=True, quality=0, method=0)
    ),
    "WebP of 65,536 codes": Payload(
        "image/webp", lambda: webp_of_codes(2400, 1600, 2, 65_536, LIMIT)
    ),
    "WebP of as many codes as may be": Payload(
        "image/webp", lambda: webp_of_codes(4000, 2500, 3, 65_536, MOST_LOSSLESS)
    ),
}
"""By name: those that a server must not stumble over, and the dearest that it reads."""


_PATIENCE = Patience()


def cost(data: bytes) -> tuple[float, str]:
    """Seconds of the processor that a file takes, and what was said of it."""
    between = _PATIENCE.watch()
    started = time.process_time()
    try:
        said = "no ink" if preprocess_file(data, between=between).blank else "read"
    except (ImageError, RefusalError) as error:
        said = str(error)
    return time.process_time() - started, said


def measure(rounds: int = 3) -> list[Row]:
    """Every payload in seconds of the processor beside the ordinary picture, best of rounds."""
    yardstick = ordinary()
    base = min(cost(yardstick)[0] for _ in range(rounds))
    rows = [Row(f"ordinary PNG, {len(yardstick) / 1e6:.0f} MB", base, "s")]
    for name, payload in PAYLOADS.items():
        data = payload.make()
        seconds, said = min(cost(data) for _ in range(rounds))
        label = f"{name}, {len(data) / 1e6:.1f} MB: {said}"
        rows.append(Row(label[:47], seconds, "s", TARGET * base, base))
    return rows


def main() -> None:
    """Print the table; fail when a picture costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    rows = measure()
    print_rows("Pictures that cost most", rows, as_json=arguments.json)
    over = [row.name for row in rows if row.target is not None and row.value > row.target]
    if over:
        sys.exit(f"These cost more than {TARGET:g} ordinary pictures: {'; '.join(over)}.")


if __name__ == "__main__":
    main()
