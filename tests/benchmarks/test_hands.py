"""The benchmark of many hands: its shares are those of plain counting."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.hands import WIDTHS, held_out_of, measure, measure_real
from model import Network, load_network
from model.preprocess import to_input
from model.train.batches import Examples
from model.train.recipe import BEST
from model.train.redrawn import otherwise, redraw
from model.train.writers import hands
from tests.made_up_mnist import made_up


def test_what_is_read_and_doubted_is_what_plain_counting_finds():
    network = load_network("lenet")
    figures, pairs = measure(network, 3, writers=6, others=12)
    found = hands(3, 6)
    right, doubted, wrong = [], [], 0
    limit = float(network.metadata["energy_threshold"])
    for image, label in zip(*found.examples, strict=True):
        (logits,) = network.logits(to_input(image / 255, network.spec.input)[None]).astype(float)
        right.append(logits.argmax() == label)
        doubted.append(np.log(np.exp(logits).sum()) < limit)
        wrong += not right[-1]
    said = {row.name: row.value for row in figures}
    assert said["read right"] == pytest.approx(100 * np.mean(right))
    assert said["doubted"] == pytest.approx(100 * np.mean(doubted))
    worst = min(np.mean(right[start : start + 20]) for start in range(0, 120, 20))
    assert said["of the writer who is read worst"] == pytest.approx(100 * worst)
    known = [one for one, unknown in zip(right, found.unknown, strict=True) if not unknown]
    assert said["in ways that are learnt from"] == pytest.approx(100 * np.mean(known))
    assert sum(pairs.values()) == wrong
    assert 0 <= said["rows of digits, asserted"] <= 100


def test_images_held_out_are_those_that_the_weights_were_not_made_of():
    network = load_network("lenet")
    assert held_out_of(network) == held_out_of(Network(network.spec, network.parameters)) == 5_000
    settings = replace(BEST, held_out=7).to_json()
    assert held_out_of(Network(network.spec, network.parameters, {"settings": settings})) == 7


def test_images_are_read_as_a_pen_draws_them_and_as_their_writers_might_have():
    network, held = load_network("lenet"), Examples(*made_up(30, seed=2))
    figures = {row.name: row.value for row in measure_real(network, held)}
    assert len(figures) == 2 * 2 * len(WIDTHS)
    thin = redraw(held.images, [0.03] * 30)
    inputs = np.stack([to_input(image / 255, network.spec.input) for image in thin])
    right = network.logits(inputs).argmax(axis=1) == held.labels
    assert figures["held out, by pen, 3% brush"] == pytest.approx(100 * np.mean(right))
    bent = otherwise(held.images, "judged", np.random.default_rng(1))
    assert (bent.dtype, bent.shape) == (np.uint8, held.images.shape)
    assert np.mean(bent != held.images) > 0.1
    np.testing.assert_array_equal(bent, otherwise(held.images, "judged", np.random.default_rng(1)))
