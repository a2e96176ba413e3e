"""Whether numbers of a network can grow beyond float32: then none of it is worth a warning."""

from collections.abc import Mapping
from math import prod

import numpy as np

from model.arrays import Array
from model.layer_spec import LayerSpec
from model.spec import GraphSpec

_SAFE = 1e30
"""float32 ends at 3.4e38; what is between leaves room for the inputs."""


def may_overflow(spec: GraphSpec, parameters: Mapping[str, Array]) -> bool:
    """Bound how much numbers and derivatives can grow on their way through all layers.

    Each layer counts with the sum of all its weights, which is far more than any cell of it can
    add up: a trained lenet comes to 1e12. Weights near 3e38 are beyond every bound.
    """
    growth = 1.0
    for layer in spec.layers:
        arrays = (parameters[name] for name in spec.parameters_of(layer.name))
        weights = sum(float(np.abs(one).sum(dtype=np.float64)) for one in arrays)
        growth *= max(1.0, weights) * max(1.0, _added(layer))
    return growth > _SAFE


def _added(layer: LayerSpec) -> float:
    """How much a layer adds up without a weight for each cell, or grows by its slope."""
    if layer.kind == "subsample" or layer.mode in ("sum", "l2"):
        return prod(layer.kernel)
    return max(len(layer.inputs), layer.amplitude * layer.slope)
