"""Principal components against a plain singular value decomposition."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.principal import DIRECT, Principal, principal

WIDE = DIRECT + 60


def pieces(matrix: Any) -> list[Any]:
    return [matrix[start : start + 7] for start in range(0, len(matrix), 7)]


def plain(matrix: Any) -> tuple[Any, Any]:
    """Directions as rows, and variances, by NumPy's SVD of the centred matrix."""
    centred = matrix.astype(np.float64) - matrix.astype(np.float64).mean(axis=0)
    _, sizes, rows = np.linalg.svd(centred, full_matrices=False)
    return rows, sizes**2 / len(matrix)


def spectrum(count: int, width: int, seed: int, falls: float = 0.8) -> Any:
    """Vectors whose variances fall by a factor from direction to direction, away from 0."""
    rng = np.random.default_rng(seed)
    rank = min(count, width, 40)
    mixed = np.linalg.qr(rng.standard_normal((width, rank))).Q
    numbers = rng.standard_normal((count, rank)) * falls ** np.arange(rank)
    return (numbers @ mixed.T + rng.standard_normal(width)).astype(np.float32)


def is_orthonormal(found: Principal) -> bool:
    return np.allclose(found.directions @ found.directions.T, np.eye(len(found.directions)))


@given(st.integers(3, 60), st.sampled_from([2, 9, 120, WIDE]), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_components_are_those_of_numpys_svd_up_to_their_sign(count, width, seed):
    matrix = spectrum(count, width, seed)
    found, (rows, variances) = principal(pieces(matrix)), plain(matrix)
    assert found.total == pytest.approx(variances.sum())
    np.testing.assert_allclose(found.variances[:2], variances[:2], rtol=1e-9)
    for k in range(2):
        along = abs(float(found.directions[k] @ rows[k]))
        gap = np.diff(variances[[k + 1, k]])[0] / variances[0] if len(variances) > k + 1 else 1
        assert along == pytest.approx(1, abs=1e-9 / max(gap, 1e-6) ** 2)
    assert is_orthonormal(found)
    np.testing.assert_allclose(found.mean, matrix.astype(float).mean(axis=0), rtol=1e-12)
    shares = found.shares()
    np.testing.assert_allclose(shares[:2], variances[:2] / variances.sum(), rtol=1e-9)


def test_places_are_the_plain_projection_and_their_variances_those_that_are_said():
    matrix = spectrum(50, WIDE, 3)
    found, (rows, _) = principal(pieces(matrix)), plain(matrix)
    places = found.places(matrix)
    centred = matrix.astype(float) - matrix.astype(float).mean(axis=0)
    for k in range(2):
        np.testing.assert_allclose(abs(places[:, k]), abs(centred @ rows[k]), atol=1e-6)
    np.testing.assert_allclose(places.var(axis=0), found.variances, atol=1e-6)


def test_where_no_direction_stands_out_it_ends_after_some_rounds_with_nearly_the_best(monkeypatch):
    monkeypatch.setattr("model.principal.ROUNDS", 4)
    matrix = np.random.default_rng(2).standard_normal((90, WIDE))
    found, (_, variances) = principal(pieces(matrix)), plain(matrix)
    assert is_orthonormal(found)
    assert (found.variances[:2] <= variances[:2] * (1 + 1e-12)).all()
    assert (found.variances[:2] > 0.95 * variances[:2]).all()


def test_the_largest_number_of_each_direction_is_above_zero_and_all_is_the_same_again():
    matrix = spectrum(40, WIDE, 5)
    found, again = principal(pieces(matrix)), principal(pieces(matrix))
    for one in found.directions:
        assert one[np.abs(one).argmax()] > 0
    turned = principal(pieces(-matrix))
    np.testing.assert_allclose(turned.directions[:2], found.directions[:2], atol=1e-7)
    np.testing.assert_array_equal(found.directions, again.directions)


@pytest.mark.parametrize("width", [1, 5, WIDE])
@pytest.mark.parametrize("count", [1, 2, 30])
def test_vectors_that_are_all_the_same_lie_at_zero(count, width):
    matrix = np.full((count, width), 3.25, np.float32)
    found = principal(pieces(matrix))
    assert found.total == 0
    assert not found.variances.any()
    assert not found.shares().any()
    np.testing.assert_array_equal(found.places(matrix)[:, :2], 0)
    assert len(found.directions) >= min(2, width)
    assert is_orthonormal(found)


@pytest.mark.parametrize("width", [6, WIDE])
def test_along_one_direction_alone_it_holds_everything(width):
    rng = np.random.default_rng(1)
    matrix = np.outer(rng.standard_normal(20), rng.standard_normal(width))
    found = principal(pieces(matrix))
    np.testing.assert_allclose(found.shares()[:2], [1, 0], atol=1e-12)
    assert is_orthonormal(found)


@pytest.mark.parametrize("width", [4, WIDE])
def test_equal_variances_are_taken_in_some_directions_of_their_plane(width):
    matrix = np.zeros((4, width))
    matrix[[0, 1], 0], matrix[[2, 3], 2] = (1, -1), (1, -1)
    found = principal(pieces(matrix))
    np.testing.assert_allclose(found.shares()[:2], [0.5, 0.5])
    np.testing.assert_allclose(np.square(found.directions[:2][:, [0, 2]]).sum(), 2)


@given(
    arrays.arrays(
        np.float32,
        st.tuples(st.integers(1, 12), st.integers(1, 8)),
        elements=st.floats(-100, 100, width=32),
    )
)
@settings(deadline=None)
def test_any_numbers_have_orthogonal_directions_that_hold_all_variance(matrix):
    found = principal(pieces(matrix))
    assert is_orthonormal(found)
    _, variances = plain(matrix)
    np.testing.assert_allclose(found.variances.sum(), variances.sum(), rtol=1e-9, atol=1e-9)
    assert (np.diff(found.variances) <= 1e-9 * max(1, found.total)).all()
    assert (found.variances >= 0).all()
