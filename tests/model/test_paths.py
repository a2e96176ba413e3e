"""Paths to a score: the strongest chains, all of them, and what muting one changes."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model import Network, NetworkSpec, load_network
from model.lenet import LENET
from model.lenet5 import LENET5
from model.mlp import MLP
from model.paths import junctions, paths
from model.spec import (
    InputSpec,
    add,
    concat,
    conv,
    dense,
    flatten,
    pool,
    relu,
    softmax,
    subsample,
)
from model.strongest import strongest
from tests.model.examples import GRAPH, graph_network, random_image
from tests.model.geometries import networks, seeds
from tests.model.test_derivatives import exact

SMALL = NetworkSpec(
    id="small",
    title="A skip connection and a concat",
    input=InputSpec(shape=(1, 5, 5), border=0),
    classes=tuple("abc"),
    layers=(
        conv("one", 2, kernel=2, padding=1, stride=2),
        relu("one-up"),
        conv("two", 2, kernel=3, padding=2, dilation=2),
        relu("two-up"),
        add("skip", "one-up", "two-up"),
        pool("winner", 2, stride=1),
        pool("mean", 2, stride=1, mode="average", inputs="skip"),
        subsample("learnt", 2, stride=1, inputs="skip"),
        concat("block", "winner", "mean", "learnt"),
        conv("narrow", 2, kernel=1, inputs="block", connections=((0, 3, 5), (1, 2, 4))),
        relu("narrow-up"),
        flatten("flat"),
        dense("hidden", 5),
        relu("hidden-up"),
        concat("both", "flat", "hidden-up"),
        dense("scores", 3),
        softmax("shares"),
    ),
)
"""Straight pieces of every kind; paths may pass by the maps, and by the hidden units."""

ROOTS = replace(
    SMALL,
    layers=tuple(
        replace(layer, mode="l2") if layer.name == "mean" else layer for layer in SMALL.layers
    ),
)
"""The same with roots of squares in it, which are no straight pieces."""


def lively(spec, seed):
    """A network in float64 with few dead cells, and an image."""
    network = exact(spec, seed)
    for name, values in network.parameters.items():
        if name.endswith(".bias"):
            np.abs(values, out=values)
    return network, np.random.default_rng(seed).standard_normal(spec.shape)


def terms(network, trace, layer, at):
    """The terms of one cell, by plain loops: (source, place there, what it is multiplied by)."""
    spec, name = network.spec.layer(layer), layer
    source = spec.inputs[0]
    shape = trace[source].shape
    weight = network.parameters.get(f"{name}.weight")
    if spec.kind == "dense":
        for number, place in enumerate(np.ndindex(shape)):
            yield source, place, float(weight[at[0], number])
    elif spec.kind == "relu":
        yield source, at, 1.0 if trace[source][at] > 0 else 0.0
    elif spec.kind == "flatten":
        yield source, tuple(int(one) for one in np.unravel_index(at[0], shape)), 1.0
    elif spec.kind == "add":
        yield from ((one, at, 1.0) for one in spec.inputs)
    elif spec.kind == "concat":
        channel = at[0]
        for one in spec.inputs:
            if 0 <= channel < len(trace[one]):
                yield one, (channel, *at[1:]), 1.0
            channel -= len(trace[one])
    else:
        yield from windowed(spec, weight, trace[source], at)


def windowed(spec, weight, below, at):
    """The same of what slides a window."""
    channel, row, column = at
    maps = range(len(below)) if spec.kind == "conv" else [channel]
    if spec.connections:
        maps = spec.connections[channel]
    cells = []
    for c, r, s in itertools.product(maps, range(spec.kernel[0]), range(spec.kernel[1])):
        y = row * spec.stride[0] - spec.padding[0] + r * spec.dilation[0]
        x = column * spec.stride[1] - spec.padding[1] + s * spec.dilation[1]
        if 0 <= y < below.shape[1] and 0 <= x < below.shape[2]:
            cells.append((c, y, x, r, s))
    largest = max(below[cell[:3]] for cell in cells)
    first = next(cell for cell in cells if below[cell[:3]] == largest)
    for c, y, x, r, s in cells:
        if spec.kind == "conv":
            yield spec.inputs[0], (c, y, x), float(weight[channel, c, r, s])
        elif spec.kind == "subsample":
            yield spec.inputs[0], (c, y, x), float(weight[channel])
        elif spec.mode == "max":
            yield spec.inputs[0], (c, y, x), float((c, y, x, r, s) == first)
        elif spec.mode == "l2":
            length = math.sqrt(sum(float(below[cell[:3]]) ** 2 for cell in cells))
            yield spec.inputs[0], (c, y, x), float(below[c, y, x]) / length if length else 0.0
        else:
            yield spec.inputs[0], (c, y, x), 1 / math.prod(spec.kernel)


def all_paths(network, trace, layer, at):
    """Every single path to a cell: (cells from the input on, product of its weights)."""
    if layer == "input":
        yield ((layer, at),), 1.0
        return
    for source, place, factor in terms(network, trace, layer, at):
        if factor:
            for cells, product in all_paths(network, trace, source, place):
                yield (*cells, (layer, at)), product * factor


def by_chain(network, image, layer, signs, names):
    """What each chain brings, its paths added one by one: {cells of the junctions: value}."""
    trace = {name: np.float64(values) for name, values in network.trace(image).items()}
    found = {}
    for place, sign in signs.items():
        for cells, product in all_paths(network, trace, layer, place):
            chain = tuple(cell for cell in cells if cell[0] in names)
            value = sign * product * trace["input"][cells[0][1]]
            found[chain] = found.get(chain, 0) + value
    return {chain: value for chain, value in found.items() if abs(value) > 1e-12}


def chains_of(found, shapes):
    """The chains that were found, as `by_chain` writes them: [(cells, value)]."""
    for cells, value in zip(found.cells.tolist(), found.values.tolist(), strict=True):
        places = (
            (name, tuple(int(one) for one in np.unravel_index(cell, shapes[name])))
            for name, cell in zip(found.junctions, cells, strict=True)
            if cell >= 0
        )
        yield tuple(places), value


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("against", [None, (2,)])
@pytest.mark.parametrize(
    "through",
    [
        None,
        (),
        ("input",),
        ("two-up", "hidden-up"),
        ("narrow", "flat"),
        ("skip", "block", "hidden"),
    ],
)
def test_chains_are_all_paths_added_one_by_one(through, against, seed):
    network, image = lively(SMALL, seed)
    found = paths(network, image, "scores", (1,), against, through=through, most=4)
    assert found.junctions == (("narrow-up", "both") if through is None else through)
    assert found.values.size
    signs = {(1,): 1} | ({against: -1} if against else {})
    expected = by_chain(network, image, "scores", signs, found.junctions)
    known = dict(chains_of(found, SMALL.shapes))
    for chain, value in known.items():
        assert value == pytest.approx(expected[chain], rel=1e-9, abs=1e-12)
    ordered = sorted(expected.values(), reverse=True)
    best = [value for value in ordered[:4] if value > 0]
    worst = [value for value in ordered[::-1][:4] if value < 0]
    np.testing.assert_allclose(found.values, best + worst, rtol=1e-9)
    assert len(known) == len(best) + len(worst)
    assert found.every == pytest.approx(sum(expected.values()), rel=1e-9, abs=1e-9)
    # and in a network of straight pieces that and the biases are the score
    assert found.exact
    assert abs(found.rest) < 1e-9
    scores = network.trace(image)["scores"]
    assert found.score == scores[1] - (scores[2] if against else 0)


@pytest.mark.parametrize("seed", range(3))
def test_a_root_of_squares_is_the_line_that_touches_it_which_misses_nothing(seed):
    """It has no straight piece, but all lines that touch it go through 0."""
    network, image = lively(ROOTS, seed)
    found = paths(network, image, "scores", (1,))
    trace = network.trace(image)
    expected = sum(
        product * image[cells[0][1]]
        for cells, product in all_paths(network, trace, "scores", (1,))
        if cells[0][0] == "input"
    )
    assert found.every == pytest.approx(expected, rel=1e-9)
    assert not found.exact
    assert abs(found.rest) < 1e-9


@pytest.mark.parametrize("through", [None, ("input",), ("one-up", "hidden-up"), ()])
def test_the_pixels_of_a_chain_are_those_that_its_paths_begin_with(through):
    network, image = lively(SMALL, 5)
    found = paths(network, image, "scores", (0,), through=through, most=3)
    trace = network.trace(image)
    for number, (chain, _) in enumerate(chains_of(found, SMALL.shapes)):
        expected = np.zeros(SMALL.shape)
        for cells, product in all_paths(network, trace, "scores", (0,)):
            if tuple(cell for cell in cells if cell[0] in found.junctions) == chain:
                expected[cells[0][1]] += product * image[cells[0][1]]
        np.testing.assert_allclose(found.pixels[number], expected, atol=1e-12)
        assert found.pixels[number].sum() == pytest.approx(found.values[number])


@given(networks(), seeds, st.data())
@settings(max_examples=60, deadline=None)
def test_all_chains_come_to_all_paths_whatever_the_junctions(spec, seed, data):
    network = exact(spec, seed)
    image = np.random.default_rng(seed).standard_normal(spec.shape)
    layer, score = spec.logits_layer, spec.shapes[spec.logits_layer]
    places = sorted(spec.before(layer), key=list(spec.shapes).index)
    through = data.draw(st.none() | st.sets(st.sampled_from(places), max_size=2))
    names = junctions(spec, layer) if through is None else through
    assume(math.prod(math.prod(spec.shapes[name]) for name in names) < 5000)
    index = tuple(0 for _ in score)
    found = paths(network, image, layer, index, through=through, most=100_000)
    assert found.values.sum() == pytest.approx(found.every, rel=1e-7, abs=1e-7)
    if found.exact:
        assert abs(found.rest) < 1e-9
    assert found.muted.shape == (len(found.values), *score)


@given(seeds, st.integers(1, 4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_strongest_chains_are_those_of_all_that_there_are(seed, stages, ties):
    rng = np.random.default_rng(seed)
    sizes = [*rng.integers(1, 4, stages - 1), 1]

    def some(*shape):
        return rng.integers(-2, 3, shape) / 1.0 if ties else rng.standard_normal(shape)

    entries = [some(size) for size in sizes]
    ways = [pair for pair in itertools.combinations(range(stages), 2) if rng.random() < 0.8]
    steps = {(a, b): some(sizes[b], sizes[a]) for a, b in ways}
    every = {}
    for choice in itertools.product(*(range(-1, size) for size in sizes[:-1]), [0]):
        chain = [(stage, cell) for stage, cell in enumerate(choice) if cell >= 0]
        if all((a, b) in steps for (a, _), (b, _) in itertools.pairwise(chain)):
            value = entries[chain[0][0]][chain[0][1]]
            for (a, i), (b, j) in itertools.pairwise(chain):
                value = value * steps[a, b][j, i]
            every[tuple(chain[:-1])] = value
    found = strongest(entries, steps, 5)
    best = [value for value in sorted(every.values(), reverse=True)[:5] if value > 0]
    np.testing.assert_allclose([chain.value for chain in found], best, rtol=1e-12)
    assert len({chain.cells for chain in found}) == len(found)
    for chain in found:
        assert every[chain.cells] == pytest.approx(chain.value)


def drawn(name, seed=0):
    """A network that comes along, and an image of thick strokes."""
    network = load_network(name)
    spec = network.spec
    ink = np.zeros(spec.shape)
    rng = np.random.default_rng(seed)
    row, column = rng.integers(5, 10, 2)
    ink[0, row : row + 3, 8:22] = ink[0, 7:24, column + 6 : column + 9] = 1
    return network, np.float32(ink * spec.input.scale + spec.input.offset)


@pytest.mark.parametrize("seed", range(3))
def test_in_lenet_all_paths_and_the_biases_are_the_score(seed):
    network, image = drawn("lenet", seed)
    scores = network.trace(image)["fc3"]
    for unit in range(10):
        found = paths(network, image, "fc3", (unit,))
        assert found.exact
        assert found.junctions == ("pool2", "relu4")
        assert found.every + found.biases == pytest.approx(scores[unit], abs=2e-5)
        assert found.rest == pytest.approx(0, abs=2e-5)
        # what a network without biases says where the same cells are alive
        assert found.every == pytest.approx(found.score - found.biases - found.rest)
        assert len(found.values) == 10
        assert (np.diff(found.values[:5]) <= 0).all()
        assert (np.diff(found.values[5:]) >= 0).all()
        assert found.values[4] > 0 > found.values[5]


@pytest.mark.parametrize(
    ("name", "layer", "names"),
    [("lenet5", "out", ("tanh4", "tanh6")), ("mlp", "fc3", ("tanh1", "tanh2"))],
)
def test_where_tanh_bends_the_error_is_that_of_straight_lines(name, layer, names):
    """All paths are how fast the score grows with the whole image, the biases how fast with them:
    two more forward passes each tell it, and with it what straight lines leave to be said."""
    network, image = drawn(name)
    wide = Network(network.spec, {n: np.float64(a) for n, a in network.parameters.items()})
    image = np.float64(image)

    def score(by_image, by_biases):
        scaled = {
            name: array * (by_biases if name.endswith(".bias") else 1)
            for name, array in wide.parameters.items()
        }
        return Network(wide.spec, scaled).forward(image[None] * by_image).outputs[layer][0]

    step = 1e-6
    every = (score(1 + step, 1) - score(1 - step, 1)) / (2 * step)
    biases = (score(1, 1 + step) - score(1, 1 - step)) / (2 * step)
    for unit in (3, 8):
        found = paths(network, np.float32(image), layer, (unit,))
        assert not found.exact
        assert found.junctions == names
        assert found.every == pytest.approx(every[unit], abs=1e-4)
        assert found.biases == pytest.approx(biases[unit], abs=1e-4)
        rest = score(1, 1)[unit] - every[unit] - biases[unit]
        assert abs(rest) > 0.1
        assert found.rest == pytest.approx(rest, abs=2e-4)


def test_a_difference_of_scores_is_that_of_its_paths():
    network, image = drawn("lenet")
    both = [paths(network, image, "fc3", (unit,)) for unit in (8, 3)]
    ahead = paths(network, image, "fc3", (8,), (3,))
    for name in ("score", "every", "biases", "rest"):
        first, second = (getattr(one, name) for one in both)
        assert getattr(ahead, name) == pytest.approx(first - second, abs=1e-9)
    change = ahead.muted[:, 8] - ahead.muted[:, 3] - ahead.score
    assert (change[:5] < 0).all()
    assert (change[5:] > 0).all()


def by_hand(network, image, cell, unit):
    """lenet's scores with one chain muted, matrix by matrix, in float64."""
    says = {name: np.float64(values) for name, values in network.trace(image).items()}
    own = {name: np.float64(values) for name, values in network.parameters.items()}
    blank = np.float64(network.trace(np.zeros_like(image))["pool2"]).ravel()
    maps = says["pool2"].ravel().copy()
    maps[cell] = blank[cell]
    first = np.maximum(own["fc1.weight"] @ maps + own["fc1.bias"], 0)
    second = np.maximum(own["fc2.weight"] @ first + own["fc2.bias"], 0)
    units = says["relu4"].copy()
    units[unit] = second[unit]
    return own["fc3.weight"] @ units + own["fc3.bias"]


