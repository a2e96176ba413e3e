"""Graphs of operations on arrays that are sent along."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.asking import OFFERS, SHORT, form_of
from app.bodies import JSON, type_of_operations
from app.openapi_operations import OPERATIONS
from app.operations.run import judged, run, sent_in
from app.routes.plain import PlainRoute

router = APIRouter(route_class=PlainRoute)


@router.post("/api/operations", tags=["operations"], openapi_extra=OPERATIONS)
async def operations(request: Request) -> Response:
    """
    Run a graph of operations on an array, and say what every layer makes of it.

    The body brings the layers, what goes in, and the weights. As safetensors these are the tensors
    `input` (channels, rows, columns), of float32 or of bytes, which are read as shares of 255,
    `LAYER.weight` and `LAYER.bias`; the metadata's `layers` hold the layers as JSON. What it would
    cost is told from the shapes, and nothing that costs too much is begun.
    """
    kind, form = type_of_operations(request), form_of(request, OFFERS)
    workers, uploads = request.state.workers, request.state.uploads
    async with uploads.body(request, image=False, too_large="operations-too-large") as body:
        place = "here" if kind != JSON or len(body) <= SHORT else "drawing"
        due = await workers.run(place, lambda: judged(sent_in(body, kind), form))
        found = await workers.run("here" if due.quick else "drawing", run, due)
    headers = {"server-timing": found.timing, "vary": "accept"}
    return Response(found.body, headers=headers, media_type=form)
