"""Small graphs of all kinds of layers, for Hypothesis."""

from hypothesis import assume
from hypothesis import strategies as st

from model import GraphSpec
from model.spec import (
    SpecError,
    add,
    concat,
    conv,
    dense,
    dropout,
    flatten,
    pool,
    ratio,
    relu,
    sigmoid,
    softmax,
    square,
    subsample,
    tanh,
)

sizes = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def _connections(draw, channels, below):
    maps = st.sets(st.integers(0, below - 1), min_size=1).map(lambda one: tuple(sorted(one)))
    return tuple(draw(maps) for _ in range(channels))


@st.composite
def _layer(draw, name, spec_so_far):
    """A layer after those there are; whether it fits is not known."""
    kinds = ("conv", "conv", "pool", "pool", "subsample", "merge", "simple", "units")
    kind = draw(st.sampled_from(kinds))
    before = [INPUT_NAME, *spec_so_far]
    kernel = draw(sizes)
    padding = tuple(draw(st.integers(0, size - 1)) for size in kernel)
    geometry = {"kernel": kernel, "stride": draw(sizes), "padding": padding}
    if kind == "conv":
        channels = draw(st.integers(1, 3))
        below = spec_so_far[before[-1]][0] if spec_so_far else None
        table = draw(_connections(channels, below)) if below and draw(st.booleans()) else None
        dilation = draw(st.integers(1, 2))
        return conv(name, channels, **geometry, dilation=dilation, connections=table)
    if kind == "pool":
        return pool(name, **geometry, mode=draw(st.sampled_from(("max", "average", "sum", "l2"))))
    if kind == "subsample":
        return subsample(name, **geometry)
    if kind == "merge" and len(before) > 1:
        two = draw(st.lists(st.sampled_from(before), min_size=2, max_size=3, unique=True))
        return draw(st.sampled_from((add, concat)))(name, *two)
    if kind == "units":
        return draw(st.sampled_from((flatten(name), dense(name, 3), softmax(name), ratio(name))))
    simple = (relu, tanh, sigmoid, square, lambda name: dropout(name, 0.5))
    return draw(st.sampled_from(simple))(name)


INPUT_NAME = "input"


@st.composite
def chains(draw):
    """A graph of one layer to five; what does not fit is left out."""
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(1, 9)))
    layers = ()
    shapes = {}
    for number in range(draw(st.integers(1, 5))):
        try:
            layer = draw(_layer(f"l{number}", shapes))
            spec = GraphSpec(shape, (*layers, layer))
        except SpecError:
            continue
        layers = spec.layers
        shapes = {one.name: spec.shapes[one.name] for one in layers}
    assume(layers)
    return GraphSpec(shape, layers)
