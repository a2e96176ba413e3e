"""Read from a query how a drawing is moved, turned and enlarged before it is read."""

from typing import Final

from starlette.datastructures import QueryParams

from app.refusals import wrong_parameter
from app.schemas import Gap
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

_WORDS: Final = {
    True: ("several-steps", "no-steps", "too-many-steps"),
    False: ("several-moves", "no-move", "too-far"),
}


def move_of(parameters: QueryParams) -> Move | None:
    """
    Read `?down=&right=&rotation=&scale=`; None when none of them is there.

    Raises
    ------
    RefusalError
        Saying from where to where each of them goes.
    """
    said = {name: parameters.getlist(name) for name in LIMITS}
    numbers = {name: _number(name, texts) for name, texts in said.items() if texts}
    if not numbers:
        return None
    down, right = (int(numbers.get(name, 0)) for name in ("down", "right"))
    return Move(down, right, numbers.get("rotation", 0), numbers.get("scale", 1))


def _number(name: str, texts: list[str]) -> float:
    least, most = LIMITS[name]
    gaps: dict[str, Gap] = {"name": name, "least": least, "most": most}
    several, none, far = _WORDS[name in WHOLE]
    if len(texts) > 1:
        raise wrong_parameter(name, several, gaps)
    try:
        value = float(texts[0])
    except ValueError:
        raise wrong_parameter(name, none, gaps) from None
    if name in WHOLE and not value.is_integer():  # also of NaN and of the infinite
        raise wrong_parameter(name, none, gaps)
    if not least <= value <= most:
        raise wrong_parameter(name, far, gaps)
    return value
