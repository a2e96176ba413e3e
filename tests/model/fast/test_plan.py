"""The fast path computes what the reference layers compute: forward, winners, backward."""

import copy
import sys
import threading
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network, load_network
from model.fast import CHUNK, Plan, chunk_of, gathers, plan
from model.fast.workspace import Workspace
from model.layers import max_pool
from model.lenet import LENET
from model.spec import InputSpec, NetworkSpec, concat, conv, dense, pool, relu
from model.train.batches import inputs
from tests.model.examples import GRAPH, graph_network, random_image
from tests.model.geometries import networks, seeds

from .specs import exact, noise, pooled_networks, whole

anything = st.one_of(networks(), pooled_networks())
several = settings(max_examples=60, deadline=None)


def lenet(seed=0):
    return Network.initialise(LENET, np.random.default_rng(seed))


both = pytest.mark.parametrize("network", [lenet(), graph_network()], ids=["lenet", "graph"])


def winners_of(network, trace):
    """What the reference says of the trace's own values."""
    found = {}
    for layer in network.spec.layers:
        if layer.mode == "max":
            below = trace[layer.inputs[0]][None]
            geometry = {"kernel": layer.kernel, "stride": layer.stride, "padding": layer.padding}
            _, cache = max_pool.forward(below, **geometry)
            found[layer.name] = max_pool.winners(cache)[0]
    return found


def check_trace(network, image, **tolerance):
    trace, outputs = network.trace(image), network.forward(image[None]).outputs
    assert list(trace) == list(outputs)
    for name, value in trace.items():
        np.testing.assert_allclose(value, outputs[name][0], err_msg=name, **tolerance)
    expected = winners_of(network, trace)
    assert list(trace.winners) == list(expected)
    for name, indices in expected.items():
        np.testing.assert_array_equal(trace.winners[name], indices, err_msg=name)
    return trace


def check_backward(network, images, seed_layer, batch):
    """Hold the gradients of the first images, of a batch that isn't full, to the reference."""
    work = (made := Plan(Workspace(network.spec, batch, network.dtype, seed_layer))).work
    made.load(network.parameters)
    made.read(noise(network.spec, batch, 99))  # an earlier batch leaves something behind
    made.forward()
    made.read(images)
    made.forward()
    passed = network.forward(images)
    np.testing.assert_allclose(
        made.outputs(seed_layer, len(images)), passed.outputs[seed_layer], rtol=1e-9, atol=1e-12
    )
    dy = np.random.default_rng(1).normal(size=passed.outputs[seed_layer].shape)
    work.gradients[seed_layer][...] = 0
    work.gradients[seed_layer][:, : len(images)] = dy.T
    made.backward()
    expected = network.backward(passed, {seed_layer: dy}, to_input=False).parameters
    for name, gradient in expected.items():
        np.testing.assert_allclose(work.slopes[name], gradient, rtol=1e-9, atol=1e-10, err_msg=name)


@given(anything, seeds)
@several
def test_a_trace_of_any_network_equals_the_reference(spec, seed):
    check_trace(exact(spec, seed), noise(spec, 1, seed)[0], rtol=1e-10, atol=1e-12)


@both
def test_in_float32_it_equals_the_reference_to_rounding(network):
    for seed in range(5):
        check_trace(network, random_image(network.spec, seed), rtol=1e-5, atol=1e-5)


@given(pooled_networks(), seeds)
@several
def test_whole_numbers_are_the_references_bit_for_bit_and_so_are_winners_of_ties(spec, seed):
    network = whole(spec, seed)
    image = np.random.default_rng(seed).integers(-1, 2, spec.input.shape).astype(np.float32)
    trace, passed = network.trace(image), network.forward(image[None])
    for layer in spec.layers:
        if layer.kind in ("tanh", "softmax"):
            break
        np.testing.assert_array_equal(trace[layer.name], passed.outputs[layer.name][0])
        if layer.mode == "max":
            expected = max_pool.winners(passed.caches[layer.name])[0]
            np.testing.assert_array_equal(trace.winners[layer.name], expected)


def pooled_spec(*between):
    layers = (conv("conv", 1, kernel=3, padding=1), *between, pool("pool", 2), dense("scores", 2))
    return NetworkSpec("p", "P", InputSpec((1, 2, 2), 0), ("a", "b"), layers)


@pytest.mark.parametrize(
    ("between", "image", "winner"),
    [
        ((), [[-4, -3], [-2, -1]], 3),
        ((), [[-4, -1], [-1, -2]], 1),
        ((), [[-2, -2], [-1, -1]], 2),
        ((), [[0, 0], [0, 0]], 0),
        ((relu("relu"),), [[-4, -3], [-2, -1]], 0),  # relu makes them all zero: a tie
        ((relu("relu"),), [[-4, 0], [0, -1]], 0),
        ((relu("relu"),), [[-4, 2], [2, 1]], 1),
    ],
)
def test_the_first_of_equal_cells_wins_as_pooling_sees_them(between, image, winner):
    spec = pooled_spec(*between)
    network = Network.initialise(spec, np.random.default_rng(0))
    network.parameters["conv.weight"][...] = np.eye(9, dtype=np.float32)[4].reshape(3, 3)
    network.parameters["conv.bias"][...] = 0
    trace = network.trace(np.array([image], np.float32))
    assert gathers.pooled(spec)
    assert trace.winners["pool"].item() == winner
    assert trace["pool"].item() == trace["relu" if between else "conv"].max()


