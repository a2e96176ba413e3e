"""What a graph of operations costs is judged by its shapes, and nothing dear is ever begun."""

import json
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

from app.operations import asked, limits, run
from app.operations.limits import cost_of
from app.refusals import RefusalError
from benchmarks import dear_graphs
from model import GraphSpec
from model.layers.conv import ConvCache
from model.layers.sparse_conv import SparseConvCache
from model.spec import conv, dense, layer_to_json, pool, relu
from tests.app.graphs import AS_JSON, FILE, OPERATIONS, as_body, as_file, picture, weights_of
from tests.app.test_refusals import assert_problem, worded
from tests.app.wrong import SECRET
from tests.model.chains import chains

SAFETENSORS = FILE["content-type"]
WIDE = (1, 256, 256)


def layers_of(*layers):
    return [layer_to_json(one) for one in layers]


def relus(count):
    names = [f"r{number}" for number in range(count)]
    first = relu(names[0], "input")
    return layers_of(first, *(relu(here, before) for before, here in pairwise(names)))


FEW = tuple((0,) for _ in range(500))
# (shape, layers, what more is said, kind of the refusal, how much it would have been)
DEAR = {
    "65 layers": ((1, 2, 2), relus(65), {}, "many-layers", 65),
    "500 filters with connections": (
        (1, 2, 2),
        layers_of(conv("c", 500, kernel=1, connections=FEW, inputs="input")),
        *({}, "many-steps", 1501),
    ),
    "a maximum of a window of 39 by 39": (
        (1, 39, 39),
        layers_of(pool("p", 39, inputs="input")),
        *({}, "many-steps", 1522),
    ),
    "gradients of a kernel of 39 by 39": (
        (1, 39, 39),
        layers_of(conv("c", 1, kernel=39, inputs="input"), dense("fc", 2, "c")),
        *({"gradients": 0}, "many-steps", 3 + 3 + 1521),
    ),
    "many maps under a large kernel": (
        WIDE,
        layers_of(conv("c", 40, kernel=9, padding=4, inputs="input")),
        *({}, "many-multiply-adds", 40 * 81 * 65_536),
    ),
    "a dense layer in the place of conv1": (
        (1, 32, 32),
        layers_of(dense("fc", 4704, inputs="input")),
        {"first": {"method": "he"}},
        *("many-weights", 4_821_600),
    ),
    "a large window over a picture": (
        WIDE,
        layers_of(pool("p", 40, stride=1, mode="average", inputs="input")),
        *({}, "many-cells-read", 1600 * 217**2),
    ),
    "a large kernel over a picture": (
        WIDE,
        layers_of(conv("c", 1, kernel=9, padding=4, inputs="input")),
        *({}, "many-cells-held", 2 * 65_536 + 81 * 65_536 + 264**2),
    ),
    "a picture many times": (WIDE, relus(16), {}, "long-answer", 17 * 65_536 * 4),
    "gradients of much": (
        (1, 200, 200),
        layers_of(conv("c", 20, kernel=5, inputs="input"), dense("fc", 2, "c")),
        {"gradients": 1},
        *("many-multiply-adds", 3 * 20 * 196**2 * (25 + 2)),
    ),
    "a picture moved four times": (
        WIDE,
        layers_of(pool("p", 2, inputs="input")),
        {"moves": [{"down": 1}] * 4},
        *("many-cells-read", 5 * 65_536 + 4 * 40 * (65_536 + 16_384)),
    ),
    "an input of 512 by 513 bytes": ((1, 512, 513), relus(1), {}, "large-operand", 262_656),
}


def lean(shape, layers, **said):
    """A file with an input alone: what costs too much is told before weights are looked for."""
    metadata = {name: json.dumps(one) for name, one in said.items()}
    return save({"input": np.zeros(shape, np.uint8)}, {"layers": json.dumps(layers), **metadata})


@pytest.fixture
def never(monkeypatch):
    """Whoever makes an array or a graph breaks the test."""

    def begun(*_, **__):
        raise AssertionError("It was begun.")

    monkeypatch.setattr(run, "Graph", begun)
    monkeypatch.setattr(run, "parameters", begun)
    monkeypatch.setattr(asked, "decode", begun)


@pytest.mark.parametrize("what", DEAR)
@pytest.mark.usefixtures("never")
def test_what_costs_too_much_is_refused_and_nothing_of_it_is_made(local, what):
    shape, layers, said, kind, count = DEAR[what]
    problem = assert_problem(
        local.post(OPERATIONS, content=lean(shape, layers, **said), headers=FILE), 413
    )
    assert problem.kind == kind
    assert problem.detail == worded(problem)
    assert problem.parameters["count"] == count > problem.parameters["most"]


