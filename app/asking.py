"""The one door for questions about a drawing: read the request, have it worked on, answer."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from time import perf_counter
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from app.bodies import JSON, SAFETENSORS, centering, chosen, content_type
from app.catalogue import Catalogue
from app.finds import Question
from app.models import CSV, NPZ
from app.negotiation import choose
from app.reading import Posted, Source
from app.refusals import RefusalError
from app.wire import Said, join_answers
from app.workers import Place
from model.preprocess import is_large, preprocess_file

# application/octet-stream is what tools ask for that want bytes and know no better name.
OFFERS: Final = (SAFETENSORS, "application/octet-stream", JSON)

SHORT: Final = 16_384
"""Bytes of a drawing that is read in a millisecond; one by hand has a quarter of that."""

_FEW: Final = 4
"""Questions that are answered in a few milliseconds, if each is quick."""


class Answer(NamedTuple):
    """The bytes of an answer, the weights that gave it, and what each step took."""

    body: bytes
    weights: str
    timing: str
    passes: Sequence[float]  # seconds in which each question was worked on, its drawing being read


def server_timing(steps: Mapping[str, float]) -> str:
    """Write what each step took, in seconds, as a header Server-Timing has it."""
    return ", ".join(f"{name};dur={1e3 * seconds:.3f}" for name, seconds in steps.items())


async def ask(
    request: Request,
    questions: Sequence[Question],
    *,
    offers: Sequence[str] = OFFERS,
    several: bool = False,
) -> Response:
    """
    Answer questions about the drawing in the body, which is read and preprocessed once.

    Parameters
    ----------
    offers
        The forms that the answer can have.
    several
        Whether the answers stand side by side; else there is one question.
    """
    form, catalogue = form_of(request, offers), request.state.catalogue

    def place(body: bytes) -> Place:
        plain = b'"edits"' not in body and b"\\" not in body  # which could spell it otherwise
        short = plain and len(body) <= SHORT
        return place_of(questions, catalogue, form, short=short)

    def work(posted: Posted) -> Answer:
        return answer(posted, questions, catalogue, form=form, several=several)

    return await worked_on(request, work, form, place)


async def worked_on(
    request: Request,
    work: Callable[[Posted], Answer],
    form: str,
    place_for: Callable[[bytes], Place],
) -> Response:
    """
    Have a drawing in the body worked on, and answer with what that gives.

    Parameters
    ----------
    place_for
        Where the body of a drawing is worked on; of an image that is known.
    """
    state, kind = request.state, content_type(request)
    image, center, digit = kind != JSON, centering(request), chosen(request)
    async with state.uploads.body(request, image=image) as body:
        place = place_for(body)
        if image:
            place = "large image" if is_large(body) else "image"
        read = partial(state.workers.reader_at(place), preprocess_file)
        found = await state.workers.run(place, work, Posted(body, kind, center, digit, read))
    headers = {"convlens-weights": found.weights, "server-timing": found.timing}
    return Response(found.body, headers={**headers, "vary": "accept"}, media_type=form)


def place_of(
    questions: Sequence[Question], catalogue: Catalogue, form: str, *, short: bool
) -> Place:
    """
    Choose where questions about strokes are worked on.

    Parameters
    ----------
    short
        Whether the drawing is one by hand: what it takes to read it is then a millisecond.
    """
    quick = len(questions) <= _FEW and form not in (JSON, NPZ, CSV)
    held = quick and all(
        one.quick and catalogue.holds(one.served, one.weights) for one in questions
    )
    return "here" if short and held else "drawing"


def answer(
    source: Source,
    questions: Sequence[Question],
    catalogue: Catalogue,
    *,
    form: str,
    several: bool = False,
) -> Answer:
    """Preprocess, find out, encode."""
    started = perf_counter()
    edits, draw = source.look()
    served = [catalogue.resolve(one.served, one.weights, edits) for one in questions]
    once = draw()
    drawn = [once if one.move is None else once.placed(one.move) for one in questions]
    preprocessed = perf_counter()
    found, ends = [], [preprocessed]
    for one, network, each in zip(questions, served, drawn, strict=True):
        found.append(one.find(network, each))
        ends.append(perf_counter())
    forwarded = ends[-1]
    said = [Said.of(one.image) for one in drawn]
    if form == JSON:
        texts = [
            one.encoder.json(one.tensors(), says) for one, says in zip(found, said, strict=True)
        ]
        body = b"[%s]" % b",".join(texts) if several else texts[0]
    elif form == NPZ:
        body = found[0].encoder.npz(found[0].tensors(), served[0].network.parameters)
    elif form == CSV:
        body = found[0].encoder.csv(found[0].tensors(), served[0].network.spec.shapes)
    elif several:
        body = join_answers(
            [(one.encoder, one.parts(), says) for one, says in zip(found, said, strict=True)]
        )
    else:
        body = found[0].encoder.joined(found[0].parts(), said[0])
    steps = {
        "preprocess": preprocessed - started,
        "forward": forwarded - preprocessed,
        "encode": perf_counter() - forwarded,
    }
    passes = [end - start for start, end in pairwise(ends)]
    if several:
        steps |= {f"forward-{k}": seconds for k, seconds in enumerate(passes)}
    digests = ", ".join(one.weights.digest for one in served)
    return Answer(body, digests, server_timing(steps), passes)


def form_of(request: Request, offers: Sequence[str]) -> str:
    """Choose the form of the answer."""
    form = choose(request.headers.get("accept"), offers)
    if form is None:
        raise RefusalError("not-acceptable", {"forms": tuple(offers)})
    return form
