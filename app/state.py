"""What is built once at start-up and shared by every request, and how a route asks for it."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated, TypedDict

from fastapi import Depends, FastAPI, Path
from starlette.requests import Request
from threadpoolctl import threadpool_limits

from app.assets import Shelf
from app.models import Models, Served, load_models
from app.openapi import NETWORK
from app.settings import Settings
from app.uploads import Uploads
from app.workers import Workers


class State(TypedDict):
    """What `request.state` holds."""

    models: Models
    settings: Settings
    shelf: Shelf
    uploads: Uploads
    workers: Workers


def lifespan_with(
    settings: Settings,
) -> Callable[[FastAPI], AbstractAsyncContextManager[State]]:
    """Load the weights before the first request; BLAS keeps to one thread meanwhile."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        with threadpool_limits(limits=1, user_api="blas"), Workers() as workers:
            models, uploads = load_models(settings.models), Uploads(settings.limits)
            shelf = Shelf()
            gc.freeze()  # what stands now stays: looking through it again made others wait
            yield {
                "models": models,
                "settings": settings,
                "shelf": shelf,
                "uploads": uploads,
                "workers": workers,
            }

    return lifespan


def get_models(request: Request) -> Models:
    """Give a route the networks."""
    models: Models = request.state.models
    return models


def get_model(request: Request, id: Annotated[str, Path(description=NETWORK)]) -> Served:
    """Give a route the network that its path names."""
    return get_models(request).find(id)


ModelsDep = Annotated[Models, Depends(get_models)]
ModelDep = Annotated[Served, Depends(get_model)]
