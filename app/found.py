"""What was found out about a drawing: tensors by name, and what they say of themselves."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.models import Served
from app.reading import Drawn
from app.wire import Array, Encoder, type_of


class Found(NamedTuple):
    """
    What was found out.

    Attributes
    ----------
    encoder
        Knows the names and shapes, and what the answer says of itself.
    tensors
        Each by itself, in that order.
    parts
        The same end to end, several in one piece where they lie so.
    """

    encoder: Encoder
    tensors: Callable[[], Sequence[Array]]
    parts: Callable[[], Sequence[Array]]


Find = Callable[[Served, Drawn], Found]
"""One question, asked of any weights and any drawing; it keeps a processor busy."""


def told(
    served: Served, named: Mapping[str, Array], metadata: Mapping[str, str] | None = None
) -> Found:
    """Make an answer of arrays by name: float64 before float32 before whole numbers."""
    shapes = {name: (type_of(array), array.shape) for name, array in named.items()}
    said = {"model": served.id, "weights": served.weights.digest, **(metadata or {})}
    arrays = tuple(named.values())
    return Found(Encoder(shapes, said), lambda: arrays, lambda: arrays)
