"""What a plan does for each layer: closures that call NumPy on views which were made once.

Each function answers with a `Step`, whose `forward` and `backward` are neighbours like those of the
reference in model/layers/. They never allocate, and write with `out=` by keyword (by position some
functions check for a deprecation on every call). maximum against zeros in memory is several times
faster than against the number 0, for which NumPy has no wide loop.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from model.arrays import Array
from model.fast import bands, gathers, single
from model.fast.gathers import Gather, Pooled
from model.fast.workspace import Workspace, empty, nothing
from model.layers import operation
from model.spec import LayerSpec


class Step(NamedTuple):
    """What is done for a layer forward, backward, and whenever the parameters have changed."""

    forward: Callable[[], Any]
    backward: Callable[[], Any] = nothing
    load: Callable[[], Any] = nothing


def conv(work: Workspace, layer: LayerSpec) -> Step:
    """Convolve with one gather and one product; reference: model/layers/conv.py.

    Going back is possible once after each way forward, because it writes over the columns.
    """
    block = work.block_of(layer)
    source, place = layer.inputs[0], work.blocks[layer.name]
    shape = work.spec.parameter_shapes[f"{layer.name}.weight"]
    table = gathers.filters(shape, layer, block, place.start)
    if work.banded and layer.dilation[0] == 1:
        return Step(*bands.conv(work, layer, table))
    weight: Array = empty(table.shape, work.dtype)

    def load() -> None:
        work.flat.take(table, out=weight, mode="clip")

    if work.single and layer.stride == (1, 1):
        return Step(single.conv(work, layer, weight), nothing, load)
    below = work.slots[source]
    rows = gathers.columns(work.spec.shapes[source], layer, block, below.start, work.cells)
    columns: Array = empty((len(rows) + 1, rows.shape[1] * work.batch), work.dtype)
    columns[-1] = 1  # for the biases, which are the last column of the filters
    taps = columns[:-1].reshape(*rows.shape, work.batch)
    y, gather = work.values[layer.name].reshape(len(table), -1), work.arena.take

    def forward() -> None:
        gather(rows, axis=0, out=taps, mode="clip")  # "raise" would go through a copy
        np.dot(weight, columns, out=y)  # 0.3 µs less than matmul, which is for more dimensions

    if layer.name not in work.active:
        return Step(forward, nothing, load)
    dy = (work.gradients if block == (1, 1) else work.values)[layer.name].reshape(y.shape)
    dweight: Array = empty(table.T.shape, work.dtype)
    # Grown filters hold each weight 4 times.
    add_slopes = _sums(dweight.reshape(-1), table.T, place, work.flat_slopes[place])
    dx, finish = work.share(source, layer.name)
    if dx is not None:
        add_cells = _sums(taps.reshape(-1, work.batch), rows, below, dx)

    def backward() -> None:
        np.matmul(columns, dy.T, out=dweight)  # 1.4 µs an image less than the other way round
        add_slopes()
        if dx is not None:
            # Over the columns, which are done with: that spares the cache (0.8 µs an image).
            np.matmul(weight[:, :-1].T, dy, out=columns[:-1])
            add_cells()
            finish()

    return Step(forward, backward, load)


def _sums(copies: Array, gather: Gather, wanted: slice, out: Array) -> Callable[[], None]:
    """Prepare the way back of a gather: add up what lies where it put each wanted position."""
    total, share = empty(out.shape, out.dtype), empty(out.shape, out.dtype)
    (first, *more), order = gathers.inverse(gather, wanted)
    rounds = [(one, total[: len(one)], share[: len(one)]) for one in more]

    def add() -> None:
        copies.take(first, axis=0, out=total[: len(first)], mode="clip")
        for places, sums, shares in rounds:
            copies.take(places, axis=0, out=shares, mode="clip")
            np.add(sums, shares, out=sums)
        total.take(order, axis=0, out=out, mode="clip")

    return add


def pooled(work: Workspace, layers: Pooled) -> Step:
    """Pool 2×2 what lies as four planes; reference: model/layers/max_pool.py and relu.py.

    Each plane holds one member of every window, so that pooling is two maxima over long runs (3 µs
    for lenet's two layers), and who won is a matter of comparisons, never of argmax.
    relu comes after pooling, on a quarter of the cells: the same, because it keeps order.
    """
    planes = work.values[layers.conv.name].reshape(2, 2, -1)  # row and column inside the window
    left, right = planes[:, 0], planes[:, 1]
    y = work.values[layers.pool.name].reshape(-1)
    upper, lower = left  # takes the larger ones: the same place again spares the cache
    zeros, rectify, vote = work.zeros[: y.size], layers.relu is not None, work.seed is not None
    votes = np.empty((3, y.size), np.bool_)  # right won above, right won below, below won
    sums, bias = y.reshape(len(work.bias(layers.conv.name)), -1), work.bias(layers.conv.name)

    def forward() -> None:
        if vote:
            np.greater(right, left, out=votes[:2])
        np.maximum(left, right, out=left)
        if vote:
            np.greater(lower, upper, out=votes[2])
        np.maximum(upper, lower, out=y)
        if work.banded:
            np.add(sums, bias, out=sums)
        if rectify:
            np.maximum(y, zeros, out=y)

    if layers.pool.name not in work.active:
        return Step(forward)
    dy = work.gradients[layers.pool.name].reshape(-1)
    alive = np.ones(y.size, np.bool_)
    rows, masks = np.empty((2, y.size), np.bool_), np.empty((2, 2, y.size), np.bool_)
    weights = masks.view(np.uint8)

    def backward() -> None:
        # Masks are joined as booleans, a quarter of the bytes, so that one product serves pooling
        # and relu (1.9 µs an image for both layers). It writes over the planes: done with.
        if rectify:
            np.greater(y, zeros, out=alive)
        np.greater(alive, votes[2], out=rows[0])
        np.logical_and(alive, votes[2], out=rows[1])
        np.greater(rows, votes[:2], out=masks[:, 0])
        np.logical_and(rows, votes[:2], out=masks[:, 1])
        np.copyto(planes, weights)  # mixed types would be multiplied in small pieces (1 µs more)
        np.multiply(dy, planes, out=planes)

    return Step(forward, backward)


def pool(work: Workspace, layer: LayerSpec) -> Step:
    """Pool: quickly for a single image, else as all that is rare."""
    if work.single and layer.mode == "max" and layer.padding == (0, 0):
        return Step(single.max_pool(work, layer))
    return reference(work, layer)


def dense(work: Workspace, layer: LayerSpec) -> Step:
    """Multiply with what is below and the one behind it; reference: model/layers/dense.py."""
    below, y, block = work.values[layer.inputs[0]], work.values[layer.name], work.blocks[layer.name]
    weight = work.flat[block].reshape(len(y), -1)
    x: Array = empty((len(below) + 1, work.batch), work.dtype)
    x[-1] = 1  # for the biases, the last column of the weights: no call of their own (0.3 µs)
    inner = x[:-1]

    def forward() -> None:
        inner[...] = below
        np.dot(weight, x, out=y)

    if layer.name not in work.active:
        return Step(forward)
    dy, dweight = work.gradients[layer.name], work.flat_slopes[block].reshape(weight.shape)
    dx, finish = work.share(layer.inputs[0], layer.name)

    def backward() -> None:
        np.matmul(dy, x.T, out=dweight)
        if dx is not None:
            np.matmul(weight[:, :-1].T, dy, out=dx)
            finish()

    return Step(forward, backward)


def relu(work: Workspace, layer: LayerSpec) -> Step:
    """Keep what is above zero; reference: model/layers/relu.py."""
    x, y = work.values[layer.inputs[0]], work.values[layer.name]
    zeros = work.zeros[: y.size].reshape(y.shape)

    def forward() -> None:
        np.maximum(x, zeros, out=y)

    dx, finish = work.share(layer.inputs[0], layer.name)
    if dx is None or layer.name not in work.active:
        return Step(forward)
    dy, mask = work.gradients[layer.name], np.empty(y.shape, np.bool_)

    def backward() -> None:
        np.greater(y, zeros, out=mask)
        np.multiply(dy, mask, out=dx)
        finish()

    return Step(forward, backward)


def dropout(work: Workspace, layer: LayerSpec) -> Step:
    """Weigh each cell by its mask, of which only training has one; model/layers/dropout.py."""
    x, y = work.values[layer.inputs[0]], work.values[layer.name]
    mask = work.masks.get(layer.name)
    if mask is None:
        return Step(partial(np.copyto, y, x))
    forward = partial(np.multiply, x, mask, out=y)
    dx, finish = work.share(layer.inputs[0], layer.name)
    if dx is None or layer.name not in work.active:
        return Step(forward)
    dy = work.gradients[layer.name]

    def backward() -> None:
        np.multiply(dy, mask, out=dx)
        finish()

    return Step(forward, backward)


def softmax(work: Workspace, layer: LayerSpec) -> Step:
    """Share one among the units; reference: model/layers/softmax.py, which also goes back."""
    if layer.name in work.active:  # when its own output has a loss, and not the logits
        return reference(work, layer)
    shape: tuple[int, ...] = (work.batch,) * (not work.single)  # one axis less is 1 µs less
    names = layer.inputs[0], layer.name
    x, y = (work.values[name].reshape(-1, *shape) for name in names)
    row, ones = empty(shape, work.dtype), np.ones(len(x), work.dtype)

    def forward() -> None:
        if work.single:
            np.subtract(x, x[x.argmax()], out=y)
        else:
            np.maximum.reduce(x, axis=0, out=row)
            np.subtract(x, row, out=y)
        np.exp(y, out=y)
        np.dot(ones, y, out=row)  # 0.4 µs less than a reduction
        np.divide(y, row, out=y)

    return Step(forward)


def reference(work: Workspace, layer: LayerSpec) -> Step:
    """Let the layer's own file do it: for all that is rare or small."""
    does, names = operation(layer), work.spec.parameters_of(layer.name)
    xs = [work.images_first(work.values[name], name) for name in layer.inputs]
    xs += [work.parameters[name] for name in names]
    y = work.images_first(work.values[layer.name], layer.name)
    cache: list[Any] = [None]

    def forward() -> None:
        y[...], cache[0] = does.forward(layer, *xs)

    if layer.name not in work.active:
        return Step(forward)
    dy = work.images_first(work.gradients[layer.name], layer.name)
    shares = [(name, *work.share(name, layer.name)) for name in layer.inputs]

    def backward() -> None:
        back = does.backward(dy, cache[0])
        back = back if isinstance(back, tuple) else (back,)
        for (name, share, finish), dx in zip(shares, back, strict=False):
            if share is not None:
                work.images_first(share, name)[...] = dx
                finish()
        for name, slope in zip(names, back[len(shares) :], strict=True):
            work.slopes[name][...] = slope

    return Step(forward, backward)


_FAST = {"pool": pool, "dense": dense, "relu": relu, "dropout": dropout, "softmax": softmax}


def steps(work: Workspace) -> dict[str, Step]:
    """Prepare what is done for each layer, in order; pooling at once after its convolution."""
    joined = {one.name for three in work.pooled.values() for one in three[1:] if one is not None}
    found = {}
    for layer in work.spec.layers:
        if layer.name in joined:
            continue
        make = conv if gathers.gathered(work.spec, layer) else _FAST.get(layer.kind, reference)
        found[layer.name] = make(work, layer)
        if three := work.pooled.get(layer.name):
            found[three.pool.name] = pooled(work, three)
    return found
