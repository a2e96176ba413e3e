"""A graph with its weights, and the passes through it."""

from collections.abc import Container, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from math import isfinite
from typing import Any, NamedTuple, TypeVar

import numpy as np

from model.arrays import Array, Indices
from model.fast import Images, Plans
from model.layers import Operation, max_pool, operation
from model.layers.max_pool import MaxPoolCache
from model.overflow import may_overflow
from model.spec import INPUT, GraphSpec, LayerSpec
from model.trace import Trace

T = TypeVar("T", Array, Indices)

_IGNORED = partial(np.errstate, over="ignore", invalid="ignore")


class ForwardPass(NamedTuple):
    """What a batch left behind: outputs by layer name ("input" too), and a cache per layer."""

    outputs: dict[str, Array]
    caches: dict[str, Any]

    @property
    def winners(self) -> dict[str, Indices]:
        """Winners of max pooling, (B, …) of each such layer, as a trace has them of one image."""
        pools = {n: one for n, one in self.caches.items() if isinstance(one, MaxPoolCache)}
        return {name: max_pool.winners(cache) for name, cache in pools.items()}


class Gradients(NamedTuple):
    """Gradients by parameter name, and by layer name of those that had any influence."""

    parameters: dict[str, Array]
    layers: dict[str, Array]


class _Step(NamedTuple):
    layer: LayerSpec
    operation: Operation
    parameters: tuple[str, ...]
    finished: tuple[str, ...]  # layers that nobody reads after this one


class Graph:
    """A graph and its parameters, {name: array}, all float32 (or all float64, for exact tests)."""

    def __init__(
        self,
        spec: GraphSpec,
        parameters: Mapping[str, Array],
        *,
        fixed: bool = False,
        plans: Plans | None = None,
    ) -> None:
        """Copy the parameters and check them against the spec.

        Parameters
        ----------
        fixed : makes them read-only, so that they always are what somebody says of them.
        plans : those of the same graph with other parameters, to be shared.

        Raises
        ------
        ValueError : with a sentence, when names, shapes or types are not those of the spec.
        """
        self.spec = spec
        self.parameters = _checked(spec, parameters)
        self.dtype = np.result_type(np.float32, *self.parameters.values())
        if fixed:
            for array in self.parameters.values():
                array.setflags(write=False)
        self._steps = tuple(_steps(spec))
        self._errors = _IGNORED if may_overflow(spec, self.parameters) else nullcontext
        self._plans = plans or Plans(spec, self.dtype, fixed=fixed)

    def trace(self, image: Array) -> Trace:
        """Read one image and keep everything, by the fast path (model/fast/).

        image: the spec's input shape (C, H, W), the network's dtype, already scaled. ValueError
        with a sentence when it is not, or holds a number that is not finite.
        """
        image = np.asarray(image)
        _check_images(image[None], self.spec, self.dtype)
        with self._errors():
            return self._plans.trace(self.parameters, image)

    def once(self, image: Array) -> tuple[dict[str, Array], dict[str, Indices]]:
        """Read one image without a plan, which pays only where a graph is read again and again.

        image: as `trace` takes it. Returns what each layer gives, {layer name: (…)} with "input",
        and the winners of max pooling, as a trace has them. What a layer copies for itself is given
        back before the next one.
        """
        images = np.asarray(image)[None]
        _check_images(images, self.spec, self.dtype)
        outputs: dict[str, Array] = {INPUT: images}
        winners: dict[str, Indices] = {}
        with self._errors():
            for layer, does, names, _ in self._steps:
                inputs = [outputs[name] for name in layer.inputs]
                weights = [self.parameters[name] for name in names]
                outputs[layer.name], cache = does.forward(layer, *inputs, *weights)
                winners |= ForwardPass({}, {layer.name: cache}).winners
                del cache
        return first_of(outputs), first_of(winners)

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
        self,
        passed: ForwardPass,
        gradients: Mapping[str, Array],
        *,
        to_input: bool = True,
        ends: Container[str] = (),
    ) -> Gradients:
        """Send gradients back from any layers to all parameters and layers before them.

        Parameters
        ----------
        passed : what `forward` gave.
        gradients : {layer name: dy of its output's shape}; where several are given they add up,
            as do the shares of a layer with several readers.
        to_input : false saves the gradient of the image, which training does not need.
        ends : layers that gradients reach, but are not sent on from.
        """
        layers = dict(gradients)
        for name, dy in layers.items():
            if name not in passed.outputs or dy.shape != passed.outputs[name].shape:
                raise ValueError(f"The gradient for {name!r} does not fit any layer's output.")
        found: dict[str, Array] = {}
        with self._errors():
            for layer, does, names, _ in reversed(self._steps):
                if layer.name not in layers or layer.name in ends:
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

    def tangent(
        self, passed: ForwardPass, changes: Mapping[str, Array], *, ends: Container[str] = ()
    ) -> dict[str, Array]:
        """Send changes forward from any layers: the twin of `backward`, layer by layer.

        Parameters
        ----------
        passed : what `forward` gave.
        changes : {layer name, or "input": dx of its output's shape}, taken as very small.
        ends : layers that changes reach, but are not sent on from.

        Returns {layer name: how it changes}, of those layers that are reached.
        """
        layers = dict(changes)
        for name, dx in layers.items():
            if name not in passed.outputs or dx.shape != passed.outputs[name].shape:
                raise ValueError(f"The change of {name!r} does not fit any layer's output.")
        with self._errors():
            for layer, does, _, _ in self._steps:
                given = {name: layers[name] for name in layer.inputs if name in layers}
                given = {name: dx for name, dx in given.items() if name not in ends}
                if not given:
                    continue
                still = (np.zeros_like(passed.outputs[name]) for name in layer.inputs)
                dxs = tuple(
                    given.get(name, zeros) for name, zeros in zip(layer.inputs, still, strict=True)
                )
                dy = does.tangent(dxs if len(dxs) > 1 else dxs[0], passed.caches[layer.name])
                layers[layer.name] = layers[layer.name] + dy if layer.name in layers else dy
        return layers

    def read(self, images: Images, layer: str) -> Array:
        """Read images (n, C, H, W) and keep one layer, by the fast path: (n, …) of its shape."""
        if len(images):
            _check_images(images, self.spec, self.dtype)
        with self._errors():
            return self._plans.read(self.parameters, images, layer)


