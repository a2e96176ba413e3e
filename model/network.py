"""A network: a spec with its weights, and the passes through it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from model import initialise
from model.arrays import Array
from model.fast import Images, Plans
from model.layers import Operation, operation
from model.overflow import may_overflow
from model.safetensors_file import checksum, encode
from model.spec import INPUT, LayerSpec, NetworkSpec
from model.trace import Trace

FORMAT = "convlens-1"
_IGNORED = partial(np.errstate, over="ignore", invalid="ignore")
CHECKSUM = "checksum"
"""The name, in a file's metadata, of what `checksum` says of its tensors."""


class ForwardPass(NamedTuple):
    """What a batch left behind: outputs by layer name ("input" too), and a cache per layer."""

    outputs: dict[str, Array]
    caches: dict[str, Any]


class Gradients(NamedTuple):
    """Gradients by parameter name, and by layer name of those that had any influence."""

    parameters: dict[str, Array]
    layers: dict[str, Array]


class _Step(NamedTuple):
    layer: LayerSpec
    operation: Operation
    parameters: tuple[str, ...]
    finished: tuple[str, ...]  # layers that nobody reads after this one


class Network:
    """A spec and its parameters, {name: array}, all float32 (or all float64, for exact tests)."""

    def __init__(
        self,
        spec: NetworkSpec,
        parameters: Mapping[str, Array],
        metadata: Mapping[str, str] | None = None,
        weights: bytes | None = None,
    ) -> None:
        """Copy the parameters and check them against the spec.

        Parameters
        ----------
        metadata : facts that travel with the weights ("accuracy", "seed", "data", …).
        weights : the safetensors file that all this was read from. With it the parameters are
            read-only, so that they always are what the file says; `copy` gives ones to train.

        Raises
        ------
        ValueError : with a sentence, when names, shapes or types are not those of the spec.
        """
        self.spec = spec
        self.parameters = _checked(spec, parameters)
        self.dtype = np.result_type(np.float32, *self.parameters.values())
        self.metadata = dict(metadata or {})
        self._weights = weights
        if weights is not None:
            for array in self.parameters.values():
                array.setflags(write=False)
        self._steps = tuple(_steps(spec))
        self._errors = _IGNORED if may_overflow(spec, self.parameters) else nullcontext
        self._plans = Plans(spec, self.dtype, fixed=weights is not None)

    @classmethod
    def initialise(
        cls, spec: NetworkSpec, rng: np.random.Generator, method: initialise.Method = "he"
    ) -> "Network":
        """Make an untrained network with random weights (see `model/initialise.py`)."""
        return cls(spec, initialise.parameters(spec, rng, method))

    def copy(self) -> "Network":
        """Make an independent network with the same weights, which may be trained."""
        return Network(self.spec, self.parameters, self.metadata)

    @property
    def output_layer(self) -> str:
        """The last layer, whose units are the classes."""
        return self.spec.layers[-1].name

    @property
    def logits_layer(self) -> str:
        """The layer that the final softmax reads; the last layer when that is no softmax."""
        last = self.spec.layers[-1]
        return last.inputs[0] if last.kind == "softmax" else last.name

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

    def trace(self, image: Array) -> Trace:
        """Read one image and keep everything, by the fast path (model/fast/).

        image: the spec's input shape (C, H, W), the network's dtype, already scaled. ValueError
        with a sentence when it is not, or holds a number that is not finite.
        """
        image = np.asarray(image)
        _check_images(image[None], self.spec, self.dtype)
        with self._errors():
            return self._plans.trace(self.parameters, image)

    def forward(self, images: Array, keep: bool = True) -> ForwardPass:
        """Read a batch: images (B, C, H, W) -> outputs {layer: (B, …)}, and caches for `backward`.

        With `keep` false only the last layer's output is there, and memory is given back as soon
        as every reader of a layer is done.
        """
        images = np.asarray(images)
        _check_images(images, self.spec, self.dtype)
        with self._errors():
            return self._run(images, keep)

    def _run(self, images: Array, keep: bool = True) -> ForwardPass:
        outputs: dict[str, Array] = {INPUT: images}
        caches: dict[str, Any] = {}
        for layer, does, names, finished in self._steps:
            inputs = [outputs[name] for name in layer.inputs]
            weights = [self.parameters[name] for name in names]
            outputs[layer.name], cache = does.forward(layer, *inputs, *weights)
            if keep:
                caches[layer.name] = cache
            else:
                for name in finished:
                    del outputs[name]
        return ForwardPass(outputs, caches)

    def backward(
        self, passed: ForwardPass, gradients: Mapping[str, Array], *, to_input: bool = True
    ) -> Gradients:
        """Send gradients back from any layers to all parameters and layers before them.

        Parameters
        ----------
        passed : what `forward` gave.
        gradients : {layer name: dy of its output's shape}; where several are given they add up,
            as do the shares of a layer with several readers.
        to_input : false saves the gradient of the image, which training does not need.
        """
        layers = dict(gradients)
        for name, dy in layers.items():
            if name not in passed.outputs or dy.shape != passed.outputs[name].shape:
                raise ValueError(f"The gradient for {name!r} does not fit any layer's output.")
        found: dict[str, Array] = {}
        with self._errors():
            for layer, does, names, _ in reversed(self._steps):
                if layer.name not in layers:
                    continue
                dy, cache = layers[layer.name], passed.caches[layer.name]
                if layer.inputs == (INPUT,) and not to_input:
                    found |= zip(names, does.backward_parameters(dy, cache), strict=True)
                    continue
                back = does.backward(dy, cache)
                back = back if isinstance(back, tuple) else (back,)
                for name, dx in zip(layer.inputs, back, strict=False):
                    layers[name] = layers[name] + dx if name in layers else dx
                found |= zip(names, back[len(layer.inputs) :], strict=True)
        zeros = (name for name in self.parameters if name not in found)
        found |= {name: np.zeros_like(self.parameters[name]) for name in zeros}
        return Gradients({name: found[name] for name in self.parameters}, layers)

    def tangent(self, passed: ForwardPass, changes: Mapping[str, Array]) -> dict[str, Array]:
        """Send changes forward from any layers: the twin of `backward`, layer by layer.

        Parameters
        ----------
        passed : what `forward` gave.
        changes : {layer name, or "input": dx of its output's shape}, taken as very small.

        Returns {layer name: how it changes}, of those layers that are reached.
        """
        layers = dict(changes)
        for name, dx in layers.items():
            if name not in passed.outputs or dx.shape != passed.outputs[name].shape:
                raise ValueError(f"The change of {name!r} does not fit any layer's output.")
        with self._errors():
            for layer, does, _, _ in self._steps:
                if not any(name in layers for name in layer.inputs):
                    continue
                still = (np.zeros_like(passed.outputs[name]) for name in layer.inputs)
                dxs = tuple(
                    layers.get(name, zeros) for name, zeros in zip(layer.inputs, still, strict=True)
                )
                dy = does.tangent(dxs if len(dxs) > 1 else dxs[0], passed.caches[layer.name])
                layers[layer.name] = layers[layer.name] + dy if layer.name in layers else dy
        return layers

    def predict(self, images: Images) -> Array:
        """Give the probabilities of each class: images -> (n, classes), by the fast path.

        images: (n, C, H, W) as `forward` takes them, or bytes (n, rows, columns) as MNIST has them,
        255 = ink, to which the spec's border and scaling are then applied.
        """
        return self._read(images, self.output_layer)

    def logits(self, images: Images) -> Array:
        """Give the scores before the final softmax: images as in `predict` -> (n, classes)."""
        return self._read(images, self.logits_layer)

    def _read(self, images: Images, layer: str) -> Array:
        if images.dtype == np.uint8 and images.ndim == 3:
            _check_bytes(images.shape, self.spec)
        elif len(images):
            _check_images(images, self.spec, self.dtype)
        with self._errors():
            return self._plans.read(self.parameters, images, layer)


