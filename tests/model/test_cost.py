"""What a graph costs and sees is counted once more, one product and one cell after the other."""

import math
from itertools import product

import numpy as np
from hypothesis import given, settings

from model import Graph, GraphSpec
from model.cost import laid_out, multiply_adds, read, receptive_fields
from model.initialise import parameters
from model.layers.conv import ConvCache
from model.layers.l2_pool import L2PoolCache
from model.layers.sparse_conv import SparseConvCache
from model.spec import conv, dense, flatten, pool, relu
from tests.model.chains import chains


def counted(spec, layer):
    """Products with a weight, and cells read; windows are read once for all filters."""
    below, shape = spec.shapes[layer.inputs[0]], spec.shapes[layer.name]
    products, cells = 0, 0
    if layer.kind == "conv":
        for k, _, _ in product(*map(range, shape)):
            maps = layer.connections[k] if layer.connections else range(below[0])
            for _, _, _ in product(maps, *map(range, layer.kernel)):
                products += 1
                cells += 1 if layer.connections or k == 0 else 0
        return products, cells
    if layer.kind == "dense":
        for _, _ in product(range(shape[0]), range(math.prod(below))):
            products += 1
        return products, math.prod(below)
    if layer.kind in ("pool", "subsample"):
        for _ in product(*map(range, shape)):
            products += layer.kind == "subsample"
            for _ in product(*map(range, layer.kernel)):
                cells += 1
        return products, cells
    return 0, sum(math.prod(spec.shapes[name]) for name in layer.inputs)


def copied(spec, layer, cache, below):
    """What a layer really copied: its padded maps, its windows, its squares."""
    framed = 0
    if layer.padding != (0, 0):
        (down, right) = layer.padding
        framed = np.pad(below, ((0, 0), (down, down), (right, right))).size
    if isinstance(cache, ConvCache):
        return framed + cache.columns.size
    if isinstance(cache, SparseConvCache):
        return framed + sum(one.columns.size for one in cache.filters)
    if isinstance(cache, L2PoolCache):
        return framed + 2 * cache.around.size
    return framed


@settings(max_examples=120, deadline=None)
@given(spec=chains())
def test_what_is_told_from_shapes_is_what_a_pass_takes(spec):
    graph = Graph(spec, parameters(spec, np.random.default_rng(0)))
    passed = graph.forward(np.ones((1, *spec.shape), np.float32))
    for layer in spec.layers:
        assert (multiply_adds(spec, layer), read(spec, layer)) == counted(spec, layer)
        below = passed.outputs[layer.inputs[0]][0]
        assert laid_out(spec, layer) == copied(spec, layer, passed.caches[layer.name], below)


def seen(spec, axis):
    """Of each layer the most rows or columns of the input that one cell depends on, by NaN."""
    weights = {name: np.ones_like(one) for name, one in parameters(spec, _RNG).items()}
    graph = Graph(spec, weights)
    hit = {name: [] for name in spec.shapes}
    for at in range(spec.shape[1 + axis]):
        image = np.ones(spec.shape, np.float64)
        image[(slice(None),) * (1 + axis) + (at,)] = np.nan
        doubles = {name: one.astype(np.float64) for name, one in graph.parameters.items()}
        outputs = Graph(spec, doubles)._run(image[None]).outputs
        for name, values in outputs.items():
            hit[name].append(np.isnan(values[0]).ravel())
    found = {}
    for name, rows in hit.items():
        table = np.array(rows)  # (places of the input, cells)
        touched = [np.flatnonzero(column) for column in table.T if column.any()]
        found[name] = max(int(one[-1] - one[0]) + 1 for one in touched)
    return found


_RNG = np.random.default_rng(0)


@settings(max_examples=40, deadline=None)
@given(spec=chains())
def test_a_receptive_field_is_what_a_cell_far_from_the_borders_depends_on(spec):
    fields = receptive_fields(spec)
    framed = any(layer.padding != (0, 0) for layer in spec.layers)
    spread = any(layer.dilation != (1, 1) for layer in spec.layers)  # may step over the first cells
    wholes = {layer.name for layer in spec.layers if layer.kind == "dense" and not spread}
    for axis in range(2):
        for name, size in seen(spec, axis).items():
            if framed and name not in wholes:  # near the borders all cells may be
                assert size <= fields[name][axis]
            else:
                assert size == fields[name][axis]


def test_what_a_padded_window_leaves_out_is_left_out_above_it():
    for side, first, field in ((8, conv("a", 1, kernel=3, stride=4), 7), (28, pool("a", 3), 27)):
        layers = (first, conv("b", 1, kernel=3, padding=1), dense("scores", 2))
        fields = receptive_fields(GraphSpec((1, side, side), layers))
        assert fields["scores"] == (field, field)


def test_receptive_fields_of_known_networks():
    spec = GraphSpec(
        (1, 32, 32),
        (
            conv("conv1", 6, kernel=5),
            pool("pool1", 2),
            conv("conv2", 16, kernel=5, dilation=2),
            relu("relu2"),
            flatten("row"),
            dense("fc", 10),
        ),
    )
    fields = receptive_fields(spec)
    assert [fields[name] for name in ("conv1", "pool1", "conv2", "row")] == [
        (5, 5),
        (6, 6),
        (22, 22),
        (22, 22),
    ]
    assert fields["fc"] == (32, 32)
    assert multiply_adds(spec, spec.layer("conv1")) == 117_600


def test_a_dense_layer_in_the_place_of_conv1_is_counted_without_being_made():
    spec = GraphSpec((1, 32, 32), (dense("fc", 6 * 28 * 28),))
    assert spec.parameter_count("fc") == 4_821_600
    assert multiply_adds(spec, spec.layer("fc")) == 4_816_896