def first_of(arrays: Mapping[str, T]) -> dict[str, T]:
    """Of a batch the first image: {name: (B, …)} -> {name: (…)}."""
    return {name: array[0] for name, array in arrays.items()}


def _steps(spec: GraphSpec) -> Iterator[_Step]:
    """Prepare the layers, each with the layers whose last reader it is."""
    last = {name: layer.name for layer in spec.layers for name in (*layer.inputs, layer.name)}
    last[spec.layers[-1].name] = ""  # the output stays
    for layer in spec.layers:
        finished = tuple(name for name, reader in last.items() if reader == layer.name)
        yield _Step(layer, operation(layer), spec.parameters_of(layer.name), finished)


def _checked(spec: GraphSpec, parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Copy the parameters in the spec's order, once they are what the spec says."""
    for name in parameters:
        if name not in spec.parameter_shapes:
            raise ValueError(f"The parameter {name!r} belongs to no layer of {spec.subject}.")
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


def _check_images(images: Images, spec: GraphSpec, dtype: np.dtype[Any]) -> None:
    if images.shape[1:] != spec.shape or not len(images):
        raise ValueError(
            f"{spec.subject} reads images of the shape {spec.shape}, one or more at a time; "
            f"got {images.shape[1:]}."
        )
    if images.dtype != dtype:
        raise ValueError(f"{spec.subject} reads {dtype} images, got {images.dtype}; convert them.")
    # A sum of squares that is finite says it of each cell, at a quarter of the cost.
    flat = images.reshape(-1)
    if not isfinite(flat.dot(flat)) and not np.isfinite(images).all():
        raise ValueError("The image holds a number that is not finite; replace NaN and infinity.")
