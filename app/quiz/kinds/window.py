"""What does this window give? Products of a window and a kernel, their sum, and the bias."""

from dataclasses import replace
from math import prod
from typing import Final

import numpy as np

from app.quiz.item import Gap, Item, Words, figure, grid_of, told_apart, valued
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, mixed, pick, reads_one_map
from model import LayerSpec
from model.arrays import Array

INK: Final = {1: (1, 5), 2: (6, 11), 3: (12, 99)}
"""Level: of how many cells of the window there is ink."""

_SEEN: Final = 0.005
"""What is nearer to paper is displayed as paper."""

_PLACES: Final = 20
"""Where such a window is looked for before another kernel is."""

_HALF: Final = 0.00495
"""Half of the last place that is shown; four decimals are exact, and halfway is left out."""

_GAP: Final = 0.1
"""The least distance of an option from the right one."""


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, _fitting(material, level))
    channels, rows, columns = material.shape(layer)
    channel = int(rng.integers(channels))
    paper = material.network.spec.input.offset if layer.inputs[0] == "input" else 0
    least, most = INK[level]
    for row, column in rng.integers((rows, columns), size=(_PLACES, 2)).tolist():
        window = _window(material, layer, row, column)
        if least <= np.count_nonzero(np.abs(window - paper) > _SEEN) <= most:
            break
    else:
        return None
    kernel, bias = material.weight(layer)[channel, 0], float(material.bias(layer)[channel])
    total = float((window * kernel).sum())
    before = _window(material, layer, row - 1, column - 1)
    inwards = _window(material, replace(layer, padding=(0, 0)), row, column)
    wrong = [
        valued(total, "no-bias"),
        valued(float((window * kernel[::-1, ::-1]).sum()) + bias, "turned"),
        valued(float((before * kernel).sum()) + bias, "from-one"),
        valued(float(window.sum()) + bias, "no-weights"),
        valued(float((inwards * kernel).sum()) + bias, "no-padding"),
    ]
    right = valued(total + bias)
    far = [one for one in wrong if abs(one.value - right.value) >= _GAP]
    options = told_apart(right, mixed(rng, far))
    gaps: dict[str, Gap] = {"layer": layer.name, "map": channel, "bias": figure(bias)}
    grids = (
        grid_of(Words("item.window.window", {"row": row, "column": column}), window),
        grid_of(Words("item.window.kernel", {"map": channel}), kernel),
    )
    cell = material.cell(layer.name, channel, row, column)
    item = Item(Words("item.window.asks", gaps), options, cell, grids)
    return item if len(options) == 4 and _adds_up(item, figure(bias).value) else None


def _window(material: Material, layer: LayerSpec, row: int, column: int) -> Array:
    """What a cell reads; 0 beyond the map."""
    (high, wide), (down, right) = layer.kernel, layer.stride
    top, left = row * down - layer.padding[0], column * right - layer.padding[1]
    below = material.values(layer.inputs[0])[0]
    there = below[max(top, 0) : max(top + high, 0), max(left, 0) : max(left + wide, 0)]
    found = np.zeros(layer.kernel)
    found[max(-top, 0) :, max(-left, 0) :][: len(there), : there.shape[1]] = there
    return found


def _adds_up(item: Item, bias: float) -> bool:
    """Whether the numbers as they are shown, which are rounded, make the answer as it is shown."""
    window, kernel = (np.array(one.rows) for one in item.grids)
    shown = float((window * kernel).sum()) + bias
    return abs(shown - item.answer.value) < _HALF


def _fitting(material: Material, level: int) -> list[LayerSpec]:
    """Layers whose windows have room for so much ink."""
    least, _ = INK[level]
    return material.layers(lambda one: reads_one_map(material, one) and prod(one.kernel) >= least)


def _missing(material: Material, level: int) -> str:
    return "" if _fitting(material, level) else "one-map"


WINDOW: Final = Kind("window", _make, _missing, tries=200)
