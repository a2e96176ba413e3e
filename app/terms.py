"""Words of the glossary in pages of prose, as links that open their entries."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.texts import Message

MEANT_OTHERWISE: Final = frozenset(
    {
        *("account", "add", "api", "argue", "channel", "details", "effect", "engine", "image"),
        *("lines", "loud", "operations", "ops", "parameters", "params", "path", "pin", "release"),
        *("say", "server", "share", "shown", "space", "square", "steps", "sum", "term"),
        "total",
    }
)
"""Names that mean something else where programs are spoken to: a path is an address there."""

_NAME: Final = re.compile(r"term\.([a-z]+)")
_TAG: Final = re.compile(r"(</?(\w+)[^>]*>)")
_LEFT: Final = frozenset(
    {"a", "code", "dt", "h1", "h2", "h3", "nav", "pre", "small", "th", "title"}
)


class Terms:
    """
    The entries of the glossary, found by their names.

    Parameters
    ----------
    messages : Mapping of str to Message
        The catalogue; `term.ID` is an entry's title: its names, separated by commas.
    """

    def __init__(self, messages: Mapping[str, Message]) -> None:
        self._ids = dict(_names(messages))
        by_letter: dict[str, list[str]] = {}  # at most places no more is tried than the letters
        for name in sorted(self._ids, key=len, reverse=True):
            by_letter.setdefault(name[0].lower(), []).append(re.escape(name[1:]))
        groups = [f"{re.escape(one)}(?:{'|'.join(rests)})" for one, rests in by_letter.items()]
        words = "|".join(groups) or r"\b\B"
        self._pattern = re.compile(rf"(?<![\w/-])(?:{words})(?![\w/-])", re.IGNORECASE)

    def led(self, html: str, prefix: str) -> str:
        """
        Make links of the words that stand first in their section of a page.

        Headings, code, links and names of fields stay as they are.

        Parameters
        ----------
        html : str
            Well-formed, escaped.
        prefix : str
            The way back to the root.
        """
        seen: set[str] = set()
        within = 0

        def leading(found: re.Match[str]) -> str:
            entry = self._ids[found[0].lower()]
            if entry in seen:
                return found[0]
            seen.add(entry)
            link = f"{prefix}#v=1&amp;panel=glossary&amp;term={entry}"
            return f'<a class="term" href="{link}">{found[0]}</a>'

        pieces = []
        for text, tag, name in _pieces(html):
            pieces += [text if within else self._pattern.sub(leading, text), tag]
            if name in _LEFT:
                within += -1 if tag.startswith("</") else 1
            elif name == "section":
                seen.clear()
        return "".join(pieces)


def _pieces(html: str) -> Iterator[tuple[str, str, str]]:
    """Each text with the tag behind it, and what that is called."""
    parts = _TAG.split(html)
    yield from zip(parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True)


def _names(messages: Mapping[str, Message]) -> Iterator[tuple[str, str]]:
    """Each name, and its plural, with the entry that explains it."""
    for key, title in messages.items():
        entry = _NAME.fullmatch(key)
        names = title.lower().split(", ") if entry and isinstance(title, str) else []
        for name in set(names) - MEANT_OTHERWISE:
            yield name, key.removeprefix("term.")
            yield f"{name}s", key.removeprefix("term.")
