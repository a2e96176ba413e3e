"""Many hands: the same writers each time, each with a style that their drawings share."""

import numpy as np

from model.train.drawn import ALL_DIGITS
from model.train.ways import OTHER_DIGITS, WRITERS_DIGITS
from model.train.writers import hands, writer


def test_writers_are_the_same_again_and_others_with_another_seed():
    first, again, other = (hands(seed, writers=3, each=10) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.examples.images, again.examples.images)
    assert (first.examples.images != other.examples.images).any()
    assert first.examples.labels.tolist() == list(range(10)) * 3
    assert first.writers.tolist() == [0] * 10 + [1] * 10 + [2] * 10
    assert first.examples.images.any(axis=(1, 2)).all()


def test_more_writers_are_the_fewer_ones_and_some_more():
    few, more = (hands(0, writers=count, each=10) for count in (1, 2))
    np.testing.assert_array_equal(few.examples.images, more.examples.images[:10])
    np.testing.assert_array_equal(few.unknown, more.unknown[:10])


def test_a_way_is_called_unknown_where_it_is_not_learnt_from():
    for seed in range(20):
        one = writer(np.random.default_rng(seed))
        for name, ways in one.ways.items():
            pool = ALL_DIGITS[name]
            if name in one.unknown:
                pool = (*OTHER_DIGITS[name], *WRITERS_DIGITS[name])
            shapes = {shape(way) for way in pool}
            assert {shape(way) for way in ways} <= shapes


def shape(way):
    """What a writer keeps of a way: its strokes, corners, places, and how far these may lie off."""
    return tuple(
        tuple(tuple((place.spread_x, place.spread_y) for place in run) for run in line)
        for line in way
    )


def test_drawings_of_one_writer_are_more_alike_than_those_of_several():
    found = hands(0, writers=12, each=40)
    images = found.examples.images.reshape(12, 4, 10, -1).astype(float)
    own = images - images.mean(axis=1, keepdims=True)
    between = images.mean(axis=1) - images.mean(axis=(0, 1))
    assert np.square(own).mean() * 4 / 3 < np.square(between).mean()
