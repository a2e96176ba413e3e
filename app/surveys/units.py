"""The survey of units: which cells are never above 0, which always, and how numbers are spread."""

import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.surveys.job import Made, Surveyed
from model.activations import Activations
from model.arrays import Array
from model.census import Census, census, sense_of
from model.histogram import Histogram, histogram

_ROUNDS: Final = 2
"""How often a census goes through the images."""


class _Watched(Activations):
    """Activations of one of all layers, that say how far all are."""

    def __init__(self, surveyed: Surveyed, layer: str) -> None:
        super().__init__(surveyed.network, surveyed.examples.images, layer)
        layers = tuple(surveyed.network.spec.shapes)
        self._tell = surveyed.tell
        self._done, self._total = (
            _ROUNDS * many * len(self) for many in (layers.index(layer), len(layers))
        )

    def __iter__(self) -> Iterator[Array]:
        for piece in super().__iter__():
            self._done += len(piece)
            self._tell(self._done, self._total)
            yield piece


def count(surveyed: Surveyed) -> Made:
    """Go through all layers, and all parameters."""
    network, images = surveyed.network, surveyed.examples.images
    tensors: dict[str, npt.NDArray[Any]] = {}
    layers, weights = [], []
    for layer, shape in network.spec.shapes.items():
        found = census(_Watched(surveyed, layer))
        tensors |= {f"{layer}/{name}": one for name, one in _by_map(found, len(images)).items()}
        sense = sense_of(network.spec, layer)
        about = {"name": layer, "sense": sense, "cells": int(np.prod(shape[1:]))}
        layers.append({**about, **_spread(found.histogram)})
    for name, parameter in network.parameters.items():
        ends = float(parameter.min(initial=0)), float(parameter.max(initial=0))
        found_weights = histogram([parameter], *ends)
        tensors[f"{name}/counts"] = found_weights.counts.astype(np.float64)
        weights.append({"name": name, **_spread(found_weights)})
    said = {"layers": json.dumps(layers), "parameters": json.dumps(weights)}
    return Made(tensors, {"images": str(len(images)), **said})


def _by_map(found: Census, images: int) -> dict[str, npt.NDArray[Any]]:
    """Sum up the cells of each map, or say it of each unit: (maps,), and a cell (maps, 2)."""
    maps = len(found.above)
    above, most, least = (one.reshape(maps, -1) for one in (found.above, found.most, found.least))
    columns = found.above.shape[-1] if found.above.ndim > 1 else 1
    return {
        "above": above.mean(axis=1) / images,
        "counts": found.histogram.counts.astype(np.float64),
        "most": most.max(axis=1).astype(np.float32),
        "least": least.min(axis=1).astype(np.float32),
        "never": (above == 0).sum(axis=1).astype(np.int32),
        "always": (above == images).sum(axis=1).astype(np.int32),
        "cell": np.stack(np.divmod(above.argmax(axis=1), columns), axis=1).astype(np.int32),
    }


def _spread(found: Histogram) -> dict[str, float]:
    return {
        "width": found.width,
        "first": found.first,
        "zeros": found.zeros,
        "odd": found.odd,
    }
