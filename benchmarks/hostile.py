"""What one client sees, who draws, while another sends what costs most, without pause.

    python -m benchmarks.hostile [--json] [--seconds 3] [--only NAME,NAME]

A light client asks twenty times a second, alone and beside each payload in turn. A row is its p95
beside that payload; the yardstick is its own p95 alone, right before. The sender is a process of
its own, as is the server. Before that come the CPU and the memory of the dearest graphs of
operations that are accepted (`dear_graphs.py`).
"""

import argparse
import json
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from threading import Thread
from typing import NamedTuple

from app.server import usual_workers
from benchmarks import dear_graphs
from benchmarks.payloads import PAYLOADS
from benchmarks.pupils import percentile
from benchmarks.report import Row, print_rows
from benchmarks.server import Connection, requests
from tests.channel import CLOSE, PING, Channel, ClosedError, frame
from tests.server import running

MOST = 6.0
"""So many times its own p95 may a light client wait."""

PAUSE = 0.05
REST = 2.0  # seconds
FLOOD = 1_000_000  # bytes that are sent on a channel
LIMIT = 990_000  # bytes: a little less than the server reads of a JSON body
TRACE = "/api/models/lenet/trace"
OPERATIONS = "/api/operations"


class Request(NamedTuple):
    """What the sender sends again and again."""

    make: Callable[[], bytes]
    content_type: str = "application/json"
    path: str = TRACE
    more: str = ""

    def bytes(self) -> bytes:
        """The whole request."""
        body = self.make()
        lines = (
            f"POST {self.path} HTTP/1.1",
            "Host: localhost",
            f"Content-Type: {self.content_type}",
            f"Content-Length: {len(body)}",
        )
        return "\r\n".join((*lines, *filter(None, [self.more]), "", "")).encode() + body


