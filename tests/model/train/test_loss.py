import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network
from model.lenet import LENET
from model.train import loss
from model.train.batches import NONE
from tests.model.geometries import seeds

sizes = st.tuples(st.integers(1, 4), st.integers(1, 6))


def draw(size, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(0, 2, size), rng.integers(size[1], size=size[0])


def plain_cross_entropy(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels, strict=True):
        exponentials = [math.exp(v) for v in row]
        total -= math.log(exponentials[label] / sum(exponentials))
    return total / len(labels)


def plain_squared_error(outputs, labels):
    total = 0.0
    for row, label in zip(outputs, labels, strict=True):
        total += sum(((i == label) - v) ** 2 / 2 for i, v in enumerate(row))
    return total / len(labels)


def plain_hinge(scores, labels):
    total = 0.0
    for row, label in zip(scores, labels, strict=True):
        total += sum(max(0, 1 + v - row[label]) for i, v in enumerate(row) if i != label)
    return total / len(labels)


LOSSES = [
    ("cross_entropy", plain_cross_entropy),
    ("squared_error", plain_squared_error),
    ("hinge", plain_hinge),
]


@pytest.mark.parametrize(("name", "plain"), LOSSES)
@given(count=st.integers(1, 6), seed=seeds)
@settings(max_examples=30, deadline=None)
def test_the_terms_of_a_loss_add_up_to_it(name, plain, count, seed):
    x, labels = draw((1, count), seed)
    terms = loss.terms_of(name, x[0], int(labels[0]))
    assert terms.amounts @ terms.factors == pytest.approx(plain(x, labels), rel=1e-12, abs=1e-15)
    said = np.exp(x[0]) / np.exp(x[0]).sum() if name == "cross_entropy" else x[0]
    np.testing.assert_allclose(terms.read, said[terms.classes], rtol=1e-12)


@pytest.mark.parametrize(("name", "plain"), LOSSES)
@given(size=sizes, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_a_loss_equals_plain_loops(name, plain, size, seed):
    x, labels = draw(size, seed)
    assert loss.LOSSES[name].forward(x, labels)[0] == pytest.approx(plain(x, labels), rel=1e-12)


@pytest.mark.parametrize(("name", "plain"), LOSSES)
@given(size=sizes, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_its_gradient_equals_differences(name, plain, size, seed):
    x, labels = draw(size, seed)
    entry = loss.LOSSES[name]
    gradient = entry.backward(entry.forward(x, labels)[1])
    assert gradient.shape == x.shape
    direction = np.random.default_rng(seed + 1).standard_normal(size)
    up, down = (plain(x + sign * 1e-5 * direction, labels) for sign in (1, -1))
    assert np.sum(gradient * direction) == pytest.approx((up - down) / 2e-5, rel=1e-5, abs=1e-7)


def plain_distillation(logits, opinions, temperature):
    total = 0.0
    for row, opinion in zip(logits, opinions, strict=True):
        exponentials = [math.exp(v / temperature) for v in row]
        for exponential, share in zip(exponentials, opinion, strict=True):
            said = exponential / sum(exponentials)
            total += share * math.log(share / said) if share else 0.0
    return temperature**2 * total / len(logits)


@given(size=sizes, seed=seeds, temperature=st.sampled_from([1.0, 2.0, 3.5]))
@settings(max_examples=30, deadline=None)
def test_distillation_equals_plain_loops_and_its_gradient_differences(size, seed, temperature):
    x, _ = draw(size, seed)
    opinions = np.random.default_rng(seed + 2).dirichlet(np.ones(size[1]), size[0])
    entry = loss.distillation(temperature)
    value, cache = entry.forward(x, opinions)
    assert value == pytest.approx(plain_distillation(x, opinions, temperature), rel=1e-12)
    gradient = entry.backward(cache)
    direction = np.random.default_rng(seed + 1).standard_normal(size)
    up, down = (
        plain_distillation(x + sign * 1e-5 * direction, opinions, temperature) for sign in (1, -1)
    )
    assert np.sum(gradient * direction) == pytest.approx((up - down) / 2e-5, rel=1e-5, abs=1e-7)


def test_who_agrees_with_the_teachers_has_nothing_to_learn():
    logits = np.array([[3.0, -1.0, 0.5], [0.0, 20.0, 1.0]], np.float32)
    entry = loss.distillation(2.0)
    value, cache = entry.forward(logits, loss.soften(logits, 2.0))
    assert value == pytest.approx(0, abs=1e-6)
    gradient = entry.backward(cache)
    assert gradient.dtype == np.float32
    np.testing.assert_array_equal(gradient, np.zeros((2, 3)))


def test_at_temperature_one_sure_teachers_are_labels():
    logits, labels = draw((4, 6), 1)
    value, cache = loss.distillation(1.0).forward(logits, np.eye(6)[labels])
    expected, other = loss.cross_entropy_forward(logits, labels)
    assert value == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(
        loss.distillation(1.0).backward(cache), loss.cross_entropy_backward(other), rtol=1e-6
    )


def test_of_very_many_classes_the_one_with_the_number_of_none_is_one_like_any():
    logits = np.random.default_rng(1).normal(0, 2, (3, 300))
    labels = np.array([NONE, 3, 299])
    value, cache = loss.cross_entropy_forward(logits, labels)
    assert value == pytest.approx(plain_cross_entropy(logits, labels), rel=1e-12)
    gradient = loss.cross_entropy_backward(cache)
    assert np.argwhere(gradient < 0).tolist() == [[0, NONE], [1, 3], [2, 299]]


def test_cross_entropy_of_a_hopeless_guess_is_large_but_finite():
    value, cache = loss.cross_entropy_forward(np.array([[1e4, 0.0]], np.float32), np.array([1]))
    assert value == 1e4
    np.testing.assert_array_equal(loss.cross_entropy_backward(cache), [[1, -1]])


@given(size=sizes, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_of_no_class_all_classes_should_be_equally_likely(size, seed):
    x, labels = draw(size, seed)
    none = np.arange(len(labels)) % 2 == 0
    value, cache = loss.cross_entropy_forward(x, np.where(none, NONE, labels))
    each = [
        np.mean([plain_cross_entropy(row[None], [k]) for k in range(size[1])])
        if is_none
        else plain_cross_entropy(row[None], [label])
        for row, label, is_none in zip(x, labels, none, strict=True)
    ]
    assert value == pytest.approx(np.mean(each), rel=1e-12)
    gradient = loss.cross_entropy_backward(cache)
    for row, column in np.ndindex(*size):
        nudged = x.copy()
        nudged[row, column] += 1e-6
        there = loss.cross_entropy_forward(nudged, np.where(none, NONE, labels))[0]
        assert gradient[row, column] == pytest.approx((there - value) / 1e-6, abs=1e-5)
    plain = loss.cross_entropy_backward(loss.cross_entropy_forward(x, labels)[1])
    np.testing.assert_array_equal(gradient[~none], plain[~none])


@pytest.mark.parametrize("name", ["cross_entropy", "squared_error"])
def test_gradients_keep_the_type(name):
    entry = loss.LOSSES[name]
    _, cache = entry.forward(np.ones((2, 3), np.float32), np.array([0, 2], np.uint8))
    assert entry.backward(cache).dtype == np.float32


@pytest.mark.parametrize(
    ("name", "layer"), [("cross_entropy", "fc3"), ("squared_error", "softmax")]
)
def test_a_step_against_the_gradient_makes_the_loss_of_a_network_smaller(name, layer):
    rng = np.random.default_rng(0)
    network = Network.initialise(LENET, rng)
    images = rng.random((8, 1, 32, 32), dtype=np.float32)
    labels = np.arange(8)
    passed = network.forward(images)
    before, starts = loss.measure(name, network, passed, labels)
    assert list(starts) == [layer]
    for key, gradient in network.backward(passed, starts, to_input=False).parameters.items():
        network.parameters[key] -= np.float32(0.01) * gradient
    after, _ = loss.measure(name, network, network.forward(images), labels)
    assert after < before
