"""What does ReLU let through? Numbers above 0, and 0 for the others."""

from typing import Final

import numpy as np

from app.cells import Cell
from app.quiz.item import Grid, Item, Option, Words, figure, told_apart, valued
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, pick
from model import LayerSpec

NUMBERS: Final = {1: 1, 2: 6, 3: 6}
"""Level: of how many numbers it is asked: what comes of one, how many become 0, what is left."""


def _is_relu(layer: LayerSpec) -> bool:
    return layer.kind == "relu"


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, material.layers(_is_relu))
    values = material.values(layer.inputs[0]).reshape(material.shape(layer))
    lines = values if values.shape[-1] > 1 else values.reshape(1, 1, -1)
    count = min(NUMBERS[level], lines.shape[-1])
    at = tuple(int(rng.integers(size)) for size in lines.shape[:2])
    first = int(rng.integers(lines.shape[-1] - count + 1))
    shown = [figure(one).value for one in lines[at][first : first + count]]
    if min(abs(one) for one in shown) < 0.05:
        return None
    place = np.ravel_multi_index((*at, first), lines.shape)
    cell = material.cell(layer.name, *map(int, np.unravel_index(place, values.shape)))
    gaps = {"layer": layer.name, "source": layer.inputs[0]}
    if level == 1:
        return _one(shown[0], gaps, cell)
    if min(shown) > 0 or max(shown) < 0:
        return None
    asks, options = _zeros(shown) if level == 2 else _sum(shown)
    if len(options) < 4:
        return None
    grid = Grid(Words("item.relu.numbers", {"layer": layer.inputs[0]}), (tuple(shown),))
    form: Final = "number" if level == 3 else "choice"
    return Item(Words(asks, {"layer": layer.name}), options, cell, (grid,), form)


def _one(value: float, gaps: dict[str, str], cell: Cell) -> Item | None:
    right = valued(max(0.0, value))
    wrong = [
        valued(value, "let-through"),
        valued(abs(value), "sign-dropped"),
        valued(-value, "sign-turned"),
        valued(0.0, "all-stopped"),
        valued(1.0, "switch"),
    ]
    options = told_apart(right, wrong)
    asks = Words("item.relu.asks.one", {**gaps, "value": figure(value)})
    return Item(asks, options, cell) if len(options) == 4 else None


def _zeros(shown: list[float]) -> tuple[str, tuple[Option, ...]]:
    negative = sum(one < 0 for one in shown)
    positive = len(shown) - negative
    wrong = [
        valued(positive, "other-way-round"),
        valued(0, "let-through"),
        valued(len(shown), "all-stopped"),
        valued(1, "least-only"),
    ]
    return "item.relu.asks.zeros", told_apart(valued(negative), wrong)


def _sum(shown: list[float]) -> tuple[str, tuple[Option, ...]]:
    right = valued(sum(max(0.0, one) for one in shown))
    wrong = [
        valued(sum(shown), "let-through"),
        valued(sum(abs(one) for one in shown), "sign-dropped"),
        valued(max(shown), "took-max"),
        valued(max(0.0, sum(shown)), "added-first"),
        valued(float(sum(one > 0 for one in shown)), "switch"),
    ]
    return "item.relu.asks.sum", told_apart(right, wrong, 5)


def _missing(material: Material, level: int) -> str:
    del level
    return "" if material.layers(_is_relu) else "relu"


RELU: Final = Kind("relu", _make, _missing)