@given(anything, seeds, st.integers(1, 3))
@several
def test_backward_through_any_network_equals_the_reference(spec, seed, images):
    check_backward(exact(spec, seed), noise(spec, images, seed), "scores", 3)


@pytest.mark.parametrize(
    ("spec", "layer"),
    [(GRAPH, "scores"), (GRAPH, "shares"), (LENET, "fc3"), (LENET, "softmax")],
)
def test_backward_may_start_at_logits_or_output(spec, layer):
    check_backward(exact(spec, 3), noise(spec, 5, 3), layer, 6)


@pytest.mark.parametrize("between", [(), (relu("relu"),)])
def test_backward_through_pooling_joined_with_its_convolution(between):
    check_backward(exact(pooled_spec(*between), 0), noise(pooled_spec(), 20, 0), "scores", 32)


@given(pooled_networks(), seeds)
@several
def test_gradients_of_ties_go_to_the_first_as_in_the_reference(spec, seed):
    layer = next((one.name for one in reversed(spec.layers) if one.mode == "max"), "scores")
    if any(one.kind == "tanh" for one in spec.layers):
        return  # whole numbers stay whole through all the others
    network, rng = whole(spec, seed), np.random.default_rng(seed)
    images = rng.integers(-1, 2, (3, *spec.input.shape)).astype(np.float32)
    passed = network.forward(images)
    dy = rng.integers(1, 9, passed.outputs[layer].shape).astype(np.float32)
    made = Plan(Workspace(spec, 3, np.float32, layer))
    made.load(network.parameters)
    made.read(images)
    made.forward()
    made.work.images_first(made.work.gradients[layer], layer)[...] = dy
    made.backward()
    for name, gradient in network.backward(passed, {layer: dy}).parameters.items():
        np.testing.assert_array_equal(made.work.slopes[name], gradient, err_msg=name)


@pytest.mark.parametrize("spec", [GRAPH, LENET], ids=["graph", "lenet"])
def test_convolutions_too_large_for_tables_are_left_to_the_reference(spec, monkeypatch):
    monkeypatch.setattr(gathers, "LARGEST", 100)
    assert not gathers.pooled(spec)
    check_trace(exact(spec, 1), noise(spec, 1, 1)[0], rtol=1e-10, atol=1e-12)
    check_backward(exact(spec, 1), noise(spec, 2, 1), spec.layers[-2].name, 3)


def test_large_networks_are_read_fewer_images_at_a_time(monkeypatch):
    assert chunk_of(LENET) == CHUNK
    network, images = lenet(), noise(LENET, 7, 0, np.float32)
    expected = network.predict(images)
    monkeypatch.setattr(plan, "_MOST", 120_000)
    assert chunk_of(LENET) == 2
    np.testing.assert_allclose(lenet().predict(images), expected, rtol=1e-5)
    monkeypatch.setattr(plan, "_MOST", 1)
    assert chunk_of(LENET) == 1


def test_lenets_convolutions_are_joined_with_their_pooling():
    joined = {name: [one.name for one in three] for name, three in gathers.pooled(LENET).items()}
    assert joined == {"conv1": ["conv1", "relu1", "pool1"], "conv2": ["conv2", "relu2", "pool2"]}


@pytest.mark.parametrize(
    "layers",
    [
        (
            conv("c", 2, kernel=3),
            pool("p", 2),
            dense("d", 2, "c"),
        ),  # somebody else reads the convolution
        (conv("c", 2, kernel=3), relu("r"), pool("p", 2), dense("d", 2, "r")),
        (conv("c", 2, kernel=3), pool("p", 2, mode="average"), dense("d", 2)),
        (conv("c", 2, kernel=3), pool("p", 2, stride=1), dense("d", 2)),
        (conv("c", 2, kernel=3), pool("p", 3), dense("d", 2)),
        (conv("c", 2, kernel=2), pool("p", 2), dense("d", 2)),
        (conv("c", 2, kernel=3, padding=(0, 1)), pool("p", 2, padding=1), dense("d", 2)),
        (conv("c", 2, kernel=(4, 3)), pool("p", 2), dense("d", 2)),  # an odd number of rows
        (conv("c", 2, kernel=3), dense("d", 2)),
        (conv("c", 2, kernel=1), concat("both", "input", "c"), dense("d", 2)),
    ],
)
def test_what_cannot_be_joined_is_computed_all_the_same(layers):
    spec = NetworkSpec("p", "P", InputSpec((1, 8, 8), 0), ("a", "b"), layers)
    assert not gathers.pooled(spec)
    check_trace(exact(spec, 1), noise(spec, 1, 1)[0], rtol=1e-10, atol=1e-12)
    check_backward(exact(spec, 1), noise(spec, 2, 1), "d", 3)


