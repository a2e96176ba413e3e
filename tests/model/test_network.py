import hashlib

import numpy as np
import pytest
from hypothesis import given, settings

from model import Network
from model.fast import CHUNK
from model.lenet import LENET
from model.spec import InputSpec, NetworkSpec, dense, pool, relu

from .examples import GRAPH, graph_network, random_image
from .geometries import networks, seeds
from .gradcheck import check_backward


def lenet(seed=0):
    return Network.initialise(LENET, np.random.default_rng(seed))


def exact(spec, seed=0):
    """The network in float64, with random biases, so that differences say something."""
    rng = np.random.default_rng(seed)
    shapes = spec.parameter_shapes.items()
    return Network(spec, {name: rng.normal(0, 0.5, shape) for name, shape in shapes})


def images_for(spec, count, seed=0, dtype=np.float64):
    return np.random.default_rng(seed).random((count, *spec.input.shape)).astype(dtype)


@given(networks(), seeds)
@settings(max_examples=80, deadline=None)
def test_every_shape_is_the_predicted_one(spec, seed):
    outputs = exact(spec, seed).forward(images_for(spec, 2, seed)).outputs
    assert list(outputs) == list(spec.shapes)
    assert {name: y.shape[1:] for name, y in outputs.items()} == dict(spec.shapes)


def check_network(spec, seed, read):
    """Hold the gradients of `read` layers, by the image and all parameters, to differences.

    A relu or a maximum may happen to bend within the step, once in thousands of cases; a wrong
    gradient is wrong from any start.
    """
    try:
        check_network_at(spec, seed, read)
    except AssertionError:
        check_network_at(spec, seed + 1, read)


def check_network_at(spec, seed, read):
    network = exact(spec, seed)

    def forward(images, *parameters):
        named = dict(zip(network.parameters, parameters, strict=True))
        moved = Network(spec, named)
        passed = moved.forward(images)
        y = np.concatenate([passed.outputs[name].ravel() for name in read])
        return y, (moved, passed)

    def backward(dy, cache):
        moved, passed = cache
        ends = np.cumsum([passed.outputs[name].size for name in read])[:-1]
        parts = np.split(dy, ends)
        shaped = {n: p.reshape(passed.outputs[n].shape) for n, p in zip(read, parts, strict=True)}
        gradients = moved.backward(passed, shaped)
        image = gradients.layers.get("input", np.zeros_like(passed.outputs["input"]))
        return (image, *gradients.parameters.values())

    arrays = images_for(spec, 2, seed), *network.parameters.values()
    check_backward(forward, backward, *arrays, seed=seed, step=1e-7, tolerance=1e-5)


@given(networks(), seeds)
@settings(max_examples=60, deadline=None)
def test_backward_through_any_graph_equals_differences(spec, seed):
    check_network(spec, seed, ["shares"])


@pytest.mark.parametrize(
    "read", [["shares"], ["scores"], ["gate"], ["bend", "block", "hidden"], list(GRAPH.shapes)[1:]]
)
def test_gradients_may_start_at_any_layers_of_a_graph(read):
    check_network(GRAPH, 3, read)


def test_backward_of_lenet_equals_differences():
    check_network(LENET, 5, ["fc3"])


def test_layers_without_influence_have_no_gradient_and_their_parameters_zeros():
    network = graph_network()
    passed = network.forward(images_for(GRAPH, 2, dtype=np.float32))
    gradients = network.backward(passed, {"bend": np.ones_like(passed.outputs["bend"])})
    assert set(gradients.layers) == {"input", "stem", "bend"}
    assert list(gradients.parameters) == list(network.parameters)
    assert gradients.parameters["stem.weight"].any()
    assert not gradients.parameters["left.weight"].any()


@pytest.mark.parametrize("network", [lenet(), graph_network()], ids=["lenet", "graph"])
def test_the_gradient_of_the_image_can_be_saved(network):
    passed = network.forward(images_for(network.spec, 3, dtype=np.float32))
    seeds = {network.logits_layer: passed.outputs[network.output_layer]}
    whole = network.backward(passed, seeds)
    saved = network.backward(passed, seeds, to_input=False)
    assert "input" not in saved.layers
    for name, gradient in whole.parameters.items():
        np.testing.assert_array_equal(saved.parameters[name], gradient)


def test_a_layer_without_parameters_on_the_image_can_be_saved_too():
    spec = NetworkSpec("p", "P", InputSpec((1, 4, 4), 0), ("a", "b"), (pool("a", 2), dense("b", 2)))
    network = exact(spec)
    passed = network.forward(images_for(spec, 2))
    gradients = network.backward(passed, {"b": passed.outputs["b"]}, to_input=False)
    assert set(gradients.layers) == {"a", "b"}


@pytest.mark.parametrize("gradients", [{"conv9": np.ones(1)}, {"fc3": np.ones((1, 9))}])
def test_a_gradient_that_fits_no_layer_is_refused(gradients):
    network = lenet()
    passed = network.forward(images_for(LENET, 1, dtype=np.float32))
    with pytest.raises(ValueError, match=r"does not fit any layer's output\."):
        network.backward(passed, gradients)


