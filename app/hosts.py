"""
Answer only under names that are this server's.

A page anywhere on the internet can let its own name lead to 127.0.0.1 and then read, in the
browser of whoever visits it, what a server on that machine answers (DNS rebinding). The header Host
tells: it has the name that the browser believes in.
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.handlers import on_refusal, refuse_upgrade
from app.host_names import address_of, is_loopback, name_of, names_here
from app.refusals import RefusalError


class Hosts:
    """
    Refuse requests that call the server by a name that it does not have.

    Over this machine's own loopback those are the loopback's names and addresses, this machine's
    name, and those that were allowed. Over the network every name is answered, because nobody here
    can know them all, unless some were allowed: then those, this machine's, and plain addresses,
    which no foreign name hides behind.

    Parameters
    ----------
    allowed
        More names, as `name_of` gives them.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self.app = app
        self.allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on, or refuse with 421 (RFC 9110, section 15.5.20)."""
        if scope["type"] in ("http", "websocket"):
            ours = (scope.get("server") or ("",))[0]
            for key, value in scope["headers"]:
                if key == b"host" and not self._is_ours(value, ours):
                    await _refuse(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    def _is_ours(self, host: bytes, ours: str) -> bool:
        name = name_of(host.decode("latin-1"))
        if name in self.allowed or name in names_here() or name.endswith(".localhost"):
            return True
        local, address = is_loopback(ours), address_of(name)
        if address is not None:
            return address.is_loopback or address.is_unspecified or not local
        return not local and not self.allowed


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        answer = await on_refusal(Request(scope), RefusalError("wrong-host"))
        await answer(scope, receive, send)
    else:
        await refuse_upgrade(scope, send, RefusalError("wrong-host"))
