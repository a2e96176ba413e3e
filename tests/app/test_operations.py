"""Graphs of operations on arrays that are sent: what every layer gives, and what is refused."""

import json
import struct

import numpy as np
import pytest
from safetensors.numpy import load, save

from app.operations.schemas import GraphDescription
from model import Graph, GraphSpec
from model.initialise import parameters
from model.spec import (
    add,
    concat,
    conv,
    dense,
    flatten,
    layer_to_json,
    pool,
    ratio,
    relu,
    sigmoid,
    softmax,
    square,
    tanh,
)
from tests.app.graphs import AS_JSON, FILE, OPERATIONS, as_body, as_file, picture, weights_of
from tests.app.test_derivatives import metadata_of
from tests.app.test_refusals import assert_problem, worded
from tests.app.wrong import SECRET

ALL = GraphSpec(
    (2, 13, 17),
    (
        conv("edges", 4, kernel=(3, 5), stride=(1, 2), padding=1),
        relu("bend"),
        conv("again", 4, kernel=3, padding=1, connections=((0,), (1, 2), (0, 3), (2,))),
        add("sum", "bend", "again"),
        pool("most", 2),
        tanh("squash", "sum"),
        pool("mean", 2, mode="average"),
        concat("both", "most", "mean"),
        sigmoid("gate"),
        flatten("row"),
        dense("scores", 5),
        square("squares"),
        ratio("parts"),
        softmax("shares", "scores"),
    ),
)


def test_the_essays_convolution_gives_its_matrix(local):
    image = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    kernel = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    layers = [
        {
            "name": "conv",
            "kind": "conv",
            "inputs": [],
            "channels": 1,
            "kernel": [3, 3],
            "stride": [1, 1],
            "padding": [0, 0],
        }
    ]
    weights = {"conv.weight": [[kernel]], "conv.bias": [0]}
    sent = {"input": [image], "layers": layers, "weights": weights}
    answer = local.post(OPERATIONS, json=sent, headers=AS_JSON).json()
    assert answer["conv"] == {
        "dtype": "F32",
        "shape": [1, 3, 3],
        "data": [4, 3, 4, 2, 4, 3, 2, 3, 4],
    }


def test_every_layer_gives_what_the_engine_gives_and_max_pooling_its_winners(local):
    weights, image = weights_of(ALL), picture(ALL.shape)
    answer = local.post(OPERATIONS, content=as_file(ALL, image, weights), headers=FILE)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.safetensors"
    tensors = load(answer.content)
    size = struct.unpack("<Q", answer.content[:8])[0]
    header = json.loads(answer.content[8 : 8 + size])
    assert list(header) == ["__metadata__", *ALL.shapes, "most.winners"]
    trace = Graph(ALL, weights).trace(image.astype(np.float32) / np.float32(255))
    for name, shape in ALL.shapes.items():
        assert tensors[name].shape == shape
        assert tensors[name].dtype == np.float32
        np.testing.assert_allclose(tensors[name], trace[name], atol=1e-5)
    below = tensors["sum"].reshape(4, -1)
    for at in np.ndindex(tensors["most"].shape):
        assert below[at[0], tensors["most.winners"][at]] == tensors["most"][at]
    assert tensors["most.winners"].dtype == np.int32


def test_json_and_safetensors_say_the_same_both_ways(local):
    weights = weights_of(ALL)
    image = picture(ALL.shape).astype(np.float32) / 7
    file = local.post(OPERATIONS, content=as_file(ALL, image, weights), headers=FILE)
    body = local.post(OPERATIONS, json=as_body(ALL, image, weights))
    assert body.content == file.content
    said = local.post(OPERATIONS, json=as_body(ALL, image, weights), headers=AS_JSON).json()
    assert said.pop("__metadata__") == metadata_of(file.content)
    for name, one in load(file.content).items():
        assert said[name]["shape"] == list(one.shape)
        assert np.array(said[name]["data"], one.dtype).tobytes() == one.tobytes()


