"""From the bytes of a request to the bytes of its answer: the work that keeps a processor busy."""

from collections.abc import Iterable
from time import perf_counter
from typing import Final, NamedTuple

import numpy as np
from pydantic import TypeAdapter, ValidationError

from app.bodies import JSON
from app.errors import RefusalError
from app.models import NPZ, Served
from app.schemas import PixelsBody, StrokesBody, TraceBody
from app.sentences import refusal_of
from app.wire import Array
from model import Trace
from model.preprocess import (
    ImageError,
    Preprocessed,
    Stroke,
    preprocess_file,
    preprocess_pixels,
    preprocess_strokes,
    to_input,
)

_BODY: Final[TypeAdapter[StrokesBody | PixelsBody]] = TypeAdapter(TraceBody)


class Question(NamedTuple):
    """What was sent, and in which form the answer is wanted."""

    body: bytes
    content_type: str
    center: bool
    form: str


class Answer(NamedTuple):
    """The bytes of a trace, and what each step took."""

    body: bytes
    timing: str


def read(question: Question, served: Served) -> Answer:
    """Preprocess, run the network, encode. Runs in a thread: it must not block the event loop."""
    started = perf_counter()
    image = preprocess(question)
    pixels = to_input(image.pixels, served.network.spec.input)
    preprocessed = perf_counter()
    trace = served.network.trace(pixels)
    forwarded = perf_counter()
    body = encode(question.form, tensors(trace, image, served), served, blank=bool(image.blank))
    steps = (preprocessed - started, forwarded - preprocessed, perf_counter() - forwarded)
    names = ("preprocess", "forward", "encode")
    timing = ", ".join(f"{n};dur={1e3 * t:.3f}" for n, t in zip(names, steps, strict=True))
    return Answer(body, timing)


def preprocess(question: Question) -> Preprocessed:
    """Make an image of whatever was sent."""
    if question.content_type != JSON:
        return _preprocess_file(question.body, center=question.center)
    body = parse(question.body)
    if isinstance(body, PixelsBody):
        return preprocess_pixels(np.array(body.pixels))
    strokes = [Stroke(np.array(one.points), one.width, one.erase) for one in body.strokes]
    return preprocess_strokes(strokes, center=body.center)


def parse(body: bytes) -> StrokesBody | PixelsBody:
    """Read a JSON body by its schema; whatever is wrong with it becomes a refusal."""
    try:
        return _BODY.validate_json(body)
    except ValidationError as error:
        raise refusal_of(error) from None


def encode(form: str, arrays: Iterable[Array], served: Served, *, blank: bool) -> bytes:
    """Write a trace in the form that was asked for."""
    if form == NPZ:
        return served.encoder.npz(arrays, served.network.parameters)
    write = served.encoder.json if form == JSON else served.encoder.safetensors
    return write(arrays, blank=blank)


def tensors(trace: Trace, image: Preprocessed, served: Served) -> Iterable[Array]:
    """Everything that a trace holds on the wire, in the order of `models.trace_shapes`."""
    yield from (trace[name] for name in served.network.spec.shapes)
    yield image.crop
    yield np.asarray(image.scale, np.float32)
    yield image.centre
    yield from (trace.winners[name] for name in served.winners)
    yield np.asarray(image.shift, np.int32)


def _preprocess_file(data: bytes, *, center: bool) -> Preprocessed:
    try:
        return preprocess_file(data, center=center)
    except ImageError as error:
        raise RefusalError("unreadable-image", str(error)) from None
