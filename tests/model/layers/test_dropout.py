"""Dropout: what it drops, how much it leaves, and that it only does so in training."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network
from model.fast.plan import chunk_of
from model.layers import dropout
from model.spec import SpecError
from model.spec import dropout as dropout_spec
from model.train.batches import Examples, inputs
from model.train.loop import begin, kept, steps, team_for
from model.train.recipe import RECIPES
from tests.made_up_mnist import made_up
from tests.model.examples import DROPS
from tests.model.geometries import distinct, seeds
from tests.model.gradcheck import check_backward

IMAGES, LABELS = made_up(80, seed=3)
RECIPE = replace(RECIPES["plain"], epochs=2, batch_size=40, held_out=10, seed=5)
shapes = st.tuples(*[st.integers(1, 4)] * 4)
rates = st.floats(0.05, 0.95)


@given(shapes, seeds, rates)
@settings(max_examples=30, deadline=None)
def test_it_weighs_cells_by_its_mask_and_lets_all_pass_without(shape, seed, rate):
    x = distinct(shape, seed)
    mask = dropout.draw(np.random.default_rng(seed), shape, rate)
    y, _ = dropout.forward(x, mask)
    for place in np.ndindex(shape):
        assert mask[place] in (0, np.float32(1 / (1 - rate)))
        assert y[place] == x[place] * mask[place]
    check_backward(partial(dropout.forward, mask=mask), dropout.backward, x, seed=seed)
    copy, _ = dropout.forward(x)
    np.testing.assert_array_equal(copy, x)
    assert not np.shares_memory(copy, x)
    check_backward(dropout.forward, dropout.backward, x, seed=seed)


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_it_drops_its_share_and_keeps_the_mean(rate):
    mask = dropout.draw(np.random.default_rng(1), (400, 500), rate)
    assert np.mean(mask == 0) == pytest.approx(rate, abs=0.005)
    assert mask.mean() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("rate", [0, 1, -0.5, "half", float("nan"), True])
def test_a_rate_that_drops_nothing_or_everything_is_refused(rate):
    with pytest.raises(SpecError, match="Layer a: its rate must be a number above 0 and below 1"):
        dropout_spec("a", rate)


def test_reading_drops_nothing():
    network = Network.initialise(DROPS, np.random.default_rng(0))
    read = inputs(IMAGES, DROPS.input)
    trace = network.trace(read[0])
    np.testing.assert_array_equal(trace["drop1"], trace["pool1"])
    np.testing.assert_array_equal(trace["drop2"], trace["relu2"])
    np.testing.assert_array_equal(network.predict(read), network.predict(read))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_step_measures_the_network_with_cells_dropped_as_plain_products_do(workers):
    network = Network.initialise(DROPS, np.random.default_rng(0))
    read, count, chunk = inputs(IMAGES, DROPS.input), len(IMAGES), chunk_of(DROPS)
    masks = {name: [] for name in ("drop1", "drop2")}
    for number in range(-(-count // chunk)):
        rng = np.random.default_rng([7, 1, 3, 1, number])
        for name in masks:
            cells = int(np.prod(DROPS.shapes[name]))
            masks[name].append(dropout.draw(rng, (cells, chunk), DROPS.layer(name).rate).T)
    drop1, drop2 = (np.concatenate(one)[:count].astype(np.float64) for one in masks.values())
    weights = {name: array.astype(np.float64) for name, array in network.parameters.items()}
    below = network.forward(read).outputs["pool1"].reshape(count, -1).astype(np.float64)
    hidden = np.maximum(0, (below * drop1) @ weights["fc1.weight"].T + weights["fc1.bias"])
    scores = (hidden * drop2) @ weights["fc2.weight"].T + weights["fc2.bias"]
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -np.log(shares[np.arange(count), LABELS]).mean()
    slope = (shares - np.eye(10)[LABELS]) / count
    by_weight = {"fc2.weight": slope.T @ (hidden * drop2)}
    by_weight["fc1.weight"] = ((slope @ weights["fc2.weight"]) * drop2 * (hidden > 0)).T @ (
        below * drop1
    )
    with team_for(network, replace(RECIPE, batch_size=count), workers) as team:
        team.begin(network.parameters, read, LABELS, chance=(7, 1, 3))
        found = team.finish()
        assert found.loss == pytest.approx(loss, rel=1e-5)
        for name, expected in by_weight.items():
            np.testing.assert_allclose(found.gradients[name], expected, atol=2e-6)
        team.begin(network.parameters, read, LABELS)
        plain = team.finish()
        assert plain.loss != pytest.approx(loss, rel=1e-4), "nothing is dropped without chance"


def learnt(stops: int, workers: int = 1) -> Network:
    """Train, gone on with after `stops` steps."""
    training, examples = begin(DROPS, RECIPE), Examples(IMAGES, LABELS)
    if stops:
        taken = steps(training, examples)
        for _ in range(stops):
            next(taken)
        taken.close()
    for _ in steps(training, examples, workers=workers):
        pass
    return kept(training)


def test_the_same_seed_drops_the_same_cells_whoever_works_and_wherever_it_stopped():
    whole = learnt(0)
    assert whole.sha256 == learnt(3).sha256 == learnt(0, workers=2).sha256
    assert np.isfinite(whole.predict(inputs(IMAGES, DROPS.input))).all()
