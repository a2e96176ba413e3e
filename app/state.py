"""What is built once at start-up and shared by every request, and how a route asks for it."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from pathlib import Path
from typing import Annotated, TypedDict

from fastapi import Depends, FastAPI, Query
from fastapi import Path as PathParameter
from starlette.requests import Request
from threadpoolctl import threadpool_limits

from app.assets import Shelf
from app.catalogue import Catalogue, load_catalogue
from app.handwriting.shelf import Handwritings
from app.lessons.shelf import Lessons, load_lessons
from app.live import Channels
from app.models import Served
from app.openapi import NETWORK, WEIGHTS
from app.runs.data import Data
from app.runs.folder import Runs
from app.runs.networks import RunNetworks
from app.runs.shelf import Trainings
from app.runs.shipped import Shipped
from app.runs.stream import Readers
from app.runs.supervisor import Supervisor
from app.settings import Settings
from app.surveys.crowds import Crowds
from app.surveys.shelf import Surveys
from app.uploads import Uploads
from app.variants import Folder, temporary_folder
from app.workers import Workers


class State(TypedDict):
    """What `request.state` holds."""

    catalogue: Catalogue
    channels: Channels
    crowds: Crowds
    data: Data
    handwritings: Handwritings
    lessons: Lessons
    readers: Readers
    settings: Settings
    shelf: Shelf
    surveys: Surveys
    trainings: Trainings
    uploads: Uploads
    workers: Workers


def lifespan_with(
    settings: Settings,
) -> Callable[[FastAPI], AbstractAsyncContextManager[State]]:
    """Load the weights before the first request; BLAS keeps to one thread meanwhile."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        with ExitStack() as stack:
            stack.enter_context(threadpool_limits(limits=1, user_api="blas"))
            workers = stack.enter_context(Workers())
            folder = settings.variants or stack.enter_context(temporary_folder())
            runs = Runs(settings.training.folder, Shipped())
            catalogue = load_catalogue(settings.models, Folder(Path(folder)), RunNetworks(runs))
            lessons = load_lessons(settings.lessons, catalogue.shown())
            uploads = Uploads(settings.limits)
            shelf = Shelf()
            most, patience = settings.training.trainings, settings.training.patience
            supervisor = stack.enter_context(Supervisor(runs, most, patience))
            surveys = stack.enter_context(Surveys(Path(folder)))
            handwritings = Handwritings(settings.training, runs)
            gc.freeze()  # what stands now stays: looking through it again made others wait
            yield {
                "catalogue": catalogue,
                "channels": Channels(settings.live_channels),
                "crowds": Crowds(surveys, settings.training.data),
                "data": Data(settings.training),
                "handwritings": handwritings,
                "lessons": lessons,
                "readers": Readers(),
                "settings": settings,
                "shelf": shelf,
                "surveys": surveys,
                "trainings": Trainings(runs, settings.training, supervisor, handwritings),
                "uploads": uploads,
                "workers": workers,
            }

    return lifespan


def get_catalogue(request: Request) -> Catalogue:
    """Give a route the networks."""
    catalogue: Catalogue = request.state.catalogue
    return catalogue


def get_model(
    request: Request,
    id: Annotated[str, PathParameter(description=NETWORK)],
    weights: Annotated[str, Query(description=WEIGHTS)] = "",
) -> Served:
    """Give a route the network that its path names, with the weights that its query names."""
    return get_catalogue(request).find(id, weights)  # in a thread: it may read a file


def get_lessons(request: Request) -> Lessons:
    """Give a route the lessons."""
    lessons: Lessons = request.state.lessons
    return lessons


CatalogueDep = Annotated[Catalogue, Depends(get_catalogue)]
ModelDep = Annotated[Served, Depends(get_model)]
LessonsDep = Annotated[Lessons, Depends(get_lessons)]
