"""Every optimiser against the same rule written for single numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.train.optimise import FLUSH_EVERY, SGD, Adam
from tests.model.geometries import seeds


def plain_sgd(p, gradients, rates, momentum, decay):
    velocity = 0.0
    for gradient, rate in zip(gradients, rates, strict=True):
        velocity = momentum * velocity + gradient + decay * p
        p -= rate * velocity
    return p


def plain_adam(p, gradients, rates, beta1, beta2, epsilon, decay):
    m = v = 0.0
    for t, (gradient, rate) in enumerate(zip(gradients, rates, strict=True), 1):
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        p = p - rate * decay * p - rate * m_hat / (math.sqrt(v_hat) + epsilon)
    return p


def run(optimiser, seed, steps=7, dtype=np.float64):
    rng = np.random.default_rng(seed)
    parameters = {"a.weight": rng.normal(size=(2, 3)), "a.bias": rng.normal(size=2)}
    parameters = {name: p.astype(dtype) for name, p in parameters.items()}
    start = {name: p.copy() for name, p in parameters.items()}
    gradients = [
        {name: rng.normal(size=p.shape).astype(dtype) for name, p in parameters.items()}
        for _ in range(steps)
    ]
    rates = list(rng.uniform(0.01, 0.1, steps))
    state = optimiser.start(parameters)
    for gradient, rate in zip(gradients, rates, strict=True):
        optimiser.step(parameters, gradient, state, rate)
    return start, gradients, rates, parameters, state


def check(optimiser, plain, seed):
    start, gradients, rates, parameters, _ = run(optimiser, seed)
    for name, parameter in parameters.items():
        decay = optimiser.decay if name.endswith("weight") else 0.0
        for place in np.ndindex(parameter.shape):
            own = [float(gradient[name][place]) for gradient in gradients]
            expected = plain(float(start[name][place]), own, rates, decay)
            assert parameter[place] == pytest.approx(expected, rel=1e-10, abs=1e-12)


shares = st.floats(0, 0.99)


@given(shares, st.floats(0, 0.5), seeds)
@settings(max_examples=20, deadline=None)
def test_sgd_follows_its_rule(momentum, decay, seed):
    check(SGD(momentum, decay), lambda p, g, r, decay: plain_sgd(p, g, r, momentum, decay), seed)


@given(shares, shares, st.floats(1e-8, 1e-3), st.floats(0, 0.5), seeds)
@settings(max_examples=20, deadline=None)
def test_adam_follows_its_rule(beta1, beta2, epsilon, decay, seed):
    check(
        Adam(beta1, beta2, epsilon, decay),
        lambda p, g, r, decay: plain_adam(p, g, r, beta1, beta2, epsilon, decay),
        seed,
    )


def test_the_first_step_of_adam_is_as_long_as_the_rate():
    parameters = {"a.weight": np.zeros((1, 2))}
    adam = Adam()
    gradient = {"a.weight": np.array([[1e-3, -50.0]])}
    adam.step(parameters, gradient, adam.start(parameters), 0.1)
    np.testing.assert_allclose(parameters["a.weight"], [[-0.1, 0.1]], rtol=1e-4)


@pytest.mark.parametrize("optimiser", [SGD(decay=0.1), Adam(decay=0.1)])
def test_float32_stays_float32_and_the_state_is_plain_arrays(optimiser):
    *_, parameters, state = run(optimiser, 0, dtype=np.float32)
    arrays = [*parameters.values(), *(a for name, a in state.items() if name != "step")]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}
    assert state["step"].dtype == np.int64
    assert state["step"] == 7


@pytest.mark.parametrize("optimiser", [SGD(), Adam()])
def test_a_state_put_away_and_taken_up_again_goes_on_to_the_same_bits(optimiser):
    rng = np.random.default_rng(0)
    gradients = [{"w": rng.normal(size=(3, 3)).astype(np.float32)} for _ in range(150)]
    ends = []
    for stop in (None, 70):
        parameters = {"w": np.ones((3, 3), np.float32)}
        state = optimiser.start(parameters)
        for index, gradient in enumerate(gradients):
            if index == stop:
                state = {name: np.array(array) for name, array in state.items()}
            optimiser.step(parameters, gradient, state, 0.01)
        ends.append(parameters["w"].tobytes())
    assert ends[0] == ends[1]


@pytest.mark.parametrize("optimiser", [SGD(), Adam()])
def test_denormal_numbers_are_flushed_now_and_then(optimiser):
    parameters = {"w": np.ones((1, 2), np.float32)}
    state = optimiser.start(parameters)
    none = {"w": np.zeros((1, 2), np.float32)}
    slots = [name for name in state if name != "step"]
    for step in range(1, FLUSH_EVERY + 1):
        for name in slots:
            state[name][:] = [[1e-40, 1.0]]
        optimiser.step(parameters, none, state, 1e-3)
        for name in slots:
            assert (state[name][0, 0] == 0) == (step == FLUSH_EVERY)
            assert state[name][0, 1] > 0.5
