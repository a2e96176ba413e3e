"""Pupils who draw, in a process of their own: the open-loop generator of benchmarks/load.py.

    python -m benchmarks.pupils PORT --pupils 60 --seconds 5 [--live]

Each pupil asks ten times a second by the clock, whether or not the answer before has come, over at
most six connections, as browsers do; or, with --live, over one channel (pupils_live.py). A latency
counts from the moment at which the schedule wanted the question sent, so that a generator or a
server that falls behind cannot hide it. Prints JSON.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol, cast

from benchmarks.server import requests

RATE = 10  # questions a second of each pupil
CONNECTIONS = 6  # of each pupil
GRACE = 10.0  # seconds after the last question in which an answer still counts


class Tally:
    """What became of all questions: latencies by status, in ms."""

    def __init__(self) -> None:
        self.latencies: dict[int, list[float]] = {}
        self.refused_first: list[float] = []  # while all open their connections
        self.refused_later: list[float] = []
        self.asked = 0
        self.unhelpful = 0  # refusals that do not say when to ask again

    def count(self, status: int, latency: float, *, first: bool, helpful: bool) -> None:
        """Note an answer, whether it was asked for in the first second, and says when to ask."""
        if status == 503:
            (self.refused_first if first else self.refused_later).append(1e3 * latency)
        self.latencies.setdefault(status, []).append(1e3 * latency)
        if status == 503 and not helpful:
            self.unhelpful += 1

    def summary(self, cpu: float) -> dict[str, float]:
        """The figures of this round."""
        good, refused = self.latencies.get(200, []), self.latencies.get(503, [])
        told = sum(map(len, self.latencies.values()))
        return {
            "asked": self.asked,
            "answered": len(good),
            "refused": len(refused),
            "other": told - len(good) - len(refused),
            "missing": self.asked - told,
            "unhelpful": self.unhelpful,
            "median": statistics.median(good) if good else 0.0,
            "p95": percentile(good),
            "refusal_p95": percentile(self.refused_later),
            "first_refusal_p95": percentile(self.refused_first),
            "cpu": cpu,
        }


def percentile(values: list[float], share: float = 0.95) -> float:
    """The value that this share of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


class Connection(asyncio.Protocol):
    """One kept HTTP connection: one question at a time, as lean as possible."""

    def __init__(self, pupil: "Pupil") -> None:
        self.pupil = pupil
        self.transport: asyncio.Transport | None = None
        self.head = b""
        self.left = 0
        self.due: float | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be ready."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance

    def ask(self, question: bytes, due: float) -> None:
        """Send a question that was due at this time."""
        assert self.transport is not None
        self.due, self.head, self.left = due, b"", 0
        self.transport.write(question)

    def data_received(self, data: bytes) -> None:
        """Count down to the end of the answer."""
        if self.left == 0:
            self.head += data
            head, end, rest = self.head.partition(b"\r\n\r\n")
            if not end:
                return
            place = head.index(b"content-length: ") + 16
            self.left = int(head[place:].split(b"\r\n", 1)[0]) - len(rest)
            self.head = head
        else:
            self.left -= len(data)
        if self.left == 0 and self.due is not None:
            due, self.due = self.due, None
            self.pupil.answered(self, due)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server closed it; the pupil opens another when there is need."""
        self.pupil.lost(self)


class Asking(Protocol):
    """A page: asks by the clock."""

    def ask(self, index: int, due: float) -> None:
        """Send a question that was due at this time."""


class Pupil:
    """One page that asks over HTTP."""

    def __init__(self, port: int, questions: list[bytes], tally: Tally, begun: float) -> None:
        self.port = port
        self.begun = begun
        self.questions = questions
        self.tally = tally
        self.free: list[Connection] = []
        self.open = 0
        self.waiting: deque[tuple[bytes, float]] = deque()

    def ask(self, index: int, due: float) -> None:
        """Send the question, over another connection where all are busy."""
        self.tally.asked += 1
        self.waiting.append((self.questions[index % len(self.questions)], due))
        if not self.free and self.open < CONNECTIONS:
            self.open += 1
            asyncio.get_running_loop().create_task(self._connect())
        self._next()

    def answered(self, connection: Connection, due: float) -> None:
        """Count, and go on with what waits."""
        now, first = asyncio.get_running_loop().time(), due < self.begun + 1
        status, helpful = int(connection.head[9:12]), b"\r\nretry-after: " in connection.head
        self.tally.count(status, now - due, first=first, helpful=helpful)
        self.free.append(connection)
        self._next()

    def lost(self, connection: Connection) -> None:
        """Forget a connection."""
        self.open -= 1
        if connection in self.free:
            self.free.remove(connection)

    def _next(self) -> None:
        while self.waiting and self.free:
            self.free.pop().ask(*self.waiting.popleft())

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(
                lambda: Connection(self), "127.0.0.1", self.port
            )
        except OSError:
            self.open -= 1
            return
        self.free.append(connection)
        self._next()


async def draw(
    pupils: int, seconds: float, seed: int, enter: Callable[[Tally, float], Asking]
) -> dict[str, float]:
    """Let all pupils draw at once, each with a phase of its own; `enter` makes one."""
    loop, tally, chance = asyncio.get_running_loop(), Tally(), random.Random(seed)
    begin, cpu, wall = loop.time() + 0.5, time.process_time(), time.perf_counter()
    class_ = [enter(tally, begin) for _ in range(pupils)]
    due = sorted(
        (begin + chance.random() / RATE + k / RATE, i, i + k)
        for i in range(pupils)
        for k in range(round(seconds * RATE))
    )
    for when, who, index in due:
        if (pause := when - loop.time()) > 0:
            await asyncio.sleep(pause)
        class_[who].ask(index, when)
    share = (time.process_time() - cpu) / (time.perf_counter() - wall)
    end = loop.time() + GRACE
    while sum(map(len, tally.latencies.values())) < tally.asked and loop.time() < end:
        await asyncio.sleep(0.02)
    return tally.summary(share)


def main() -> None:
    """Draw, and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--pupils", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--live", action="store_true", help="ask over live channels")
    options = parser.parse_args()
    from benchmarks.pupils_live import LivePupil  # it counts as this module does

    port, questions = options.port, requests()

    def enter(tally: Tally, begun: float) -> Asking:
        if options.live:
            return LivePupil(port, tally, begun)
        return Pupil(port, questions, tally, begun)

    try:
        import uvloop  # it is not there on Windows

        run = uvloop.run
    except ImportError:
        run = asyncio.run
    figures = run(draw(options.pupils, options.seconds, options.seed, enter))
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
