"""Generated networks that the fast path treats in its own ways, and networks of whole numbers."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from model import LayerSpec, Network, NetworkSpec
from model.spec import InputSpec, conv, dense, output_size, pool, relu, softmax, tanh
from tests.model.geometries import connections


@st.composite
def pooled_networks(draw: Any) -> NetworkSpec:
    """Convolutions before pooling, with all that makes the fast path join them, or not."""
    image = draw(st.integers(1, 2)), draw(st.integers(8, 13)), draw(st.integers(8, 13))
    maps, size, layers = image[0], list(image[1:]), list[LayerSpec]()
    for number in range(draw(st.integers(1, 2))):
        kernel = draw(st.sampled_from([(1, 1), (2, 3), (3, 3), (4, 3), (3, 5), (5, 5)]))
        dilation = draw(st.sampled_from([(1, 1), (1, 1), (2, 2), (1, 2)]))
        padding = draw(st.integers(0, kernel[0] - 1)), draw(st.integers(0, kernel[1] - 1))
        stride = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (1, 2), (2, 2)]))
        axes = zip(size, kernel, stride, padding, dilation, strict=True)
        after = [output_size(*axis) // 2 for axis in axes]
        if min(after) < 1 or any(d > cells for d, cells in zip(dilation, size, strict=True)):
            break
        channels, size = draw(st.integers(1, 3)), after
        table = draw(st.none() | connections(channels, maps))
        maps, name = channels, f"conv{number}"
        geometry = {"stride": stride, "padding": padding, "dilation": dilation}
        layers.append(conv(name, channels, kernel=kernel, **geometry, connections=table))
        bend = draw(st.sampled_from([None, relu, relu, tanh]))
        if bend:
            layers.append(bend(f"bend{number}"))
        window = draw(st.sampled_from([(2, 2), (2, 2), (2, 2), (2, 1)]))
        layers.append(pool(f"pool{number}", window, stride=2))
    layers += [dense("hidden", 4), relu("cut"), dense("scores", 3), softmax("shares")]
    if layers[0].name == "hidden":
        layers[0] = dense("hidden", 4, "input")
    return NetworkSpec("p", "P", InputSpec(image, 0), ("a", "b", "c"), tuple(layers))


def exact(spec: NetworkSpec, seed: int) -> Network:
    """In float64, so that a wrong number can't pass for rounding; biases too."""
    rng = np.random.default_rng(seed)
    shapes = spec.parameter_shapes.items()
    return Network(spec, {name: rng.normal(0, 0.5, shape) for name, shape in shapes})


def whole(spec: NetworkSpec, seed: int) -> Network:
    """Weights -1, 0 and 1 in float32: sums of whole numbers are exact, and there are many ties."""
    rng = np.random.default_rng(seed)
    shapes = spec.parameter_shapes.items()
    return Network(spec, {n: rng.integers(-1, 2, shape).astype(np.float32) for n, shape in shapes})


def noise(spec: NetworkSpec, count: int, seed: int, dtype: Any = np.float64) -> np.ndarray:
    """Images of noise."""
    return np.random.default_rng(seed).random((count, *spec.input.shape)).astype(dtype)
