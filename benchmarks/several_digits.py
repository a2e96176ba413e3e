"""Several digits at once, on paper and on the pad: rows, columns, two lines, sums."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.photo_kinds import KINDS
from benchmarks.photo_plain import plain, written
from benchmarks.scene import Points, photograph
from model.preprocess import Stroke

PLUS = [np.array([(-0.25, 0.0), (0.25, 0.0)]), np.array([(0.0, -0.25), (0.0, 0.25)])]
EQUALS = [np.array([(-0.25, -0.1), (0.25, -0.1)]), np.array([(-0.25, 0.1), (0.25, 0.1)])]
OTHERS = ("plain", "plain", "plain", "soft shadow", "lamp", "faint rules", "other papers")
"""Kinds that several digits are photographed in."""


def picture(seed: Sequence[int]) -> bytes:
    """Take one photograph of several digits; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    kind = OTHERS[int(rng.integers(len(OTHERS)))]
    scene = plain(rng, 0)
    rows, columns = scene.size
    limits = np.array((columns, rows)) / min(scene.size) * 0.84
    lines = _fitted(_arranged(rng, most=6), limits * rng.uniform(0.55, 1), 0.5)
    height = _line_height(lines)
    mark = replace(scene.marks[0], lines=tuple(lines), width=height * rng.uniform(0.04, 0.09))
    return photograph(KINDS[kind](replace(scene, marks=(mark,)), rng), rng)


def drawing(seed: Sequence[int]) -> list[Stroke]:
    """Draw several digits on the pad; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    width = rng.uniform(0.02, 0.07)
    room = np.full(2, rng.uniform(0.6, 0.95) - width)
    lines = _fitted(_arranged(rng, most=3), room, 0.9)
    everything = np.concatenate(lines)
    low, high = everything.min(0), everything.max(0)
    corner = width / 2 + rng.random(2) * (1 - width - (high - low))
    return [Stroke(line - low + corner, width) for line in lines]


def _arranged(rng: np.random.Generator, most: int) -> list[Points]:
    """Digits of one height beside or below each other, none touching another."""
    count = int(rng.integers(2, most + 1))
    form = rng.choice(("row", "row", "row", "column", "lines", "sum"))
    symbols = [written(int(rng.integers(10)), rng) for _ in range(count)]
    if form == "sum":
        symbols = [symbols[0], PLUS, symbols[1]]
        symbols += [EQUALS, written(int(rng.integers(10)), rng)] if most > 3 else []
    if form == "lines" and count > 3:
        upper, lower = _row(symbols[: count // 2], rng), _row(symbols[count // 2 :], rng)
        return _stacked([upper, lower], rng)
    return _stacked(symbols, rng) if form == "column" else _row(symbols, rng)


def _row(symbols: Sequence[Sequence[Points]], rng: np.random.Generator) -> list[Points]:
    """Set them side by side, a gap of a fifth of their height or more between."""
    lines, right = [], 0.0
    for symbol in symbols:
        sized = [line * rng.uniform(0.85, 1.1) for line in symbol]
        low = np.concatenate(sized).min(0)
        moved = [line + np.array((right - low[0], rng.normal(0, 0.05))) for line in sized]
        right = float(np.concatenate(moved).max(0)[0]) + rng.uniform(0.2, 0.6)
        lines += moved
    return lines


def _stacked(symbols: Sequence[Sequence[Points]], rng: np.random.Generator) -> list[Points]:
    """Set them below each other."""
    lines, bottom = [], 0.0
    for symbol in symbols:
        low = np.concatenate(symbol).min(0)
        moved = [line + np.array((rng.normal(0, 0.06), bottom - low[1])) for line in symbol]
        bottom = float(np.concatenate(moved).max(0)[1]) + rng.uniform(0.2, 0.5)
        lines += moved
    return lines


def _fitted(lines: Sequence[Points], room: Points, most: float) -> list[Points]:
    """Scale and move them into the middle; one digit is at most so high."""
    everything = np.concatenate(lines)
    low, high = everything.min(0), everything.max(0)
    scale = min(float((room / np.maximum(high - low, 1e-6)).min()), most)
    return [(line - (low + high) / 2) * scale for line in lines]


def _line_height(lines: Sequence[Points]) -> float:
    """The median longest side of a line: about the height of a digit."""
    return float(np.median([math.hypot(*np.ptp(line, axis=0)) for line in lines]))
