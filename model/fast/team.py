"""The gradient of a batch, on one core or several, to the same bits however many there are.

A batch is cut into chunks of fixed size. Who computes a chunk changes nothing about it, and the
gradients of the chunks are added in their order. Workers are processes that share memory: NumPy's
calls on chunks this small are too short for threads, which would wait for each other (two threads
take 1.9 s for an epoch of lenet, two processes 1.3). BLAS keeps to one thread in each.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np
from threadpoolctl import threadpool_limits

from model.arrays import Array, Labels
from model.deaf import deaf
from model.fast.plan import Plan, chunk_of
from model.fast.workspace import Workspace
from model.spec import NetworkSpec

_CHANCE = 4  # seed, epoch, step, and whether they were given at all
_TINY = 1e-20  # added and taken off, it takes with it what would end in slow denormal numbers


class TeamError(ValueError):
    """Work that could not be shared; its text is a sentence for the person who waits for it."""


class Task(NamedTuple):
    """What is measured: a loss (see model/train/loss.py) of the units of the layer `reads`.

    Its forward is given the labels (B,) beside the units, or, for `by_opinions`, the teachers'
    opinions, as many numbers as units: (B, N).
    """

    spec: NetworkSpec
    reads: str
    forward: Callable[[Array, Any], tuple[float, Any]]
    backward: Callable[[Any], Array]
    batch_size: int
    dtype: str = "float32"
    by_opinions: bool = False


class Measured(NamedTuple):
    """Mean loss, number of images read right, and gradients, which the next batch overwrites."""

    loss: float
    correct: int
    gradients: dict[str, Array]


class Worker:
    """Computes chunks of the batch that lies in shared memory, and leaves the results there."""

    def __init__(self, task: Task) -> None:
        """Make a plan. `share` must follow."""
        self.task, self.chunk = task, chunk_of(task.spec)
        self.plan = Plan(Workspace(task.spec, self.chunk, task.dtype, task.reads))
        real, size = np.dtype(task.dtype), self.plan.work.flat.size
        chunks = -(-task.batch_size // self.chunk)
        units = task.spec.shapes[task.reads] if task.by_opinions else (0,)
        self.memory = np.dtype(
            [
                ("parameters", real, (size,)),
                ("inputs", real, (task.batch_size, *task.spec.input.shape)),
                ("slopes", real, (chunks, size)),
                ("losses", np.float64, (chunks,)),
                ("correct", np.int64, (chunks,)),
                ("labels", np.int64, (task.batch_size,)),
                ("opinions", real, (task.batch_size, *units)),
                ("chance", np.int64, (_CHANCE,)),
            ],
            align=True,
        )

    def share(self, memory: Any, claimed: Any) -> None:
        """Take the buffer through which workers meet, and the number of chunks that are taken."""
        self.shared = np.ndarray((), self.memory, memory)
        self.parameters = self.plan.work.named(self.shared["parameters"])
        self._claimed = claimed

    def work(self, count: int) -> None:
        """Compute chunks of a batch of `count` images, as long as there are any to claim."""
        self.plan.load(self.parameters)
        while True:
            with self._claimed.get_lock():
                number = self._claimed.value
                self._claimed.value += 1
            start = number * self.chunk
            if start >= count:
                return
            self._compute(number, min(count - start, self.chunk), count)

    def _compute(self, number: int, images: int, count: int) -> None:
        plan, task, shared = self.plan, self.task, self.shared
        chunk = slice(number * self.chunk, number * self.chunk + images)
        labels = shared["labels"][chunk]
        plan.read(shared["inputs"][chunk])
        if plan.work.masks and shared["chance"][-1]:
            plan.drop(np.random.default_rng([*shared["chance"], number]))
        plan.forward()
        wanted = shared["opinions"][chunk] if task.by_opinions else labels
        loss, cache = task.forward(plan.outputs(task.reads, images), wanted)
        seed = plan.work.gradients[task.reads]
        seed[:, images:] = 0  # what is left from an earlier chunk has no influence
        np.multiply(task.backward(cache).T, images / count, out=seed[:, :images])
        seed += _TINY
        seed -= _TINY
        plan.backward()
        shared["slopes"][number] = plan.work.flat_slopes
        shared["losses"][number] = loss * images / count
        said = plan.outputs(task.spec.layers[-1].name, images).argmax(axis=1)
        shared["correct"][number] = np.count_nonzero(said == labels)


class Team:
    """Several workers, this process among them. Leave it (`with`) to end the others."""

    def __init__(self, task: Task, workers: int = 1) -> None:
        """Start the other workers, which takes some tenths of a second."""
        self._worker, self._count = Worker(task), 0
        self._others: list[tuple[SpawnProcess, Connection]] = []
        self._limits = threadpool_limits(1, user_api="blas")
        # Not forked: a fork of a process with threads may hang, and Windows has none.
        context = multiprocessing.get_context("spawn")
        memory, self._claimed = (
            context.RawArray("b", self._worker.memory.itemsize),
            context.Value("q"),
        )
        self._worker.share(memory, self._claimed)
        self._total = np.zeros_like(self._worker.shared["parameters"])
        self._gradients = self._worker.plan.work.named(self._total)
        for _ in range(1, workers):
            here, there = context.Pipe()
            arguments = (task, memory, self._claimed, there)
            process = context.Process(target=_serve, args=arguments, daemon=True)
            with deaf():
                process.start()
            there.close()
            self._others.append((process, here))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the other workers, even in the middle of a batch."""
        for process, pipe in self._others:
            pipe.close()
            process.terminate()
            process.join()
        self._limits.restore_original_limits()

    def begin(
        self,
        parameters: Mapping[str, Array],
        inputs: Array,
        labels: Labels,
        opinions: Array | None = None,
        chance: tuple[int, int, int] | None = None,
    ) -> None:
        """Hand a batch to the others: inputs (B, C, H, W), labels (B,), at most `batch_size`.

        A task `by_opinions` needs those too, (B, N). `chance`, as seed, epoch and step, decides
        which cells dropout layers drop, for each chunk anew; without it they drop none. Until
        `finish` this process is free, for preparing the next batch.
        """
        shared, self._count = self._worker.shared, len(labels)
        for name, array in self._worker.parameters.items():
            np.copyto(array, parameters[name])
        shared["inputs"][: self._count] = inputs
        shared["labels"][: self._count] = labels
        shared["chance"][:] = (0,) * _CHANCE if chance is None else (*chance, 1)
        if opinions is not None:
            shared["opinions"][: self._count] = opinions
        self._claimed.value = 0
        for _, pipe in self._others:
            with _answering():
                pipe.send(self._count)

    def finish(self) -> Measured:
        """Help with what is left of the batch, and add up."""
        self._worker.work(self._count)
        for _, pipe in self._others:
            with _answering():
                pipe.recv()
        shared, chunks = self._worker.shared, -(-self._count // self._worker.chunk)
        np.add.reduce(shared["slopes"][:chunks], axis=0, out=self._total)  # in the chunks' order
        loss, correct = shared["losses"][:chunks].sum(), shared["correct"][:chunks].sum()
        return Measured(float(loss), int(correct), self._gradients)


@contextmanager
def _answering() -> Iterator[None]:
    """Say so when another worker is gone."""
    try:
        yield
    except (EOFError, OSError):
        raise TeamError(
            "A process that shared the work has ended unexpectedly. Go on with --resume, perhaps "
            "with --workers 1."
        ) from None


def _serve(task: Task, memory: Any, claimed: Any, pipe: Connection) -> None:
    """Be one of the other workers: compute chunks of each batch until nobody asks any more."""
    with threadpool_limits(1, user_api="blas"):
        worker = Worker(task)
        worker.share(memory, claimed)
        with suppress(EOFError, OSError):
            while True:
                worker.work(pipe.recv())
                pipe.send(None)
