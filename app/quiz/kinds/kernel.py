"""Which kernel made this map? What a kernel finds, seen in what it makes."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from app.quiz.item import Item, Option, Painted, Words, grid_of, told_apart
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, pick, reads_one_map
from model import LayerSpec
from model.arrays import Array
from model.layers import operation

APART: Final = {1: 0.3, 2: 0.2, 3: 0.1}
"""Level: how far the maps of wrong kernels are from the one shown, as a share of its spread."""

MISTAKES: Final = {
    1: ("swapped-signs", "other-kernel"),
    2: ("turned", "swapped-signs", "other-kernel"),
    3: ("turned", "transposed", "mirrored"),
}
"""Level: from what the wrong kernels are made."""


def map_of(material: Material, layer: LayerSpec, kernel: Array, bias: float) -> Array:
    """What a kernel makes of the map below, (rows, columns)."""
    image = material.trace[layer.inputs[0]][None].astype(np.float64)
    one = LayerSpec(
        layer.name, "conv", layer.inputs, layer.kernel, layer.stride, layer.padding, channels=1
    )
    made, _ = operation(one).forward(one, image, kernel[None, None], np.array([bias]))
    found: Array = made[0, 0]
    return found


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, _fitting(material, level))
    weights = material.weight(layer)[:, 0]
    channel = int(rng.integers(len(weights)))
    right, bias = weights[channel], float(material.bias(layer)[channel])
    shown = map_of(material, layer, right, bias)
    spread = float(shown.std())
    if spread < 0.05:
        return None
    wrong = []
    for mistake, kernel in _others(level, weights, channel, rng):
        away = float(np.sqrt(np.mean((map_of(material, layer, kernel, bias) - shown) ** 2)))
        if away >= APART[level] * spread:
            wrong.append(_option(kernel, mistake))
    options = told_apart(_option(right), wrong)
    if len(options) < 4:
        return None
    title = Words("item.kernel.map", {"layer": layer.name})
    below = material.values(layer.inputs[0])[0]
    look: Painted = "image" if layer.inputs[0] == "input" else "signed"
    image = grid_of(Words("item.kernel.image"), below, painted=look)
    grids = (image, grid_of(title, shown, painted="signed"))
    _, rows, columns = material.shape(layer)
    cell = material.cell(layer.name, channel, rows // 2, columns // 2)
    return Item(Words("item.kernel.asks", {"layer": layer.name}), options, cell, grids)


def _others(level: int, weights: Array, channel: int, rng: Rng) -> Iterator[tuple[str, Array]]:
    """Wrong kernels, each with the mistake that it is."""
    right = weights[channel]
    made = {
        "turned": right[::-1, ::-1],
        "transposed": right.T,
        "mirrored": right[:, ::-1],
        "swapped-signs": -right,
    }
    yield from ((name, made[name]) for name in MISTAKES[level] if name in made)
    if "other-kernel" in MISTAKES[level]:
        for other in rng.permutation(len(weights)):
            if other != channel:
                yield "other-kernel", weights[other]


def _option(kernel: Array, mistake: str = "") -> Option:
    title = Words("item.kernel.option")
    return Option(title, mistake, grid_of(title, kernel, painted="signed"))


def _fitting(material: Material, level: int) -> list[LayerSpec]:
    def fits(layer: LayerSpec) -> bool:
        if not reads_one_map(material, layer) or not 2 <= min(layer.kernel) <= 7:
            return False
        same = layer.kernel[0] == layer.kernel[1]
        return material.shape(layer)[0] >= 3 and (same or level != 3)

    return material.layers(fits)


def _missing(material: Material, level: int) -> str:
    return "" if _fitting(material, level) else "one-map"


KERNEL: Final = Kind("kernel", _make, _missing)
