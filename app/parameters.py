"""Numbers in a query, where all that can be wrong with one has one of three sentences."""

from starlette.datastructures import QueryParams

from app.refusals import wrong_parameter
from app.schemas import Gap


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
    if len(said) > 1:
        raise wrong_parameter(name, "several-steps", gaps)
    if not (said[0].isascii() and said[0].isdigit() and len(said[0]) <= digits):
        raise wrong_parameter(name, "no-steps", gaps)
    if not least <= int(said[0]) <= most:
        raise wrong_parameter(name, "too-many-steps", gaps)
    return int(said[0])
