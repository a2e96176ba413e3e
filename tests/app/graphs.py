"""Graphs of operations, as they are sent."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from model import GraphSpec
from model.initialise import parameters
from model.safetensors_file import encode
from model.spec import layer_to_json

OPERATIONS = "/api/operations"
FILE = {"content-type": "application/vnd.safetensors"}
AS_JSON = {"accept": "application/json"}


def weights_of(spec: GraphSpec, seed: int = 0) -> dict[str, Any]:
    """Random weights, and biases that are not 0."""
    rng = np.random.default_rng(seed)
    found = parameters(spec, rng)
    return {
        name: one + rng.normal(0, 0.1, one.shape).astype(np.float32)
        if name.endswith("bias")
        else one
        for name, one in found.items()
    }


def picture(shape: tuple[int, ...], seed: int = 0) -> Any:
    """Bytes at random."""
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def as_file(spec: GraphSpec, image: Any, weights: Mapping[str, Any], **metadata: str) -> bytes:
    """A graph with its arrays as safetensors; without an input where it is None."""
    layers = json.dumps([layer_to_json(layer) for layer in spec.layers])
    arrays = {**({} if image is None else {"input": image}), **weights}
    return encode(arrays, {"layers": layers, **metadata})


def as_body(spec: GraphSpec, image: Any, weights: Mapping[str, Any]) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "input": image.tolist(),
        "layers": [layer_to_json(layer) for layer in spec.layers],
        "weights": {name: one.tolist() for name, one in weights.items()},
    }
