"""Which cell cannot have seen this pixel? Receptive fields, window by window."""

from collections.abc import Callable
from dataclasses import replace
from operator import le
from typing import Final

from app.quiz.item import Gap, Item, Option, Words, told_apart
from app.quiz.kinds.kind import Kind
from app.quiz.material import KEEPING, Box, Material, Rng, is_windowed, mixed, pick
from model import LayerSpec

WINDOWS: Final = {1: (1, 1), 2: (2, 2), 3: (3, 99)}
"""Level: how many windows lie between the image and the cell."""


def field_of(material: Material, name: str, box: Box, *, strides: bool = True) -> Box:
    """Follow cells of a layer back to the image: rows and columns that they have seen.

    Each layer is followed once, with all that the ones above read of it: from there it goes on
    alike, and the ways through a network of many branches are too many to follow one by one.
    """
    found = {name: box}
    for layer in reversed(material.network.spec.layers):
        if layer.name not in found:
            continue
        below = found[layer.name]
        if is_windowed(layer):
            below = read_by(layer if strides else replace(layer, stride=(1, 1)), below)
        for one in layer.inputs:
            found[one] = _around(found.get(one, below), below)
    return found["input"]


def _around(one: Box, other: Box) -> Box:
    """The box around two."""
    tops, bottoms, lefts, rights = zip(one, other, strict=True)
    return min(tops), max(bottoms), min(lefts), max(rights)


def read_by(layer: LayerSpec, box: Box) -> Box:
    """What cells of a layer read of the one below."""
    (high, wide), (down, right), (above, before) = layer.kernel, layer.stride, layer.padding
    top, bottom, left, last = box
    return (
        top * down - above,
        bottom * down - above + high - 1,
        left * right - before,
        last * right - before + wide - 1,
    )


def windows_above(material: Material) -> dict[str, int]:
    """How many windows lie between the image and each layer, of those that leave nothing out."""
    found = {"input": 0}
    for layer in material.network.spec.layers:
        below = [found[one] for one in layer.inputs if one in found]
        fits = _touches(layer) or (layer.kind in KEEPING and _is_nested(material, layer))
        if len(below) == len(layer.inputs) and fits:
            found[layer.name] = max(below) + is_windowed(layer)
    return found


def _is_nested(material: Material, layer: LayerSpec) -> bool:
    """Whether one of its inputs has seen all that the others have: theirs is one box, too.

    What a cell has seen moves evenly from cell to cell, so that the first and the last tell.
    """
    _, rows, columns = material.shape(layer)
    ends: list[Box] = [(0, 0, 0, 0), (rows - 1, rows - 1, columns - 1, columns - 1)]
    whole = [field_of(material, layer.name, end) for end in ends]
    return whole in ([field_of(material, one, end) for end in ends] for one in layer.inputs)


def _touches(layer: LayerSpec) -> bool:
    """Whether its windows leave no gaps, so that what cells above have seen is one box."""
    return is_windowed(layer) and all(map(le, layer.stride, layer.kernel))


def _layers(material: Material, level: int) -> list[LayerSpec]:
    least, most = WINDOWS[level]
    counts = windows_above(material)

    def fits(layer: LayerSpec) -> bool:
        _, rows, columns = material.shape(layer)
        fitting = is_windowed(layer) and least <= counts.get(layer.name, 0) <= most
        return fitting and min(rows, columns) >= 3

    return material.layers(fits)


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, _layers(material, level))
    _, height, width = material.network.spec.shape
    _, rows, columns = material.shape(layer)
    pixel = int(rng.integers(height)), int(rng.integers(width))
    # Cells near those that see the pixel: far away nobody would look.
    start = int(rng.integers(rows)), int(rng.integers(columns))
    around = [
        (row, column)
        for row in range(max(0, start[0] - 4), min(rows, start[0] + 5))
        for column in range(max(0, start[1] - 4), min(columns, start[1] + 5))
    ]
    ways = _mistakes(material, layer, level)
    blind: tuple[int, int] | None = None
    wrong: list[Option] = []
    for row, column in mixed(rng, around):
        if not _sees(field_of(material, layer.name, (row, row, column, column)), pixel):
            blind = blind or (row, column)
            continue
        made = next((name for name, way in ways.items() if not _sees(way(row, column), pixel)), "")
        if made:
            wrong.append(_option(row, column, made))
    if blind is None or len(wrong) < 3:
        return None
    options = told_apart(_option(*blind), _of_each(wrong))
    gaps: dict[str, Gap] = {"layer": layer.name, "row": pixel[0], "column": pixel[1]}
    cell = material.cell(layer.name, 0, *blind)
    return Item(Words("item.seen.asks", gaps), options, cell)


def _mistakes(
    material: Material, layer: LayerSpec, level: int
) -> dict[str, Callable[[int, int], Box]]:
    """What somebody takes for the receptive field of a cell, by the name of the mistake."""

    def whole(row: int, column: int) -> Box:
        return field_of(material, layer.name, (row, row, column, column))

    def centred(row: int, column: int) -> Box:
        top, bottom, left, right = whole(row, column)
        down, along = (bottom - top) // 2, (right - left) // 2
        return row - down, row - down + bottom - top, column - along, column - along + right - left

    def no_stride(row: int, column: int) -> Box:
        return field_of(material, layer.name, (row, row, column, column), strides=False)

    near: dict[str, Callable[[int, int], Box]] = {
        "centred": centred,
        "from-one": lambda row, column: whole(row - 1, column - 1),
        "rows-for-columns": lambda row, column: whole(column, row),
    }
    if level == 1:
        return near
    own_window = {"own-window": lambda row, column: read_by(layer, (row, row, column, column))}
    return {**own_window, "no-stride": no_stride, **near}


def _of_each(wrong: list[Option]) -> list[Option]:
    """One of each mistake first."""
    firsts = list({one.mistake: one for one in wrong}.values())
    return [*firsts, *(one for one in wrong if one not in firsts)]


def _option(row: int, column: int, mistake: str = "") -> Option:
    return Option(Words("item.cell", {"row": row, "column": column}), mistake)


def _sees(box: Box, pixel: tuple[int, int]) -> bool:
    top, bottom, left, right = box
    return top <= pixel[0] <= bottom and left <= pixel[1] <= right


def _missing(material: Material, level: int) -> str:
    if _layers(material, level):
        return ""
    return "deep-windows" if material.layers(is_windowed) else "windows"


SEEN: Final = Kind("seen", _make, _missing)
