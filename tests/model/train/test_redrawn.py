"""Digits redrawn by a pen: thinned to the middle of their lines, and drawn as on the page."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.preprocess import preprocess_strokes
from model.train.batches import Examples
from model.train.drawn import digits
from model.train.redrawn import (
    CHUNK,
    FINE,
    SIZE,
    WIDTHS,
    middles,
    otherwise,
    redraw,
    redrawn,
    strokes,
    thin,
)

AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))  # p2 to p9
EXAMPLES = digits(30, np.random.default_rng(4))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def parts(marks: np.ndarray, around: Sequence[tuple[int, int]] = AROUND) -> int:
    """Count connected parts, eight neighbours each or fewer. Plain on purpose."""
    left = set(map(tuple, np.argwhere(marks).tolist()))
    count = 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            row, column = edge.pop()
            for y, x in around:
                if (row + y, column + x) in left:
                    left.remove((row + y, column + x))
                    edge.append((row + y, column + x))
    return count


def thinned_plainly(picture: np.ndarray) -> np.ndarray:
    """Zhang and Suen's algorithm as their paper tells it, cell by cell."""
    marks = np.pad(picture, 1).astype(int)
    while True:
        before = marks.copy()
        for turn in (0, 1):
            gone = []
            for row, column in np.argwhere(marks):
                p2, p3, p4, p5, p6, p7, p8, p9 = (
                    int(marks[row + y, column + x]) for y, x in AROUND
                )
                ring = (p2, p3, p4, p5, p6, p7, p8, p9)
                a = sum(b > c for c, b in zip(ring, (*ring[1:], p2), strict=True))
                third = p2 * p4 * p6 if turn == 0 else p2 * p4 * p8
                fourth = p4 * p6 * p8 if turn == 0 else p2 * p6 * p8
                if 2 <= sum(ring) <= 6 and a == 1 and third == 0 and fourth == 0:
                    gone.append((row, column))
            for cell in gone:
                marks[cell] = 0
        if (marks == before).all():
            return marks[1:-1, 1:-1]


@given(seed=st.integers(0, 2**32), density=st.floats(0.1, 0.95))
@settings(deadline=None, max_examples=40)
def test_thinning_is_that_of_the_paper(seed: int, density: float) -> None:
    pictures = (rng(seed).random((3, 9, 11)) < density).astype(np.uint8)
    pictures[1] = np.kron(pictures[1, ::3, ::4], np.ones((3, 4)))[:9, :11]  # blots and thick lines
    for thinned, picture in zip(thin(pictures), pictures, strict=True):
        np.testing.assert_array_equal(thinned, thinned_plainly(picture))


def test_a_bar_is_thinned_to_its_middle_and_a_ring_stays_a_ring() -> None:
    picture = np.zeros((1, 21, 30), np.uint8)
    picture[0, 8:13, 3:27] = 1
    (middle,) = thin(picture)
    assert set(np.argwhere(middle)[:, 0]) == {10}
    y, x = np.mgrid[-10:11, -10:11]
    radius = np.hypot(y, x)
    (ring,) = thin(((radius < 9.5) & (radius > 4.5))[None].astype(np.uint8))
    assert np.abs(radius[ring == 1] - 7).max() < 1.5
    assert parts(ring) == 1
    assert parts(1 - ring, around=AROUND[::2]) == 2  # paper inside and outside


def test_lines_of_every_thickness_have_the_same_middle() -> None:
    image = np.zeros((2, 28, 28), np.uint8)
    image[0, 5:23, 13:15] = 255
    image[1, 3:25, 11:17] = 255
    thin_one, thick_one = (np.argwhere(marks) for marks in middles(image))
    assert abs(thin_one[:, 1].mean() - thick_one[:, 1].mean()) <= 1
    assert abs(thin_one[:, 0].mean() - thick_one[:, 0].mean()) <= 1.5


@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=40)
def test_a_pen_goes_over_every_marked_cell_and_nothing_else(seed: int) -> None:
    marks = (rng(seed).random((8, 8)) < 0.4).astype(np.uint8)
    lines = strokes(marks, 0.05)
    assert len(lines) == parts(marks)
    if not lines:
        return
    points = np.concatenate([line.points for line in lines])
    cells = np.argwhere(marks)[:, ::-1]
    scale = SIZE / max(np.ptp(cells, axis=0).max(), 1)
    found = (points - points.min(0)) / scale + cells.min(0)
    assert {tuple(p) for p in np.rint(found).astype(int)} == {tuple(c) for c in cells}
    for line in lines:
        steps = np.abs(np.diff(line.points, axis=0)) / scale
        assert (steps < 1 + 1e-9).all()  # from neighbour to neighbour


def test_what_is_redrawn_is_what_the_page_would_make_of_those_strokes() -> None:
    drawn = redrawn(EXAMPLES, 30, rng(3))
    assert sorted(drawn.labels.tolist()) == sorted(EXAMPLES.labels.tolist())
    again = rng(3)
    chosen = again.permutation(30)
    widths = np.exp(again.uniform(*np.log(WIDTHS), 30))
    for image, source, width in zip(drawn.images, chosen, widths, strict=True):
        (marks,) = middles(EXAMPLES.images[source : source + 1])
        pixels = preprocess_strokes(strokes(marks, width)).pixels
        np.testing.assert_allclose(image / 255, pixels, atol=0.5 / 255)


def test_bent_are_the_same_digits_written_otherwise() -> None:
    bent = redrawn(EXAMPLES, 30, rng(3), bent=True)
    plain = redrawn(EXAMPLES, 30, rng(3))
    np.testing.assert_array_equal(bent.labels, plain.labels)
    again = rng(3)
    chosen = again.permutation(30)
    widths = np.exp(again.uniform(*np.log(WIDTHS), 30))
    images = otherwise(EXAMPLES.images[chosen], "learnt", again)
    np.testing.assert_array_equal(bent.images, redraw(images, widths))
    moved = np.abs(bent.images.astype(int) - plain.images).mean(axis=(1, 2))
    assert np.count_nonzero(moved > 5) >= 25


def test_chunks_change_nothing(monkeypatch) -> None:
    whole = redrawn(EXAMPLES, 30, rng()).images
    assert CHUNK >= 30
    monkeypatch.setattr("model.train.redrawn.CHUNK", 7)
    np.testing.assert_array_equal(redrawn(EXAMPLES, 30, rng()).images, whole)
    bent = redrawn(EXAMPLES, 30, rng(), bent=True).images
    monkeypatch.undo()
    np.testing.assert_array_equal(redrawn(EXAMPLES, 30, rng(), bent=True).images, bent)


@pytest.mark.parametrize("count", [0, 10, 30, 75])
def test_every_image_is_redrawn_about_as_often_as_every_other(count: int) -> None:
    examples = Examples(EXAMPLES.images, np.arange(30, dtype=np.uint8))
    drawn = redrawn(examples, count, rng())
    assert drawn.images.shape == (count, 28, 28)
    often = np.bincount(drawn.labels, minlength=30)
    assert often.sum() == count
    assert often.max() - often.min() <= 1


def test_paper_stays_paper_and_a_grey_breath_is_no_line() -> None:
    assert not middles(np.full((1, 28, 28), 100, np.uint8)).any()
    blank = Examples(np.zeros((2, 28, 28), np.uint8), np.zeros(2, np.uint8))
    assert not redrawn(blank, 2, rng()).images.any()
    assert middles(blank.images).shape == (2, 28 * FINE, 28 * FINE)
