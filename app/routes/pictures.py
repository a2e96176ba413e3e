"""Pictures as numbers."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.asking import OFFERS, SHORT, form_of
from app.bodies import JSON, content_type
from app.openapi_operations import PICTURES
from app.pictures import picture, wanted
from app.routes.plain import PlainRoute
from app.workers import Place
from model.preprocess import is_large

router = APIRouter(route_class=PlainRoute)


@router.post("/api/pictures", tags=["operations"], openapi_extra=PICTURES)
async def pictures(request: Request) -> Response:
    """
    Give a picture as numbers, to run operations on it.

    The body is a drawing as that of a trace is: it becomes what the network at the centre reads,
    1×32×32 with 0 for paper and 1 for ink. Or it is an image file: of that nothing is looked for,
    it is only reduced until no side is longer than `side`, and given as bytes, 0 black and 255
    white. Nothing is kept of it.
    """
    kind, form, want = content_type(request), form_of(request, OFFERS), wanted(request.query_params)
    workers, image = request.state.workers, kind != JSON
    async with request.state.uploads.body(request, image=image) as body:
        place: Place = "here" if len(body) <= SHORT else "drawing"
        if image:
            place = "large image" if is_large(body) else "image"
        work = partial(picture, form=form, read=workers.reader_at(place))
        found = await workers.run(place, work, body, kind, want)
    headers = {"server-timing": found.timing, "vary": "accept"}
    return Response(found.body, headers=headers, media_type=form)
