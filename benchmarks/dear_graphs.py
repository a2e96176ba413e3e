"""Graphs of operations that cost most of all that are accepted, and what each takes.

CPU is that of reading, judging, running and encoding, in this process; memory the most that is
held at once beyond the body, as tracemalloc counts it. No server is asked.
"""

import json
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

import numpy as np
from threadpoolctl import threadpool_limits

from app.bodies import JSON, SAFETENSORS
from app.operations.run import judged, run, sent_in
from benchmarks.report import Row
from model import GraphSpec, LayerSpec
from model.initialise import parameters
from model.safetensors_file import encode
from model.spec import add, conv, dense, layer_to_json, pool, sigmoid, softmax, tanh

MILLISECONDS: Final = 50.0
MEGABYTES: Final = 16.0
_ROUNDS: Final = 5

Shape = tuple[int, int, int]


def graph(shape: Shape, *layers: LayerSpec, scale: float = 1.0, **wishes: Any) -> bytes:
    """A body: a grey picture, weights at random where none are drawn."""
    spec = GraphSpec(shape, layers)
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, shape, np.uint8)
    arrays: dict[str, Any] = {"input": image}
    if scale != 1:
        arrays["input"] = (rng.random(shape) * scale).astype(np.float32)
    if "first" not in wishes:
        drawn = parameters(spec, rng)
        arrays |= {name: (one * scale).astype(np.float32) for name, one in drawn.items()}
    said = {name: json.dumps(one) for name, one in wishes.items()}
    return encode(
        arrays, {"layers": json.dumps([layer_to_json(one) for one in spec.layers]), **said}
    )


def chain(kind: Callable[..., LayerSpec], count: int) -> list[LayerSpec]:
    """As many layers of a kind, one after the other."""
    return [kind(f"l{number}") for number in range(count)]


HE = {"method": "he"}
TURNED = {"right": 3, "rotation": 20, "scale": 1.1}
GRAPHS: Final[dict[str, Callable[[], bytes]]] = {
    "a kernel over the page's picture": lambda: graph((1, 200, 200), conv("c", 1, kernel=5)),
    "twelve kernels over the page's picture": lambda: graph((1, 200, 200), conv("c", 12, kernel=5)),
    "as many multiply-adds as may be": lambda: graph(
        (1, 64, 64), conv("a", 32, kernel=5, padding=2), conv("b", 17, kernel=5, padding=2)
    ),
    "as many cells as may be read": lambda: graph(
        (1, 250, 250), conv("a", 1, kernel=7), conv("b", 1, kernel=7)
    ),
    "windows of one cell in many maps": lambda: graph(
        (1, 100, 100), conv("a", 40, kernel=1), conv("b", 40, kernel=1)
    ),
    "averages of large windows": lambda: graph(
        (1, 128, 128), pool("p", 22, stride=1, mode="average")
    ),
    "roots of large windows": lambda: graph((1, 128, 128), pool("p", 22, stride=1, mode="l2")),
    "maxima of large windows": lambda: graph((1, 128, 128), pool("p", 22, stride=1)),
    "a maximum of all": lambda: graph((1, 38, 38), pool("p", 38)),
    "maxima of many maps": lambda: graph((4, 128, 128), pool("p", 8, stride=1)),
    "many curves": lambda: graph((1, 250, 250), *chain(tanh, 14)),
    "many sigmoids": lambda: graph((1, 250, 250), *chain(sigmoid, 14)),
    "shares of all cells": lambda: graph((1, 250, 250), dense("d", 2)),
    "filters with connections": lambda: graph(
        (1, 12, 12), conv("c", 499, kernel=3, connections=tuple((0,) for _ in range(499)))
    ),
    "the largest weights that may be sent": lambda: graph((1, 10, 48), dense("d", 510)),
    "weights that are drawn": lambda: graph((1, 30, 30), dense("d", 499), first=HE),
    "gradients of a picture's kernels": lambda: graph(
        (1, 200, 200), conv("c", 3, kernel=5), tanh("t"), dense("d", 2), gradients=1, first=HE
    ),
    "gradients of a deep network": lambda: graph(
        (1, 32, 32),
        conv("a", 16, kernel=3, padding=1),
        conv("b", 16, kernel=3, padding=1),
        add("s", "a", "b"),
        pool("p", 2),
        conv("c", 24, kernel=3, padding=1),
        dense("d", 10),
        softmax("o"),
        gradients=1,
        first=HE,
        spread=True,
        histogram=50,
    ),
    "gradients of filters with connections": lambda: graph(
        (1, 40, 40),
        conv("c", 80, kernel=3, connections=tuple((0,) for _ in range(80))),
        dense("d", 2),
        gradients=1,
        first=HE,
    ),
    "gradients of large windows": lambda: graph(
        (1, 40, 40), conv("c", 1, kernel=38), dense("d", 2), gradients=1, first=HE
    ),
    "gradients of maxima": lambda: graph(
        (1, 90, 90), pool("p", 19, stride=1), dense("d", 2), gradients=1, first=HE
    ),
    "moves of a picture": lambda: graph((1, 200, 200), pool("p", 2), moves=[TURNED] * 2),
    "moves of many maps": lambda: graph(
        (1, 60, 60), conv("c", 6, kernel=3), pool("p", 2), moves=[TURNED] * 9
    ),
    "moves of very many maps": lambda: graph(
        (1, 60, 60), conv("c", 40, kernel=1), moves=[TURNED] * 3
    ),
    "moves of a deep network": lambda: graph((1, 28, 28), *chain(tanh, 22), moves=[TURNED] * 7),
    "a picture in three colours": lambda: graph((3, 170, 170), conv("c", 8, kernel=5)),
    "numbers near nothing": lambda: graph(
        (1, 64, 64),
        conv("a", 32, kernel=5, padding=2),
        conv("b", 17, kernel=5, padding=2),
        scale=1e-20,
    ),
}


def digits() -> bytes:
    """As large a picture in digits as fits into a body."""
    numbers = np.random.default_rng(0).random((1, 200, 200)).tolist()
    layers = [layer_to_json(pool("p", 8, inputs="input"))]
    return json.dumps({"input": numbers, "layers": layers}).encode()


BODIES: Final = {
    **{name: (make, SAFETENSORS) for name, make in GRAPHS.items()},
    "a picture in digits": (digits, JSON),
}
"""What is sent, and its content type."""


def rows(chosen: Iterable[str] = BODIES) -> list[Row]:
    """CPU and memory of each, beside what is aimed at."""
    found = []
    with threadpool_limits(limits=1, user_api="blas"):
        for name in chosen:
            make, kind = BODIES[name]
            work = partial(answer, make(), kind)
            found.append(Row(f"{name}: CPU", _cpu(work), "ms", target=MILLISECONDS))
            found.append(Row(f"{name}: memory", _memory(work), "MB", target=MEGABYTES))
    return found


def answer(body: bytes, kind: str) -> bytes:
    """What a worker does for it."""
    return run(judged(sent_in(body, kind), SAFETENSORS)).body


def _cpu(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        times.append(1e3 * (time.process_time() - started))
    return statistics.median(times)


def _memory(work: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