def repeated(begin: bytes, part: bytes, end: bytes, size: int = LIMIT) -> bytes:
    """As many parts as there is room for."""
    return begin + part * ((size - len(begin) - len(end)) // len(part)) + end


def names(begin: str = "{", end: str = "}", count: int = 75_000) -> bytes:
    """An object of unknown names."""
    return (begin + ",".join(f'"{i:x}":1' for i in range(count)) + end).encode()


def drawing(strokes: int, points: int) -> bytes:
    """A right drawing, as large as one may be."""
    line = [[i % 97 / 97.123, i % 89 / 89.77] for i in range(points)]
    return json.dumps({"strokes": [{"points": line}] * strokes}).encode()


BODIES = {
    "unknown names": Request(names),
    "unknown names of a stroke": Request(lambda: names('{"strokes":[{', "}]}")),
    "as many names as are looked at": Request(lambda: names(count=2_900)),
    "one name again and again": Request(lambda: repeated(b"{", b'"a":1,', b'"b":2}')),
    "empty lists": Request(lambda: repeated(b'{"strokes":[', b"[],", b"0]}")),
    "as many lists as are looked at": Request(
        lambda: repeated(b'{"strokes":[', b"[],", b"0]}", 63_900)
    ),
    "lists in lists": Request(
        lambda: repeated(b'{"pixels":[', b"[" * 150 + b"]" * 150 + b",", b"0]}")
    ),
    "numbers": Request(lambda: repeated(b'{"pixels":[', b"0,", b"0]}")),
    "numbers of many digits": Request(lambda: repeated(b'{"pixels":[', b"9" * 4000 + b",", b"0]}")),
    "a long text": Request(lambda: repeated(b'{"strokes":"', b"\\u00e9", b'"}')),
    "many ranges in Accept": Request(
        lambda: drawing(1, 2), more="Accept: " + "a/b;q=0.1," * 2_500 + "*/*"
    ),
    "a long query": Request(lambda: drawing(1, 2), path=TRACE + "?" + "a&" * 15_000),
    "the largest drawing": Request(lambda: drawing(1000, 20)),
    "one stroke of 20,000 points": Request(lambda: drawing(1, 20_000)),
}
FLOODS = {
    "a channel flooded with questions": frame(
        b'{"number":1,"ask":["lenet/trace"],' + drawing(1, 40)[1:]
    ),
    "a channel flooded with rubbish": frame(b"x"),
    "a channel flooded with pings": frame(b"", PING),
}
"""What is sent on one live channel, very often at once, and whatever is answered."""
IMAGES = {name: Request(payload.make, payload.content_type) for name, payload in PAYLOADS.items()}
DEAR = {name: Request(make, kind, OPERATIONS) for name, (make, kind) in dear_graphs.BODIES.items()}
QUESTIONS = {
    "as many questions as may be": Request(
        lambda: drawing(1, 40), path="/api/models/mlp/quiz?kind=strongest&level=3&count=50"
    ),
}
REQUESTS = BODIES | IMAGES | DEAR | QUESTIONS
PARTS = [*REQUESTS, *FLOODS]


def send(port: int, chosen: list[str], ready: "multiprocessing.synchronize.Event") -> None:
    """Send these in turn until the process is ended."""
    sent = [(name, REQUESTS[name].bytes() if name in REQUESTS else b"") for name in chosen]
    ready.set()
    for name, one in cycle(sent):
        try:
            if name in FLOODS:
                flood(port, FLOODS[name])
                continue
            connection = Connection(port)
            connection.ask(one)
            connection.socket.close()
        except (OSError, ClosedError):
            time.sleep(0.01)


def flood(port: int, part: bytes) -> None:
    """Send the same on a channel until it has been sent very often, and read what comes."""
    with Channel(port) as channel:
        reader = Thread(target=channel.last, daemon=True)
        reader.start()
        channel.raw(part * (FLOOD // len(part)))
        channel.raw(frame(b"\x03\xe8", CLOSE))
        reader.join()


@contextmanager
def hostile(port: int, chosen: list[str]) -> Iterator[None]:
    """Let a process send these for as long as the block lasts."""
    ready = multiprocessing.Event()
    sender = multiprocessing.Process(target=send, args=(port, chosen, ready), daemon=True)
    sender.start()
    ready.wait(120)
    time.sleep(0.2)
    try:
        yield
    finally:
        sender.kill()
        sender.join()


def light(port: int, seconds: float) -> float:
    """The p95, in ms, of somebody who draws."""
    asked, times, end = cycle(requests()), [], time.perf_counter() + seconds
    connection = Connection(port)
    while time.perf_counter() < end:
        started = time.perf_counter()
        head, _ = connection.ask(next(asked))
        times.append(1e3 * (time.perf_counter() - started))
        if " 200 " not in head.partition("\r\n")[0]:
            times[-1] = 1e3 * seconds  # refused is as bad as never
        time.sleep(PAUSE)
    connection.socket.shutdown(socket.SHUT_RDWR)
    connection.socket.close()
    return percentile(times)


def main() -> None:
    """Measure each payload, then all in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument(
        "--only", default="", help="parts of the names of the payloads that are sent, with commas"
    )
    options = parser.parse_args()
    parts = options.only.split(",")
    chosen = [name for name in PARTS if any(part in name for part in parts)]
    dear = [name for name in chosen if name in DEAR]
    if dear:
        costs = dear_graphs.rows(dear)
        print_rows("Graphs of operations that cost most", costs, as_json=options.json)
    groups = {name: [name] for name in chosen} | {"all of these in turn": chosen}
    rows = []
    with running("--workers", str(usual_workers())) as server:
        for name, members in groups.items():
            light(server.port, REST)  # what was sent before is worked off
            alone = light(server.port, options.seconds)
            with hostile(server.port, members):
                beside = light(server.port, options.seconds)
            rows.append(Row(name, beside, "ms", target=MOST * alone, yardstick=alone))
    print_rows("A light client's p95 beside ...", rows, as_json=options.json)


if __name__ == "__main__":
    main()
