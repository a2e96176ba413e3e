"""
The metrics of a run as Server-Sent Events: its file from a line on, and what joins it.

Every reader reads the file by itself, at its own pace: one that does not read costs an open file
and what lies in the system's buffers. The id of an event is the number of its line, which stays the
same when a run is taken up again, so that a curve has no hole whatever breaks off.
"""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any, Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.runs.folder import ENDED, Run

POLL: Final = 0.25  # seconds
MOST: Final = 256
"""Readers that a worker has at once."""

_CHUNK: Final = 65_536
_QUIET: Final = 15.0  # seconds after which a comment keeps proxies from giving up
_PATIENCE: Final = 30.0  # seconds in which something is taken from us
_RETRY: Final = b"retry: 1000\n\n"


class Tail:
    """The lines of a file from one on, as it grows; files may be put in its place."""

    def __init__(self, run: Run, first: int) -> None:
        self._run, self._number = run, 0
        self._first = first
        self._file: IO[bytes] | None = None
        self._known = 0
        self._rest = b""

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Give whole lines that nobody was given, up to some kilobytes of them."""
        if not self._open():
            return
        assert self._file is not None
        *whole, self._rest = (self._rest + self._file.read(_CHUNK)).split(b"\n")
        for line in whole:
            number, self._number = self._number, self._number + 1
            if number >= self._first:
                self._first = number + 1
                yield number, line

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> bool:
        """See that the file is the one that stands there now, from its beginning if it is new."""
        try:
            there = self._run.metrics.stat().st_ino
            if self._file is None or there != self._known:
                self.close()
                self._file = self._run.metrics.open("rb")
                self._known, self._number, self._rest = there, 0, b""
        except OSError:  # the run was deleted, or has not begun
            return False
        return True


class Stream(Response):
    """An answer that goes on as long as the run and its reader do."""

    media_type = "text/event-stream"

    def __init__(self, run: Run, first: int, readers: "Readers") -> None:
        super().__init__(
            headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
            media_type=self.media_type,
        )
        del self.headers["content-length"]
        self._run, self._tail, self._readers = run, Tail(run, first), readers
        self._said = b""
        self._ended = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what there is, wait for more, and end with the reader or the run."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        if scope.get("headers_only"):
            await send({"type": "http.response.body", "body": b""})
            return
        leaving = asyncio.Event()
        scope["state"]["leaving"] = leaving  # the protocol says so when the server stops
        gone = asyncio.ensure_future(_gone(receive, leaving))
        try:
            with self._readers.one():
                await self._send(send, gone)
        finally:
            gone.cancel()
            self._tail.close()

    async def _send(self, send: Send, gone: "asyncio.Future[None]") -> None:
        quiet, data = 0.0, _RETRY
        while not gone.done():
            data += self._news()
            if data or quiet >= _QUIET:
                message = {"type": "http.response.body", "body": data or b":\n\n"}
                try:
                    async with asyncio.timeout(_PATIENCE):
                        await send({**message, "more_body": True})
                except TimeoutError:
                    return  # nobody reads it
                quiet = 0.0
            if self._ended and not data:
                await send({"type": "http.response.body", "body": b""})
                return
            full, data = len(data) >= _CHUNK, b""
            if not full:
                await asyncio.wait({gone}, timeout=POLL)
                quiet += POLL

    def _news(self) -> bytes:
        """Give events for what there is that this reader was not sent."""
        events = [
            b"id: %d\nevent: metrics\ndata: %s\n\n" % (number, line)
            for number, line in self._tail.lines()
        ]
        status = self._run.status
        said = b"event: status\ndata: %s\n\n" % json.dumps(asdict(status)).encode()
        if said != self._said:
            self._said = said
            events.append(said)
        # Its last lines were written before its last status, and may be more than one reading.
        self._ended = status.state in ENDED or not self._run.path.is_dir()
        return b"".join(events)


async def _gone(receive: Receive, leaving: asyncio.Event) -> None:
    """Wait until the reader has gone, or the server is about to."""

    async def disconnected() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    waits: list[asyncio.Future[Any]] = [
        asyncio.ensure_future(disconnected()),
        asyncio.ensure_future(leaving.wait()),
    ]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()


class Readers:
    """How many read along at this worker."""

    def __init__(self) -> None:
        self.count = 0

    @property
    def full(self) -> bool:
        """Whether no more can be let in."""
        return self.count >= MOST

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        """Count one for as long as it reads."""
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1
