"""A live channel: a drawing that grows, an input that stays, and questions about them."""

import logging
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any, Final, NamedTuple

from app.addresses import addressed
from app.asking import SHORT, Answer, answer, place_of
from app.bodies import SAFETENSORS
from app.catalogue import Catalogue
from app.errors import problem_of
from app.kept import Kept
from app.operations.asked import is_file, sent_as_safetensors
from app.operations.kept import KeptInput
from app.operations.run import Due, judged, run
from app.operations.schemas import LiveOperations
from app.parsing import message_of, read_json, steps_of
from app.reading import Drawn, Look
from app.refusals import RefusalError
from app.schemas import MAX_NUMBER, LiveMessage, LiveRefusal, whole
from app.workers import Workers
from model.preprocess import preprocess_strokes

PROTOCOL: Final = "convlens-1"
"""The subprotocol: its name says the version of what is spoken here."""

PATH: Final = "/api/live"

MOST_CHANNELS: Final = 256
"""Channels that a worker keeps at once."""

_SHORT_POINTS: Final = 500
"""Points of a drawing that is preprocessed in a millisecond; one by hand has a third of that."""

_PREFIX: Final = struct.Struct("<III")
"""
What stands before an answer: the message's number, the microseconds that it took, and how many
questions it had, of each of which the microseconds follow.
"""

_log = logging.getLogger(__name__)


class Channels:
    """
    Counts the channels that are open at this worker.

    Parameters
    ----------
    of_address
        So many may one address have.
    """

    def __init__(self, of_address: int) -> None:
        self._of_address = of_address
        self._open: Counter[str] = Counter()

    @contextmanager
    def enter(self, address: str) -> Iterator[None]:
        """
        Count one more for as long as the block lasts.

        Raises
        ------
        RefusalError
            When it would be one too many.
        """
        if self._open[address] >= self._of_address or self._open.total() >= MOST_CHANNELS:
            raise RefusalError("many-channels", headers={"retry-after": "5"})
        self._open[address] += 1
        try:
            yield
        finally:
            self._open[address] -= 1
            self._open += Counter()  # forgets those who have none


class Sketch(NamedTuple):
    """The drawing of a channel as it is now, and how it is to be read."""

    kept: Kept
    message: LiveMessage

    def look(self) -> Look:
        """Everything has been read already."""
        edits = self.message.edits
        return None if edits is None else steps_of(edits), self._draw

    def _draw(self) -> Drawn:
        strokes = list(self.kept.strokes())
        center, digit = self.message.center, self.message.digit
        return Drawn(preprocess_strokes(strokes, center=center, digit=digit))


class Channel:
    """One conversation: each message is answered before the next is looked at."""

    def __init__(self, catalogue: Catalogue, workers: Workers, root_path: str) -> None:
        self._catalogue = catalogue
        self._workers = workers
        self._root_path = root_path
        self._kept = Kept()
        self._input = KeptInput()
        self._number = 0  # of the message that is being answered

    async def reply(self, data: bytes) -> bytes | str:
        """
        Answer a message.

        Returns
        -------
        bytes or str
            The number of the message, the microseconds that it and each of its questions took, and
            the bytes that HTTP answers with; or, as JSON, why it was refused.
        """
        started = perf_counter()
        self._number = 0
        try:
            found = await self._answer(data)
        except RefusalError as refusal:
            return self._refused(refusal)
        except Exception:
            _log.exception("A message on a live channel failed.")
            return self._refused(RefusalError("failure"))
        took, *passes = map(_microseconds, (perf_counter() - started, *found.passes))
        count = len(passes)
        return b"%b%b%b" % (
            _PREFIX.pack(self._number, took, count),
            struct.pack(f"<{count}I", *passes),
            found.body,
        )

    async def _answer(self, data: bytes) -> Answer:
        if is_file(data):
            due = await self._workers.run("here", self._judge, data)
            return await self._workers.run("here" if due.quick else "drawing", run, due)
        if len(data) <= SHORT:
            message = self._take(data)
        else:
            message = await self._workers.run("drawing", self._take, data)
        questions = addressed(message.ask, self._catalogue)
        short = self._kept.points <= _SHORT_POINTS and message.edits is None
        place = place_of(questions, self._catalogue, SAFETENSORS, short=short)
        work = partial(answer, form=SAFETENSORS, several=len(questions) > 1)
        sketch = Sketch(self._kept, message)
        return await self._workers.run(place, work, sketch, questions, self._catalogue)

    def _judge(self, data: bytes) -> Due:
        """Read a message with operations, which may be about the input that is kept."""
        sent = sent_as_safetensors(data)
        self._number = _number_in(sent.said)
        said = sent.saying(LiveOperations)
        whole = self._input.complete(sent, said)
        due = judged(whole, SAFETENSORS, kept=whole is not sent)
        self._input.keep(due.sent, said)
        self._kept.passed(said.number)
        return due

    def _take(self, data: bytes) -> LiveMessage:
        """Read a message, and let the drawing follow it."""
        document = read_json(data)
        self._number = _number_in(document)
        message = message_of(document)
        self._kept.follow(message)
        return message

    def _refused(self, refusal: RefusalError) -> str:
        """Say why, and expect the whole drawing, or the input, next."""
        self._kept.forget()
        self._input.forget()
        said = LiveRefusal(
            number=self._number,
            problem=problem_of(refusal, self._root_path),
            retry_after=int(refusal.headers.get("retry-after", 0)) or None,
        )
        return said.model_dump_json(exclude_defaults=True)


def _microseconds(seconds: float) -> int:
    return min(round(1e6 * seconds), MAX_NUMBER)


def _number_in(document: Any) -> int:
    """The number of a message, whatever else is wrong with it; 0 where it has none."""
    number = whole(document.get("number")) if isinstance(document, Mapping) else None
    return int(number) if isinstance(number, int) and 0 <= number <= MAX_NUMBER else 0