@pytest.mark.parametrize("seed", range(3))
def test_a_muted_chain_is_a_forward_pass_by_hand(seed):
    network, image = drawn("lenet", seed)
    found = paths(network, image, "fc3", (4,))
    for (cell, unit), scores in zip(found.cells.tolist(), found.muted, strict=True):
        np.testing.assert_allclose(scores, by_hand(network, image, cell, unit), atol=1e-5)
    changes = found.muted[:, 4] - found.score
    assert np.abs(changes + found.values).max() > 1e-3  # not the same number


STRAIGHT = NetworkSpec(
    id="straight",
    title="Nothing bends",
    input=InputSpec(shape=(1, 5, 5), border=0),
    classes=tuple("abc"),
    layers=(
        conv("one", 2, kernel=3, padding=1),
        conv("two", 2, kernel=3, padding=1),
        add("skip", "one", "two"),
        subsample("small", 2),
        pool("mean", 2, mode="average", inputs="skip"),
        concat("both", "small", "mean"),
        dense("hidden", 3),
        dense("scores", 3),
    ),
)


def test_where_nothing_bends_muting_takes_away_what_the_chain_brings():
    """Through a skip and a concat, past junctions and through them, to the last digit."""
    network, image = lively(STRAIGHT, 2)
    for through in (None, ("two", "hidden"), ("input",), ()):
        found = paths(network, image, "scores", (1,), through=through)
        changes = found.muted[:, 1] - found.score
        np.testing.assert_allclose(changes, -found.values, atol=1e-10)
        assert len(changes)


