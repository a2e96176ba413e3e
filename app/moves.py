"""Read from a query how a drawing is moved, turned and enlarged before it is read."""

from typing import Final

from starlette.datastructures import QueryParams

from app.parameters import real_number
from model.variations import ANGLES, FACTORS, OFFSETS, Move

_ENDS: Final = {
    "down": OFFSETS,
    "right": OFFSETS,
    "rotation": ANGLES,
    "scale": FACTORS,
}
LIMITS: Final = {name: (values[0].item(), values[-1].item()) for name, values in _ENDS.items()}
"""The least and the most of each parameter: what `variations` tries, too."""

WHOLE: Final = frozenset({"down", "right"})


def move_of(parameters: QueryParams) -> Move | None:
    """
    Read `?down=&right=&rotation=&scale=`; None when none of them is there.

    Raises
    ------
    RefusalError
        Saying from where to where each of them goes.
    """
    numbers = {name: _number(name, parameters) for name in LIMITS if name in parameters}
    if not numbers:
        return None
    down, right = (int(numbers.get(name, 0)) for name in ("down", "right"))
    return Move(down, right, numbers.get("rotation", 0), numbers.get("scale", 1))


def _number(name: str, parameters: QueryParams) -> float:
    least, most = LIMITS[name]
    return real_number(parameters, name, least, most, whole=name in WHOLE)
