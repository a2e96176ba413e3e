"""The survey behind the map: all images by what one layer makes of them, in two dimensions."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from app.surveys.job import CannotError, Made, Surveyed, Tell
from model.activations import Activations
from model.arrays import Array
from model.nearest import Crowd
from model.principal import DIRECT, Principal, principal

MOST_CELLS: Final = 20_000
"""Of a layer that is laid out; of lenet's the largest has 4,704."""

HIDDEN: Final = "crowd/"
"""What begins so is kept for questions about single drawings, and not sent."""

_ROUNDS: Final = (3, 12)
"""How often images are gone through, for small layers and about how often for large ones."""


class _Watched:
    """Activations that say how often they were gone through, as long as they are numbers."""

    def __init__(self, activations: Activations, tell: Tell) -> None:
        self._activations, self._tell = activations, tell
        self._done = 0
        self._total = len(activations) * _ROUNDS[activations.cells > DIRECT]

    def __iter__(self) -> Iterator[Array]:
        for piece in self._activations:
            first = self._done < len(self._activations)
            self._done = min(self._done + len(piece), self._total)
            self._tell(self._done, self._total)
            if first and not np.isfinite(piece).all():
                raise CannotError("layer-overflows")
            yield piece


def lay_out(surveyed: Surveyed, layer: str) -> Made:
    """Find the two directions along which images differ most, and where each image lies."""
    activations = Activations(surveyed.network, surveyed.examples.images, layer)
    vectors = _Watched(activations, surveyed.tell)
    found = principal(vectors)
    crowd = Crowd.of(vectors, found)
    return Made(
        {
            "places": crowd.places[:, :2],
            "shares": found.shares()[: min(found.exact, 10)],
            HIDDEN + "mean": found.mean,
            HIDDEN + "directions": found.directions,
            HIDDEN + "variances": found.variances,
            HIDDEN + "places": crowd.places,
            HIDDEN + "rests": crowd.rests,
        },
        {
            "layer": layer,
            "cells": str(activations.cells),
            "images": str(len(activations)),
            "variance": repr(found.total),
            "exact": str(found.exact),
        },
    )


def crowd_of(made: Made) -> Crowd:
    """Give back what questions about drawings are answered from."""
    tensors, said = made
    mean, directions, variances = (
        tensors[HIDDEN + name] for name in ("mean", "directions", "variances")
    )
    found = Principal(mean, directions, variances, float(said["variance"]), int(said["exact"]))
    return Crowd(found, tensors[HIDDEN + "places"], tensors[HIDDEN + "rests"])
