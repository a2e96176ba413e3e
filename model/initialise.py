"""First values of the weights: random, and just large enough that signals keep their size."""

import math
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from model.arrays import Array
from model.graph_spec import GraphSpec
from model.parameters import Parameter
from model.shapes import Shape

Method = Literal["he", "glorot"]
Draw = Callable[[Shape, np.random.Generator], Array]


def he(shape: Shape, rng: np.random.Generator) -> Array:
    """Draw from a normal distribution with variance 2 / fan in: right before a relu.

    He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015, equation 10.
    """
    fan_in = math.prod(shape[1:])
    return (rng.standard_normal(shape) * math.sqrt(2 / fan_in)).astype(np.float32)


def glorot(shape: Shape, rng: np.random.Generator) -> Array:
    """Draw evenly from ±sqrt(6 / (fan in + fan out)): right before a tanh.

    Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", AISTATS 2010, equation 16.
    """
    fan_in, fan_out = math.prod(shape[1:]), shape[0] * math.prod(shape[2:])
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, shape).astype(np.float32)


def normal(deviation: float) -> Draw:
    """Draw from a normal distribution of this standard deviation, whatever the layer reads."""
    return lambda shape, rng: (rng.standard_normal(shape) * deviation).astype(np.float32)


def equal(value: float) -> Draw:
    """Give all weights one value, so that training cannot tell the units of a layer apart."""
    return lambda shape, rng: np.full(shape, value, np.float32)


METHODS: Mapping[str, Draw] = {"he": he, "glorot": glorot}


def parameters(
    spec: GraphSpec, rng: np.random.Generator, method: Method | Draw = "he"
) -> dict[str, Array]:
    """Give all parameters of a graph their first values, in the order of its layers.

    method: by name, or what draws the weights (`normal`, `equal`) whatever a unit reads.

    What each begins with stands in the table of kinds (`model/parameters.py`). Those that are drawn
    are weights (K, C, R, S) or (K, N), float32; K units or maps out, the rest is the fan in. Where
    a filter reads only some maps, its weights are larger by as much as there are fewer (where the
    method has a name), and those of the others 0.
    """
    if isinstance(method, str) and method not in METHODS:
        raise ValueError(f"The method must be one of {', '.join(METHODS)}, not {method!r}.")
    draw = METHODS[method] if isinstance(method, str) else method
    return {
        f"{layer}.{one.name}": _first(one, draw, rng, grown=isinstance(method, str))
        for layer, learnt in spec.parameters.items()
        for one in learnt
    }


def _first(parameter: Parameter, draw: Draw, rng: np.random.Generator, *, grown: bool) -> Array:
    if parameter.first is not None:
        return np.full(parameter.shape, parameter.first, np.float32)
    values = draw(parameter.shape, rng)
    reads = parameter.connected
    if reads is not None:
        more = np.sqrt(reads.shape[1] / reads.sum(axis=1, keepdims=True)) if grown else 1.0
        values *= (reads * more).astype(np.float32)[:, :, None, None]
    return values
