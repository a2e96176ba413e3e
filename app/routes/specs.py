"""Networks without weights, as files that `convlens train` takes."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.bodies import JSON, must_be_json
from app.openapi_operations import SPECS
from app.routes.plain import PlainRoute
from app.specs import spec_in, written

router = APIRouter(route_class=PlainRoute)


@router.post("/api/specs", tags=["operations"], openapi_extra=SPECS)
async def write_spec(request: Request) -> Response:
    """
    Read a network without its weights, and write it as a file that `convlens train` takes.

    What is wrong with it is told at its place. Nothing of it is kept.
    """
    must_be_json(request)
    async with request.state.uploads.body(request, image=False, too_large="spec-too-large") as body:
        file = await request.state.workers.run("drawing", lambda: written(spec_in(body)))
    return Response(file, media_type=JSON)
