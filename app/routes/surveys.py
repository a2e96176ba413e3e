"""Surveys: what a network makes of all test images of a set."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.openapi_surveys import READINGS, SET
from app.state import ModelDep
from app.surveys.asked import survey_answer
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