@pytest.mark.parametrize("what", DEAR)
def test_to_refuse_takes_next_to_no_memory(what):
    shape, layers, said, kind, _ = DEAR[what]
    body = lean(shape, layers, **said)
    tracemalloc.start()
    try:
        with pytest.raises(RefusalError) as refused:
            run.judged(run.sent_in(body, SAFETENSORS), SAFETENSORS)
        assert refused.value.kind == kind
        assert tracemalloc.get_traced_memory()[1] < 500_000
    finally:
        tracemalloc.stop()


def test_a_large_answer_is_given_as_safetensors_and_refused_as_json(local):
    spec = GraphSpec((1, 200, 200), (relu("r"),))
    file = as_file(spec, picture(spec.shape), {})
    assert local.post(OPERATIONS, content=file, headers=FILE).status_code == 200
    answer = local.post(OPERATIONS, content=file, headers={**FILE, **AS_JSON})
    problem = assert_problem(answer, 413)
    assert (problem.kind, problem.parameters["count"]) == ("long-json-answer", 80_000 * 24)


def test_the_picture_of_the_page_may_be_convolved_and_a_small_network_run(local):
    grey = GraphSpec((1, 200, 200), (conv("edges", 6, kernel=5, padding=4), relu("r")))
    lenet = GraphSpec(
        (1, 32, 32),
        (
            *(conv("conv1", 6, kernel=5), relu("relu1"), pool("pool1", 2)),
            *(conv("conv2", 16, kernel=5), relu("relu2"), pool("pool2", 2)),
            *(dense("fc1", 120), relu("relu3"), dense("fc2", 100), relu("relu4"), dense("fc3", 10)),
        ),
    )
    for spec, said in ((grey, {}), (lenet, {}), (lenet, {"gradients": "3", "spread": "true"})):
        file = as_file(spec, picture(spec.shape), weights_of(spec), **said)
        assert local.post(OPERATIONS, content=file, headers=FILE).status_code == 200


COUNTS = {
    "layers": ("MOST_LAYERS", "many-layers", 1),
    "steps": ("MOST_STEPS", "many-steps", 1),
    "multiply_adds": ("MOST_MULTIPLY_ADDS", "many-multiply-adds", 1),
    "read": ("MOST_READ", "many-cells-read", 1),
    "held": ("MOST_HELD", "many-cells-held", 1),
    "answered": ("MOST_ANSWER", "long-answer", 4),
}


@settings(max_examples=40, deadline=None)
@given(spec=chains(), what=st.sampled_from(sorted(COUNTS)))
def test_each_limit_is_where_the_count_says(spec, what):
    name, kind, bytes_each = COUNTS[what]
    sent = run.sent_in(as_file(spec, picture(spec.shape), weights_of(spec)), SAFETENSORS)
    count = getattr(cost_of(spec), what) * bytes_each
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, name, count)
        run.judged(sent, SAFETENSORS)
        patch.setattr(limits, name, count - 1)
        if count:
            with pytest.raises(RefusalError) as refused:
                run.judged(sent, SAFETENSORS)
            assert (refused.value.kind, refused.value.gaps["count"]) == (kind, count)


@settings(max_examples=60, deadline=None)
@given(spec=chains(), drawn=st.booleans())
def test_what_is_answered_is_what_was_counted(local, spec, drawn):
    said = {"first": '{"method": "glorot"}'} if drawn else {}
    weights = {} if drawn else weights_of(spec)
    answer = local.post(
        OPERATIONS, content=as_file(spec, picture(spec.shape), weights, **said), headers=FILE
    )
    assert answer.status_code == 200, answer.text
    numbers = cost_of(spec, drawn=drawn).answered
    found = load(answer.content)
    assert sum(one.size for one in found.values()) == numbers
    assert numbers - cost_of(spec, drawn=drawn, kept=True).answered == found["input"].size
    header = int.from_bytes(answer.content[:8], "little")
    assert len(answer.content) == 8 + header + 4 * numbers
    body = local.post(OPERATIONS, json=as_body(spec, picture(spec.shape) / 3, weights_of(spec)))
    assert body.status_code == 200


