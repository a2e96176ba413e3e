"""From question to answer while a drawing grows: over HTTP, and over a live channel, in turns.

    python -m benchmarks.live [--json] [--rounds 5]

One client, no browser. Each sample digit grows by three points at a time; over HTTP the drawing is
sent whole each time, over the channel only what is new. Both ask for a trace after each step, now
the one first, now the other, and both answers must be the same bytes. HTTP is the yardstick.
"""

import argparse
import json
import re
import statistics
import time
from collections.abc import Iterator

from benchmarks.pupils import percentile
from benchmarks.report import Row, print_rows
from benchmarks.server import SAMPLES, Connection
from tests.channel import Channel, frame
from tests.server import running

STEP = 3  # points
ASK = ["lenet/trace"]
TRACE = b"POST /api/models/lenet/trace HTTP/1.1\r\nHost: localhost\r\n"
TRACE += b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"

Strokes = list[dict[str, object]]


def steps() -> Iterator[tuple[Strokes, dict[str, object]]]:
    """The drawing after each step, and what is new in it."""
    for sample in SAMPLES["digits"]:
        strokes: Strokes = []
        for stroke in sample["strokes"]:
            points = stroke["points"]
            for end in range(STEP, len(points) + STEP, STEP):
                grown = {**stroke, "points": points[:end]}
                if end == STEP:
                    new: dict[str, object] = {"keep": len(strokes), "strokes": [grown]}
                    strokes = [*strokes, grown]
                else:
                    new = {"keep": len(strokes), "more": points[end - STEP : end]}
                    strokes = [*strokes[:-1], grown]
                yield strokes, new


class Times:
    """What both ways took, in ms; and what of it the server took by its own account."""

    def __init__(self, port: int) -> None:
        self.http, self.live = Connection(port), Channel(port)
        self.took: dict[str, list[float]] = {"http": [], "live": []}
        self.server: dict[str, list[float]] = {"http": [], "live": []}
        self.sent: dict[str, list[float]] = {"http": [], "live": []}

    def over_http(self, strokes: Strokes) -> int:
        """Ask over HTTP; give the bytes of the answer."""
        started = time.perf_counter()
        body = json.dumps({"strokes": strokes, "center": True}).encode()
        head, length = self.http.ask(TRACE % len(body) + body)
        self.took["http"].append(1e3 * (time.perf_counter() - started))
        self.sent["http"].append(len(body))
        self.server["http"].append(sum(map(float, re.findall(r";dur=([\d.]+)", head))))
        return length

    def over_channel(self, number: int, new: dict[str, object]) -> int:
        """Ask over the channel; give the bytes of the answer."""
        started = time.perf_counter()
        body = json.dumps({"number": number, **new, "ask": ASK}).encode()
        self.live.raw(frame(body))
        answer = self.live.receive()
        self.took["live"].append(1e3 * (time.perf_counter() - started))
        if isinstance(answer, dict):
            raise RuntimeError(answer["problem"]["detail"])
        self.sent["live"].append(len(body))
        self.server["live"].append(answer.microseconds / 1e3)
        return len(answer.body)

    def forget(self) -> None:
        """Begin to count."""
        for kept in (self.took, self.server, self.sent):
            for one in kept.values():
                one.clear()

    def rows(self) -> list[Row]:
        """The table."""
        rows = []
        for name, kept, unit in (
            ("question to answer, median", self.took, "ms"),
            ("the server's own time, median", self.server, "ms"),
            ("bytes sent, median", self.sent, "B"),
        ):
            http, live = (statistics.median(kept[way]) for way in ("http", "live"))
            rows += [Row(f"HTTP: {name}", http, unit), Row(f"live: {name}", live, unit, None, http)]
            if kept is self.took:
                tails = [percentile(kept[way]) for way in ("http", "live")]
                rows.append(Row("HTTP: question to answer, p95", tails[0], unit))
                rows.append(Row("live: question to answer, p95", tails[1], unit, None, tails[0]))
        return rows


def main() -> None:
    """Draw all samples in each round, both ways, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with running() as server:
        times = Times(server.port)
        for round_ in range(options.rounds + 1):
            for number, (strokes, new) in enumerate(steps()):
                both = [
                    lambda strokes=strokes: times.over_http(strokes),
                    lambda number=number, new=new: times.over_channel(number, new),
                ]
                lengths = {ask() for ask in (both if number % 2 else both[::-1])}
                if len(lengths) > 1:
                    raise RuntimeError("Both ways answered differently.")
            if round_ == 0:
                times.forget()  # to warm up
    print_rows("While a drawing grows", times.rows(), as_json=options.json)


if __name__ == "__main__":
    main()
