"""Questions about a drawing, one or several in a request; `app/finds.py` has what can be asked."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.addresses import addressed
from app.asking import OFFERS, ask, worked_on
from app.catalogue import Catalogue
from app.finds import Question, question
from app.models import CSV, NPZ
from app.openapi import TRACE
from app.openapi_more import DERIVATIVES, PATHS, QUESTIONS, VARIATIONS
from app.openapi_quiz import QUIZ
from app.openapi_steps import GRADIENT, STEP
from app.quiz.asked import form_wanted, quiz_answer, wanted
from app.routes.plain import PlainRoute
from app.texts import texts

router = APIRouter(route_class=PlainRoute)


@router.post("/api/models/{id}/trace", tags=["networks"], openapi_extra=TRACE)
async def trace(request: Request) -> Response:
    """
    Read a drawing, and say what every layer makes of it.

    The body is a drawing as strokes, an image of 28×28 as numbers, the network's input as numbers,
    or an image file as such.
    """
    return await ask(request, [_asked(request, "trace")], offers=(*OFFERS, NPZ, CSV))


@router.post("/api/models/{id}/derivatives", tags=["networks"], openapi_extra=DERIVATIVES)
async def derivatives(request: Request) -> Response:
    """
    Say how much a cell depends on every cell before it, and every cell after it on that cell.

    The body is that of a trace; the query names the cell. Earlier layers are answered by one
    backward pass (the effective receptive field), later ones by one pass of forward-mode
    differentiation (what the cell influences, and how much).
    """
    return await ask(request, [_asked(request, "derivatives")])


@router.post("/api/models/{id}/paths", tags=["networks"], openapi_extra=PATHS)
async def paths(request: Request) -> Response:
    """
    Say which paths count most for a class's score and against it, and what all of them come to.

    The body is that of a trace. A path leads from a pixel through one cell of each layer to the
    score, and brings the pixel's value times all weights on its way. Those through the same cells
    of the layers that `junctions` names are one chain; the five strongest each way are found
    exactly. With one of them muted its first cell is computed as if the input were 0; its next cell
    alone is told so and computed again, and so on up to the scores. Every other cell goes on
    saying what it said.
    """
    return await ask(request, [_asked(request, "paths")])


@router.post("/api/models/{id}/step", tags=["networks"], openapi_extra=STEP)
async def step(request: Request) -> Response:
    """
    Take steps of training on a drawing, and say what they change; the network stays as it is.

    The body is that of a trace; the query says which class is to be learnt, and how. All is
    computed in float64: the gradients of the first step at the values of the trace, the losses by
    networks that really were changed. Beside it, what becomes of ten other digits, drawn by our own
    pen.
    """
    return await ask(request, [_asked(request, "step")], offers=(*OFFERS, NPZ))


@router.post("/api/models/{id}/gradient", tags=["networks"], openapi_extra=GRADIENT)
async def gradient(request: Request) -> Response:
    """
    Say where the gradient of one cell or one weight comes from, term by term, and check it.

    The body is that of a trace; the query is that of steps, and names a cell by its layer or a
    weight by its parameter. A term is the gradient of a number above times how much that changes
    with the cell. The check nudges the cell or the weight both ways, in float64, and says which
    corners lie between. Of a weight, its update by the optimiser is told, step by step.
    """
    return await ask(request, [_asked(request, "gradient")])


@router.post("/api/models/{id}/variations", tags=["networks"], openapi_extra=VARIATIONS)
async def variations(request: Request) -> Response:
    """
    Read a drawing at every place, angle and size.

    The body is that of a trace. What it becomes by preprocessing is moved by up to 10 pixels each
    way, turned and scaled; all are read in one batch.
    """
    return await ask(request, [_asked(request, "variations")])


@router.post("/api/questions", tags=["networks"], openapi_extra=QUESTIONS)
async def questions(request: Request) -> Response:
    """
    Ask several questions about one drawing, of any networks and weights.

    The body is that of a trace. It is sent, read and preprocessed once, however much is asked.
    """
    said = request.query_params.getlist("ask")
    found = addressed(said, request.state.catalogue)
    return await ask(request, found, several=True)


@router.post("/api/models/{id}/quiz", tags=["networks"], openapi_extra=QUIZ)
async def quiz(request: Request) -> Response:
    """
    Make questions from a network's numbers for a drawing: predict, then reveal.

    The body is that of a trace. Of the options of each question exactly one is right as displayed;
    each other one is what a mistake leads to, which is named. The same seed makes the same
    questions. They come as JSON, as GIFT for Moodle, or as a table.
    """
    catalogue: Catalogue = request.state.catalogue
    form = form_wanted(request)
    want = wanted(catalogue.find(request.path_params["id"]), request.query_params)
    words = texts(request.state.shelf.latest)
    work = partial(quiz_answer, want=want, catalogue=catalogue, texts=words, form=form)
    return await worked_on(request, work, form, lambda _: "drawing")


def _asked(request: Request, what: str) -> Question:
    """The question that a request asks by its path and its query."""
    catalogue: Catalogue = request.state.catalogue
    return question(what, catalogue.find(request.path_params["id"]), request.query_params)
