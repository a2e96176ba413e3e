"""A trace over HTTP on loopback: the server's own time, and requests a second.

    python -m benchmarks.server [--json] [--requests 2000]

The yardstick is a bare ASGI application on the same HTTP server in the same run, which sends as
many bytes: what is above it is Convlens.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import Row, print_rows
from tests.server import running

SAMPLES = json.loads((Path(__file__).parents[1] / "static" / "samples.json").read_text())
CONNECTIONS = 4
STEPS = ("preprocess", "forward", "encode")


class Connection:
    """One kept HTTP connection, as lean as possible: the client must not be what is measured."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[str, int]:
        """Send a request; give the head of the answer and the length of its body."""
        self.socket.sendall(request)
        data = self.socket.recv(1 << 18)
        while b"\r\n\r\n" not in data:
            data += self.socket.recv(1 << 18)
        head, _, rest = data.partition(b"\r\n\r\n")
        found = re.search(rb"content-length: (\d+)", head)
        length = int(found.group(1)) if found else 0
        left = length - len(rest)
        while left > 0:
            left -= len(self.socket.recv(1 << 18))
        return head.decode(), length


def requests() -> list[bytes]:
    """A request for each of the sample digits."""
    drawings = [sample["strokes"] for sample in SAMPLES["digits"]]
    bodies = [json.dumps({"strokes": strokes}).encode() for strokes in drawings]
    head = b"POST /api/models/lenet/trace HTTP/1.1\r\nHost: localhost\r\n"
    head += b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return [head % len(body) + body for body in bodies]


@contextmanager
def bare(size: int, workers: int = 1) -> Iterator[int]:
    """Run the yardstick; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "benchmarks.bare:app", "--port", str(port)]
    command += ["--log-level", "warning", "--no-access-log", "--no-server-header"]
    command += ["--workers", str(workers)]
    process = subprocess.Popen(command, env={**os.environ, "BARE_BYTES": str(size)})
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The yardstick did not start.")


def latencies(port: int, asked: Sequence[bytes], count: int) -> tuple[list[float], list[str]]:
    """Ask one after the other; give the times in ms and the heads of the answers."""
    connection, times, heads = Connection(port), [], []
    for i in range(count):
        started = time.perf_counter()
        head, _ = connection.ask(asked[i % len(asked)])
        times.append(1e3 * (time.perf_counter() - started))
        heads.append(head)
    connection.socket.close()
    return times, heads


def rate(port: int, asked: Sequence[bytes], count: int) -> float:
    """Requests a second over several connections."""

    def work(connection: Connection) -> None:
        for i in range(count // CONNECTIONS):
            connection.ask(asked[i % len(asked)])

    connections = [Connection(port) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(work, connections))
    took = time.perf_counter() - started
    for connection in connections:
        connection.socket.close()
    return count / took


def main() -> None:
    """Measure both servers in turns and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    asked, count = requests(), options.requests
    with running() as server:
        size = Connection(server.port).ask(asked[0])[1]
        with bare(size) as yardstick:
            ours, theirs, rates, bare_rates, heads = [], [], [], [], []
            for _ in range(4):
                times, said = latencies(server.port, asked, count // 4)
                ours += times
                heads += said
                theirs += latencies(yardstick, asked, count // 4)[0]
                rates.append(rate(server.port, asked, count // 4))
                bare_rates.append(rate(yardstick, asked, count // 4))
    print_rows(
        "A trace over HTTP", _rows(heads, ours, theirs, rates, bare_rates), as_json=options.json
    )


def _rows(
    heads: list[str],
    ours: list[float],
    theirs: list[float],
    rates: list[float],
    bare_rates: list[float],
) -> list[Row]:
    timings = [dict(re.findall(r"(\w+);dur=([\d.]+)", head)) for head in heads]
    steps = {step: [float(timing[step]) for timing in timings] for step in STEPS}
    totals = [sum(parts) for parts in zip(*steps.values(), strict=True)]
    per_request = [1e3 / statistics.median(each) for each in (rates, bare_rates)]
    return [
        *(Row(f"{step}, median", statistics.median(steps[step]), "ms") for step in STEPS),
        Row("server's own time, median", statistics.median(totals), "ms", target=1),
        Row("server's own time, p95", statistics.quantiles(totals, n=20)[-1], "ms"),
        Row(
            "there and back, median", statistics.median(ours), "ms", None, statistics.median(theirs)
        ),
        Row("a request, 4 connections", per_request[0], "ms", None, per_request[1]),
        Row(
            "requests a second", statistics.median(rates), "/s", None, statistics.median(bare_rates)
        ),
    ]


if __name__ == "__main__":
    main()