@pytest.mark.parametrize("window", [(2, 2), (1, 1), (17, 16), (2, 290)])
def test_winners_are_found_far_from_where_their_window_begins(window):
    layers = (pool("small", 2), pool("large", window, inputs="input"), dense("d", 2))
    spec = NetworkSpec("p", "P", InputSpec((1, 17, 300), 0), ("a", "b"), layers)
    check_trace(exact(spec, 1), noise(spec, 1, 1)[0], rtol=1e-10, atol=1e-12)


@both
@pytest.mark.parametrize("count", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 5])
def test_batches_of_any_size_are_read_as_by_the_reference(network, count):
    images = noise(network.spec, count, count, np.float32)
    outputs = network.forward(images).outputs
    said = network.predict(images)
    np.testing.assert_allclose(said, outputs[network.output_layer], rtol=1e-4, atol=1e-6)
    logits = network.logits(images)
    np.testing.assert_allclose(logits, outputs[network.logits_layer], rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(said, network.predict(images))


@both
def test_bytes_get_border_and_scaling_on_the_way(network):
    images = np.random.default_rng(0).integers(0, 256, (40, 28, 28), np.uint8)
    expected = network.predict(inputs(images, network.spec.input))
    np.testing.assert_allclose(network.predict(images), expected, rtol=1e-5, atol=1e-7)
    np.testing.assert_array_equal(network.predict(images[:0]), expected[:0])


def test_bytes_after_numbers_have_their_border_again():
    network, images = lenet(), np.full((2, 28, 28), 200, np.uint8)
    expected = network.logits(images)
    network.logits(noise(LENET, 5, 0, np.float32))
    np.testing.assert_array_equal(network.logits(images), expected)


@pytest.mark.parametrize("shape", [(2, 32, 32), (2, 28, 27)])
def test_bytes_that_do_not_fit_are_refused(shape):
    with pytest.raises(ValueError, match=r"with a border of 2; bytes of the shape .* do not fit"):
        lenet().predict(np.zeros(shape, np.uint8))


@both
def test_changed_weights_count_at_once(network):
    image = random_image(network.spec)
    changed = network.copy()
    changed.trace(image)
    changed.predict(image[None])
    for parameter in changed.parameters.values():
        parameter *= 1.5
    expected = changed.forward(image[None]).outputs[network.output_layer]
    np.testing.assert_allclose(changed.trace(image)[network.output_layer], expected[0], rtol=1e-4)
    np.testing.assert_allclose(changed.predict(image[None]), expected, rtol=1e-4, atol=1e-6)


def test_a_trace_is_not_changed_by_later_ones_even_before_it_is_read():
    network = load_network("lenet")
    images = [random_image(LENET, seed) for seed in range(4)]
    traces = [network.trace(image) for image in images]
    for image, trace in zip(images, traces, strict=True):
        np.testing.assert_array_equal(trace["input"], image)
        again = network.trace(image)
        for name in trace:
            np.testing.assert_array_equal(trace[name], again[name])
            assert not np.shares_memory(trace[name], again[name])
        for name in trace.winners:
            np.testing.assert_array_equal(trace.winners[name], again.winners[name])


@both
def test_everything_lies_end_to_end_in_the_order_of_the_layers(network):
    trace = network.trace(random_image(network.spec))
    values, winners = trace.packed()
    np.testing.assert_array_equal(values, np.concatenate([y.ravel() for y in trace.values()]))
    np.testing.assert_array_equal(
        winners, np.concatenate([one.ravel() for one in trace.winners.values()])
    )
    assert (values.dtype, winners.dtype) == (np.float32, np.int32)
    assert not values.flags.writeable
    assert not winners.flags.writeable


@pytest.fixture
def hurried_threads():
    """Let threads take turns in the midst of things."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@both
@pytest.mark.usefixtures("hurried_threads")
def test_threads_do_not_disturb_each_other(network):
    images = [random_image(network.spec, seed) for seed in range(8)]
    batch = np.stack(images)
    expected = [dict(network.trace(image)) for image in images]
    probabilities = network.predict(batch)
    wrong: list[int] = []
    start = threading.Barrier(4)

    def work(first):
        start.wait()
        for number in range(first, first + 6):
            trace = network.trace(images[number % 8])
            same = all(np.array_equal(trace[n], y) for n, y in expected[number % 8].items())
            if not (same and np.array_equal(network.predict(batch), probabilities)):
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_plan_does_not_allocate():
    network = lenet()
    made = Plan(Workspace(LENET, 32, np.float32, "fc3"))
    made.load(network.parameters)
    made.read(noise(LENET, 32, 0, np.float32))
    made.forward()
    made.backward()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        made.load(network.parameters)
        made.forward()
        made.backward()
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert peak < 40_000  # NumPy's buffers for mixed types; the smallest map alone is 51,200


def test_a_copied_network_has_plans_of_its_own():
    network = lenet()
    image = random_image(LENET)
    expected = network.trace(image)["softmax"]
    copied = copy.deepcopy(network)
    network.parameters["fc3.bias"][...] = np.arange(10)
    np.testing.assert_array_equal(copied.trace(image)["softmax"], expected)
