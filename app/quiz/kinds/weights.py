"""How many weights? What training sets in a layer."""

from typing import Final

from app.quiz.item import Gap, Item, Option, Words, told_apart, valued
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, pick
from model import LayerSpec

_TYPED: Final = 999_999
"""Larger numbers nobody types."""


def _fitting(material: Material, level: int) -> list[LayerSpec]:
    """Level 1 and 2: layers that read one map, or units; level 3: layers that read several maps."""

    def fits(layer: LayerSpec) -> bool:
        maps, rows, columns = material.below(layer)
        several = maps > 1 and rows * columns > 1
        one_map = layer.kind != "conv" or maps == 1 or level == 3
        return layer.kind in ("conv", "dense") and several == (level == 3) and one_map

    return material.layers(fits)


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, _fitting(material, level))
    if layer.kind == "conv":
        asks, options = _convolution(material, layer, level, rng)
    else:
        asks, options = _dense(material, layer, level, rng)
    if len(options) < 4 or options[0].value > _TYPED:
        return None
    form: Final = "number" if level == 3 else "choice"
    return Item(asks, options, material.cell(layer.name, 0, 0, 0), form=form)


def _convolution(
    material: Material, layer: LayerSpec, level: int, rng: Rng
) -> tuple[Words, tuple[Option, ...]]:
    maps, rows, columns = material.below(layer)
    kernels = int(rng.integers(2, 33))
    size = pick(rng, [one for one in (2, 3, 5, 7) if one <= min(rows, columns)] or [1])
    one = size * size
    gaps: dict[str, Gap] = {
        "layer": layer.inputs[0],
        "maps": maps,
        "kernels": kernels,
        "size": size,
    }
    out = kernels * (rows - size + 1) * (columns - size + 1)
    if level == 1:
        wrong = [
            valued(kernels * one + kernels, "with-bias"),
            valued(one, "one-kernel"),
            valued(out * one, "not-shared"),
        ]
        return Words("item.weights.conv", gaps), told_apart(valued(kernels * one), wrong)
    right = kernels * (maps * one + 1)
    wrong = [
        valued(kernels * maps * one, "no-bias"),
        valued(kernels * (one + 1), "one-map-only"),
        valued(kernels * maps * (one + 1), "bias-per-map"),
        valued(kernels * maps * one + 1, "one-bias"),
        valued(maps * one + 1, "one-kernel"),
        valued(out * maps * one, "not-shared"),
    ]
    key = "item.weights.conv-maps" if level == 3 else "item.weights.conv-bias"
    return Words(key, gaps), told_apart(valued(right), wrong, 5 if level == 3 else 3)


def _dense(
    material: Material, layer: LayerSpec, level: int, rng: Rng
) -> tuple[Words, tuple[Option, ...]]:
    maps, rows, columns = material.below(layer)
    units = int(rng.integers(2, 201))
    reads = maps * rows * columns
    gaps: dict[str, Gap] = {"layer": layer.inputs[0], "cells": reads, "units": units}
    if level == 1:
        wrong = [
            valued(units * (reads + 1), "with-bias"),
            valued(units + reads, "added"),
            valued(reads, "one-unit"),
        ]
        return Words("item.weights.dense", gaps), told_apart(valued(units * reads), wrong)
    right = units * (reads + 1)
    wrong = [
        valued(units * reads, "no-bias"),
        valued(units * reads + 1, "one-bias"),
        valued(units + reads, "added"),
        valued(units * reads + reads, "bias-per-input"),
    ]
    if level == 2:
        return Words("item.weights.dense-bias", gaps), told_apart(valued(right), wrong)
    several: dict[str, Gap] = {**gaps, "maps": maps, "rows": rows, "columns": columns}
    wrong[1:1] = [
        valued(units * (maps + 1), "maps-not-cells"),
        valued(units * (rows * columns + 1), "one-map-only"),
    ]
    return Words("item.weights.dense-maps", several), told_apart(valued(right), wrong, 5)


def _missing(material: Material, level: int) -> str:
    if _fitting(material, level):
        return ""
    return "several-maps" if level == 3 else "units"


WEIGHTS: Final = Kind("weights", _make, _missing)
