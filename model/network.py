"""A network: a graph with its weights, a way from ink to its input, classes, and a file."""

import hashlib
import json
from collections.abc import Mapping

import numpy as np

from model import initialise
from model.arrays import Array
from model.fast import Images, Plans
from model.graph import Graph
from model.safetensors_file import checksum, encode
from model.spec import NetworkSpec

FORMAT = "convlens-1"
CHECKSUM = "checksum"
"""The name, in a file's metadata, of what `checksum` says of its tensors."""


class Network(Graph):
    """A spec and its parameters, {name: array}, all float32 (or all float64, for exact tests)."""

    spec: NetworkSpec

    def __init__(
        self,
        spec: NetworkSpec,
        parameters: Mapping[str, Array],
        metadata: Mapping[str, str] | None = None,
        weights: bytes | None = None,
        plans: Plans | None = None,
    ) -> None:
        """Copy the parameters and check them against the spec.

        Parameters
        ----------
        metadata : facts that travel with the weights ("accuracy", "seed", "data", …).
        weights : the safetensors file that all this was read from. With it the parameters are
            read-only, so that they always are what the file says; `copy` gives ones to train.
        plans : those of the same graph with other weights, to be shared.

        Raises
        ------
        ValueError : with a sentence, when names, shapes or types are not those of the spec.
        """
        super().__init__(spec, parameters, fixed=weights is not None, plans=plans)
        self.metadata = dict(metadata or {})
        self._weights = weights
        self._variants = Plans(spec, self.dtype, fixed=True)

    @classmethod
    def initialise(
        cls,
        spec: NetworkSpec,
        rng: np.random.Generator,
        method: initialise.Method | initialise.Draw = "he",
    ) -> "Network":
        """Make an untrained network with random weights (see `model/initialise.py`)."""
        return cls(spec, initialise.parameters(spec, rng, method))

    def copy(self) -> "Network":
        """Make an independent network with the same weights, which may be trained."""
        return Network(self.spec, self.parameters, self.metadata)

    def variant(
        self,
        parameters: Mapping[str, Array],
        metadata: Mapping[str, str],
        weights: bytes | None = None,
    ) -> "Network":
        """Make the same network with other weights, read-only, and with other facts.

        weights: the file that holds all this, when there is one. All variants of a network share
        the memory in which they compute, so that each costs little more than its weights.
        """
        made = weights or Network(self.spec, parameters, metadata).weights_bytes()
        return Network(self.spec, parameters, metadata, weights=made, plans=self._variants)

    @property
    def output_layer(self) -> str:
        """The last layer, whose units are the classes where there are any."""
        return self.spec.layers[-1].name

    @property
    def logits_layer(self) -> str:
        """The layer that the final softmax reads; the last layer when that is no softmax."""
        return self.spec.logits_layer

    def weights_bytes(self) -> bytes:
        """The weights as a safetensors file: the one they came from, else one made now."""
        if self._weights is not None:
            return self._weights
        facts = self.file_metadata() | {CHECKSUM: checksum(self.parameters)}
        return encode(self.parameters, facts)

    def file_metadata(self) -> dict[str, str]:
        """The metadata of a weights file: the format, the spec as JSON, and the known facts."""
        spec = json.dumps(self.spec.to_json(), separators=(",", ":"), ensure_ascii=False)
        return {**self.metadata, "format": FORMAT, "spec": spec}

    @property
    def sha256(self) -> str:
        """The name of these weights: SHA-256 of `weights_bytes`, in hexadecimal."""
        return hashlib.sha256(self.weights_bytes()).hexdigest()

    def predict(self, images: Images) -> Array:
        """Give the probabilities of each class: images -> (n, classes), by the fast path.

        images: (n, C, H, W) as `forward` takes them, or bytes (n, rows, columns) as MNIST has them,
        255 = ink, to which the spec's border and scaling are then applied.
        """
        return self.activations(images, self.output_layer)

    def logits(self, images: Images) -> Array:
        """Give the scores before the final softmax: images as in `predict` -> (n, classes)."""
        return self.activations(images, self.logits_layer)

    def activations(self, images: Images, layer: str) -> Array:
        """Give what a layer, by name, makes of images as in `predict`: (n, *shape of the layer)."""
        if images.dtype != np.uint8 or images.ndim != 3:
            return self.read(images, layer)
        _check_bytes(images.shape, self.spec)
        with self._errors():
            return self._plans.read(self.parameters, images, layer)


def _check_bytes(shape: tuple[int, ...], spec: NetworkSpec) -> None:
    border, (channels, rows, columns) = spec.input.border, spec.input.shape
    if (channels, *shape[1:]) != (1, rows - 2 * border, columns - 2 * border):
        raise ValueError(
            f"{spec.title} reads images of the shape {spec.input.shape} with a border of {border}; "
            f"bytes of the shape {shape[1:]} do not fit."
        )
