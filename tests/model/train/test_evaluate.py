"""Evaluating, against counting by hand."""

import math

import numpy as np
import pytest

from model.lenet import LENET
from model.spec import NetworkSpec
from model.train.batches import Examples
from model.train.evaluate import CHUNK, Evaluation, evaluate
from tests.made_up_mnist import made_up


class Guesser:
    """Says something that depends on the image, and remembers all that it was shown."""

    spec: NetworkSpec = LENET

    def __init__(self) -> None:
        self.said: list[np.ndarray] = []

    def predict(self, images: np.ndarray) -> np.ndarray:
        scores = images.reshape(len(images), -1)[:, 200:210] * 3
        scores = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        self.said.extend(scores)
        return scores.astype(np.float32)


def test_counts_equal_counting_by_hand() -> None:
    examples = Examples(*made_up(1234, seed=3))
    network = Guesser()
    steps: list[tuple[int, int]] = []
    found = evaluate(network, examples, lambda *step: steps.append(step))

    confusion = [[0] * 10 for _ in range(10)]
    loss = 0.0
    for said, label in zip(network.said, examples.labels.tolist(), strict=True):
        confusion[label][max(range(10), key=lambda k: said[k])] += 1
        loss -= math.log(said[label])
    assert found.confusion.tolist() == confusion
    assert found.total == 1234
    assert found.correct == sum(confusion[k][k] for k in range(10))
    assert found.accuracy == found.correct / 1234
    assert found.loss == pytest.approx(loss / 1234, rel=1e-5)
    assert steps == [(500, 1234), (1000, 1234), (1234, 1234)]
    assert CHUNK == 500


def test_a_class_that_was_ruled_out_does_not_cost_infinity() -> None:
    class Sure(Guesser):
        def predict(self, images: np.ndarray) -> np.ndarray:
            said = np.zeros((len(images), 10), np.float32)
            said[:, 0] = 1
            return said

    found = evaluate(Sure(), Examples(*made_up(50, seed=3)))
    assert math.isfinite(found.loss)
    assert found.loss > 10


def test_one_image_is_enough() -> None:
    assert evaluate(Guesser(), Examples(*made_up(1, seed=3))).total == 1


def test_the_worst_confusions_come_first() -> None:
    confusion = np.zeros((3, 3), np.int64)
    confusion[0, 0], confusion[0, 2], confusion[1, 0], confusion[2, 1] = 90, 4, 1, 4
    found = Evaluation(90, 99, 0.1, confusion)
    assert found.worst() == [(0, 2, 4), (2, 1, 4), (1, 0, 1)]
    assert found.worst(1) == [(0, 2, 4)]
    assert found.confusion[0, 0] == 90
