import math

import numpy as np
import pytest

from model import GraphSpec, Network, initialise
from model.lenet import LENET
from model.spec import InputSpec, NetworkSpec, conv, dense, subsample


def test_he_draws_from_a_normal_distribution_of_variance_two_over_fan_in():
    weight = initialise.he((50, 8, 5, 5), np.random.default_rng(0))
    assert weight.dtype == np.float32
    assert weight.std() == pytest.approx(math.sqrt(2 / 200), rel=0.02)
    assert weight.mean() == pytest.approx(0, abs=0.003)


def test_glorot_draws_evenly_up_to_its_limit():
    weight = initialise.glorot((20, 8, 5, 5), np.random.default_rng(0))
    limit = math.sqrt(6 / (8 * 25 + 20 * 25))
    assert weight.dtype == np.float32
    assert 0.99 * limit < np.abs(weight).max() <= limit * (1 + 1e-6)
    assert weight.std() == pytest.approx(limit / math.sqrt(3), rel=0.02)


@pytest.mark.parametrize("method", ["he", "glorot"])
def test_the_generator_decides_everything(method):
    networks = [Network.initialise(LENET, np.random.default_rng(s), method) for s in (1, 1, 2)]
    shas = [network.sha256 for network in networks]
    assert shas[0] == shas[1] != shas[2]


def test_biases_start_at_zero_and_weights_do_not():
    for name, parameter in initialise.parameters(LENET, np.random.default_rng(0)).items():
        assert parameter.any() == name.endswith(".weight")


def test_signals_keep_their_size_through_relu_with_he():
    spec = NetworkSpec("d", "D", InputSpec((1, 20, 20), 0), ("a", "b"), (dense("a", 2),))
    weights = [initialise.parameters(spec, np.random.default_rng(s))["a.weight"] for s in range(99)]
    x = np.maximum(np.random.default_rng(1000).standard_normal(400), 0)
    outputs = np.array([weight @ x for weight in weights])
    assert np.mean(outputs**2) == pytest.approx(2 * np.mean(x**2), rel=0.2)


@pytest.mark.parametrize("method", ["he", "glorot"])
def test_a_filter_that_reads_fewer_maps_has_larger_weights(method):
    table = (tuple(range(16)), (3, 4, 5, 6))
    layers = conv("a", 2, kernel=5, connections=table), dense("b", 2)
    spec = NetworkSpec("d", "D", InputSpec((16, 5, 5), 0), ("a", "b"), layers)
    weight = initialise.parameters(spec, np.random.default_rng(0), method)["a.weight"]
    all_maps, four = weight[0], weight[1, 3:7]
    assert four.std() / all_maps.std() == pytest.approx(2, rel=0.2)
    assert np.count_nonzero(weight[1]) == four.size


def test_a_subsampling_begins_as_the_average():
    layers = subsample("a", (2, 4)), dense("b", 2)
    spec = NetworkSpec("d", "D", InputSpec((3, 8, 8), 0), ("a", "b"), layers)
    parameters = initialise.parameters(spec, np.random.default_rng(0))
    np.testing.assert_array_equal(parameters["a.weight"], np.full(3, 1 / 8, np.float32))
    assert not parameters["a.bias"].any()


def test_an_unknown_method_is_answered_with_a_sentence():
    with pytest.raises(ValueError, match="must be one of he, glorot, not 'zeros'"):
        Network.initialise(LENET, np.random.default_rng(0), "zeros")


def test_weights_of_one_size_or_one_value_are_that_however_few_maps_a_filter_reads():
    rng = np.random.default_rng(0)
    spec = GraphSpec(
        (4, 9, 9), (conv("c", 2, kernel=9, connections=((0,), (0, 1, 2, 3))), dense("d", 900))
    )
    equal = initialise.parameters(spec, rng, initialise.equal(-0.5))
    assert set(equal["c.weight"][0, 0].ravel()) == set(equal["c.weight"][1].ravel()) == {-0.5}
    assert not equal["c.weight"][0, 1:].any()
    assert not equal["d.bias"].any()
    normal = initialise.parameters(spec, rng, initialise.normal(0.3))
    assert normal["d.weight"].dtype == np.float32
    assert normal["d.weight"].std() == pytest.approx(0.3, rel=0.05)
    he = initialise.parameters(spec, rng, "he")
    few, many = he["c.weight"][0, 0].std(), he["c.weight"][1].std()
    assert few == pytest.approx(2 * many, rel=0.3)
    few, many = normal["c.weight"][0, 0].std(), normal["c.weight"][1].std()
    assert few == pytest.approx(many, rel=0.3)
