"""Plans: a graph made into a list of calls, once; then forward, back, and no allocation.

A plan is not shared between threads. `Plans` keeps those of one network and lends each to one
caller at a time.
"""

import math
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from model.arrays import Array
from model.fast.steps import steps
from model.fast.workspace import Workspace, empty
from model.layers import dropout
from model.spec import INPUT, GraphSpec, InputSpec, NetworkSpec
from model.trace import Layout, Trace

Images = Array | npt.NDArray[np.uint8]

CHUNK = 32
"""Images that a plan reads at once: their windows stay in the processor's cache."""

_MOST = 1 << 24  # numbers that a plan may take for a chunk; larger networks read fewer images


def chunk_of(spec: GraphSpec) -> int:
    """Say how many images a plan for this graph reads at once, from 1 to 32."""
    numbers = sum(int(np.prod(shape)) for shape in spec.shapes.values())
    for layer in spec.layers:
        if layer.kind == "conv":
            taps = spec.shapes[layer.inputs[0]][0] * layer.kernel[0] * layer.kernel[1]
            numbers += taps * int(np.prod(spec.shapes[layer.name][1:]))
    return max(1, min(CHUNK, _MOST // numbers))


class Plan:
    """Everything that is to be done for the images of a workspace, ready to run."""

    def __init__(self, work: Workspace) -> None:
        """Prepare it; the parameters are zero until `load`."""
        self.work, self.steps = work, steps(work)
        self._forward = tuple(step.forward for step in self.steps.values())
        self._until = {name: self._forward[: at + 1] for at, name in enumerate(self.steps)}
        # A relu that is computed after its pooling has no values of its own: its convolution's do.
        relus = {one.relu.name: one.conv.name for one in work.pooled.values() if one.relu}
        self._rectified = relus
        self._until |= {relu: self._until[conv] for relu, conv in relus.items()}
        self._backward = tuple(step.backward for step in reversed(self.steps.values()))
        self._image, self._values = work.values[INPUT][:, 0], work.arena[:-1].reshape(-1)
        cells = len(work.values[INPUT])
        self._apart: Array = empty((work.batch, cells + 16), work.dtype)[:, :cells]
        # Only a network has a way from ink to its input: a graph reads numbers alone.
        self._input = work.spec.input if isinstance(work.spec, NetworkSpec) else InputSpec()
        ink = math.prod(size - 2 * self._input.border for size in self._input.shape[1:])
        self._ink = empty((ink, work.batch), np.uint8)
        self.holds: Mapping[str, Array] | None = None

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self.work.spec)

    def load(self, parameters: Mapping[str, Array]) -> None:
        """Take over the values of all parameters, and remember whose they are."""
        self.holds = parameters
        for name, own in self.work.parameters.items():
            np.copyto(own, parameters[name])
        for step in self.steps.values():
            step.load()

    def read(self, images: Images) -> None:
        """Take up to `batch` images; what is left from before stays in the others.

        images: (n, C, H, W) as the network reads them, or bytes (n, rows, columns), 255 = ink,
        which get the spec's border and scaling here. Bytes are turned to images-innermost while
        they are small (0.2 µs an image). Numbers are first laid a little apart: from images that
        lie whole pages apart, each number fetched pushes another out of the cache (0.9 instead of
        0.3 µs).
        """
        values, spec, count = self.work.values[INPUT], self._input, len(images)
        if images.dtype != np.uint8:
            np.copyto(self._apart[:count], images.reshape(count, -1))
            np.copyto(values[:, :count], self._apart[:count].T)
            return
        inner = values.reshape(*spec.shape[1:], -1)
        if spec.border:
            inner = inner[spec.border : -spec.border, spec.border : -spec.border]
        np.copyto(self._ink[:, :count], images.reshape(count, -1).T)
        values[...] = 0
        np.divide(self._ink.reshape(inner.shape), self.work.dtype.type(255), out=inner)
        if (spec.scale, spec.offset) != (1.0, 0.0):
            values *= spec.scale
            values += spec.offset

    def drop(self, rng: np.random.Generator) -> None:
        """Draw other masks for the dropout layers of a plan for training, in the spec's order."""
        for name, mask in self.work.masks.items():
            mask[...] = dropout.draw(rng, mask.shape, self.work.spec.layer(name).rate)

    def forward(self, layer: str = "") -> None:
        """Compute all values from the images that were read, or those of a layer and before it."""
        for step in self._until.get(layer, self._forward):
            step()

    def backward(self) -> None:
        """Compute the gradients of all parameters from that of the seed, into `work.slopes`.

        Once after each `forward`: it writes over what that left behind.
        """
        for step in self._backward:
            step()

    def outputs(self, name: str, count: int) -> Array:
        """Give a layer of the first `count` images, maps in C order: (count, cells).

        A convolution, and the relu after it, that are computed together with their pooling have
        values only when `forward` ended there.
        """
        if name in self._rectified:
            return np.maximum(self.outputs(self._rectified[name], count), 0)
        values = self.work.values[name][:, :count]
        if name in self.work.pooled:  # four planes, each with one member of every window
            channels, rows, columns = self.work.spec.shapes[name]
            planes = values.reshape(2, 2, channels, rows // 2, columns // 2, count)
            values = planes.transpose(2, 3, 0, 4, 1, 5).reshape(-1, count)
            if self.work.banded:  # before pooling the bias is not there
                values = values + np.repeat(self.work.bias(name), rows * columns, axis=0)
        return values.T

    def trace(self, image: Array) -> Trace:
        """Read one image and keep everything, in memory that the trace owns."""
        self._image[...] = image.reshape(-1)
        self.forward()
        return Trace(self._layout, self._values.copy())


class Plans:
    """The idle plans of one graph. Who takes one out has it alone, whatever other threads do."""

    def __init__(self, spec: GraphSpec, dtype: npt.DTypeLike, fixed: bool) -> None:
        """Begin without plans. `fixed` says that no mapping of parameters ever changes."""
        self._spec, self._dtype, self._fixed = spec, dtype, fixed
        self._single: list[Plan] = []
        self._chunks: list[Plan] = []

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to other processes without the plans."""
        return Plans, (self._spec, self._dtype, self._fixed)

    def trace(self, parameters: Mapping[str, Array], image: Array) -> Trace:
        """Read one image and keep everything."""
        plan = self._borrow(self._single, parameters)
        trace = plan.trace(image)
        self._single.append(plan)
        return trace

    def read(self, parameters: Mapping[str, Array], images: Images, layer: str) -> Array:
        """Read images and keep one layer: (n, C, H, W), or a network's bytes (n, rows, columns)."""
        result = np.empty((len(images), *self._spec.shapes[layer]), self._dtype)
        plan = self._borrow(self._chunks, parameters)
        for start in range(0, len(images), plan.work.batch):
            chunk = images[start : start + plan.work.batch]
            plan.read(chunk)
            plan.forward(layer)
            outputs = plan.outputs(layer, len(chunk))
            result[start : start + len(chunk)] = outputs.reshape(-1, *result.shape[1:])
        self._chunks.append(plan)
        return result

    def _borrow(self, idle: list[Plan], parameters: Mapping[str, Array]) -> Plan:
        """Take an idle plan, or make one; it knows the parameters as they are now."""
        try:
            plan = idle.pop()
        except IndexError:
            batch = 1 if idle is self._single else chunk_of(self._spec)
            # What still learns is read to the bits of training, for its teachers and thresholds.
            plan = Plan(Workspace(self._spec, batch, self._dtype, banded=self._fixed))
        if plan.holds is not parameters:
            plan = _rather(idle, plan, parameters)
        if not self._fixed or plan.holds is not parameters:
            plan.load(parameters)
        return plan


def _rather(idle: list[Plan], plan: Plan, parameters: Mapping[str, Array]) -> Plan:
    """Exchange the plan for an idle one that holds these parameters already, if there is one."""
    for other in list(idle):
        if other.holds is parameters:
            try:
                idle.remove(other)
            except ValueError:  # another thread was faster
                continue
            idle.append(plan)
            return other
    return plan
