"""
The metrics of a run as Server-Sent Events: its file from a line on, and what joins it.

All who read a run along at this worker share a feed, which looks for what is new once and keeps
its last lines at hand. Who comes anew or is far behind reads the file until they are there: one
that does not read costs what lies in the system's buffers. The id of an event is the number of its
line, which stays the same when a run is taken up again, so that a curve has no hole whatever breaks
off.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import IO, Any, Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.runs.folder import ENDED, Run

POLL: Final = 0.25  # seconds
MOST: Final = 256
"""Readers that a worker has at once."""

NEAR: Final = 128
"""Lines that are kept at hand."""

_CHUNK: Final = 65_536
_QUIET: Final = 15.0  # seconds after which a comment keeps proxies from giving up
_PATIENCE: Final = 30.0  # seconds in which something is taken from us
_RETRY: Final = b"retry: 1000\n\n"


class Tail:
    """
    The lines of a file from one on, as events, as it grows; files may be put in its place.

    Attributes
    ----------
    next : the number of the line that is to be given next.
    """

    def __init__(self, run: Run, first: int) -> None:
        self._run, self.next = run, first
        self._number = 0
        self._file: IO[bytes] | None = None
        self._known = 0
        self._rest = b""

    def events(self) -> list[bytes]:
        """Give whole lines that nobody was given, some kilobytes of them; none at the end."""
        found: list[bytes] = []
        while not found and self._open() and self._file and (more := self._file.read(_CHUNK)):
            *whole, self._rest = (self._rest + more).split(b"\n")
            for number, line in enumerate(whole, self._number):
                if number == self.next:
                    found.append(b"id: %d\nevent: metrics\ndata: %s\n\n" % (number, line))
                    self.next += 1
            self._number += len(whole)
        return found

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


class Feed:
    """
    What is new of a run, looked up once for all who read along; made in the event loop.

    Attributes
    ----------
    said : how far the run is, as an event.
    ended : whether nothing comes any more.
    news : done when there is something new; another one stands in its place then.
    readers : how many there are.
    """

    def __init__(self, run: Run) -> None:
        self._run, self._tail = run, Tail(run, 0)
        self._last = deque[bytes](maxlen=NEAR)
        self.said, self.ended, self.readers = b"", False, 0
        self._loop = asyncio.get_running_loop()
        self.news = self._loop.create_future()
        self._timer = self._loop.call_later(POLL, self._look_again)

    def look(self) -> None:
        """See what is new. The last lines of a run were written before its last status."""
        status, before = self._run.status, (self._tail.next, self.said)
        while events := self._tail.events():
            self._last += events
        deleted = not self._run.path.is_dir()
        if not deleted:  # else nothing is known of it any more
            self.said = b"event: status\ndata: %s\n\n" % json.dumps(asdict(status)).encode()
        self.ended = deleted or status.state in ENDED
        if self.ended or (self._tail.next, self.said) != before:
            self.news.set_result(None)
            self.news = self._loop.create_future()

    def since(self, number: int) -> list[bytes] | None:
        """Give the events of all lines from one on; None if that one is not at hand any more."""
        missing = number - self._tail.next + len(self._last)
        return None if missing < 0 else list(islice(self._last, missing, None))

    def close(self) -> None:
        """Look no more."""
        self._timer.cancel()
        self._tail.close()

    def _look_again(self) -> None:
        self._timer = self._loop.call_later(POLL, self._look_again)
        self.look()


class Stream(Response):
    """An answer that goes on as long as the run and its reader do."""

    media_type = "text/event-stream"

    def __init__(self, run: Run, first: int, readers: "Readers") -> None:
        super().__init__(
            headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
            media_type=self.media_type,
        )
        del self.headers["content-length"]
        self._run, self._place, self._readers = run, Tail(run, first), readers
        self._said = b""

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
            with self._readers.one(self._run) as feed:
                await self._send(feed, send, gone)
        finally:
            gone.cancel()
            self._place.close()

    async def _send(self, feed: Feed, send: Send, gone: "asyncio.Future[None]") -> None:
        data = _RETRY
        while not gone.done():
            data += self._news(feed)
            if data:
                try:
                    async with asyncio.timeout(_PATIENCE):
                        await send({"type": "http.response.body", "body": data, "more_body": True})
                except TimeoutError:
                    return  # nobody reads it
                data = b""
            elif feed.ended:
                await send({"type": "http.response.body", "body": b""})
                return
            else:
                done, _ = await asyncio.wait(
                    {gone, feed.news}, timeout=_QUIET, return_when=asyncio.FIRST_COMPLETED
                )
                data = b"" if done else b":\n\n"

    def _news(self, feed: Feed) -> bytes:
        """Give events for what there is that this reader was not sent, or a part of them."""
        events = feed.since(self._place.next)
        if events is None:
            if events := self._place.events():
                return b"".join(events)
        else:
            self._place.close()
            self._place.next += len(events)
        said, self._said = self._said, feed.said
        return b"".join((*events, b"" if said == feed.said else feed.said))


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
    """Who reads along at this worker."""

    def __init__(self) -> None:
        self._feeds: dict[str, Feed] = {}

    @property
    def full(self) -> bool:
        """Whether no more can be let in."""
        return sum(feed.readers for feed in self._feeds.values()) >= MOST

    @contextlib.contextmanager
    def one(self, run: Run) -> Iterator[Feed]:
        """Count one for as long as it reads, and give it the feed of its run as it is now."""
        if run.id not in self._feeds:
            self._feeds[run.id] = Feed(run)
        feed = self._feeds[run.id]
        feed.readers += 1
        try:
            feed.look()
            yield feed
        finally:
            feed.readers -= 1
            if not feed.readers:
                feed.close()
                del self._feeds[run.id]