def test_the_answer_describes_its_graph_as_a_network_is_described(local):
    answer = local.post(
        OPERATIONS, content=as_file(ALL, picture(ALL.shape), weights_of(ALL)), headers=FILE
    )
    spec = GraphDescription.model_validate_json(metadata_of(answer.content)["spec"])
    assert spec.input.shape == ALL.shape
    assert [one.name for one in spec.layers] == [one.name for one in ALL.layers]
    edges, _, again, *_ = spec.layers
    assert (edges.shape, edges.parameters) == ((4, 13, 8), {"weight": (4, 2, 3, 5), "bias": (4,)})
    assert edges.multiply_adds == 4 * 13 * 8 * 2 * 3 * 5
    assert edges.receptive_field == (3, 5)
    assert again.multiply_adds == 6 * 13 * 8 * 3 * 3
    assert again.receptive_field == (5, 9)
    assert spec.multiply_adds == sum(one.multiply_adds for one in spec.layers)
    assert spec.parameters == sum(ALL.parameter_count(one.name) for one in ALL.layers)


def test_numbers_beyond_float32_are_said_as_everywhere(local):
    spec = GraphSpec((1, 2, 2), (pool("sum", 2, mode="sum"), tanh("small")))
    image = np.full(spec.shape, 3e38, np.float32)
    file = local.post(OPERATIONS, content=as_file(spec, image, {}), headers=FILE)
    assert load(file.content)["sum"] == np.inf
    said = local.post(OPERATIONS, json=as_body(spec, image, {}), headers=AS_JSON).json()
    assert said["sum"]["data"] == [None]
    assert said["small"]["data"] == [1]


CONV = {
    "name": "conv",
    "kind": "conv",
    "inputs": [],
    "channels": 1,
    "kernel": [2, 2],
    "stride": [1, 1],
    "padding": [0, 0],
}
RIGHT = {
    "input": [[[1, 2, 3], [4, 5, 6]]],
    "layers": [CONV, {"name": "relu", "kind": "relu", "inputs": ["conv"]}],
    "weights": {"conv.weight": [[[[1, 0], [0, 1]]]], "conv.bias": [0.5]},
}


def changed(**layer):
    return {**RIGHT, "layers": [{**CONV, **layer}]}


def weights(**more):
    return {**RIGHT, "weights": {**RIGHT["weights"], **more}}


