import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.layers import add, concat, flatten
from tests.model.geometries import seeds
from tests.model.gradcheck import check_backward

tails = st.sampled_from([(), (2, 3), (1, 4)])


@given(st.integers(2, 4), st.integers(1, 3), st.integers(1, 3), tails, seeds)
@settings(max_examples=30, deadline=None)
def test_add_sums_cell_by_cell(count, batch, channels, tail, seed):
    rng = np.random.default_rng(seed)
    xs = [rng.standard_normal((batch, channels, *tail)) for _ in range(count)]
    before = [x.copy() for x in xs]
    y, _ = add.forward(*xs)
    for place in np.ndindex(y.shape):
        np.testing.assert_allclose(y[place], sum(float(x[place]) for x in xs), atol=1e-12)
    for x, unchanged in zip(xs, before, strict=True):
        np.testing.assert_array_equal(x, unchanged)
    check_backward(add.forward, add.backward, *xs, seed=seed)


@given(st.lists(st.integers(1, 3), min_size=2, max_size=4), st.integers(1, 3), tails, seeds)
@settings(max_examples=30, deadline=None)
def test_concat_stacks_channels_in_order(channels, batch, tail, seed):
    rng = np.random.default_rng(seed)
    xs = [rng.standard_normal((batch, count, *tail)) for count in channels]
    y, _ = concat.forward(*xs)
    for image in range(batch):
        stacked = [x[image, c] for x in xs for c in range(x.shape[1])]
        np.testing.assert_array_equal(y[image], stacked)
    check_backward(concat.forward, concat.backward, *xs, seed=seed)


@given(st.tuples(*[st.integers(1, 3)] * 4), seeds)
@settings(max_examples=20, deadline=None)
def test_flatten_reads_channel_by_channel_row_by_row(shape, seed):
    x = np.random.default_rng(seed).standard_normal(shape)
    y, _ = flatten.forward(x)
    for image in range(shape[0]):
        np.testing.assert_array_equal(y[image], [x[image][at] for at in np.ndindex(shape[1:])])
    check_backward(flatten.forward, flatten.backward, x, seed=seed)


def test_flatten_leaves_units_as_they_are():
    x = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(flatten.forward(x)[0], x)
