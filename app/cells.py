"""Read from a query which cell of which layer is asked about."""

from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request

from app.bodies import wrong_parameter
from model import NetworkSpec
from model.shapes import in_words

PLACES = ("channel", "row", "column")


class Cell(NamedTuple):
    """One cell: its layer, and its place there as arrays are indexed."""

    layer: str
    at: tuple[int, ...]

    def __str__(self) -> str:
        """As code writes it, without spaces: conv2[3,2,4]."""
        return f"{self.layer}[{','.join(map(str, self.at))}]"


def cell_of(request: Request, spec: NetworkSpec) -> Cell:
    """
    Read `?layer=&channel=&row=&column=`; row and column are 0 when they are not there.

    Raises
    ------
    RefusalError
        Saying which layers there are, or how far the layer goes.
    """
    layer = _layer(request.query_params.getlist("layer"), list(spec.shapes))
    shape = spec.shapes[layer]
    sizes = (*shape, 1, 1)[:3]  # a unit is the only cell of its map
    index = tuple(
        _place(request.query_params.getlist(name), name, size, f"{layer} has {in_words(shape)}")
        for name, size in zip(PLACES, sizes, strict=True)
    )
    return Cell(layer, index[: len(shape)])


def _layer(said: Sequence[str], known: Sequence[str]) -> str:
    names = f"Name one of: {', '.join(known)}."
    if not said:
        raise wrong_parameter("layer", "The parameter layer is missing.", names)
    if len(said) > 1:
        raise wrong_parameter("layer", "The parameter layer is there more than once.", names)
    if said[0] not in known:
        raise wrong_parameter("layer", "The network has no layer of this name.", names)
    return said[0]


def _place(said: Sequence[str], name: str, size: int, holds: str) -> int:
    last = size - 1
    mend = (
        f"{holds}: give {name} as a whole number from 0 to {last}."
        if last
        else (f"{holds}: {name} can only be 0 there.")
    )
    if len(said) > 1:
        raise wrong_parameter(name, f"The parameter {name} is there more than once.", mend)
    if not said:
        if name == "channel":
            raise wrong_parameter(name, "The parameter channel is missing.", mend)
        return 0
    digits = said[0]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise wrong_parameter(name, f"The parameter {name} is no whole number.", mend)
    if int(digits) > last:
        raise wrong_parameter(name, f"The layer has no such {name}.", mend)
    return int(digits)