# what is wrong: (body, status, what the sentence must speak of, the field it points to)
WRONG = {
    "not JSON": (SECRET.encode(), 400, "JSON", None),
    "nested deeply": (b'{"input": ' + b"[" * 50_000, 422, "sign [", None),
    "nested a little": (b'{"input": ' + b"[" * 500, 400, "JSON", None),
    "a list": ([], 422, "no layers", "#/layers"),
    "nothing": ({}, 422, "no layers", "#/layers"),
    "an unknown field": ({**RIGHT, "colour": SECRET}, 422, "weights", "#/colour"),
    "a field with an odd name": ({**RIGHT, f"<{SECRET}>": 1}, 422, "weights", "#"),
    "no input": ({"layers": RIGHT["layers"]}, 422, "missing", "#/input"),
    "no weights": ({**RIGHT, "weights": {}}, 422, "conv.weight", "#/weights/conv.weight"),
    "weights in a list": ({**RIGHT, "weights": []}, 422, "object", "#/weights"),
    "layers in an object": ({**RIGHT, "layers": {}}, 422, "list", "#/layers"),
    "no layer": ({**RIGHT, "layers": []}, 422, "no layers", "#/layers"),
    "65 layers": ({**RIGHT, "layers": [CONV] * 65}, 413, "65 layers", None),
    "a layer that is a list": ({**RIGHT, "layers": [[]]}, 422, "object", "#/layers/0"),
    "an unknown kind": (changed(kind="deconv"), 422, "conv", "#/layers/0"),
    "a kind that is a list": (changed(kind=["conv"]), 422, "kind", "#/layers/0"),
    "an unknown field of a layer": (changed(colour=1), 422, "colour", "#/layers/0"),
    "an odd field of a layer": (changed(**{f"<{SECRET}>": 1}), 422, "no name", "#/layers"),
    "an odd name": (changed(name=f"<{SECRET}>"), 422, "no name", "#/layers"),
    "a name twice": ({**RIGHT, "layers": [CONV, CONV]}, 422, "Two layers", "#/layers/1"),
    "a circle": (changed(inputs=["conv"]), 422, "no layer before", "#/layers/0"),
    "a layer further on": (changed(inputs=["relu"]), 422, "no layer before", "#/layers/0"),
    "a kernel that is too large": (changed(kernel=[3, 3]), 422, "larger", "#/layers/0"),
    "a kernel of NaN": (changed(kernel=[float("nan"), 2]), 422, "NaN", "#/layers"),
    "a stride of 0": (changed(stride=[0, 1]), 422, "stride", "#/layers/0"),
    "a stride of half": (changed(stride=[0.5, 1]), 422, "whole number", "#/layers/0"),
    "a number of hundreds of digits": (changed(channels=10**400), 422, "too large", "#/layers"),
    "a third layer that does not fit, and a fourth": (
        {**RIGHT, "layers": [*RIGHT["layers"], RIGHT["layers"][1], {**CONV, "inputs": ["zz"]}]},
        *(422, "Two layers are called relu", "#/layers/2"),
    ),
    "a million maps": (changed(channels=10**6), 413, "held at once", "#/layers/0"),
    "an input of one axis": ({**RIGHT, "input": [1, 2]}, 422, "three axes", "#/input"),
    "an input of four axes": ({**RIGHT, "input": [[[[1]]]]}, 422, "three axes", "#/input"),
    "an empty input": ({**RIGHT, "input": [[[]]]}, 422, "none of them empty", "#/input"),
    "an input that is null": ({**RIGHT, "input": None}, 422, "three axes", "#/input"),
    "a ragged input": ({**RIGHT, "input": [[[1, 2, 3], [4, 5]]]}, 422, "equally", "#/input"),
    "an input of text": ({**RIGHT, "input": [[[SECRET] * 3] * 2]}, 422, "no number", "#/input"),
    "an input of true": ({**RIGHT, "input": [[[True] * 3] * 2]}, 422, "no number", "#/input"),
    "an input of NaN": ({**RIGHT, "input": [[[float("nan")] * 3] * 2]}, 422, "finite", "#/input"),
    "an input of 1e39": ({**RIGHT, "input": [[[1e39] * 3] * 2]}, 422, "finite", "#/input"),
    "an input of 10^400": ({**RIGHT, "input": [[[10**400] * 3] * 2]}, 422, "finite", "#/input"),
    "a weight of other sizes": (
        weights(**{"conv.weight": [[1, 0, 0, 1]]}),
        *(422, "1, 1, 2, 2", "#/weights/conv.weight"),
    ),
    "a weight of NaN": (
        weights(**{"conv.bias": [float("nan")]}),
        *(422, "finite", "#/weights/conv.bias"),
    ),
    "a weight too many": (
        weights(**{"relu.weight": [1]}),
        422,
        "conv.bias",
        "#/weights/relu.weight",
    ),
    "a weight that is the input": (
        weights(input=[[[9, 9, 9], [9, 9, 9]]]),
        *(422, "LAYER.weight", "#/weights/input"),
    ),
    "a weight with an odd name": (weights(**{f"<{SECRET}>": [1]}), 422, "conv.bias", "#/weights"),
    "an input that is too large": ({**RIGHT, "input": [[[0] * 260] * 260]}, 413, "bytes", None),
    "very many numbers": ({**RIGHT, "input": [[[0] * 1000] * 101]}, 422, "sign ,", None),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_refused_with_a_sentence_that_can_be_worded_anew(local, what):
    sent, status, word, pointer = WRONG[what]
    data = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    answer = local.post(OPERATIONS, content=data, headers={"content-type": "application/json"})
    problem = assert_problem(answer, status)
    assert word in problem.detail
    assert worded(problem) == problem.detail
    assert (problem.errors[0].pointer if problem.errors else None) == pointer
    for error in problem.errors:
        assert worded(error) == f"{error.detail} {error.mend}"
    assert local.post(OPERATIONS, json=RIGHT).status_code == 200


JSON_TYPE = "application/json"
LAYERS = json.dumps(RIGHT["layers"])
ARRAYS = {
    "input": np.ones((1, 2, 3), np.float32),
    "conv.weight": np.ones((1, 1, 2, 2), np.float32),
    "conv.bias": np.ones(1, np.float32),
}

HALF = "\ud800"  # of a pair that makes one sign


def file(layers=LAYERS, **arrays):
    named = {**ARRAYS, **arrays}
    return save({name: one for name, one in named.items() if one is not None}, {"layers": layers})


def lying(change):
    """A file whose header says something else than what lies there."""
    right = file()
    size = struct.unpack("<Q", right[:8])[0]
    header = json.loads(right[8 : 8 + size])
    change(header)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + right[8 + size :]


FILES = {
    "nothing": (b"", 400, "safetensors", None),
    "JSON": (json.dumps(RIGHT).encode(), 400, "safetensors", None),
    "half a file": (file()[:-5], 400, "safetensors", None),
    "half a header": (file()[:40], 400, "safetensors", None),
    "a header of 2^62 bytes": (struct.pack("<Q", 2**62) + b"{}", 400, "header", None),
    "a header of 100 KB": (lying(lambda h: h.update({"a" * 100_000: {}})), 400, "64", None),
    "a header of lists": (struct.pack("<Q", 5000) + b"[" * 5000, 400, "safetensors", None),
    "no metadata": (save(ARRAYS), 422, "no layers", "#/__metadata__/layers"),
    "layers that are no JSON": (file(f"[{SECRET}"), 400, "JSON", None),
    "layers of NaN": (
        file(LAYERS.replace("[2, 2]", "[NaN, 2]")),
        *(422, "NaN", "#/__metadata__/layers"),
    ),
    "layers of half a sign": (
        lying(lambda h: h["__metadata__"].update(layers=HALF)),
        *(400, "safetensors", None),
    ),
    "a wish of half a sign": (
        lying(lambda h: h["__metadata__"].update(spread=HALF)),
        *(400, "safetensors", None),
    ),
    "metadata of numbers": (
        lying(lambda h: h.update(__metadata__={"layers": 3})),
        *(400, "safetensors", None),
    ),
    "sizes that overflow": (
        lying(lambda h: h["input"].update(shape=[1, 2**40, 2**40])),
        *(413, "bytes", None),
    ),
    "sizes of infinity": (
        lying(lambda h: h["input"].update(shape=[1, 2, 1e400])),
        *(400, "safetensors", None),
    ),
    "tensors on each other": (
        lying(lambda h: h["conv.bias"].update(data_offsets=h["input"]["data_offsets"])),
        *(400, "safetensors", None),
    ),
    "no input": (file(input=None), 422, "input", "#/input"),
    "an input of doubles": (file(input=np.ones((1, 2, 3))), 422, "float32", "#/input"),
    "an input of two axes": (file(input=np.ones((2, 3), np.float32)), 422, "axes", "#/input"),
    "weights of bytes": (
        file(**{"conv.weight": np.ones((1, 1, 2, 2), np.uint8)}),
        *(422, "float32", "#/conv.weight"),
    ),
    "weights of infinity": (
        file(**{"conv.bias": np.array([np.inf], np.float32)}),
        *(422, "finite", "#/conv.bias"),
    ),
    "a missing array": (file(**{"conv.bias": None}), 422, "conv.bias", "#/conv.bias"),
    "an array too many": (file(**{SECRET: np.ones(1)}), 422, "belongs", f"#/{SECRET}"),
}


@pytest.mark.parametrize("what", FILES)
def test_files_that_lie_are_refused_too(local, what):
    sent, status, word, pointer = FILES[what]
    answer = local.post(OPERATIONS, content=sent, headers=FILE)
    if what == "an array too many":  # a plain name is repeated in the pointer, and only there
        assert answer.text.count(SECRET) == 1
        problem = answer.json()["errors"][0]
        assert (problem["pointer"], problem["kind"]) == (pointer, "surplus-array")
        return
    problem = assert_problem(answer, status)
    assert word in problem.detail
    assert worded(problem) == problem.detail
    assert (problem.errors[0].pointer if problem.errors else None) == pointer
    assert local.post(OPERATIONS, content=file(), headers=FILE).status_code == 200


@pytest.mark.parametrize("kind", ["", "text/plain", "image/png", "application/x-npz"])
def test_a_form_that_is_not_read_is_refused_with_those_that_are(local, kind):
    answer = local.post(OPERATIONS, content=file(), headers={"content-type": kind} if kind else {})
    problem = assert_problem(answer, 415)
    assert "application/vnd.safetensors, application/json" in problem.detail


def test_a_body_that_is_too_long_says_how_long_one_may_be(local):
    for sent in ({"content": bytes(1_000_001), "headers": FILE}, {"json": [0] * 500_000}):
        problem = assert_problem(local.post(OPERATIONS, **sent), 413)
        assert problem.kind == "operations-too-large"
        assert "1 MB" in problem.detail


SMALL = GraphSpec(
    (1, 6, 6),
    (conv("conv1", 3, kernel=3), relu("relu1"), pool("pool1", 2), dense("fc", 4), softmax("out")),
)


def wished(local, spec=SMALL, image=None, sent=None, **wishes):
    image = picture(spec.shape) if image is None else image
    file = as_file(spec, image, sent or {}, **{k: json.dumps(v) for k, v in wishes.items()})
    answer = local.post(OPERATIONS, content=file, headers=FILE)
    assert answer.status_code == 200, answer.text
    return load(answer.content), metadata_of(answer.content)


def test_weights_are_drawn_by_rule_and_come_with_the_answer(local):
    for method in ("he", "glorot"):
        tensors, _ = wished(local, first={"method": method, "seed": 7})
        drawn = parameters(SMALL, np.random.default_rng(7), method)
        for name, one in drawn.items():
            assert tensors[name].tobytes() == one.tobytes()
        sent = local.post(
            OPERATIONS, content=as_file(SMALL, picture(SMALL.shape), drawn), headers=FILE
        )
        for name, one in load(sent.content).items():
            assert tensors[name].tobytes() == one.tobytes()
    spec = GraphSpec((1, 3, 3), (dense("fc", 4000),))
    tensors, _ = wished(local, spec, first={"method": "normal", "deviation": 0.25})
    assert tensors["fc.weight"].std() == pytest.approx(0.25, rel=0.02)
    for method, value in (("zeros", 0), ("equal", -0.5)):
        tensors, _ = wished(local, first={"method": method, "value": value})
        assert set(tensors["conv1.weight"].ravel()) == set(tensors["fc.weight"].ravel()) == {value}
        assert not tensors["conv1.bias"].any()


def test_weights_that_are_sent_stay_and_only_the_others_are_drawn(local):
    own = {"conv1.weight": np.full((3, 1, 3, 3), 0.3, np.float32)}
    tensors, _ = wished(local, sent=own, first={"method": "he", "seed": 3})
    drawn = parameters(SMALL, np.random.default_rng(3))
    assert tensors["conv1.weight"].tobytes() == own["conv1.weight"].tobytes()
    assert tensors["fc.weight"].tobytes() == drawn["fc.weight"].tobytes()


def test_the_spread_of_each_layer_is_that_of_its_values(local):
    tensors, said = wished(local, first={"method": "he"}, spread=True)
    spread = json.loads(said["spread"])
    assert list(spread) == list(SMALL.shapes)
    for name, (mean, deviation, zeros) in spread.items():
        values = tensors[name].ravel().astype(float)
        assert mean == pytest.approx(sum(values) / len(values))
        squares = sum((one - mean) ** 2 for one in values)
        assert deviation == pytest.approx((squares / len(values)) ** 0.5, abs=1e-12)
        assert zeros == pytest.approx(sum(one == 0 for one in values) / len(values))
    assert spread["relu1"][2] > 0
    huge = GraphSpec((1, 2, 2), (pool("sum", 2, mode="sum"),))
    _, said = wished(local, huge, np.full((1, 2, 2), 3e38, np.float32), spread=True)
    assert json.loads(said["spread"])["sum"] == [None, None, 0]


@pytest.mark.parametrize("bins", [1, 7, 50])
def test_the_histogram_of_each_layer_counts_its_values(local, bins):
    tensors, said = wished(local, first={"method": "he"}, histogram=bins)
    histogram = json.loads(said["histogram"])
    assert list(histogram) == list(SMALL.shapes)
    for name, (most, counts) in histogram.items():
        values = [float(one) for one in tensors[name].ravel()]
        assert most == max(abs(one) for one in values)
        truth = [0] * (2 * bins)
        for value in values:
            reached = [k for k in range(-bins, bins) if value * (bins / most) >= k]
            truth[reached[-1] + bins] += 1
        assert counts == truth
    assert not any(histogram["relu1"][1][:bins]), "nothing is below 0"
    assert histogram["relu1"][1][bins] >= (tensors["relu1"] == 0).sum()


def test_a_histogram_counts_what_is_finite_and_zeros_alone(local):
    relus = GraphSpec((1, 2, 2), (pool("sum", 2, mode="sum"), relu("after")))
    _, said = wished(local, relus, np.full((1, 2, 2), 3e38, np.float32), histogram=2)
    histogram = json.loads(said["histogram"])
    assert histogram["input"] == [float(np.float32(3e38)), [0, 0, 0, 4]]
    assert histogram["sum"] == histogram["after"] == [0, [0, 0, 0, 0]]
    _, said = wished(local, relus, np.zeros((1, 2, 2), np.float32), histogram=2)
    assert json.loads(said["histogram"])["input"] == [0, [0, 0, 4, 0]]


def test_a_histogram_counts_the_largest_magnitude_below_zero_in_the_lowest_bin(local):
    image = np.array([[[-54.3625, 1]]], np.float32)  # times 7 / 54.3625 it is a hair below -7
    for bins in range(1, 51):
        _, said = wished(local, GraphSpec((1, 1, 2), (relu("after"),)), image, histogram=bins)
        counts = json.loads(said["histogram"])["input"][1]
        assert counts[0] == 1
        assert sum(counts) == 2


@pytest.mark.parametrize("last", ["out", "fc"])
def test_gradients_are_how_the_loss_changes_with_each_weight(local, last):
    spec = SMALL if last == "out" else GraphSpec(SMALL.shape, SMALL.layers[:-1])
    image = picture(spec.shape)
    weights = {name: one.astype(np.float64) for name, one in weights_of(spec).items()}
    single = {name: one.astype(np.float32) for name, one in weights.items()}
    tensors, _ = wished(local, spec, image, single, gradients=2)

    def loss(changed):
        graph = Graph(spec, changed)
        scores = graph.forward(image[None] / 255).outputs["fc"][0]
        return np.log(np.exp(scores).sum()) - scores[2]

    for name, one in weights.items():
        for at in list(np.ndindex(one.shape))[::7]:
            more, less = ({**weights, name: one.copy()} for _ in range(2))
            more[name][at] += 1e-5
            less[name][at] -= 1e-5
            slope = (loss(more) - loss(less)) / 2e-5
            assert tensors[f"{name}.gradient"][at] == pytest.approx(slope, abs=1e-4)
    assert "fc.weight" not in tensors
    assert tensors["pool1.winners"].shape == (3, 2, 2)


@pytest.mark.parametrize("method", ["zeros", "equal"])
def test_kernels_that_begin_equal_have_identical_gradients_and_random_ones_not(local, method):
    tensors, _ = wished(local, first={"method": method, "value": 0.1}, gradients=1)
    first, *others = tensors["conv1.weight.gradient"]
    assert all(one.tobytes() == first.tobytes() for one in others)
    tensors, _ = wished(local, first={"method": "he"}, gradients=1)
    first, *others = tensors["conv1.weight.gradient"]
    assert not any(np.allclose(one, first) for one in others)


WISHES = {
    "an unknown method": ({"first": {"method": "xavier"}}, "no-method", "#/first/method"),
    "no method": ({"first": {}}, "missing", "#/first/method"),
    "an odd method": ({"first": {"method": 3}}, "no-method", "#/first/method"),
    "an unknown field": ({"first": {"method": "he", "q": 1}}, "unknown-field", "#/first/q"),
    "a seed of text": ({"first": {"method": "he", "seed": "1"}}, "no-whole-number", "#/first/seed"),
    "a deviation of NaN": (
        {"first": {"method": "normal", "deviation": float("nan")}},
        *("not-finite", "#/first/deviation"),
    ),
    "first in a list": ({"first": []}, "no-object", "#/first"),
    "spread as a number": ({"spread": 1}, "no-boolean", "#/spread"),
    "no bins": ({"histogram": 0}, "too-small", "#/histogram"),
    "too many bins": ({"histogram": 51}, "too-large", "#/histogram"),
    "half a bin": ({"histogram": 1.5}, "no-whole-number", "#/histogram"),
    "a unit that is not there": ({"gradients": 9}, "no-such-unit", "#/gradients"),
    "a unit below 0": ({"gradients": -1}, "too-small", "#/gradients"),
}


@pytest.mark.parametrize("what", WISHES)
def test_wishes_that_cannot_be_are_refused_in_both_forms(local, what):
    wishes, kind, pointer = WISHES[what]
    body = as_body(SMALL, picture(SMALL.shape), weights_of(SMALL)) | wishes
    file = as_file(
        SMALL,
        picture(SMALL.shape),
        weights_of(SMALL),
        **{name: json.dumps(one) for name, one in wishes.items()},
    )
    for answer in (
        local.post(OPERATIONS, content=json.dumps(body), headers={"content-type": JSON_TYPE}),
        local.post(OPERATIONS, content=file, headers=FILE),
    ):
        problem = assert_problem(answer, 422)
        assert (problem.kind, problem.errors[0].pointer) == (kind, pointer)
        assert worded(problem) in problem.detail


def test_gradients_need_units_to_choose_from(local):
    spec = GraphSpec((1, 6, 6), (conv("conv1", 3, kernel=3),))
    file = as_file(spec, picture(spec.shape), weights_of(spec), gradients="0")
    problem = assert_problem(local.post(OPERATIONS, content=file, headers=FILE), 422)
    assert (problem.kind, "3 maps of 4 by 4" in problem.detail) == ("no-units", True)


def test_the_kernel_of_two_convolutions_is_what_one_gives_of_the_other_turned_round(local):
    twice = GraphSpec((1, 9, 9), (conv("one", 1, kernel=3), conv("two", 1, kernel=(2, 4))))
    weights = {name: one * (one.ndim > 1) for name, one in weights_of(twice).items()}
    first, second = weights["one.weight"], weights["two.weight"]
    joining = GraphSpec((1, 3, 3), (conv("both", 1, kernel=(2, 4), padding=(1, 3)),))
    turned = {"both.weight": second[:, :, ::-1, ::-1], "both.bias": np.zeros(1, np.float32)}
    both, _ = wished(local, joining, first[0], turned)
    once = GraphSpec((1, 9, 9), (conv("both", 1, kernel=(4, 6)),))
    image = picture(once.shape)
    direct, _ = wished(
        local, once, image, {"both.weight": both["both"][None], "both.bias": turned["both.bias"]}
    )
    apart, _ = wished(local, twice, image, weights)
    np.testing.assert_allclose(direct["both"], apart["two"], atol=1e-5)


def test_what_is_divided_by_a_sum_of_0_has_no_number(local):
    layers = [{"name": "row", "kind": "flatten", "inputs": []}]
    layers += [{"name": "parts", "kind": "ratio", "inputs": []}]
    sent = {"input": [[[2, -1, -1]]], "layers": layers}
    answer = local.post(OPERATIONS, json=sent, headers=AS_JSON)
    assert answer.json()["parts"]["data"] == [None, None, None]
    sent["input"] = [[[2, -1, 0]]]
    answer = local.post(OPERATIONS, json=sent, headers=AS_JSON)
    assert answer.json()["parts"]["data"] == [2, -1, 0]


def test_another_graph_is_described_that_is_too_large_to_be_run(local):
    run = GraphSpec((1, 32, 32), (pool("small", 4, mode="average"),))
    image = picture(run.shape)
    other = [conv("maps", 6, kernel=5), dense("all", 4704, "input")]
    wish = json.dumps([layer_to_json(layer) for layer in other])
    answer = local.post(OPERATIONS, content=as_file(run, image, {}, describe=wish), headers=FILE)
    assert answer.status_code == 200, answer.text
    assert sorted(load(answer.content)) == ["input", "small"]
    size = struct.unpack("<Q", answer.content[:8])[0]
    metadata = json.loads(answer.content[8 : 8 + size])["__metadata__"]
    maps, everything = json.loads(metadata["described"])["layers"]
    assert maps["parameters"] == {"weight": [6, 1, 5, 5], "bias": [6]}
    assert maps["multiply_adds"] == 6 * 28 * 28 * 25
    assert everything["multiply_adds"] == 4704 * 1024
    assert json.loads(metadata["described"])["parameters"] == 156 + 4704 * (1024 + 1)
    body = {**as_body(run, image, {}), "describe": [{"name": "odd", "kind": "conv"}]}
    refused = local.post(OPERATIONS, json=body, headers=AS_JSON)
    assert refused.status_code == 422
    assert "describe/0" in refused.json()["errors"][0]["pointer"]


def test_equal_weights_give_a_layer_one_gradient_and_graded_ones_let_it_through(local):
    layers = (conv("c", 3, kernel=3), relu("r"), dense("fc", 4), softmax("s"))
    spec = GraphSpec((1, 6, 6), layers)

    def found(**first):
        said = {"method": "equal", "value": 0.5, **first}
        file = as_file(spec, picture(spec.shape), {}, first=json.dumps(said), gradients="1")
        return load(local.post(OPERATIONS, content=file, headers=FILE).content)

    plain, graded = found(), found(graded=True)
    assert (plain["fc.weight"] == 0.5).all()
    np.testing.assert_allclose(plain["c.weight.gradient"], 0, atol=1e-5)
    np.testing.assert_array_equal(graded["fc.weight"][:, 0], [0.125, 0.25, 0.375, 0.5])
    assert (graded["c.weight"] == 0.5).all()
    assert np.abs(graded["c.weight.gradient"]).max() > 0.01
    for kernel in graded["c.weight.gradient"]:
        np.testing.assert_allclose(kernel, graded["c.weight.gradient"][0], rtol=1e-5, atol=1e-7)
