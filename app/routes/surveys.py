"""Surveys: what a network makes of all test images of a set, and these images themselves."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from app import data_sets
from app.asking import OFFERS, form_of
from app.bodies import JSON
from app.content import Content
from app.found import told_of_itself
from app.openapi_surveys import AT, IMAGES, READINGS, SET
from app.refusals import RefusalError
from app.settings import Settings
from app.state import ModelDep
from app.surveys.asked import survey_answer
from app.surveys.images import MOST_PACKED, Images, places
from app.surveys.reading import read

router = APIRouter()

SetName = Annotated[str, Query(description=SET)]


@router.get("/api/models/{id}/readings", tags=["sets"], response_class=Response, responses=READINGS)
def read_set(request: Request, served: ModelDep, set: SetName = "") -> Response:
    """
    Read all test images of a set, and say of each what the network says.

    A process of low priority does it, once for each weights and set; until it is done the answer
    is 202 and says how far it is. What nobody asks for any more is given up.
    """
    return survey_answer(request, served, set, read)


@router.get("/api/data/{set}/images", tags=["sets"], response_class=Response, responses=IMAGES)
def read_images(
    request: Request,
    set: Annotated[str, Path(description="A set in the list.")],
    at: Annotated[str, Query(description=AT)] = "",
) -> Response:
    """Give test images of a set as bytes, 255 for ink, the right way up, with their labels."""
    form = form_of(request, OFFERS)
    settings: Settings = request.state.settings
    found = data_sets.sets(settings.training.data)
    one = found[set].set if set in found else None
    if one is None:
        here = tuple(id for id, other in found.items() if other.set is not None)
        raise RefusalError("no-set", {"sets": here or ("none",)})
    chosen = places(at, one.counts["test"])
    images: Images = request.state.images
    examples = images.load(one)
    answer = told_of_itself(
        {"images": examples.images[chosen], "labels": examples.labels[chosen]},
        {"set": one.id, "at": at},
    )
    if form == JSON:
        body = answer.encoder.json(answer.tensors())
        return Response(body, headers={"vary": "accept"}, media_type=JSON)
    few = len(chosen) <= MOST_PACKED
    packed = Content(answer.encoder.joined(answer.parts()), form, compress=few)
    return packed.answer(request.headers, more={"vary": "accept, accept-encoding"})
