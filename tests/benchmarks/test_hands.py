"""The benchmark of many hands: its shares are those of plain counting."""

import numpy as np
import pytest

from benchmarks.hands import measure
from model import load_network
from model.preprocess import to_input
from model.train.writers import hands


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
