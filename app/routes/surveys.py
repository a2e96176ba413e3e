"""Surveys: what a network makes of all test images of a set."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.asking import OFFERS, Answer, form_of, worked_on
from app.openapi_surveys import LAYER, MAP, NEIGHBOURS, READINGS, SET, UNITS
from app.parameters import whole_number
from app.reading import Posted
from app.state import ModelDep
from app.surveys.asked import job_of, set_for, still_made, survey_answer
from app.surveys.crowds import Crowds
from app.surveys.layout import HIDDEN, lay_out
from app.surveys.neighbours import MOST, USUAL, Wanted, layer_of, neighbours
from app.surveys.place import Progress
from app.surveys.reading import read
from app.surveys.units import count

router = APIRouter()

SetName = Annotated[str, Query(description=SET)]
LayerName = Annotated[str, Query(description=LAYER)]


@router.get("/api/models/{id}/readings", tags=["sets"], response_class=Response, responses=READINGS)
def read_set(request: Request, served: ModelDep, set: SetName = "") -> Response:
    """
    Read all test images of a set, and say of each what the network says.

    A process of low priority does it, once for each weights and set; until it is done the answer
    is 202 and says how far it is. What nobody asks for any more is given up.
    """
    return survey_answer(request, served, set, read)


@router.get("/api/models/{id}/map", tags=["sets"], response_class=Response, responses=MAP)
def map_set(
    request: Request, served: ModelDep, layer: LayerName = "", set: SetName = ""
) -> Response:
    """
    Lay out all test images of a set by what a layer makes of them, in two dimensions.

    Principal component analysis: the two directions along which the layer's activations vary most.
    It is made as readings are, once for each weights, set and layer.
    """
    how = {"layer": layer_of(served.network.spec, layer)}
    return survey_answer(request, served, set, lay_out, how, hidden=HIDDEN)


@router.get("/api/models/{id}/units", tags=["sets"], response_class=Response, responses=UNITS)
def count_units(request: Request, served: ModelDep, set: SetName = "") -> Response:
    """
    Count over all test images of a set how often cells are above 0, and how all numbers are spread.

    It is made as readings are, once for each weights and set.
    """
    return survey_answer(request, served, set, count)


@router.post(
    "/api/models/{id}/neighbours",
    tags=["sets"],
    response_class=Response,
    openapi_extra=NEIGHBOURS,
)
async def find_neighbours(
    request: Request, served: ModelDep, layer: LayerName = "", set: SetName = ""
) -> Response:
    """
    Find the test images that are nearest to a drawing in a layer, and its own place on the map.

    The body is that of a trace. Distances are Euclidean, over all cells of the layer and not over
    the two dimensions of the map; of images equally far the one that comes first in the set is the
    nearer one. As long as the map is being made, the answer is 202 as there.
    """
    form = form_of(request, OFFERS)
    many = whole_number(request.query_params, "count", 1, MOST, USUAL, digits=3)
    one = await run_in_threadpool(set_for, request, served, set)
    where = layer_of(served.network.spec, layer)
    crowds: Crowds = request.state.crowds
    job = job_of(lay_out, served, one, {"layer": where})
    found = await run_in_threadpool(crowds.look, job)
    if isinstance(found, Progress):
        return still_made(found, served, one)
    want = Wanted(served, found, {"set": one.id, "layer": where}, many, form)

    def work(posted: Posted) -> Answer:
        return neighbours(posted, want)

    return await worked_on(request, work, form, lambda _: "drawing")
