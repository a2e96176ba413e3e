"""Maps of inputs that are moved, compared with those before, and held to plain loops."""

import cmath
import json
import math
from itertools import product

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

NOTHING = {"down": 0, "right": 0, "rotation": 0, "scale": 1}
NEAR = 1e-9
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


def came_from(row, column, shape, move):
    """Where what is there now was before: a turn is a product of complex numbers, y upwards."""
    down, right, rotation, scale = {**NOTHING, **move}.values()
    middle = complex((shape[2] - 1) / 2, -(shape[1] - 1) / 2)
    away = complex(column, -row) - middle - complex(right, -down)
    found = middle + away / cmath.rect(scale, math.radians(rotation))
    return -found.imag, found.real


def looked_up(grid, row, column):
    """Bilinear by hand: four cells, 0 outside."""
    value = 0.0
    for i, j in product(*((math.floor(at), math.floor(at) + 1) for at in (row, column))):
        if 0 <= i < grid.shape[0] and 0 <= j < grid.shape[1]:
            value += (1 - abs(row - i)) * (1 - abs(column - j)) * float(grid[i, j])
    return value


def seen(spec, layer, cell, axis):
    """The first and the last row (or column) of the input that a cell depends on; None of all."""
    if layer == "input":
        return cell, cell
    one = next(one for one in spec.layers if one.name == layer)
    if one.kind in ("flatten", "dense", "softmax", "ratio"):
        return None
    span = (cell,)
    if one.kind in ("conv", "pool", "subsample"):
        start = cell * one.stride[axis] - one.padding[axis]
        last = (one.kernel[axis] - 1) * (one.dilation or (1, 1))[axis]
        span = (start, start + last)
    ends = [seen(spec, below, at, axis) for below in one.inputs for at in span]
    if None in ends:
        return None
    return min(first for first, _ in ends), max(last for _, last in ends)


class Side:
    """Rows, or columns, of a map: what each of its cells sees of the input."""

    def __init__(self, spec, layer, axis):
        self.cells = spec.shapes[layer][1 + axis]
        self.size = spec.shape[1 + axis]
        self.seen = [seen(spec, layer, cell, axis) for cell in range(self.cells)]
        self.regular = None not in self.seen
        if not self.regular:
            return
        self.middles = [(first + last) / 2 for first, last in self.seen]
        steps = {b - a for a, b in zip(self.middles, self.middles[1:], strict=False)}
        wide = {last - first for first, last in self.seen}
        self.regular = len(steps) < 2 and len(wide) < 2
        self.whole = [first >= 0 and last < self.size for first, last in self.seen]

    def looked_up(self, place):
        """Between which cells a place of the input lies; None where they see beyond the border."""
        if self.cells == 1:
            close = abs(place - self.middles[0]) <= NEAR
            return 0.0 if close and self.whole[0] else None
        at = (place - self.middles[0]) / (self.middles[1] - self.middles[0])
        near = round(at) if abs(at - round(at)) <= NEAR else at
        around = (math.floor(near), math.ceil(near))
        if not all(0 <= one < self.cells and self.whole[one] for one in around):
            return None
        return at


def compared(spec, layer, before, after, move):
    """[cells, before, along] in plain loops; None where cells are nowhere in the input."""
    down, right = (Side(spec, layer, axis) for axis in range(2))
    if not (down.regular and right.regular):
        return None
    counted, sums = 0, np.zeros((3, len(before)))
    for i, j in product(range(down.cells), range(right.cells)):
        corners = product(down.seen[i], right.seen[j])
        sources = [came_from(*one, spec.shape, move) for one in corners]
        if not all(
            -NEAR <= at <= side.size - 1 + NEAR
            for source in sources
            for at, side in zip(source, (down, right), strict=True)
        ):
            continue
        row, column = came_from(down.middles[i], right.middles[j], spec.shape, move)
        row, column = down.looked_up(row), right.looked_up(column)
        if row is None or column is None or not (down.whole[i] and right.whole[j]):
            continue
        counted += 1
        for k in range(len(before)):
            here, now = float(before[k, i, j]), float(after[k, i, j])
            along = looked_up(before[k], row, column)
            sums[:, k] += here**2, (now - here) ** 2, (now - along) ** 2
    whole, changed, astray = np.sqrt(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        return counted, changed / whole, astray / whole


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
        left_out = truths.keys() - layers.keys()
        # In a single row nobody can tell how far its cells lie apart.
        assert all(truths[one] is None or 1 in spec.shapes[one][1:] for one in left_out)
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
