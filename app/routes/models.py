"""What there is to know about the networks: their list, their specs, their weights."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.content import IMMUTABLE, REVALIDATE
from app.models import SAFETENSORS
from app.openapi import problems
from app.refusals import RefusalError
from app.schemas import Health, Model, ModelSummary
from app.state import ModelDep, ModelsDep

router = APIRouter()


@router.get("/healthz", tags=["server"], response_description="It is up.")
async def health(models: ModelsDep) -> Health:
    """Say that the server is up and its networks are loaded."""
    return Health(version=__version__)


@router.get("/api/models", tags=["networks"], response_description="The list.")
async def list_models(models: ModelsDep) -> list[ModelSummary]:
    """List the networks; the first is the page's own."""
    return [served.summary() for served in models.values()]


@router.get(
    "/api/models/{id}",
    tags=["networks"],
    response_description="The spec.",
    responses=problems("unknown-model"),
)
async def read_model(served: ModelDep) -> Model:
    """Describe a network: every layer with its geometry, everything but the weights."""
    return served.spec


@router.get(
    "/api/models/{id}/weights",
    tags=["networks"],
    response_class=Response,
    responses={
        200: {
            "description": "A safetensors file. The metadata name the spec and say how the weights "
            "were made.",
            "content": {SAFETENSORS: {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "The copy that If-None-Match names is still the right one."},
        **problems("unknown-model", "other-weights"),
    },
)
async def read_weights(
    served: ModelDep,
    request: Request,
    sha256: Annotated[str, Query(description="The hash of the weights that are wanted.")] = "",
) -> Response:
    """
    Fetch the weights.

    As such they are revalidated each time; with `?sha256=` they may be kept for ever, because other
    weights have another hash. Every trace names its own in the header `Convlens-Weights`.
    """
    weights = served.weights
    if sha256 not in ("", weights.digest):
        raise RefusalError("other-weights")
    cache = IMMUTABLE if sha256 else REVALIDATE
    return weights.answer(request.headers, cache=cache)
