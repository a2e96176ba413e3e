"""Pupils who draw over live channels: the other kind of benchmarks/pupils.py.

Each has one channel, on which one question is under way. A drawing is that which its kind over HTTP
sends whole: it lacks its last points at first, and they come one by one, with a question each.
"""

import asyncio
import json
import struct
from collections import deque
from collections.abc import Iterator
from itertools import count
from typing import cast

from benchmarks.pupils import Tally
from benchmarks.server import SAMPLES
from tests.channel import TEXT, frame, handshake

STEPS = 9  # points of a drawing that come one by one


def messages() -> list[bytes]:
    """What follows the number of each message, for all the sample digits."""
    return [
        json.dumps({**one, "ask": ["lenet/trace"]})[1:].encode()
        for sample in SAMPLES["digits"]
        for one in growing(sample["strokes"])
    ]


def growing(strokes: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """A drawing that lacks its last points, and then these."""
    *others, last = strokes
    points = cast(list[list[float]], last["points"])
    steps = min(STEPS, len(points) - 1)
    yield {"strokes": [*others, {**last, "points": points[:-steps]}]}
    for point in points[-steps:]:
        yield {"keep": len(strokes), "more": [point]}


MESSAGES = messages()


class LivePupil(asyncio.Protocol):
    """One page that asks over a channel."""

    def __init__(self, port: int, tally: Tally, begun: float) -> None:
        self.tally = tally
        self.begun = begun
        self.numbers = count(1)
        self.waiting: deque[float] = deque()
        self.due: float | None = None
        self.data = bytearray()
        self.transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        self.opening = loop.create_task(loop.create_connection(lambda: self, "127.0.0.1", port))
        self.open = False

    def ask(self, index: int, due: float) -> None:
        """Ask about the drawing as it is next; at once, if nothing is under way."""
        self.tally.asked += 1
        self.waiting.append(due)
        self._next()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a channel."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(handshake())

    def data_received(self, data: bytes) -> None:
        """Count answers."""
        self.data += data
        if not self.open:
            head, end, rest = bytes(self.data).partition(b"\r\n\r\n")
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 101 "):
                raise RuntimeError(head.decode())
            self.open, self.data = True, bytearray(rest)
        while found := taken(self.data):
            opcode, body = found
            if opcode in (1, 2):
                self._answered(body, good=opcode == 2)
        self._next()

    def _answered(self, body: bytes, *, good: bool) -> None:
        due, self.due = cast(float, self.due), None
        said = {} if good else json.loads(body)
        status = 200 if good else said["problem"]["status"]
        latency, first = asyncio.get_running_loop().time() - due, due < self.begun + 1
        self.tally.count(status, latency, first=first, helpful="retry_after" in said)

    def _next(self) -> None:
        if self.open and self.due is None and self.waiting and self.transport is not None:
            self.due, number = self.waiting.popleft(), next(self.numbers)
            message = b'{"number":%d,' % number + MESSAGES[(number - 1) % len(MESSAGES)]
            self.transport.write(frame(message, TEXT))


def taken(data: bytearray) -> tuple[int, bytes] | None:
    """Take the first frame of a server from what has come; None while it is not whole."""
    if len(data) < 2:
        return None
    size, start = data[1], 2
    if size >= 126:
        start, form = (4, ">H") if size == 126 else (10, ">Q")
        if len(data) < start:
            return None
        (size,) = struct.unpack_from(form, data, 2)
    if len(data) < start + size:
        return None
    opcode, body = data[0] & 15, bytes(data[start : start + size])
    del data[: start + size]
    return opcode, body