def test_muting_goes_past_a_junction_only_where_the_chain_does():
    """Of a chain that passes the hidden units by, they go on saying what they said."""
    network, image = lively(SMALL, 1)
    found = paths(network, image, "scores", (1,), through=("narrow-up", "hidden-up"), most=50)
    says, own = network.trace(image), network.parameters
    blank = network.trace(np.zeros_like(image))["narrow-up"].ravel()
    ways = set()
    for (cell, unit), scores in zip(found.cells.tolist(), found.muted, strict=True):
        flat, hidden = says["flat"].copy(), says["hidden-up"].copy()
        told = flat.copy()
        told[cell] = blank[cell]
        if unit < 0:
            flat = told
        else:
            hidden[unit] = max(0, own["hidden.weight"][unit] @ told + own["hidden.bias"][unit])
        expected = own["scores.weight"] @ np.concatenate([flat, hidden]) + own["scores.bias"]
        np.testing.assert_allclose(scores, expected, atol=1e-12)
        ways.add(unit < 0)
    assert ways == {True, False}


@pytest.mark.parametrize(
    ("spec", "layer", "names"),
    [
        (LENET, "fc3", ("pool2", "relu4")),
        (LENET5, "out", ("tanh4", "tanh6")),
        (MLP, "fc3", ("tanh1", "tanh2")),
        (GRAPH, "scores", ("total", "squash")),
        (LENET, "conv1", ("input",)),
        (LENET, "input", ()),
        (SMALL, "scores", ("narrow-up", "both")),
    ],
)
def test_junctions_are_the_last_maps_and_the_last_units(spec, layer, names):
    assert junctions(spec, layer) == names


def test_in_the_made_up_graph_rows_say_what_first_order_does():
    network = graph_network()
    image = random_image(GRAPH)
    found = paths(network, image, "scores", (3,))
    assert not found.exact
    assert found.score == pytest.approx(found.every + found.biases + found.rest)
    np.testing.assert_allclose(found.pixels.sum(axis=(1, 2, 3)), found.values, rtol=1e-6)


@pytest.mark.parametrize("index", [(10,), (-1,), (1, 0), ()])
def test_a_score_that_does_not_exist_is_an_index_error(index):
    network, image = drawn("lenet")
    with pytest.raises(IndexError):
        paths(network, image, "fc3", index)


def test_a_junction_after_the_score_is_refused():
    network, image = drawn("lenet")
    with pytest.raises(ValueError, match="softmax is no layer before fc3"):
        paths(network, image, "fc3", (1,), through=("softmax",))
