"""Which of the four wins? What pooling makes of a window."""

from math import prod
from typing import Final

import numpy as np

from app.quiz.item import Gap, Item, Words, grid_of, told_apart, valued
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, pick
from model import LayerSpec

CLOSE: Final = {1: (0.0, 0.5), 2: (0.5, 0.8), 3: (0.8, 0.999)}
"""Level: what share of the largest the second is."""


def _pools(layer: LayerSpec) -> bool:
    return layer.kind == "pool" and layer.mode in ("max", "average") and prod(layer.kernel) > 1


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, material.layers(_pools))
    channels, rows, columns = material.shape(layer)
    at = int(rng.integers(channels)), int(rng.integers(rows)), int(rng.integers(columns))
    (high, wide), (down, right) = layer.kernel, layer.stride
    top, left = at[1] * down - layer.padding[0], at[2] * right - layer.padding[1]
    below = material.values(layer.inputs[0])[at[0]]
    if top < 0 or left < 0 or top + high > below.shape[0] or left + wide > below.shape[1]:
        return None
    title = Words("item.pooling.window", {"layer": layer.inputs[0], "map": at[0]})
    grid = grid_of(title, below[top : top + high, left : left + wide])
    shown = np.array(grid.rows).ravel()
    *_, second, first = np.sort(shown).tolist()
    least, most = CLOSE[level]
    if first <= 0 or second < 0 or not least <= second / first < most:
        return None
    found = {
        "max": first,
        "average": float(shown.mean()),
        "sum": float(shown.sum()),
        "least": float(shown.min()),
    }
    mode = str(layer.mode)
    names = {"max": "took-max", "average": "took-average", "sum": "took-sum", "least": "took-least"}
    wrong = [valued(value, names[name]) for name, value in found.items() if name != mode]
    options = told_apart(valued(found[mode]), wrong)
    if len(options) < 4:
        return None
    gaps: dict[str, Gap] = {"layer": layer.name, "rows": high, "columns": wide}
    asks = Words(f"item.pooling.asks.{mode}", gaps)
    form: Final = "number" if level == 3 else "choice"
    return Item(asks, options, material.cell(layer.name, *at), (grid,), form)


def _missing(material: Material, level: int) -> str:
    del level
    return "" if material.layers(_pools) else "pooling"


POOLING: Final = Kind("pooling", _make, _missing)
