"""What is ink, what is paper, and what is dirt."""

import numpy as np
import pytest

from model.preprocess.colour import one_channel
from model.preprocess.filled import _stretch
from model.preprocess.paper import find
from model.preprocess.pen import line_width, strengthen
from model.preprocess.pieces import drop_specks
from model.preprocess.place import PEN, bounding_box
from tests.model.preprocess.pictures import seven


def f32(values):
    return np.asarray(values, np.float32)


def find_ink(grey, alpha=None):
    return find(grey, alpha).ink


@pytest.mark.parametrize("deviation", [0, 0.005, 0.02, 0.05, 0.1])
@pytest.mark.parametrize("shape", [(28, 28), (300, 400), (1, 1), (1, 200)])
def test_paper_alone_has_no_ink(deviation, shape):
    rng = np.random.default_rng(0)
    slope = np.linspace(0, 0.2, shape[1])
    assert not find_ink(f32(0.6 + slope + rng.normal(0, deviation, shape))).any()


def test_paper_that_rounding_made_lighter_than_itself_has_no_ink():
    assert not _stretch(np.full((4, 5), -1e-8, np.float32)).any()


@pytest.mark.parametrize("contrast", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("sign", [1, -1])
def test_ink_is_full_at_any_contrast_and_paper_is_empty(contrast, sign):
    ink = seven()
    found = find_ink(f32(0.5 - sign * 0.5 * contrast * (2 * ink - 1)))
    assert np.abs(found - ink).mean() < 0.01
    assert found[ink == 0].max() == 0


def test_a_thick_digit_cropped_tightly_is_still_ink():
    ink = seven(200, 40)
    box = bounding_box(f32(ink))
    tight = ink[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
    assert np.abs(find_ink(f32(1 - tight)) - tight).mean() < 0.02


def test_a_digit_that_covers_most_of_its_crop_is_still_ink():
    y, x = np.mgrid[0:200, 0:120]
    far = np.hypot((x - 59.5) / 60, (y - 99.5) / 100)
    zero = np.clip((1 - far) * 30, 0, 1) * np.clip((far - 0.55) * 30, 0, 1)
    assert zero.mean() > 0.5
    assert np.abs(find_ink(f32(1 - zero)) - zero).mean() < 0.02


def test_ink_in_the_shade_is_as_full_as_ink_in_the_light():
    light = np.linspace(1, 0.3, 200)
    found = find_ink(f32(light * (1 - 0.7 * seven())))
    core = found[seven() == 1]
    assert core.min() > 0.85


def test_opacity_is_the_ink_of_a_drawing_in_one_colour():
    ink = f32(seven())
    for level in (0, 0.4, 1):
        assert np.abs(find_ink(np.full_like(ink, level), ink) - ink).max() < 0.02
    assert not find_ink(ink, np.zeros_like(ink)).any()


def test_specks_go_and_pieces_of_a_digit_stay():
    ink = f32(seven())
    piece = f32(np.zeros((200, 200)))
    piece[100:104, 120:150] = 1
    speck = f32(np.zeros((200, 200)))
    speck[180:183, 20:23] = 1
    cleaned = drop_specks(np.maximum(np.maximum(ink, piece), speck))
    assert (cleaned == np.maximum(ink, piece)).all()


def test_what_enters_from_the_edge_goes_when_a_digit_stands_inside():
    ink = f32(seven())
    table = f32(np.zeros((200, 200)))
    table[:, 195:] = 1
    assert (drop_specks(np.maximum(ink, table)) == ink).all()
    assert (drop_specks(table) == table).all()


def test_faint_ink_stays_only_beside_strong_ink():
    ink = f32(seven())
    haze = np.maximum(ink, f32(np.where(np.arange(200) > 170, 0.2, 0)))
    assert (drop_specks(haze) == ink).all()
    assert not drop_specks(np.full((9, 9), 0.2, np.float32)).any()


def photograph(digit, around):
    """A pale 7 of a fine pen on a sheet, with something around it."""
    rng = np.random.default_rng(3)
    paper = 0.8 * (1 - 0.6 * digit)
    return f32(np.clip(around(paper) + rng.normal(0, 0.01, paper.shape), 0, 1))


def fine_seven():
    large = np.zeros((300, 300))
    large[50:250, 50:250] = seven(200, 4)
    return large


def with_strip(paper):
    paper[:, :24] = 0.15
    return paper


def with_desk(paper):
    y, x = np.mgrid[0:300, 0:300]
    return np.where((x < 30) | (x > 270) | (y < 20) | (y > 275), 0.2, paper)


def with_shadow(paper):
    y, x = np.mgrid[0:300, 0:300]
    return paper * np.where(x + 0.3 * y > 280, 0.55, 1)


def with_box(paper):
    for edge in (60, 240):
        paper[edge : edge + 3, 60:243] = 0.2
        paper[60:243, edge : edge + 3] = 0.2
    return paper


def with_underline(paper):
    paper[228:232, 60:250] = 0.3
    return paper


def with_rules(paper):
    return np.minimum(paper, np.where(np.arange(300) % 40 < 2, 0.35, 1)[:, None])


def in_the_dark(paper):
    return 0.4 * paper


AROUND = (with_strip, with_desk, with_shadow, with_box, with_underline, with_rules, in_the_dark)


@pytest.mark.parametrize("around", AROUND)
def test_what_is_around_a_fine_digit_is_not_its_ink(around):
    ink = fine_seven()
    found = find_ink(photograph(ink, around))
    assert found[ink > 0.9].mean() > 0.7
    assert found[ink == 0].sum() < 0.25 * ink.sum()


def test_blurred_ink_is_not_turned_to_black_and_white():
    ink = seven(150, 20)
    for _ in range(8):
        ink = (ink + np.roll(ink, 1, 0) + np.roll(ink, -1, 0)) / 3
        ink = (ink + np.roll(ink, 1, 1) + np.roll(ink, -1, 1)) / 3
    rng = np.random.default_rng(0)
    found = find_ink(f32(0.7 * (1 - 0.25 * ink) + rng.normal(0, 0.008, ink.shape)))
    assert ((found > 0.1) & (found < 0.9)).sum() > 0.2 * (found > 0.1).sum()
    assert np.corrcoef(found.ravel(), ink.ravel())[0, 1] > 0.9


def test_colours_of_one_brightness_are_told_apart():
    ink = f32(seven())[..., None]
    pink, green = np.array((0.95, 0.6, 0.7)), np.array((0.45, 0.87, 0.61))
    found = find_ink(one_channel(f32((1 - ink) * pink + ink * green)))
    assert np.abs(found - ink[..., 0]).mean() < 0.02


def test_a_picture_of_small_numbers_is_scaled_by_its_own():
    ink = f32(np.round(seven()))
    assert np.abs(find_ink((1 - ink) / np.float32(255)) - ink).mean() < 0.02


def test_the_width_of_lines_is_measured():
    for width in (4, 9, 20):
        bar = f32(np.zeros((100, 300)))
        bar[40 : 40 + width, 10:290] = 1
        assert line_width(bar) == pytest.approx(width, rel=0.1)


def test_thin_lines_become_a_pen_s_and_ordinary_ones_stay():
    for width, factor in ((2, 0.5), (16, 1)):
        ink = f32(seven(200, width)) * np.float32(factor)
        strong, _ = strengthen(ink, bounding_box(ink))
        at_least = 4 * PEN if width == 2 else 4 * 16 * 20 / 136
        assert line_width(strong) == pytest.approx(at_least, rel=0.2)
        assert strong.max() == pytest.approx(1, abs=0.01)
