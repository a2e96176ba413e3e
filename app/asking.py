"""What all questions about a drawing share: read the request, have it worked on, answer."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from app.bodies import JSON, centering, chosen, content_type
from app.models import NPZ, SAFETENSORS, Served
from app.moves import move_of
from app.negotiation import choose
from app.reading import Answer, Question, preprocess
from app.refusals import RefusalError
from app.wire import Array, Encoder, Said
from app.workers import Place
from model.preprocess import Preprocessed, is_large

# application/octet-stream is what tools ask for that want bytes and know no better name.
OFFERS: Final = (SAFETENSORS, "application/octet-stream", JSON)

_SHORT: Final = 16_384
"""Bytes of a drawing that is read in a millisecond; one by hand has a quarter of that."""

Work = Callable[[Question, Served], Answer]
"""From a question to its answer; it keeps a processor busy."""

Find = Callable[[Served, Preprocessed], Mapping[str, Array]]
"""What is to be found out about a drawing: tensors by name, float32 before integers."""

_TYPES: Final = {"f": "F32", "i": "I32"}


async def ask(
    request: Request,
    served: Served,
    work: Work,
    *,
    offers: Sequence[str] = OFFERS,
    quick: bool = True,
) -> Response:
    """
    Let `work` answer what the body asks, and send the answer.

    Parameters
    ----------
    offers
        The forms that it can have.
    quick
        Whether it takes about a millisecond for a drawing by hand.
    """
    state, kind, form = request.state, content_type(request), _form(request, offers)
    image, center, digit = kind != JSON, centering(request), chosen(request)
    move = move_of(request)
    async with state.uploads.body(request, image=image) as body:
        short = quick and served.quick and len(body) <= _SHORT and form not in (JSON, NPZ)
        place: Place = "here" if short else "drawing"
        if image:
            place = "large image" if is_large(body) else "image"
        watch = state.workers.patience.watch()
        question = Question(body, kind, center, digit, form, move, watch)
        answer = await state.workers.run(place, work, question, served)
    headers = {"convlens-weights": served.weights.digest, "server-timing": answer.timing}
    return Response(answer.body, headers={**headers, "vary": "accept"}, media_type=form)


def finding(find: Find, metadata: Mapping[str, str] | None = None) -> Work:
    """Make work of what is to be found out; `metadata` go with the answer."""
    return partial(_find, find=find, metadata=metadata or {})


def _form(request: Request, offers: Sequence[str]) -> str:
    """Choose the form of the answer."""
    form = choose(request.headers.get("accept"), offers)
    if form is None:
        raise RefusalError("not-acceptable", {"forms": tuple(offers)})
    return form


def _find(question: Question, served: Served, *, find: Find, metadata: Mapping[str, str]) -> Answer:
    """Preprocess, find out, encode."""
    times = [perf_counter()]
    image = preprocess(question)
    times.append(perf_counter())
    found = find(served, image)
    times.append(perf_counter())
    shapes = {name: (_TYPES[array.dtype.kind], array.shape) for name, array in found.items()}
    said = {"model": served.id, "weights": served.weights.digest, **metadata}
    encoder = Encoder(shapes, said)
    write = encoder.json if question.form == JSON else encoder.safetensors
    body = write(found.values(), Said.of(image))
    times.append(perf_counter())
    return Answer.timed(body, times)
