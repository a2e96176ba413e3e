"""Pictures of the kinds that cost most: read like any other, or refused with their sentence."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from benchmarks.payloads import LIMIT, chunk, encode, with_empty_blocks
from tests.app.drawings import TRACE
from tests.app.test_refusals import assert_problem

SIDE = 120
PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""First column and row, and steps between columns and rows, of the seven pictures (Adam7)."""


@pytest.fixture(scope="module")
def levels():
    """Grey levels (rows, columns) of a slanted bar on paper."""
    across, down = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    ink = (abs(across - 40 - down / 3) < 6) & (abs(down - 60) < 40)
    return np.where(ink, 30, 230).astype(np.uint8)


def png_of(stream, interlaced=0):
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stream) + chunk(b"IEND")


def lines(picture):
    """Rows of pixels, each after the name of its filter, which is none."""
    return b"".join(b"\0" + row.tobytes() for row in picture)


def interlaced(levels):
    passes = (levels[top::down, left::across] for left, top, across, down in PASSES)
    return png_of(zlib.compress(b"".join(map(lines, passes))), interlaced=1)


def with_empty_blocks_before(levels, size):
    return png_of(with_empty_blocks(zlib.compress(lines(levels)), size))


def progressive(levels, passes):
    """A JPEG that goes over its picture so often: its first scan is there again and again."""
    whole = encode(Image.fromarray(levels), "JPEG", progressive=True)
    start = whole.index(b"\xff\xda")
    end = whole.index(b"\xff\xc4", start)  # the tables of the second
    return whole[:end] + whole[start:end] * (passes - whole.count(b"\xff\xda")) + whole[end:]


@pytest.mark.parametrize(
    "make", [interlaced, lambda levels: with_empty_blocks_before(levels, 300_000)]
)
def test_a_png_is_read_the_same_in_seven_pictures_and_behind_empty_blocks(local, levels, make):
    plain = local.post(TRACE, content=encode(Image.fromarray(levels), "PNG"))
    answer = local.post(TRACE, content=make(levels))
    assert (plain.status_code, answer.status_code) == (200, 200)
    assert answer.content == plain.content


def test_a_png_that_is_nearly_all_empty_blocks_is_given_up(local, levels):
    data = with_empty_blocks_before(levels, LIMIT)
    problem = assert_problem(local.post(TRACE, content=data), 422)
    assert "too much work to unpack. Save it anew as PNG or JPEG" in problem.detail


def test_a_progressive_jpeg_may_have_thirty_two_scans_and_no_more(local, levels):
    plain = local.post(TRACE, content=encode(Image.fromarray(levels), "JPEG"))
    answer = local.post(TRACE, content=progressive(levels, 32))
    assert (plain.status_code, answer.status_code) == (200, 200)
    assert answer.content == plain.content
    problem = assert_problem(local.post(TRACE, content=progressive(levels, 33)), 422)
    assert f"goes over its {SIDE}×{SIDE} pixels too many times" in problem.detail
