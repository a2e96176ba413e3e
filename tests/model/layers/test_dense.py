import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.layers import dense
from tests.model.geometries import seeds
from tests.model.gradcheck import check_backward

shapes = st.one_of(
    st.tuples(st.integers(1, 3), st.integers(1, 7)),
    st.tuples(*[st.integers(1, 3)] * 4),
)


def arrays(shape, units, seed):
    rng = np.random.default_rng(seed)
    sizes = shape, (units, int(np.prod(shape[1:]))), (units,)
    return [rng.standard_normal(size) for size in sizes]


@given(shapes, st.integers(1, 4), seeds)
@settings(max_examples=40, deadline=None)
def test_forward_equals_plain_loops_over_cells_in_c_order(shape, units, seed):
    x, weight, bias = arrays(shape, units, seed)
    y, _ = dense.forward(x, weight, bias)
    for image in range(shape[0]):
        cells = [x[image][place] for place in np.ndindex(shape[1:])]
        for unit in range(units):
            total = bias[unit] + sum(w * c for w, c in zip(weight[unit], cells, strict=True))
            np.testing.assert_allclose(y[image, unit], total, rtol=1e-12, atol=1e-12)


@given(shapes, st.integers(1, 4), seeds)
@settings(max_examples=40, deadline=None)
def test_backward_equals_differences(shape, units, seed):
    check_backward(dense.forward, dense.backward, *arrays(shape, units, seed), seed=seed)


def test_float32_stays_float32():
    x, weight, bias = (np.ones(s, np.float32) for s in [(2, 1, 2, 2), (3, 4), (3,)])
    y, cache = dense.forward(x, weight, bias)
    assert {array.dtype for array in (y, *dense.backward(y, cache))} == {np.dtype(np.float32)}
