"""What surrounds each request: sub-path, query, HEAD, headers, failures. Pure ASGI, for speed."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.addresses import MOST_PARAMETERS
from app.errors import problem_response
from app.headers import security
from app.refusals import RefusalError

_STARTS: Final = ("http.response.start", "websocket.http.response.start")

_log = logging.getLogger(__name__)


class SubPath:
    """
    Serve under a root path, whether or not the proxy takes it off.

    Afterwards a request's path begins with the root path in either case, which is what ASGI says.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self.app = app
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tidy the path; the bare root path without its slash is sent there, relatively."""
        root = self.root_path
        if not root or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path == root and scope["type"] == "http":
            await _redirect(quote(root.rpartition("/")[2]) + "/", scope, send)
            return
        whole = path if path.startswith(root + "/") else root + path
        await self.app({**scope, "path": whole, "root_path": root}, receive, send)


class ShortQueries:
    """Refuse queries of very many parameters, which take long to parse, before anybody does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count them."""
        if scope["type"] == "http" and scope["query_string"].count(b"&") >= MOST_PARAMETERS:
            await _refuse("many-parameters", scope, send, most=MOST_PARAMETERS)
            return
        await self.app(scope, receive, send)


class HeadAsGet:
    """Answer HEAD wherever GET is answered; the HTTP server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the routes see a GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET", "headers_only": True}
        await self.app(scope, receive, send)


class SecurityHeaders:
    """
    Put the headers that bind a browser on every answer, refusals and failures too.

    Parameters
    ----------
    ancestors
        Origins whose pages may show ours in a frame, beside our own.
    """

    def __init__(self, app: ASGIApp, ancestors: Sequence[str] = ()) -> None:
        self.app = app
        self.headers = security(ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add them to the start of the answer."""

        async def send_secured(message: Message) -> None:
            if message["type"] in _STARTS:
                message["headers"] = [*message.get("headers", ()), *self.headers]
            await send(message)

        await self.app(scope, receive, send_secured)


class Failures:
    """Turn a mistake of ours into a problem for the client and a traceback in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 500 unless the answer has begun."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except asyncio.CancelledError:  # only the end of the server cancels a request
            if scope["type"] != "http" or started:
                raise
            await _refuse("stopping", scope, send)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            _log.exception("A request failed.")
            await _refuse("failure", scope, send)


async def _refuse(kind: str, scope: Scope, send: Send, **gaps: int) -> None:
    answer = problem_response(RefusalError(kind, gaps), scope.get("root_path", ""))
    await send(
        {"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers}
    )
    await send({"type": "http.response.body", "body": bytes(answer.body)})


async def _redirect(location: str, scope: Scope, send: Send) -> None:
    query = scope.get("query_string", b"")
    target = location.encode() + (b"?" + query if query else b"")
    headers = [(b"location", target), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 307, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
