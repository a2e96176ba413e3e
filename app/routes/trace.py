"""The trace: every activation of one forward pass, for a drawing, pixels or an image file."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.asking import OFFERS, ask
from app.models import NPZ
from app.openapi import TRACE
from app.reading import read
from app.routes.plain import PlainRoute

_OFFERS: Final = (*OFFERS, NPZ)

router = APIRouter(route_class=PlainRoute)


@router.post("/api/models/{id}/trace", tags=["networks"], openapi_extra=TRACE)
async def trace(request: Request) -> Response:
    """
    Read a drawing, and say what every layer makes of it.

    The body is a drawing as strokes, an image of 28×28 as numbers, or an image file as such.
    """
    served = request.state.models.find(request.path_params["id"])
    return await ask(request, served, read, offers=_OFFERS)
