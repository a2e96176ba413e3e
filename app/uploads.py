"""The bodies that are in memory at once: each in time, and all together within a bound."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.refusals import RefusalError
from app.settings import Limits

_LEAVE: Final = {"connection": "close"}


class _TooLargeError(Exception):
    """More came than may."""


class _Upload:
    """One body on its way: what of it is here, and until when the rest is awaited."""

    def __init__(self, deadline: asyncio.Timeout) -> None:
        self.deadline = deadline
        self.parts: list[bytes] = []
        self.size = 0
        self.given_up = False


class Uploads:
    """
    Every body from its first byte to the answer.

    When all together would be too much, the one that has been coming longest makes room: somebody
    who holds a hundred half-sent bodies loses them to those who send theirs.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held = 0
        self._coming: dict[_Upload, None] = {}  # in the order in which they began

    @asynccontextmanager
    async def body(
        self, request: Request, *, image: bool, too_large: str = ""
    ) -> AsyncIterator[bytes]:
        """
        Read a body up to the limit of its kind, and not a byte more into memory.

        An announced length is judged before anything is read; one that is not, while reading.

        Parameters
        ----------
        too_large
            Which sentence refuses it, where it is neither a drawing nor a picture.

        Raises
        ------
        RefusalError
            When it is too large or too slow, or there is no room.
        """
        limit = self._limits.image_bytes if image else self._limits.json_bytes
        too_large = too_large or ("image-too-large" if image else "json-too-large")
        gaps = {"megabytes": limit / 1e6}
        announced = request.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > limit:
            raise RefusalError(too_large, gaps, headers=_LEAVE)
        seconds = self._limits.image_seconds if image else self._limits.json_seconds
        upload = _Upload(asyncio.timeout(seconds))
        try:
            try:
                async with upload.deadline:
                    await self._read(request, upload, limit)
            except TimeoutError:
                raise RefusalError("body-too-slow", {"seconds": seconds}, headers=_LEAVE) from None
            except _TooLargeError:
                raise RefusalError(too_large, gaps, headers=_LEAVE) from None
            finally:
                self._coming.pop(upload, None)
            body, upload.parts = b"".join(upload.parts), []
            yield body
        finally:
            self._held -= upload.size

    async def _read(self, request: Request, upload: _Upload, limit: int) -> None:
        while True:
            message = await request.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            if upload.given_up:  # and the deadline has not come round to saying so
                raise TimeoutError
            part: bytes = message.get("body", b"")
            upload.parts.append(part)
            upload.size += len(part)
            self._held += len(part)
            if upload.size > limit:
                raise _TooLargeError
            if not message.get("more_body", False):
                return
            self._coming[upload] = None
            self._make_room(upload)

    def _make_room(self, mine: _Upload) -> None:
        """Take back what has been coming longest, until the rest is within the bound."""
        while self._held > self._limits.all_bytes:
            longest = next(iter(self._coming))
            if longest is mine:
                headers = {**_LEAVE, "retry-after": "5"}
                raise RefusalError("too-many-bodies", headers=headers)
            with suppress(RuntimeError):  # it is just running out by itself
                longest.deadline.reschedule(0)
            self._held -= longest.size
            longest.parts, longest.size, longest.given_up = [], 0, True
            del self._coming[longest]


class Drain:
    """
    Read on for a while when the answer came before the end of the body.

    To close a connection on which something unread lies resets it, and a client that sends all
    before it reads would never see why it was refused.
    """

    MOST = 100_000_000
    """Bytes that are thrown away for the sake of an answer."""
    QUIET = 2
    """Seconds without a byte after which the client is taken to have read it."""
    SECONDS = 20
    """All that it may take."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold back the end of the answer, which closes the connection, until the body ended."""
        if scope["type"] != "http" or not _is_long(scope):
            await self.app(scope, receive, send)
            return
        ended = False

        async def watched() -> Message:
            nonlocal ended
            message = await receive()
            ended = message["type"] == "http.disconnect" or not message.get("more_body", False)
            return message

        async def answer(message: Message) -> None:
            last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if ended or not last:
                await send(message)
                return
            await send({**message, "more_body": True})
            if await self._drain(receive):
                await send({"type": "http.response.body", "body": b""})

        await self.app(scope, watched, answer)

    async def _drain(self, receive: Receive) -> bool:
        """Whether the client is still there afterwards."""
        read = 0
        try:
            async with asyncio.timeout(self.SECONDS):
                while read < self.MOST:
                    message = await asyncio.wait_for(receive(), self.QUIET)
                    read += len(message.get("body", b""))
                    if message["type"] == "http.disconnect":
                        return False
                    if not message.get("more_body", False):
                        break
        except (TimeoutError, asyncio.CancelledError):  # the server may stop meanwhile
            pass
        return True


def _is_long(scope: Scope) -> bool:
    """Whether a body may still be on its way when its head is here."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return len(value) > 5  # 100 KB; shorter ones the HTTP server has read by then
        if name == b"transfer-encoding":
            return True
    return False
