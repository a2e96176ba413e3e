"""Sets of images to train with: which are here, and MNIST to be fetched."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request

from app.openapi_training import FETCH_ANSWERS
from app.runs import schemas
from app.runs.data import Data
from app.token import MAY_CHANGE

router = APIRouter()


@router.get("/api/data", tags=["training"], response_description="The list.")
def list_data(request: Request) -> schemas.DataList:
    """List the sets of images on the server's machine; what is wrong with one is said."""
    data: Data = request.state.data
    return data.listed()


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
