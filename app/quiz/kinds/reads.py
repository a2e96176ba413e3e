"""Which rows does a cell read? Where its window lies, with a stride and padding."""

from typing import Final

from app.quiz.item import Gap, Item, Option, Words, told_apart
from app.quiz.kinds.kind import Kind
from app.quiz.kinds.size import drawn_geometry
from app.quiz.material import Material, Rng, is_windowed, mixed, pick
from model.shapes import output_size


def _rows(first: int, kernel: int, mistake: str = "") -> Option:
    return Option(Words("item.rows", {"first": first, "last": first + kernel - 1}), mistake)


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, material.layers(is_windowed))
    _, size, _ = material.below(layer)
    kernel, stride, padding = drawn_geometry(level, rng)
    count = output_size(size, kernel, stride, padding) if size + 2 * padding >= kernel else 0
    if count < 2:
        return None
    row = int(rng.integers(1, count))
    first = row * stride - padding
    if first < 0 or first + kernel > size:
        return None
    wrong = [
        _rows(row - padding, kernel, "no-stride"),
        _rows(row * stride, kernel, "no-padding"),
        _rows((row - 1) * stride - padding, kernel, "from-one"),
        _rows(first - kernel // 2, kernel, "centred"),
        _rows(row * kernel, kernel, "side-by-side"),
        _rows(first, kernel + 1, "one-more"),
    ]
    likely = [one for one in wrong if one.says.gaps["first"] in range(size)]
    options = told_apart(_rows(first, kernel), mixed(rng, likely))
    if len(options) < 4:
        return None
    gaps: dict[str, Gap] = {
        "layer": layer.inputs[0],
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
    }
    channels, rows, columns = material.shape(layer)
    cell = material.cell(layer.name, channels - 1, min(row, rows - 1), columns - 1)
    return Item(Words("item.reads.asks", {**gaps, "row": row}), options, cell)


def _missing(material: Material, level: int) -> str:
    del level
    return "" if material.layers(is_windowed) else "windows"


READS: Final = Kind("reads", _make, _missing)
