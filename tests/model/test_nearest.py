"""The nearest of many vectors against looking at all of them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.nearest import Crowd
from model.principal import principal
from tests.model.test_principal import WIDE, pieces, spectrum


def plain(matrix: Any, vector: Any, count: int) -> tuple[Any, Any]:
    squares = ((matrix.astype(np.float64) - vector.astype(np.float64)) ** 2).sum(axis=1)
    order = np.argsort(squares, kind="stable")[:count]
    return order, np.sqrt(squares[order])


def crowd_of(matrix: Any, most: int) -> Crowd:
    return Crowd.of(pieces(matrix), principal(pieces(matrix), most=most))


@given(
    st.integers(1, 200),
    st.sampled_from([1, 3, 40, WIDE]),
    st.integers(1, 20),
    st.sampled_from([2, 5, 64]),
    st.integers(0, 99),
)
@settings(max_examples=40, deadline=None)
def test_they_are_those_of_a_plain_search_in_the_same_order(size, width, count, most, seed):
    matrix = np.round(spectrum(size, width, seed), 1)  # so some are equally far
    vector = np.round(spectrum(1, width, seed + 1)[0], 1)
    found = crowd_of(matrix, most).nearest(vector, count, lambda places: matrix[places])
    numbers, distances = plain(matrix, vector, count)
    np.testing.assert_array_equal(found.numbers, numbers)
    np.testing.assert_array_equal(found.distances, distances)


def test_one_of_them_is_the_nearest_to_itself_and_the_first_of_equal_ones_comes_first():
    matrix = np.tile(spectrum(30, 50, 2), (2, 1))
    found = crowd_of(matrix, 64).nearest(matrix[41], 3, lambda places: matrix[places])
    assert found.numbers[:2].tolist() == [11, 41]
    np.testing.assert_array_equal(found.distances[:2], 0)


def test_few_are_looked_at_where_a_few_directions_tell_most():
    matrix = spectrum(2000, WIDE, 4, falls=0.5)
    found = crowd_of(matrix, 64).nearest(matrix[7], 5, lambda places: matrix[places])
    assert found.looked_at < 200


def test_one_is_found_wherever_it_lies_among_many_that_the_bound_ranks_before_it():
    matrix = spectrum(1500, 30, 6, falls=0.95)
    crowd = crowd_of(matrix, 3)
    looked_at = []
    for vector in spectrum(1540, 30, 6, falls=0.95)[-40:]:
        found = crowd.nearest(vector, 1, lambda places: matrix[places])
        assert found.numbers[0] == plain(matrix, vector, 1)[0][0]
        looked_at.append(found.looked_at)
    assert max(looked_at) > 4, "the first that were looked at were not always enough"


@pytest.mark.parametrize("width", [4, WIDE])
def test_of_vectors_that_are_all_alike_the_first_ones_are_named(width):
    matrix = np.ones((90, width), np.float32)
    vector = np.zeros(width, np.float32)
    found = crowd_of(matrix, 64).nearest(vector, 4, lambda places: matrix[places])
    assert found.numbers.tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(found.distances, np.sqrt(width))
