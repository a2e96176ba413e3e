"""What a cue shows: a link as the page gives it, or what stands behind its #."""

import re
from typing import Final, Literal, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from app.lessons.words import wrong_number
from app.sections import SECTIONS

NETWORK_PARTS: Final = (
    *("drawing", "centre", "brush", "pen", "activations", "hidden", "cell", "form", "scale"),
    *("quantity", "lines", "view", "relief", "present", "orbit", "camera", "map", "panel", "term"),
    *("class", "why", "save", "with", "kept", "play"),
)
"""What links to the page of the network say; static/js/page/link/fields.js reads it."""

_MOST_PARTS: Final = 100
_LEFT_OUT: Final = ("v", "weights", "lesson", "cue")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_NAME: Final = re.compile(r"[a-z][a-z-]*")


class Shown(NamedTuple):
    """Where a cue is, and how that page is then."""

    page: Literal["", "operations"]
    section: str
    parts: dict[str, str]
    network: str = ""
    """That the link names; empty for none."""


def read_link(text: str) -> Shown:
    """
    Read a link.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong with it.
    """
    try:
        url = urlsplit(text)
    except ValueError:
        raise ValueError("This is no link. Copy one from a page, with U.") from None
    page = url.path.rpartition("/")[2]
    if page not in ("", "operations"):
        raise ValueError(f"There is no page {page}. A link begins with /# or with /operations#.")
    network = dict(parse_qsl(url.query)).get("model", "")
    if page == "":
        parts = _parts_of(url.fragment)
        for name in parts:
            if name not in NETWORK_PARTS:
                raise ValueError(
                    f"Links say nothing called {name}. Copy one from the page, with U."
                )
        _judge_places(parts)
        return Shown("", "", parts, network)
    first, _, rest = url.fragment.partition("&")
    section, names = unquote(first), [one.name for one in SECTIONS]
    if section not in names:
        raise ValueError(
            f"The link names no operation. Behind the # stands one of {', '.join(names)}."
        )
    parts = _parts_of(rest)
    for name in parts:
        if name.partition(".")[0] not in names and name != "drawing":
            raise ValueError(f"No operation has anything called {name}.")
    return Shown("operations", section, parts, network)


def _parts_of(fragment: str) -> dict[str, str]:
    try:
        read = parse_qsl(fragment, keep_blank_values=True, max_num_fields=_MOST_PARTS)
    except ValueError:
        raise ValueError(
            f"The link has more than {_MOST_PARTS} parts. Copy one from a page, with U."
        ) from None
    return {name: text for name, text in read if name not in _LEFT_OUT}


def _judge_places(parts: dict[str, str]) -> None:
    """A cell may be one of the drawing's own: the unit of the guess, the strongest of a layer."""
    for name, text in parts.items():
        for place in _PLACE.findall(text):
            words = tuple(place.split())
            if name != "cell" or words[:1] not in (("guess",), ("second",), ("strongest",)):
                raise ValueError(
                    f"{{{place}}} names no cell: write {{guess}} or {{strongest LAYER}}."
                )
            if why := wrong_number(words):
                raise ValueError(f"{{{place}}} names no cell: {why}")
