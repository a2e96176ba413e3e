"""First values of the weights: random, and just large enough that signals keep their size."""

import math
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from model.arrays import Array
from model.layer_spec import Connections
from model.shapes import Shape
from model.spec import NetworkSpec

Method = Literal["he", "glorot"]


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


METHODS: Mapping[str, Callable[[Shape, np.random.Generator], Array]] = {"he": he, "glorot": glorot}


def parameters(
    spec: NetworkSpec, rng: np.random.Generator, method: Method = "he"
) -> dict[str, Array]:
    """Draw all weights of a network, in the order of its layers; biases start at zero.

    weight (K, C, R, S) or (K, N), float32; K units or maps out, the rest is the fan in. Where a
    filter reads only some maps, its weights are larger by as much as there are fewer, and those of
    the others 0. A subsampling begins as the average.
    """
    if method not in METHODS:
        raise ValueError(f"The method must be one of {', '.join(METHODS)}, not {method!r}.")
    found = {
        name: METHODS[method](shape, rng) if len(shape) > 1 else np.zeros(shape, np.float32)
        for name, shape in spec.parameter_shapes.items()
    }
    for layer in spec.layers:
        if layer.kind == "subsample":
            found[f"{layer.name}.weight"][:] = 1 / math.prod(layer.kernel)
        if layer.connections is not None:
            weight = found[f"{layer.name}.weight"]
            reads = connected(layer.connections, weight.shape[1])
            more = np.sqrt(weight.shape[1] / reads.sum(axis=1, keepdims=True))
            weight *= (reads * more).astype(np.float32)[:, :, None, None]
    return found


def connected(connections: Connections, maps: int) -> npt.NDArray[np.bool_]:
    """Draw a table of connections: (K, C), true where map k reads map c of the `maps` below."""
    table = np.zeros((len(connections), maps), np.bool_)
    for k, reads in enumerate(connections):
        table[k, list(reads)] = True
    return table