def _steps(spec: NetworkSpec) -> Iterator[_Step]:
    """Prepare the layers, each with the layers whose last reader it is."""
    last = {name: layer.name for layer in spec.layers for name in (*layer.inputs, layer.name)}
    last[spec.layers[-1].name] = ""  # the output stays
    for layer in spec.layers:
        finished = tuple(name for name, reader in last.items() if reader == layer.name)
        yield _Step(layer, operation(layer), spec.parameters_of(layer.name), finished)


def _checked(spec: NetworkSpec, parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Copy the parameters in the spec's order, once they are what the spec says."""
    for name in parameters:
        if name not in spec.parameter_shapes:
            raise ValueError(f"The parameter {name!r} belongs to no layer of {spec.title}.")
    checked = {}
    for name, shape in spec.parameter_shapes.items():
        if name not in parameters:
            raise ValueError(f"The parameter {name} is missing.")
        array = np.array(parameters[name], order="C")
        if array.shape != shape:
            raise ValueError(f"The parameter {name} has the shape {array.shape}, not {shape}.")
        if array.dtype not in (np.float32, np.float64):
            raise ValueError(f"The parameter {name} is {array.dtype}, not float32.")
        if not np.isfinite(array).all():
            raise ValueError(f"The parameter {name} holds numbers that are not finite.")
        checked[name] = array
    if len({array.dtype for array in checked.values()}) > 1:
        raise ValueError("Some parameters are float32 and some float64; make them all float32.")
    return checked


def _check_images(images: Images, spec: NetworkSpec, dtype: np.dtype[Any]) -> None:
    if images.shape[1:] != spec.input.shape or not len(images):
        raise ValueError(
            f"{spec.title} reads images of the shape {spec.input.shape}, one or more at a time; "
            f"got {images.shape[1:]}."
        )
    if images.dtype != dtype:
        raise ValueError(f"{spec.title} reads {dtype} images, got {images.dtype}; convert them.")
    # A sum of squares that is finite says it of each cell, at a quarter of the cost.
    flat = images.reshape(-1)
    if not isfinite(flat.dot(flat)) and not np.isfinite(images).all():
        raise ValueError("The image holds a number that is not finite; replace NaN and infinity.")


def _check_bytes(shape: tuple[int, ...], spec: NetworkSpec) -> None:
    border, (channels, rows, columns) = spec.input.border, spec.input.shape
    if (channels, *shape[1:]) != (1, rows - 2 * border, columns - 2 * border):
        raise ValueError(
            f"{spec.title} reads images of the shape {spec.input.shape} with a border of {border}; "
            f"bytes of the shape {shape[1:]} do not fit."
        )
