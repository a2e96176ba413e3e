"""The survey of units: which cells are never above 0, which always, and how numbers are spread."""

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from app.surveys.job import Made, Surveyed
from model.activations import Activations
from model.census import Census, census, sense_of
from model.histogram import Histogram, histogram


def count(surveyed: Surveyed) -> Made:
    """Go through all layers, and all parameters."""
    network, images = surveyed.network, surveyed.examples.images
    tensors: dict[str, npt.NDArray[Any]] = {}
    layers, weights = [], []
    for done, (layer, shape) in enumerate(network.spec.shapes.items()):
        surveyed.tell(done * len(images), len(network.spec.shapes) * len(images))
        found = census(Activations(network, images, layer))
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
