"""Numbers and choices in a query; each thing that can be wrong with one has its sentence."""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import QueryParams

from app.refusals import wrong_parameter
from app.schemas import Gap

_WORDS: Final = {
    True: ("several-steps", "no-steps", "too-many-steps"),
    False: ("several-moves", "no-move", "too-far"),
}
"""Of numbers without a fraction, and of others."""


def whole_number(
    parameters: QueryParams, name: str, least: int, most: int, usual: int, digits: int
) -> int:
    """
    Read a whole number from `least` to `most`; `usual` where it is not there.

    Parameters
    ----------
    digits
        Of how many it may be made at most before it is no number at all.

    Raises
    ------
    RefusalError
        Saying what it may be.
    """
    said = parameters.getlist(name) or [str(usual)]
    gaps: dict[str, Gap] = {"name": name, "least": least, "most": most}
    several, none, far = _WORDS[True]
    if len(said) > 1:
        raise wrong_parameter(name, several, gaps)
    if not (said[0].isascii() and said[0].isdigit() and len(said[0]) <= digits):
        raise wrong_parameter(name, none, gaps)
    if not least <= int(said[0]) <= most:
        raise wrong_parameter(name, far, gaps)
    return int(said[0])


def real_number(
    parameters: QueryParams,
    name: str,
    least: float,
    most: float,
    usual: float = 0,
    *,
    whole: bool = False,
) -> float:
    """
    Read a number from `least` to `most`; `usual` where it is not there.

    Parameters
    ----------
    whole
        Whether it is one of those without a fraction, which may be below 0.

    Raises
    ------
    RefusalError
        Saying from where to where it goes.
    """
    said = parameters.getlist(name) or [str(usual)]
    gaps: dict[str, Gap] = {"name": name, "least": least, "most": most}
    several, none, far = _WORDS[whole]
    if len(said) > 1:
        raise wrong_parameter(name, several, gaps)
    try:
        value = float(said[0])
    except ValueError:
        raise wrong_parameter(name, none, gaps) from None
    if whole and not value.is_integer():  # also of NaN and of the infinite
        raise wrong_parameter(name, none, gaps)
    if not least <= value <= most:
        raise wrong_parameter(name, far, gaps)
    return value


def choice(parameters: QueryParams, name: str, choices: Sequence[str]) -> str:
    """
    Read one of some names; the first of them where it is not there.

    Raises
    ------
    RefusalError
        Naming all.
    """
    said = parameters.getlist(name) or choices[:1]
    if len(said) > 1:
        raise wrong_parameter(name, "several-choices", {"name": name, "choices": tuple(choices)})
    if said[0] not in choices:
        raise wrong_parameter(name, "unknown-choice", {"name": name, "choices": tuple(choices)})
    return said[0]
