"""What is no digit, to learn from: seeded, on the pad, of no class, and not what judges see."""

import numpy as np
import pytest

from model.preprocess import preprocess_strokes
from model.train.batches import NONE
from model.train.strange import SORTS, several, strange
from model.train.ways import LETTERS, SIGNS


def test_drawings_are_of_no_class_and_the_same_again():
    first, again, other = (strange(24, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.images, again.images)
    assert (first.images != other.images).any()
    assert first.labels.tolist() == [NONE] * 24
    assert first.images.any(axis=(1, 2)).all()


@pytest.mark.parametrize("sort", sorted({sort.__name__: sort for sort in SORTS}.items()))
def test_each_sort_lies_within_the_pad(sort):
    chance = np.random.default_rng(3)
    for _ in range(30):
        for stroke in sort[1](chance):
            assert stroke.points.min() >= stroke.width / 2 - 1e-9
            assert stroke.points.max() <= 1 - stroke.width / 2 + 1e-9


def test_several_digits_are_such_as_are_taken_for_one_drawing():
    chance = np.random.default_rng(4)
    for _ in range(20):
        strokes = several(chance)
        assert len(strokes) >= 2
        assert not preprocess_strokes(strokes).digits


def test_what_networks_are_judged_by_is_not_learnt_from():
    learnt, judged = (
        {way for ways in table.values() for way in ways} for table in (SIGNS, LETTERS)
    )
    assert not learnt & judged
