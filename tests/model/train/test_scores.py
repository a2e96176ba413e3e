"""Steps on a few scores: the essay's numbers, and both gradients by plain loops."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.train.scores import BOTH, score_steps, shares_to_scores

BOAT, AFTER = (0.2, 0.4, 0.1, 0.3), (0.1, 0.1, 0.7, 0.1)


def plain(scores, target, loss):
    """The loss of some scores, by plain loops."""
    powers = [math.exp(score - max(scores)) for score in scores]
    shares = [power / sum(powers) for power in powers]
    if loss == "cross_entropy":
        return -math.log(shares[target])
    return sum(((k == target) - share) ** 2 / 2 for k, share in enumerate(shares))


def slopes(scores, target, loss, step=1e-6):
    """Its gradient, by differences."""
    found = []
    for k in range(len(scores)):
        up, down = (
            plain([one + sign * step * (j == k) for j, one in enumerate(scores)], target, loss)
            for sign in (1, -1)
        )
        found.append((up - down) / (2 * step))
    return found


def test_the_boat_costs_0_55_before_and_0_06_after():
    (before,) = score_steps(shares_to_scores(BOAT), 2, "squared_error", 1.0, 0)
    np.testing.assert_allclose(before.squares, [0.02, 0.08, 0.405, 0.045], rtol=1e-12)
    assert before.losses["squared_error"] == pytest.approx(0.55, rel=1e-12)
    (after,) = score_steps(shares_to_scores(AFTER), 2, "squared_error", 1.0, 0)
    assert after.losses["squared_error"] == pytest.approx(0.06, rel=1e-12)


def test_no_step_of_either_loss_leads_from_the_one_to_the_other():
    """The essay's "after" is an example: three rivals that differ do not become equal."""
    for loss in BOTH:
        for rate in (0.1, 1, 3, 10):
            first = score_steps(shares_to_scores(BOAT), 2, loss, rate, 1)[1].shares
            assert np.abs(first - AFTER).max() > 0.01


@given(
    st.lists(st.floats(-5, 5), min_size=2, max_size=6),
    st.sampled_from(BOTH),
    st.floats(0, 3),
    st.integers(0, 4),
)
@settings(max_examples=60, deadline=None)
def test_every_number_is_that_of_plain_loops(scores, loss, rate, steps):
    target = len(scores) // 2
    moments = score_steps(np.array(scores), target, loss, rate, steps)
    assert len(moments) == steps + 1
    now = list(scores)
    for moment in moments:
        np.testing.assert_allclose(moment.scores, now, rtol=1e-4, atol=1e-5)
        now = moment.scores.tolist()
        powers = [math.exp(one - max(now)) for one in now]
        shares = [power / sum(powers) for power in powers]
        np.testing.assert_allclose(moment.shares, shares, rtol=1e-9)
        assert sum(moment.squares) == pytest.approx(moment.losses["squared_error"], rel=1e-9)
        for name in BOTH:
            value = plain(now, target, name)
            assert moment.losses[name] == pytest.approx(value, rel=1e-7, abs=1e-12)
            expected = slopes(now, target, name)
            np.testing.assert_allclose(moment.gradients[name], expected, rtol=1e-4, atol=1e-8)
        for j, share in enumerate(shares):
            assert moment.by_shares[j] == pytest.approx(share - (j == target), abs=1e-12)
            for k, other in enumerate(shares):
                assert moment.matrix[j, k] == pytest.approx(share * ((j == k) - other), abs=1e-12)
                product = moment.by_shares[j] * moment.matrix[j, k]
                assert moment.products[j, k] == pytest.approx(product, abs=1e-15)
        total = moment.products.sum(axis=0)
        np.testing.assert_allclose(total, moment.gradients["squared_error"], rtol=1e-7, atol=1e-12)
        now = [
            one - rate * slope for one, slope in zip(now, slopes(now, target, loss), strict=True)
        ]
