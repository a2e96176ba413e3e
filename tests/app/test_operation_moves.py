"""Maps of inputs that are moved, compared with those before, and held to plain loops."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load

from app.operations.limits import cost_of
from app.schemas import MOST_MOVES
from model import Graph, GraphSpec
from model.spec import conv, dense, pool, relu
from tests.app.graphs import AS_JSON, FILE, OPERATIONS, as_body, as_file, picture, weights_of
from tests.app.test_derivatives import metadata_of
from tests.app.test_refusals import assert_problem, worded
from tests.model.chains import chains
from tests.moved import came_from, compared, looked_up

moves = st.fixed_dictionaries(
    {},
    optional={
        "down": st.integers(-3, 3),
        "right": st.integers(-3, 3),
        "rotation": st.sampled_from((-45, -20, 7.5, 30)),
        "scale": st.sampled_from((0.5, 0.8, 1.1, 1.5)),
    },
)


def asked(local, spec, image, weights, *wished, **more):
    said = {"moves": json.dumps(wished), **more}
    answer = local.post(OPERATIONS, content=as_file(spec, image, weights, **said), headers=FILE)
    assert answer.status_code == 200, answer.text
    return load(answer.content), json.loads(metadata_of(answer.content)["moves"])


def same(said, truth):
    found = [float("nan") if one is None else one for one in said]
    expected = np.where(np.isfinite(truth), truth, np.nan)
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-5)


@settings(max_examples=80, deadline=None)
@given(spec=chains(), wished=st.lists(moves, min_size=1, max_size=3))
def test_every_map_is_compared_as_plain_loops_compare_it(local, spec, wished):
    weights, image = weights_of(spec), picture(spec.shape).astype(np.float32) / 255 + 0.1
    tensors, found = asked(local, spec, image, weights, *wished)
    graph = Graph(spec, weights)
    for move, moved, layers in zip(wished, tensors["input.moved"], found, strict=True):
        for (channel, row, column), value in np.ndenumerate(moved):
            place = came_from(row, column, spec.shape, move)
            assert value == pytest.approx(looked_up(image[channel], *place), abs=1e-5)
        before, after = graph.trace(image), graph.trace(moved)
        maps = {name for name, shape in spec.shapes.items() if len(shape) == 3}
        truths = {
            name: compared(spec, name, before[name], after[name], move) for name in sorted(maps)
        }
        assert {name for name, truth in truths.items() if truth is not None} == layers.keys()
        for name, (cells, unlike, astray) in layers.items():
            truth = truths[name]
            assert cells == truth[0]
            same(unlike, truth[1])
            same(astray, truth[2])


def test_a_map_moves_along_by_whole_cells_and_a_pooled_one_not_by_half(local):
    spec = GraphSpec((1, 12, 12), (conv("c", 2, kernel=3), relu("r"), pool("p", 2), dense("d", 3)))
    image = picture(spec.shape)
    weights = {name: np.abs(one) for name, one in weights_of(spec).items()}
    by = [{"right": right} for right in range(-2, 3)]
    tensors, found = asked(local, spec, image, weights, *by)
    assert tensors["input.moved"].shape == (5, 1, 12, 12)
    np.testing.assert_array_equal(tensors["input.moved"][2], tensors["input"])
    for right, layers in zip(range(-2, 3), found, strict=True):
        assert list(layers) == ["input", "c", "r", "p"]
        assert layers["input"][0] == 12 * (12 - abs(right))
        assert layers["r"][0] == 10 * (10 - abs(right))
        assert layers["p"][0] == 5 * (5 - math.ceil(abs(right) / 2))
        for name, (_, unlike, astray) in layers.items():
            assert (max(unlike) < 1e-6) == (right == 0)
            assert (max(astray) < 1e-6) == (name != "p" or right % 2 == 0)


def test_cells_that_see_padding_do_not_count_on_either_side(local):
    spec = GraphSpec((1, 12, 12), (conv("c", 1, kernel=3, padding=1),))
    by = [{"right": -1}, {"right": 1}, {"down": 2}]
    _, found = asked(local, spec, picture(spec.shape), weights_of(spec), *by)
    assert [layers["c"][0] for layers in found] == [10 * 9, 10 * 9, 8 * 10]


def test_nothing_but_zeros_and_no_cell_are_no_share_and_json_says_the_same(local):
    spec = GraphSpec((1, 4, 4), (pool("p", 4), relu("r", "input")))
    blank = np.zeros(spec.shape, np.float32)
    _, found = asked(local, spec, blank, {}, {}, {"down": 9})
    assert found[0] == {
        "input": [16, [None], [None]],
        "p": [1, [None], [None]],
        "r": [16, *found[0]["r"][1:]],
    }
    assert found[1]["p"] == [0, [None], [None]]
    body = as_body(spec, picture(spec.shape) / 7, {}) | {"moves": [{"down": 1, "scale": 1.25}]}
    file = local.post(OPERATIONS, json=body)
    said = local.post(OPERATIONS, json=body, headers=AS_JSON).json()
    assert said["__metadata__"] == metadata_of(file.content)
    assert said["input.moved"]["data"] == load(file.content)["input.moved"].ravel().tolist()


WRONG = {
    "no move": ([], "no moves", "#/moves"),
    "an object": ({}, "list", "#/moves"),
    "too many": ([{}] * (MOST_MOVES + 1), f"{MOST_MOVES} moves", "#/moves"),
    "half a row": ([{"down": 0.5}], "whole number", "#/moves/0/down"),
    "too far": ([{}, {"right": 11}], "10", "#/moves/1/right"),
    "too large": ([{"scale": 1.6}], "1.5", "#/moves/0/scale"),
    "turned by NaN": ([{"rotation": float("nan")}], "finite", "#/moves/0/rotation"),
    "another field": ([{"left": 1}], "down", "#/moves/0/left"),
    "a number": ([3], "object", "#/moves/0"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_move_is_refused_with_a_sentence(local, what):
    wished, word, pointer = WRONG[what]
    spec = GraphSpec((1, 4, 4), (pool("p", 2),))
    body = json.dumps({**as_body(spec, picture(spec.shape), {}), "moves": wished})
    headers = {"content-type": "application/json"}
    problem = assert_problem(local.post(OPERATIONS, content=body, headers=headers), 422)
    assert word in problem.detail
    assert problem.detail.endswith(worded(problem))
    assert problem.errors[0].pointer == pointer


@settings(max_examples=30, deadline=None)
@given(spec=chains(), count=st.integers(1, 3))
def test_what_is_answered_with_moves_is_what_was_counted(local, spec, count):
    tensors, _ = asked(local, spec, picture(spec.shape), weights_of(spec), *[{"down": 1}] * count)
    assert sum(one.size for one in tensors.values()) == cost_of(spec, moves=count).answered
