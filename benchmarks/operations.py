"""One value of a kernel changes, over a grey picture of 200×200: question to answer on a channel.

    python -m benchmarks.operations [--json] [--rounds 5] [--only-painting]

One client, no browser, one live channel. In each round the sample digits are drawn, three points at
a time, and after each of these questions a value of a 5×5 kernel is another one. The picture
travelled before: a message brings layers and weights. The stroke's question is the yardstick.
Then the same in a browser, until it is painted; see `dragging.py`.
"""

import argparse
import json
import statistics
import time

import numpy as np

from benchmarks import dragging
from benchmarks.live import ASK, steps
from benchmarks.pupils import percentile
from benchmarks.report import Row, print_rows
from model.safetensors_file import encode
from model.spec import conv, layer_to_json
from tests.channel import Channel, frame
from tests.server import running

SIDE = 200
LAYERS = json.dumps([layer_to_json(conv("edges", 1, kernel=5, inputs="input"))])


class Asker:
    """Two who ask on one channel, and what each question took, in ms."""

    def __init__(self, port: int) -> None:
        self.channel = Channel(port)
        self.number = 0
        self.kept = 0
        self.picture = np.random.default_rng(0).integers(0, 256, (1, SIDE, SIDE), np.uint8)
        self.kernel = np.zeros((1, 1, 5, 5), np.float32)
        self.took: dict[str, list[float]] = {"stroke": [], "kernel": []}
        self.sent: dict[str, list[int]] = {"stroke": [], "kernel": []}
        self.answered: dict[str, list[int]] = {"stroke": [], "kernel": []}
        self.server: dict[str, list[float]] = {"stroke": [], "kernel": []}

    def stroke(self, new: dict[str, object]) -> None:
        """Let the drawing grow."""
        self.number += 1
        started = time.perf_counter()
        data = json.dumps({"number": self.number, **new, "ask": ASK}).encode()
        self._ask("stroke", data, started)

    def drag(self) -> None:
        """Change the kernel's middle; bring the picture where the channel does not have it."""
        self.number += 1
        self.kernel[0, 0, 2, 2] = self.number % 100 / 50
        arrays = {"edges.weight": self.kernel, "edges.bias": np.zeros(1, np.float32)}
        started = time.perf_counter()
        said = {"layers": LAYERS, "number": str(self.number)}
        if self.kept:
            data = encode(arrays, {**said, "kept": str(self.kept)})
        else:
            data = encode({"input": self.picture, **arrays}, said)
            self.kept = self.number
        self._ask("kernel", data, started)

    def _ask(self, what: str, data: bytes, started: float) -> None:
        self.channel.raw(frame(data))
        answer = self.channel.receive()
        self.took[what].append(1e3 * (time.perf_counter() - started))
        if isinstance(answer, dict):
            raise RuntimeError(answer["problem"]["detail"])
        self.sent[what].append(len(data))
        self.answered[what].append(len(answer.body))
        self.server[what].append(answer.microseconds / 1e3)

    def forget(self) -> None:
        """Begin to count."""
        for kept in (self.took, self.server, self.sent, self.answered):
            for one in kept.values():
                one.clear()

    def rows(self) -> list[Row]:
        """The table."""
        stroke, kernel = (statistics.median(self.took[what]) for what in ("stroke", "kernel"))
        tails = {what: percentile(self.took[what]) for what in self.took}
        return [
            Row("stroke: question to answer, median", stroke, "ms"),
            Row("kernel: question to answer, median", kernel, "ms", None, stroke),
            Row("stroke: question to answer, p95", tails["stroke"], "ms"),
            Row("kernel: question to answer, p95", tails["kernel"], "ms", None, tails["stroke"]),
            *(
                Row(f"{what}: the server's own time, median", statistics.median(times), "ms")
                for what, times in self.server.items()
            ),
            *(
                Row(f"{what}: bytes {way}", statistics.median(sizes[what]), "B")
                for what in ("stroke", "kernel")
                for way, sizes in (("sent", self.sent), ("answered", self.answered))
            ),
        ]


def main() -> None:
    """Draw and drag in turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only-painting", action="store_true", help="leave the channel alone out")
    options = parser.parse_args()
    answered = [] if options.only_painting else answers(options.rounds)
    found = [*answered, *dragging.rows(options.rounds)]
    print_rows("While a kernel is dragged", found, as_json=options.json)


def answers(rounds: int) -> list[Row]:
    """Ask on a channel, in turns."""
    with running() as server:
        asker = Asker(server.port)
        for round_ in range(rounds + 1):
            for _, new in steps():
                asker.stroke(new)
                asker.drag()
            if round_ == 0:
                asker.forget()  # to warm up
    return asker.rows()


if __name__ == "__main__":
    main()
