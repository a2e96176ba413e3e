"""Which term raises it most? Products of values and weights in a unit's sum."""

from typing import Final

import numpy as np

from app.quiz.item import Item, Option, Words, figure, rounded
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, pick
from model import LayerSpec

AHEAD: Final = {1: (2.0, 1e9), 2: (1.3, 2.0), 3: (1.05, 1.3)}
"""Level: how many times as large the largest product is as the next."""

_POOL: Final = (4, 30)
"""Of how many terms, at least and at most, the four are chosen."""


def _is_dense(layer: LayerSpec) -> bool:
    return layer.kind == "dense"


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, material.layers(_is_dense))
    weight = material.weight(layer)
    unit = int(rng.integers(len(weight)))
    values = material.values(layer.inputs[0]).ravel()
    weights = weight[unit].ravel()
    pool = rng.permutation(np.flatnonzero(np.abs(values) > 0.05))[: rng.integers(*_POOL)]
    if len(pool) < 4:
        return None
    shown = rounded(np.stack([values[pool], weights[pool]], axis=1))
    products = shown.prod(axis=1)
    chosen = {
        "": int(products.argmax()),
        "largest-value": int(shown[:, 0].argmax()),
        "largest-weight": int(shown[:, 1].argmax()),
        "no-sign": int(products.argmin()),
    }
    at = list(chosen.values())
    alike = any(
        np.count_nonzero(shown[at, column] >= shown[chosen[name], column]) > 1
        for column, name in enumerate(("largest-value", "largest-weight"))
    )
    first, second = np.sort(products[at])[[-1, -2]]
    least, most = AHEAD[level]
    if alike or len(set(at)) < 4 or -products[chosen["no-sign"]] <= first or first <= 0.02:
        return None
    if not least * max(second, 1e-9) <= first < most * max(second, 1e-9):
        return None
    options = tuple(
        Option(
            Words(
                "item.strongest.term",
                {"value": figure(shown[i, 0]), "weight": figure(shown[i, 1])},
            ),
            mistake,
        )
        for mistake, i in chosen.items()
    )
    asks = Words("item.strongest.asks", {"layer": layer.name, "unit": unit})
    return Item(asks, options, material.cell(layer.name, unit))


def _missing(material: Material, level: int) -> str:
    del level
    return "" if material.layers(_is_dense) else "units"


STRONGEST: Final = Kind("strongest", _make, _missing)
