"""The sections of the page of operations, in the order of the essay."""

from typing import Final, NamedTuple

from app.schemas import Model
from model.spec import INPUT


class Section(NamedTuple):
    """A figure of the essay that is about something one can do."""

    name: str
    """Its anchor, what `?only=` calls it, and its template in `templates/operations/`."""
    kind: str
    """Of the layer that does the same in the network; `input` is the image itself."""
    several: bool = False
    """Whether the layer must read several maps."""


SECTIONS: Final = (
    Section("image", "input"),
    Section("convolution", "conv"),
    Section("kernels", "conv"),
    Section("angles", "conv"),
    Section("depth", "conv", several=True),
    Section("activation", "relu"),
    Section("linear", "relu"),
    Section("pooling", "pool"),
    Section("softmax", "softmax"),
    Section("why", "conv"),
    Section("network", "softmax"),
)


def chosen(name: str | None) -> tuple[Section, ...]:
    """Give the section of this name alone, or all; none where there is no such section."""
    return tuple(one for one in SECTIONS if name in (None, one.name))


def cell_like(section: Section, network: Model) -> str:
    """
    Find the cell of a network at which a section is seen.

    It is in the middle of the first layer that does the same.

    Returns
    -------
    str
        As a link says it, "conv1.0.14.14"; empty where the network has no such layer.
    """
    if section.kind == INPUT:
        _, rows, columns = network.input.shape
        return f"{INPUT}.0.{rows // 2}.{columns // 2}"
    for layer in network.layers:
        reads = (*layer.parameters.get("weight", ()), 1, 1)[1]
        if layer.kind == section.kind and (reads > 1 or not section.several):
            _, rows, columns = (*layer.shape, 1, 1)[:3]
            return f"{layer.name}.0.{rows // 2}.{columns // 2}"
    return ""


MISTAKES: Final = ("gallery", "map", "units")
"""The sections of the page of mistakes, likewise; `templates/mistakes/` has each."""

LEARNING: Final = ("boat", "step", "history", "training", "handwriting")
"""The sections of the page of learning, by their anchors; `templates/learning/` has each."""