@pytest.mark.parametrize("network", [lenet(), graph_network()], ids=["lenet", "graph"])
def test_a_batch_gives_what_single_images_give(network):
    images = np.stack([random_image(network.spec, seed) for seed in range(3)])
    outputs = network.forward(images).outputs
    for index, image in enumerate(images):
        for name, activation in network.trace(image).items():
            np.testing.assert_allclose(outputs[name][index], activation, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("network", [lenet(), graph_network()], ids=["lenet", "graph"])
def test_predictions_are_the_outputs_of_a_pass_that_keeps_nothing(network):
    count = CHUNK + 3
    images = images_for(network.spec, count, dtype=np.float32)
    passed = network.forward(images, keep=False)
    assert list(passed.outputs) == [network.output_layer]
    assert passed.caches == {}
    probabilities = network.predict(images)
    assert probabilities.shape == (count, 10)
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities, passed.outputs[network.output_layer], rtol=1e-4)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(probabilities, network.predict(images))


def test_no_images_give_no_predictions():
    assert lenet().predict(np.empty((0, 1, 32, 32), np.float32)).shape == (0, 10)


def test_the_logits_are_what_the_last_softmax_reads():
    assert (lenet().logits_layer, lenet().output_layer) == ("fc3", "softmax")
    spec = NetworkSpec("p", "P", InputSpec(), ("a", "b"), (dense("d", 2), relu("r")))
    assert exact(spec).logits_layer == "r"


SENTENCES = {
    "reads images of the shape (1, 32, 32)": np.zeros((28, 28), np.float32),
    "one or more at a time": np.zeros((1, 28, 28), np.float32),
    "reads float32 images, got float64": np.zeros((1, 32, 32)),
    "reads float32 images, got uint8": np.zeros((1, 32, 32), np.uint8),
    "a number that is not finite": np.full((1, 32, 32), np.nan, np.float32),
    "replace NaN and infinity": np.full((1, 32, 32), np.inf, np.float32),
}


@pytest.mark.parametrize(("sentence", "image"), SENTENCES.items())
def test_a_wrong_image_is_answered_with_a_sentence(sentence, image):
    network = lenet()
    for read in (network.trace, lambda one: network.forward(one[None])):
        with pytest.raises(ValueError) as caught:  # noqa: PT011
            read(image)
        assert sentence in str(caught.value)


def test_a_pool_layer_does_what_its_mode_says():
    modes = {"max": np.max, "average": np.mean, "sum": np.sum}
    pools = [pool(mode, 4, mode=mode, inputs="input") for mode in modes]
    spec = NetworkSpec("p", "P", InputSpec((1, 4, 4), 0), ("a",), (*pools, dense("d", 1)))
    images = images_for(spec, 1)
    outputs = exact(spec).forward(images).outputs
    for mode, plain in modes.items():
        assert outputs[mode].item() == pytest.approx(plain(images))


def test_a_batch_of_none_is_refused():
    with pytest.raises(ValueError, match="one or more at a time"):
        lenet().forward(np.empty((0, 1, 32, 32), np.float32))


PARAMETERS = {
    "'conv9.weight' belongs to no layer of LeNet": ("conv9.weight", np.zeros(1, np.float32)),
    "conv1.bias is missing": ("conv1.bias", None),
    "conv1.bias has the shape (5,), not (6,)": ("conv1.bias", np.zeros(5, np.float32)),
    "conv1.bias is int64, not float32": ("conv1.bias", np.zeros(6, np.int64)),
    "conv1.bias holds numbers that are not finite": ("conv1.bias", np.full(6, np.nan, np.float32)),
    "make them all float32": ("conv1.bias", np.zeros(6)),
}


@pytest.mark.parametrize(("sentence", "change"), PARAMETERS.items())
def test_wrong_parameters_are_answered_with_a_sentence(sentence, change):
    parameters = dict(lenet().parameters)
    name, value = change
    if value is None:
        del parameters[name]
    else:
        parameters[name] = value
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        Network(LENET, parameters)
    assert sentence in str(caught.value)


def test_a_network_owns_its_parameters():
    given_ = dict(lenet().parameters)
    network = Network(LENET, given_)
    copy = network.copy()
    given_["fc3.bias"][:] = 9
    network.parameters["fc3.weight"][:] = 9
    assert not network.parameters["fc3.bias"].any()
    assert not (copy.parameters["fc3.weight"] == 9).any()


def test_the_sha256_names_the_bytes_of_the_weights():
    network = lenet()
    assert network.sha256 == hashlib.sha256(network.weights_bytes()).hexdigest()
    assert network.sha256 == lenet().sha256
    before = network.sha256
    network.parameters["fc3.bias"][0] = 1
    assert network.sha256 != before


def test_float32_stays_float32_in_every_layer_and_gradient():
    network = graph_network()
    passed = network.forward(images_for(GRAPH, 2, dtype=np.float32))
    gradients = network.backward(passed, {"scores": passed.outputs["scores"]})
    arrays = [
        *passed.outputs.values(),
        *gradients.parameters.values(),
        *gradients.layers.values(),
    ]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_weights_as_large_as_float32_are_read_without_a_warning():
    """Whatever is printed goes to whoever serves the network, and he knows how large they are."""
    network = Network.initialise(LENET, np.random.default_rng(0))
    for weights in network.parameters.values():
        weights[...] = np.where(weights > 0, 3e38, -3e38)
    huge = Network(network.spec, network.parameters)
    image = np.full(LENET.input.shape, 0.5, np.float32)
    huge.trace(image).packed()
    huge.predict(np.stack([image, image]))
    passed = huge.forward(image[None])
    huge.backward(passed, {"fc3": np.ones((1, 10), np.float32)})
    huge.tangent(passed, {"conv1": np.ones((1, 6, 28, 28), np.float32)})
