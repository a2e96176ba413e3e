"""One layer's activations over many images: in pieces, and kept between two rounds if they fit."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from model.arrays import Array, Indices
from model.fast import Images
from model.network import Network

PIECE = 125
"""Images that are read at once; of lenet's largest layer they take 2.4 MB."""

MOST_KEPT = 64_000_000
"""Numbers of a layer that are kept, 256 MB; of larger ones each round reads the images anew."""


class Activations:
    """The activations of a layer, (images, cells), maps in C order; several rounds may be made."""

    def __init__(
        self, network: Network, images: Images, layer: str, most_kept: int = MOST_KEPT
    ) -> None:
        """Read nothing yet. images: as `Network.predict` takes them; layer: by name."""
        self.network, self.images, self.layer = network, images, layer
        self.cells = int(np.prod(network.spec.shapes[layer]))
        self._keeps = len(images) * self.cells <= most_kept
        self._kept: list[Array] = []

    def __len__(self) -> int:
        """Count the images."""
        return len(self.images)

    def __iter__(self) -> Iterator[Array]:
        """Give them piece by piece, (up to PIECE, cells), in the order of the images."""
        ends = [*range(0, len(self.images), PIECE), len(self.images)]
        for number, (start, end) in enumerate(pairwise(ends)):
            if number < len(self._kept):
                yield self._kept[number]
                continue
            piece = self._read(self.images[start:end])
            if self._keeps:
                self._kept.append(piece)
            yield piece

    def at(self, places: Indices) -> Array:
        """Read some of the images, (places, cells)."""
        return self._read(self.images[places])

    def _read(self, images: Images) -> Array:
        return self.network.activations(images, self.layer).reshape(len(images), -1)
