"""Who may show our pages in a frame; and why a frame of somebody else stays empty."""

import logging
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_FRAMES: Final = frozenset({"iframe", "frame", "embed", "object"})
_OURS: Final = frozenset({"same-origin", "none"})
_ORIGIN: Final = re.compile(r"https?://((\*\.)?[a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?")
_MOST: Final = 100
"""Origins that the log names once each; nobody fills it with more."""

_log = logging.getLogger(__name__)


def ancestor(said: str) -> str:
    """
    Read one of those who may show our pages: an origin, or * for everybody.

    Raises
    ------
    ValueError
        With a sentence for the person who named it.
    """
    name = said.strip().lower().removesuffix("/")
    if name == "*" or _ORIGIN.fullmatch(name):
        return name
    sentence = (
        f"Who may show the page in a frame is said as https://school.example, without a path, or "
        f"as * for everybody, not as {said!r}."
    )
    raise ValueError(sentence)


class Frames:
    """
    Say in the log why a frame of somebody else stays empty: once for each origin.

    The policy that keeps it empty is in `headers.py`. A browser says in headers that it asks for a
    frame, and that another origin has it, where it trusts the connection: over https, and at
    addresses of the machine itself.
    """

    def __init__(self, app: ASGIApp, ancestors: Sequence[str]) -> None:
        self.app = app
        self.ancestors = frozenset(ancestors)
        self._said: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at who asks, and go on."""
        if scope["type"] == "http":
            self._look(Headers(scope=scope))
        await self.app(scope, receive, send)

    def _look(self, headers: Headers) -> None:
        if headers.get("sec-fetch-dest") not in _FRAMES:
            return
        if headers.get("sec-fetch-site", "none") in _OURS or "*" in self.ancestors:
            return
        origin = _origin(headers.get("referer", ""))
        if origin in self.ancestors or origin in self._said or len(self._said) >= _MOST:
            return
        self._said.add(origin)
        _log.warning(
            "A page of %s shows Convlens in a frame, which its visitors see empty. If you want "
            "it there, start with --frame-ancestors %s",
            origin or "another site",
            origin or "https://its.address",
        )


def _origin(url: str) -> str:
    """The origin of a URL that somebody sent; "" where there is none that could be named."""
    try:
        parts = urlsplit(url)
        return ancestor(f"{parts.scheme}://{parts.netloc}")
    except ValueError:
        return ""
