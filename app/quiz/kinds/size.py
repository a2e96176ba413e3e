"""What is the output size? Windows that fit, with a kernel, a stride and padding."""

from typing import Final

from app.quiz.item import Gap, Item, Words, told_apart, valued
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng, is_windowed, pick
from model.shapes import output_size

KERNELS: Final = (2, 3, 4, 5, 7)


def drawn_geometry(level: int, rng: Rng) -> tuple[int, int, int]:
    """Draw kernel, stride and padding: level 1 has neither of the last two, 2 one, 3 both."""
    kernel = pick(rng, KERNELS)
    padding = int(rng.integers(1, max(2, kernel // 2 + 1)))
    stride = int(rng.integers(2, 4))
    if level == 1:
        return kernel, 1, 0
    if level == 2:
        return (kernel, stride, 0) if rng.integers(2) else (kernel, 1, padding)
    return kernel, stride, padding


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    layer = pick(rng, material.layers(is_windowed))
    _, size, _ = material.below(layer)
    kernel, stride, padding = drawn_geometry(level, rng)
    room = size + 2 * padding - kernel
    if room < stride or (level == 3 and room % stride == 0):
        return None
    right = output_size(size, kernel, stride, padding)
    wrong = [
        valued(room // stride, "no-one"),
        valued(output_size(size, kernel, 1, padding), "no-stride"),
        valued(output_size(size, kernel, stride, 0), "no-padding"),
        valued((size + padding - kernel) // stride + 1, "one-side"),
        valued(-(-room // stride) + 1, "rounded-up"),
        valued(size, "same-size"),
        valued(size // kernel, "side-by-side"),
    ]
    likely = [one for one in wrong if one.value > 0]
    options = told_apart(valued(right), likely, 5 if level == 3 else 3)
    if len(options) < 4:
        return None
    gaps: dict[str, Gap] = {"layer": layer.inputs[0], "size": size, "kernel": kernel}
    asks = Words("item.size.asks", {**gaps, "stride": stride, "padding": padding})
    channels, *last = material.shape(layer)
    cell = material.cell(layer.name, channels - 1, last[0] - 1, last[1] - 1)
    return Item(asks, options, cell, form="number" if level == 3 else "choice")


def _missing(material: Material, level: int) -> str:
    del level
    return "" if material.layers(is_windowed) else "windows"


SIZE: Final = Kind("size", _make, _missing)
