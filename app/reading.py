"""From the bytes of a request to the bytes of its answer: the work that keeps a processor busy."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, NamedTuple, Self

import numpy as np

from app.bodies import BYTES, JSON, unnamed
from app.models import NPZ, Served
from app.parsing import parse
from app.refusals import RefusalError
from app.schemas import PixelsBody
from app.wire import Said
from model import Trace
from model.preprocess import (
    ImageError,
    Preprocessed,
    Stroke,
    kind_of,
    preprocess_file,
    preprocess_pixels,
    preprocess_strokes,
    to_input,
)
from model.variations import Move, moved


class Question(NamedTuple):
    """What was sent, and in which form the answer is wanted."""

    body: bytes
    content_type: str
    center: bool
    digit: int | None
    form: str
    move: Move | None = None
    between: Callable[[], None] = lambda: None  # called while a picture is decoded, to end that


class Answer(NamedTuple):
    """The bytes of a trace, and what each step took."""

    body: bytes
    timing: str

    @classmethod
    def timed(cls, body: bytes, times: Sequence[float]) -> Self:
        """Say what lay between four moments: the start and the end of each step."""
        names = ("preprocess", "forward", "encode")
        steps = zip(names, times[:-1], times[1:], strict=True)
        return cls(body, ", ".join(f"{name};dur={1e3 * (b - a):.3f}" for name, a, b in steps))


def read(question: Question, served: Served) -> Answer:
    """Preprocess, run the network, encode."""
    started = perf_counter()
    image = preprocess(question)
    pixels = to_input(image.pixels, served.network.spec.input)
    preprocessed = perf_counter()
    trace = served.network.trace(pixels)
    forwarded = perf_counter()
    body = encode(question.form, trace, image, served)
    return Answer.timed(body, (started, preprocessed, forwarded, perf_counter()))


def preprocess(question: Question) -> Preprocessed:
    """Make an image of whatever was sent, and move it as was asked."""
    image = _placed(question)
    return image if question.move is None else moved(image, question.move)


def _placed(question: Question) -> Preprocessed:
    if question.content_type != JSON:
        return _preprocess_file(question)
    body = parse(question.body)
    if isinstance(body, PixelsBody):
        return preprocess_pixels(np.array(body.pixels))
    strokes = [Stroke(np.array(one.points), one.width, one.erase) for one in body.strokes]
    return preprocess_strokes(strokes, center=body.center, digit=question.digit)


def encode(form: str, trace: Trace, image: Preprocessed, served: Served) -> bytes:
    """Write a trace in the form that was asked for, in the order of `models.trace_shapes`."""
    placed = (image.crop, np.asarray(image.scale, np.float32), image.centre)
    shift, said = np.asarray(image.shift, np.int32), Said.of(image)
    if form in (JSON, NPZ):
        arrays: tuple[Any, ...] = (*trace.values(), *placed, *trace.winners.values(), shift)
        if form == NPZ:
            return served.encoder.npz(arrays, served.network.parameters)
        return served.encoder.json(arrays, said)
    activations, winners = trace.packed()  # each in one piece, already as the wire has it
    return served.encoder.joined((activations, *placed, winners, shift), said)


def _preprocess_file(question: Question) -> Preprocessed:
    if question.content_type == BYTES and kind_of(question.body[:1024]) == "text":
        raise unnamed()  # most likely JSON, which does not tell itself what it is
    try:
        return preprocess_file(
            question.body, center=question.center, digit=question.digit, between=question.between
        )
    except ImageError as error:
        raise RefusalError(error.kind, error.gaps) from None
