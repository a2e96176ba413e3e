"""Sets of images: which are here, their images, and MNIST to be fetched."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from app.asking import OFFERS, form_of
from app.openapi_training import FETCH_ANSWERS, IMAGES
from app.runs import schemas
from app.runs.data import Data
from app.runs.images import MOST, PLACES, Asked, answer, places_of
from app.token import MAY_CHANGE
from model.data.mnist import Split
from model.data.sets import MOST_CLASSES, MOST_IMAGES

router = APIRouter()

_PAGE: Final = 60


@router.get("/api/data", tags=["training"], response_description="The list.")
def list_data(request: Request) -> schemas.DataList:
    """List the sets of images on the server's machine; what is wrong with one is said."""
    data: Data = request.state.data
    return data.listed()


@router.get("/api/data/{set}/images", tags=["training"], response_class=Response, responses=IMAGES)
def read_images(
    request: Request,
    set: Annotated[str, Path(description="Of a set in the list: mnist.")],
    split: Annotated[Split, Query(description="The part to learn from, or to test with.")] = "test",
    label: Annotated[
        int | None, Query(ge=0, lt=MOST_CLASSES, description="Images of this class only.")
    ] = None,
    start: Annotated[int, Query(ge=0, le=MOST_IMAGES, description="So many are left out.")] = 0,
    count: Annotated[int, Query(ge=1, le=MOST, description="So many at most.")] = _PAGE,
    at: Annotated[
        str,
        Query(
            description="Those at these places instead, separated by commas: 0,115,9999.",
            json_schema_extra={"pattern": PLACES},
        ),
    ] = "",
) -> Response:
    """
    Give some images of a set as 28×28 bytes, 0 for paper and 255 for ink, upright.

    Beside them stand their labels, counted from 0, and their places in the set. What networks read
    of such an image is told when its numbers are sent as `pixels`.
    """
    form = form_of(request, OFFERS)
    asked = Asked(split, label, start, count, places_of(at))
    body = answer(set, asked, request.state.settings.training.data, form)
    return Response(body, headers={"vary": "accept"}, media_type=form)


@router.post(
    "/api/data/{set}/fetch",
    tags=["training"],
    status_code=202,
    dependencies=[MAY_CHANGE],
    response_description="How far it is; the list goes on saying it.",
    responses=FETCH_ANSWERS,
)
def fetch_data(
    request: Request, set: Annotated[str, Path(description="What is to be fetched: mnist.")]
) -> schemas.DataFetch:
    """Fetch a set of images onto the server's machine, once, and verify it."""
    data: Data = request.state.data
    return data.fetch(set)
