"""Lossless WebP by hand (RFC 9649, 3): a code of its own for each square of four by four pixels.

Programs write a few hundred codes at most. Reading one costs as much as thousands of pixels.
"""

import struct

import numpy as np

_ORDER = (17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
_ALL = 256
_EVEN = 8
"""Bits of each symbol, where all are as long."""


class _Bits:
    """Numbers one after the other, each from its lowest bit."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, number: int, bits: int) -> None:
        self.text += format(number, f"0{bits}b")[::-1]


def webp_of_codes(columns: int, rows: int, square: int, codes: int, size: int) -> bytes:
    """
    A WebP whose pixels take turns among so many codes of 256 symbols.

    A square has 2^square pixels a side; the pixels themselves are noise. The file ends after so
    many bytes, if need be in the middle.
    """
    head, group = _Bits(), _Bits()
    head.put(0x2F, 8)
    for number, bits in ((columns - 1, 14), (rows - 1, 14), (0, 4)):
        head.put(number, bits)
    head.put(0b100, 3)  # no transform, no cache, codes by square
    head.put(square - 2, 3)
    head.put(0, 1)
    _even(head, more=True)
    _even(head)
    for _ in range(3):
        _single(head)
    _even(group, more=True)
    for _ in range(3):
        _even(group)
    _single(group)
    squares = -(-columns >> square) * -(-rows >> square)
    chosen = (np.arange(squares) % codes).astype("<u2")
    named = np.unpackbits(chosen.view(np.uint8))  # green is the low byte, red the high one
    text = head.text + named.tobytes().translate(_DIGITS).decode() + group.text * codes
    noise = np.random.default_rng(2).integers(0, 256, 4 * columns * rows, np.uint8)
    whole = int(text[::-1], 2).to_bytes(-(-len(text) // 8), "little") + noise.tobytes()
    body = whole[: size // 2 * 2]
    return b"RIFF%sWEBPVP8L%s" % (
        struct.pack("<I", len(body) + 12),
        struct.pack("<I", len(body)) + body,
    )


_DIGITS = bytes(range(256)).translate(bytes.maketrans(b"\0\1", b"01"))


def _even(bits: _Bits, *, more: bool = False) -> None:
    """A code of 256 symbols of eight bits; `more` where the alphabet is larger."""
    count = _ORDER.index(_EVEN) + 1
    bits.put(0, 1)
    bits.put(count - 4, 4)
    for length in _ORDER[:count]:
        bits.put(int(length == _EVEN), 3)
    bits.put(int(more), 1)
    if more:
        bits.put(3, 3)
        bits.put(_ALL - 2, 8)


def _single(bits: _Bits) -> None:
    """A code of the symbol 0 alone, which takes no bits."""
    for number, size in ((1, 1), (0, 1), (1, 1), (0, 8)):
        bits.put(number, size)