@settings(max_examples=40, deadline=None)
@given(spec=chains())
def test_what_is_held_is_what_was_counted(spec):
    """Of a pass with gradients all that layers copied is still there to be counted."""
    passes = []
    with pytest.MonkeyPatch.context() as patch:
        whole = run.Graph.forward
        patch.setattr(
            run.Graph, "forward", lambda *given: passes.append(whole(*given)) or passes[-1]
        )
        spec = GraphSpec(spec.shape, (*spec.layers, dense("scores", 2)))
        file = as_file(spec, picture(spec.shape), weights_of(spec), gradients="1")
        due = run.judged(run.sent_in(file, SAFETENSORS), SAFETENSORS)
        tensors = load(run.run(due).body)
    (passed,) = passes
    windows = {layer.name: 0 for layer in spec.layers}
    for name, cache in passed.caches.items():
        if isinstance(cache, ConvCache):
            windows[name] = cache.columns.size
        if isinstance(cache, SparseConvCache):
            windows[name] = sum(one.columns.size for one in cache.filters)
    for layer in spec.layers:
        shape = spec.shapes[layer.inputs[0]]
        if layer.kind in ("conv", "pool", "subsample"):
            cells = np.zeros(shape)
            framed = np.pad(cells, [(0, 0), *((one, one) for one in layer.padding)]).size
            copies = (layer.padding != (0, 0)) + 2 * (layer.mode == "l2")
            windows[layer.name] += framed * copies
    values = sum(one.size for one in passed.outputs.values())
    answered = sum(one.size for one in tensors.values())
    beside = max(values + max(windows.values()) + sum(windows.values()), answered)
    assert due.cost.held == answered + beside


def broken(draw, spec, arrays, layers):
    """Break one thing of a right graph; say which array it is about, if it is about one."""
    name = draw(st.sampled_from(sorted(arrays)))
    how = draw(st.sampled_from(("missing", "more", "sizes", "type", "infinite", "layer")))
    if how == "missing":
        del arrays[name]
    elif how == "more":
        arrays[SECRET] = np.ones(1, np.float32)
        return None
    elif how == "sizes":
        arrays[name] = np.concatenate([arrays[name], arrays[name]])
        if name == "input" and not any(one.kind in ("conv", "dense") for one in spec.layers):
            del arrays[name]
        elif name == "input":
            return None  # which of all weights does not fit any more is said
    elif how == "type":
        arrays[name] = arrays[name].astype(draw(st.sampled_from((np.float64, np.int32, np.bool_))))
    elif how == "infinite":
        wrong = arrays[name] = arrays[name].astype(np.float32)
        wrong.flat[draw(st.integers(0, wrong.size - 1))] = draw(
            st.sampled_from((np.nan, np.inf, -np.inf))
        )
    else:
        one = layers[draw(st.integers(0, len(layers) - 1))]
        field = draw(st.sampled_from(sorted(one)))
        ill = ("?", "", SECRET, None, True, [SECRET], {}, [[]], -1, 0.5, 10**400, float("nan"))
        one[field] = draw(st.sampled_from(ill))
        return None
    return name


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_graph_with_one_thing_broken_is_refused_with_what_it_is(local, data):
    spec = data.draw(chains())
    arrays = {"input": picture(spec.shape).astype(np.float32), **weights_of(spec)}
    layers = [layer_to_json(one) for one in spec.layers]
    name = broken(data.draw, spec, arrays, layers)
    body = save(
        {key: np.ascontiguousarray(one) for key, one in arrays.items()},
        {"layers": json.dumps(layers)},
    )
    answer = local.post(OPERATIONS, content=body, headers=FILE)
    if answer.status_code == 200:  # a name is as good as another, and padding may be true
        assert name is None
        return
    assert answer.status_code in (413, 422), answer.text
    problem = answer.json()
    assert problem["errors"] or problem["kind"].startswith(("many", "long"))
    if name is not None:
        assert problem["errors"][0]["pointer"] == f"#/{name}"
        assert name in problem["detail"] or problem["kind"] == "no-maps"


@settings(max_examples=150, deadline=None)
@given(spec=chains(), data=st.data())
def test_whatever_bytes_come_the_server_answers(local, spec, data):
    body = bytearray(as_file(spec, picture(spec.shape), weights_of(spec)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(body) - 1, 700)))
        body[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(body)))
    for sent in (bytes(body), bytes(body[:cut])):
        assert local.post(OPERATIONS, content=sent, headers=FILE).status_code in (
            *(200, 400, 413),
            422,
        )


@pytest.mark.parametrize("name", dear_graphs.BODIES)
def test_what_is_measured_as_dear_is_accepted(name):
    make, kind = dear_graphs.BODIES[name]
    run.judged(run.sent_in(make(), kind), SAFETENSORS)
