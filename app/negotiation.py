"""Choose the media type of an answer from what the client accepts (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence
from typing import Final

_MOST: Final = 64  # ranges that are looked at; browsers send fewer than ten


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """
    Pick the offer that the client likes best.

    Parameters
    ----------
    accept : str or None
        The Accept header; None or empty accepts everything.
    offers : sequence of str
        Media types in lower case, the server's favourite first: it wins a tie.

    Returns
    -------
    str or None
        One of the offers, or None when the client wants none of them.
    """
    if not accept or not accept.strip():
        return offers[0]
    parts = accept.split(",", _MOST)[:_MOST]
    ranges = [parsed for part in parts if (parsed := _parse(part)) is not None]
    qualities = [_quality(offer, ranges) for offer in offers]
    best = max(qualities)
    return offers[qualities.index(best)] if best > 0 else None


def _parse(part: str) -> tuple[str, float] | None:
    """Read `type/subtype;q=0.5`; a range that cannot be read is as if it were not there."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        value = float(quality)
    except ValueError:
        return None
    return (name, value) if name.count("/") == 1 and 0 <= value <= 1 else None


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality that the most specific matching range gives an offer; 0 when none matches."""
    family = offer.split("/", maxsplit=1)[0] + "/*"
    for pattern in (offer, family, "*/*"):
        matching = [quality for name, quality in ranges if name == pattern]
        if matching:
            return max(matching)
    return 0.0
