import math

import pytest

from model.train.schedule import constant, warm_cosine


def test_a_constant_rate_stays():
    assert {constant(step, rate=0.1) for step in (0, 7, 10**6)} == {0.1}


def test_the_rate_warms_up_evenly_from_the_first_step():
    rates = [warm_cosine(step, peak=1.0, steps=100, warmup=4) for step in range(5)]
    assert rates == [0.25, 0.5, 0.75, 1.0, 1.0]


def test_then_it_falls_along_half_a_cosine():
    for step in range(20, 120):
        expected = 0.1 + 0.9 * (1 + math.cos(math.pi * (step - 20) / 100)) / 2
        rate = warm_cosine(step, peak=1.0, steps=120, warmup=20, floor=0.1)
        assert rate == pytest.approx(expected)


def test_after_the_end_it_stays_at_the_floor():
    assert warm_cosine(100, peak=1.0, steps=100, floor=0.2) == pytest.approx(0.2)
    assert warm_cosine(999, peak=1.0, steps=100, floor=0.2) == pytest.approx(0.2)


def test_a_training_that_is_all_warm_up_ends_at_its_peak_and_floor():
    assert warm_cosine(9, peak=1.0, steps=10, warmup=10) == 1.0
    assert warm_cosine(10, peak=1.0, steps=10, warmup=10) == 1.0
    assert warm_cosine(11, peak=1.0, steps=10, warmup=10) == 0.0
