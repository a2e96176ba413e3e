"""Read from a query which cell of which layer is asked about."""

from collections.abc import Sequence
from typing import NamedTuple

from starlette.datastructures import QueryParams

from app.refusals import wrong_parameter
from app.schemas import Gap
from model import NetworkSpec
from model.shapes import Shape

PLACES = ("channel", "row", "column")


class Cell(NamedTuple):
    """One cell: its layer, and its place there as arrays are indexed."""

    layer: str
    at: tuple[int, ...]

    def __str__(self) -> str:
        """As code writes it, without spaces: conv2[3,2,4]."""
        return f"{self.layer}[{','.join(map(str, self.at))}]"


def cell_of(parameters: QueryParams, spec: NetworkSpec) -> Cell:
    """
    Read `?layer=&channel=&row=&column=`; row and column are 0 when they are not there.

    Raises
    ------
    RefusalError
        Saying which layers there are, or how far the layer goes.
    """
    layer = _layer(parameters.getlist("layer"), tuple(spec.shapes))
    return cell_in(layer, parameters, spec)


def cell_in(layer: str, parameters: QueryParams, spec: NetworkSpec) -> Cell:
    """
    Read `?channel=&row=&column=` of a layer that is known; row and column as in `cell_of`.

    Raises
    ------
    RefusalError
        Saying how far the layer goes.
    """
    shape = spec.shapes[layer]
    sizes = (*shape, 1, 1)[:3]  # a unit is the only cell of its map
    index = tuple(
        _place(parameters.getlist(name), name, size, layer, shape)
        for name, size in zip(PLACES, sizes, strict=True)
    )
    return Cell(layer, index[: len(shape)])


def rival_of(cell: Cell, parameters: QueryParams, spec: NetworkSpec) -> Cell | None:
    """
    Read `?against=`, the channel of a cell at the same row and column; None when it is not there.

    Raises
    ------
    RefusalError
        Saying how far the layer goes.
    """
    said, shape = parameters.getlist("against"), spec.shapes[cell.layer]
    if not said:
        return None
    channel = _place(said, "against", shape[0], cell.layer, shape)
    return Cell(cell.layer, (channel, *cell.at[1:]))


def _layer(said: Sequence[str], known: tuple[str, ...]) -> str:
    if len(said) == 1 and said[0] in known:
        return said[0]
    kind = "unknown-layer" if len(said) == 1 else "several-layers" if said else "no-layer"
    raise wrong_parameter("layer", kind, {"layers": known})


def _place(said: Sequence[str], name: str, size: int, layer: str, shape: Shape) -> int:
    if not said and name != "channel":
        return 0
    digits = said[0] if len(said) == 1 else ""
    number = digits.isascii() and digits.isdigit() and len(digits) < 10
    if number and int(digits) < size:
        return int(digits)
    kind = "no-such-place" if number else "no-place"
    if len(said) != 1:
        kind = "several-places" if said else "no-channel"
    if size == 1 and said:
        kind = "only-place"
    gaps: dict[str, Gap] = {"name": name, "layer": layer, "shape": shape, "last": size - 1}
    if kind == "only-place":
        del gaps["last"]
    raise wrong_parameter(name, kind, gaps)
