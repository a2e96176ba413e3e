"""What there is to know about the networks: their list, their specs, their weights."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.bodies import SAFETENSORS
from app.cards import ModelCard, card
from app.content import IMMUTABLE, REVALIDATE
from app.openapi import problems
from app.refusals import RefusalError
from app.schemas import Health, Model, ModelSummary
from app.state import CatalogueDep, ModelDep

router = APIRouter()


@router.get("/healthz", tags=["server"], response_description="It is up.")
async def health(models: CatalogueDep) -> Health:
    """Say that the server is up and its networks are loaded."""
    return Health(version=__version__)


@router.get("/api/models", tags=["networks"], response_description="The list.")
async def list_models(models: CatalogueDep) -> list[ModelSummary]:
    """List the networks; the first is the page's own."""
    return [served.summary() for served in models.values()]


@router.get(
    "/api/models/{id}",
    tags=["networks"],
    response_description="The spec.",
    responses=problems("unknown-model", "other-weights"),
)
async def read_model(served: ModelDep) -> Model:
    """Describe a network: every layer with its geometry, everything but the weights."""
    return served.spec


@router.get(
    "/api/models/{id}/card",
    tags=["networks"],
    response_description="The card.",
    responses=problems("unknown-model", "other-weights"),
)
def read_card(catalogue: CatalogueDep, served: ModelDep) -> ModelCard:
    """Say whose handwriting a network learnt, how well it reads, and how it was made."""
    return card(served, catalogue.facts(served))


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
def read_weights(
    catalogue: CatalogueDep,
    served: ModelDep,
    request: Request,
    sha256: Annotated[str, Query(description="The same as `weights`, by another name.")] = "",
) -> Response:
    """
    Fetch the weights.

    As such they are revalidated each time; with `?weights=` they may be kept for ever, because
    other weights have another hash. Every trace names its own in the header `Convlens-Weights`.
    """
    named = request.query_params.get("weights") or sha256
    if sha256 not in ("", served.weights.digest):
        if named != sha256:  # two hashes of different weights
            raise RefusalError("other-weights", {"network": served.id})
        served = catalogue.find(served.id, sha256)
    cache = IMMUTABLE if named else REVALIDATE
    return served.weights.answer(request.headers, cache=cache)
