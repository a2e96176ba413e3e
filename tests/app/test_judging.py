"""A set is read by the names of its classes, however many a network has."""

import numpy as np
import pytest

from app.judging import WRITERS, judge, writers_of
from app.models import serve
from app.stepping import others_for, ten_digits
from model import Network
from model.spec import InputSpec, NetworkSpec, dense, softmax
from model.train.batches import Examples
from tests.made_up_mnist import made_up


def telling(classes: int, zero: int) -> Network:
    """A network that says "0" of everything, which is the class of this number."""
    names = [f"other {k}" for k in range(classes)]
    names[zero], names[:9] = "0", list("123456789")
    layers = (dense("scores", classes), softmax("shares"))
    spec = NetworkSpec("many", "Many", InputSpec((1, 28, 28), border=0), tuple(names), layers)
    network = Network.initialise(spec, np.random.default_rng(0))
    network.parameters["scores.bias"][zero] = 100
    return network


@pytest.mark.parametrize(("classes", "zero"), [(12, 10), (300, 290)])
def test_classes_are_matched_by_name_however_many_there_are(classes, zero):
    images, labels = made_up(40, seed=1)
    names = [*"0123456789"]
    found = judge(telling(classes, zero), Examples(images, labels), names).found
    assert (found.correct, found.total) == (int((labels == 0).sum()), 40)
    served = serve("many", telling(classes, zero))
    said = [served.network.spec.classes[k] for k in others_for(served).labels]
    assert said == [str(digit) for digit in ten_digits().labels]


def test_a_mark_before_the_names_of_writers_is_no_part_of_one(tmp_path):
    (tmp_path / WRITERS).write_text("\ufeffanna\nanna\n", "utf-8")
    assert writers_of(tmp_path, 2) == ("anna", "anna")
