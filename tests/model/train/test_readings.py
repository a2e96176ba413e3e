"""What is said of each image: the class with the largest share, and the next, however many."""

import numpy as np
import pytest

from model import Network
from model.spec import InputSpec, NetworkSpec, dense, softmax
from model.train.batches import Examples
from model.train.readings import readings
from tests.made_up_mnist import made_up


@pytest.mark.parametrize("classes", [10, 256, 300])
def test_classes_said_are_those_with_the_largest_shares(classes):
    names, layers = tuple(map(str, range(classes))), (dense("scores", classes), softmax("shares"))
    spec = NetworkSpec("many", "Many", InputSpec((1, 28, 28), border=0), names, layers)
    network = Network.initialise(spec, np.random.default_rng(1))
    network.parameters["scores.bias"][-1] = 3  # often said, or the next
    found = readings(network, Examples(*made_up(40, seed=3)))
    for shares, said, second in zip(found.shares, found.said, found.second, strict=True):
        order = sorted(range(classes), key=lambda k: -shares[k])
        assert [said, second] == order[:2]
    assert found.confusion.sum() == 40
    assert {classes - 1} <= {*found.said.tolist(), *found.second.tolist()}
