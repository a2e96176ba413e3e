"""The trace: every activation of one forward pass, for a drawing, pixels or an image file."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.bodies import JSON, centering, content_type, read_body
from app.errors import RefusalError
from app.models import NPZ, SAFETENSORS, Served
from app.negotiation import choose
from app.openapi import TRACE
from app.reading import Question, read
from app.routes.plain import PlainRoute

# application/octet-stream is what tools ask for that want bytes and know no better name.
OFFERS: Final = (SAFETENSORS, "application/octet-stream", JSON, NPZ)

router = APIRouter(route_class=PlainRoute)


@router.post("/api/models/{id}/trace", tags=["networks"], openapi_extra=TRACE)
async def trace(request: Request) -> Response:
    """
    Read a drawing, and say what every layer makes of it.

    The body is a drawing as strokes, an image of 28×28 as numbers, or an image file as such.
    """
    state, served = request.state, request.state.models.find(request.path_params["id"])
    form, kind = accepted(request), content_type(request)
    image = kind != JSON
    center = centering(request)
    body = await read_body(request, state.settings.limits, image=image)
    question = Question(body, kind, center, form)
    answer = await state.workers.run(read, question, served, image=image)
    return Response(answer.body, headers=_headers(served, answer.timing), media_type=form)


def accepted(request: Request) -> str:
    """Choose the form of the answer."""
    form = choose(request.headers.get("accept"), OFFERS)
    if form is None:
        sentence = f"A trace comes as one of: {', '.join(OFFERS)}. Name one of them in Accept."
        raise RefusalError("not-acceptable", sentence)
    return form


def _headers(served: Served, timing: str) -> dict[str, str]:
    weights = served.weights.digest
    return {"convlens-weights": weights, "server-timing": timing, "vary": "accept"}
