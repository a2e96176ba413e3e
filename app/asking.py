"""What all questions about a drawing share: read the request, work in a thread, answer."""

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from app.bodies import JSON, centering, content_type, read_body
from app.errors import RefusalError
from app.models import SAFETENSORS, Served
from app.negotiation import choose
from app.reading import Answer, Question, preprocess
from app.wire import Array, Encoder
from model.preprocess import Preprocessed

# application/octet-stream is what tools ask for that want bytes and know no better name.
OFFERS: Final = (SAFETENSORS, "application/octet-stream", JSON)

Find = Callable[[Served, Preprocessed], Mapping[str, Array]]
"""What is to be found out about a drawing: tensors by name, float32 before integers."""

_TYPES: Final = {"f": "F32", "i": "I32"}


async def ask(
    request: Request, served: Served, find: Find, metadata: Mapping[str, str] | None = None
) -> Response:
    """Let `find` work on what the body holds, in a thread, and send what it found."""
    state, kind = request.state, content_type(request)
    form = choose(request.headers.get("accept"), OFFERS)
    if form is None:
        sentence = f"The answer comes as one of: {', '.join(OFFERS)}. Name one of them in Accept."
        raise RefusalError("not-acceptable", sentence)
    image = kind != JSON
    center = centering(request)
    body = await read_body(request, state.settings.limits, image=image)
    question = Question(body, kind, center, form)
    answer = await state.workers.run(_answer, question, served, find, metadata or {}, image=image)
    headers = {"convlens-weights": served.weights.digest, "server-timing": answer.timing}
    return Response(answer.body, headers={**headers, "vary": "accept"}, media_type=form)


def _answer(question: Question, served: Served, find: Find, metadata: Mapping[str, str]) -> Answer:
    """Preprocess, find out, encode. Runs in a thread: it must not block the event loop."""
    times = [perf_counter()]
    image = preprocess(question)
    times.append(perf_counter())
    found = find(served, image)
    times.append(perf_counter())
    shapes = {name: (_TYPES[array.dtype.kind], array.shape) for name, array in found.items()}
    said = {"model": served.id, "weights": served.weights.digest, **metadata}
    encoder = Encoder(shapes, said)
    write = encoder.json if question.form == JSON else encoder.safetensors
    body = write(found.values(), blank=bool(image.blank))
    times.append(perf_counter())
    names = ("preprocess", "forward", "encode")
    steps = zip(names, times[:-1], times[1:], strict=True)
    return Answer(body, ", ".join(f"{name};dur={1e3 * (b - a):.3f}" for name, a, b in steps))
