"""Drawings of our own: seeded, on the pad, of every class, and none of them blank."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.preprocess import preprocess_strokes
from model.train.drawn import (
    HURRIED,
    JUDGED,
    NO_DIGITS,
    OTHER,
    STEADY,
    digits,
    judged_digits,
    judged_others,
    render,
)
from model.train.hand import SAMPLES, Hand, curve, write
from model.train.ways import (
    DIGITS,
    LETTERS,
    MORE_DIGITS,
    OTHER_DIGITS,
    SIGNS,
    SPREAD,
    WRITERS_DIGITS,
    Place,
    read,
)

TABLES = (DIGITS, MORE_DIGITS, OTHER_DIGITS, WRITERS_DIGITS, LETTERS, SIGNS)
WAYS = [way for table in TABLES for ways in table.values() for way in ways]
HANDS = [STEADY, HURRIED, OTHER, replace(STEADY, proportion=0.9)]
NO_CHANCE = Hand((0.5, 0.5), (0.04, 0.04), 1, (0, 0), 0, 0, 0, 0, 0, (0, 0))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_a_way_is_read_as_it_is_written() -> None:
    (first, second) = read("-2±16,30 34,0±6 | 40,100 ; 1,2±3")
    assert first == (
        (Place(-0.02, 0.3, 0.16, SPREAD / 100), Place(0.34, 0, SPREAD / 100, 0.06)),
        (Place(0.4, 1, SPREAD / 100, SPREAD / 100),),
    )
    assert second == ((Place(0.01, 0.02, SPREAD / 100, 0.03),),)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "1,2±", "1.5,2"])
def test_what_is_no_way_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is no place; write x,y"):
        read(f"0,0 {text or '±'}")


def test_every_digit_has_ways_to_learn_and_others_to_judge() -> None:
    for table in (DIGITS, MORE_DIGITS, OTHER_DIGITS, WRITERS_DIGITS):
        assert "".join(sorted(table)) == "0123456789"
        assert all(len(ways) >= 2 for ways in table.values())
    assert len(set(WAYS)) == len(WAYS)


def test_a_run_after_a_corner_begins_where_the_one_before_ended() -> None:
    (line,) = write(read("0,0 40,0 | 40,100"), NO_CHANCE, rng())
    size = 0.5 - 0.04
    expected = np.array([[0, 0], [0.4 * size, 0], [0.4 * size, size]]) + line.points[0]
    np.testing.assert_allclose(line.points[0], expected[0], atol=1e-12)
    np.testing.assert_allclose(line.points[-1], expected[2], atol=1e-12)
    assert np.abs(line.points - expected[1]).sum(axis=1).min() < 1e-12
    assert line.width == pytest.approx(0.04)


def test_haste_cuts_corners_and_keeps_both_ends() -> None:
    way = read("0,0 0,100 | 100,100")
    (slow,) = write(way, NO_CHANCE, rng())
    (fast,) = write(way, replace(NO_CHANCE, haste=(0.4, 0.4)), rng())
    ends = [stroke.points[-1] - stroke.points[0] for stroke in (slow, fast)]
    np.testing.assert_allclose(ends[1], ends[0], atol=1e-12)
    corner = fast.points[0] + (0, 0.46)
    assert 0.02 < np.abs(fast.points - corner).sum(axis=1).min() < 0.2
    assert length(fast.points) < length(slow.points)


def length(points) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def test_strokes_miss_each_other_and_keep_their_shape() -> None:
    way = read("0,0 0,100 ; 0,50 60,50")
    exact = write(way, NO_CHANCE, rng())
    missed = write(way, replace(NO_CHANCE, miss=0.1), rng(1))
    apart = [stroke.points[0] - missed[0].points[0] for stroke in (exact[1], missed[1])]
    assert np.abs(apart[0] - apart[1]).max() > 0.01
    scale = length(missed[0].points) / length(exact[0].points)
    assert length(missed[1].points) == pytest.approx(scale * length(exact[1].points))


def test_proportions_change_within_the_same_box() -> None:
    way = read("0±0,0±0 10±0,50±0 ; 60±0,30±0 60±0,100±0")
    hand = replace(NO_CHANCE, proportion=0.9)
    plain = np.concatenate([line.points for line in write(way, NO_CHANCE, rng())])
    middles = []
    for seed in range(200):
        points = np.concatenate([line.points for line in write(way, hand, rng(seed))])
        np.testing.assert_allclose(np.ptp(points, axis=0), np.ptp(plain, axis=0), atol=1e-12)
        assert (np.diff(points[np.argsort(plain[:, 1]), 1]) > -1e-12).all()  # nothing overtakes
        middles.append(float((points[2 * SAMPLES, 1] - points[:, 1].min()) / np.ptp(points[:, 1])))
    assert min(middles) < 0.35 < 0.65 < max(middles)


def test_a_curve_passes_through_its_points() -> None:
    angle = np.arange(7)
    points = np.stack((np.cos(angle), np.sin(angle)), axis=1) + 0.1 * rng().random((7, 2))
    smooth = curve(points)
    np.testing.assert_allclose(smooth[::SAMPLES], points)
    assert len(smooth) == 6 * SAMPLES + 1
    steps = np.diff(smooth, axis=0)
    cosines = (steps[:-1] * steps[1:]).sum(1) / np.prod(
        np.linalg.norm([steps[:-1], steps[1:]], axis=2), axis=0
    )
    assert cosines.min() > 0  # no corner anywhere


def test_a_curve_through_points_on_a_line_is_the_line() -> None:
    smooth = curve(np.array([[0, 0], [1, 2], [2, 4], [3, 6]], float))
    np.testing.assert_allclose(smooth[:, 1], 2 * smooth[:, 0], atol=1e-12)


@given(seed=st.integers(0, 2**32), way=st.sampled_from(WAYS), hand=st.sampled_from(HANDS))
@settings(deadline=None, max_examples=200)
def test_whatever_is_written_lies_within_the_pad_and_leaves_ink(seed, way, hand) -> None:
    strokes = write(way, hand, rng(seed))
    assert len(strokes) == len(way)
    everything = np.concatenate([stroke.points for stroke in strokes])
    width = strokes[0].width
    assert {stroke.width for stroke in strokes} == {width}
    assert hand.width[0] - 1e-12 <= width <= hand.width[1] + 1e-12
    assert everything.min() >= width / 2 - 1e-9
    assert everything.max() <= 1 - width / 2 + 1e-9
    size = np.ptp(everything, axis=0).max() + width
    assert hand.size[0] - 1e-9 <= size <= hand.size[1] + 1e-9
    assert width <= max(hand.thickest * size, hand.width[0]) + 1e-9
    assert not preprocess_strokes(strokes).blank


@pytest.mark.parametrize("sort", NO_DIGITS)
def test_what_is_no_digit_lies_within_the_pad_too(sort: str) -> None:
    chance = rng(3)
    for _ in range(50):
        for stroke in NO_DIGITS[sort](chance):
            assert stroke.points.min() >= stroke.width / 2 - 1e-9
            assert stroke.points.max() <= 1 - stroke.width / 2 + 1e-9


def test_the_same_generator_draws_the_same_digits() -> None:
    first, again, other = (digits(30, rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.images, again.images)
    assert (first.images != other.images).any()
    assert first.labels.tolist() == list(range(10)) * 3
    assert (first.images.max(axis=(1, 2)) > 200).all()


def test_every_class_is_as_thick_as_every_other() -> None:
    mean = {}
    for name, ways in DIGITS.items():
        chance = rng(5)
        widths = [math.log(write(ways[0], STEADY, chance)[0].width) for _ in range(400)]
        mean[name] = np.mean(widths)
    assert max(mean.values()) - min(mean.values()) < 0.12


def test_images_are_those_of_the_page() -> None:
    strokes = write(DIGITS["3"][0], STEADY, rng())
    (image,) = render(iter([strokes]), 1)
    np.testing.assert_allclose(image / 255, preprocess_strokes(strokes).pixels, atol=0.5 / 255)


def test_a_network_is_always_judged_by_the_same_drawings() -> None:
    drawn, others = judged_digits(), judged_others()
    judged_digits.cache_clear()
    np.testing.assert_array_equal(judged_digits().images, drawn.images)
    assert len(drawn.labels) == JUDGED
    assert np.bincount(drawn.labels).tolist() == [JUDGED // 10] * 10
    assert set(others) == set(NO_DIGITS)
    assert sum(len(images) for images in others.values()) == JUDGED
    assert all(images.any(axis=(1, 2)).all() for images in others.values())
