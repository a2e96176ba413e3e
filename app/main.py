"""Assemble the application."""

import os

from fastapi import FastAPI
from starlette.middleware import Middleware

from app import __version__
from app.assets import Files, asset_route
from app.frames import Frames
from app.handlers import HANDLERS
from app.hosts import Hosts
from app.middleware import Failures, HeadAsGet, SecurityHeaders, ShortQueries, SubPath
from app.overload import Overload
from app.routes import (
    data,
    handwriting,
    lessons,
    live,
    models,
    operations,
    pages,
    pictures,
    questions,
    runs,
    scores,
    specs,
    surveys,
    variants,
)
from app.routes.plain import plain_routes
from app.settings import Settings
from app.state import lifespan_with
from app.uploads import Drain


def create_app(settings: Settings | None = None) -> FastAPI:
    """
    Build the application; its networks are loaded when it starts.

    Parameters
    ----------
    settings : Settings, optional
        Taken from the environment when not given, as worker processes need it.
    """
    settings = settings or Settings.from_environment(os.environ)
    app = FastAPI(
        title="Convlens",
        version=__version__,
        description="Every number inside a convolutional network, for any drawing of a digit.",
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan_with(settings),
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(Drain),
            Middleware(SecurityHeaders, settings.frame_ancestors),
            Middleware(Frames, settings.frame_ancestors),
            Middleware(Overload, settings.root_path),
            Middleware(SubPath, settings.root_path),
            Middleware(Hosts, settings.allowed_hosts),
            Middleware(Failures),
            Middleware(ShortQueries),
            Middleware(HeadAsGet),
            Middleware(Files),
        ],
    )
    rooms = (
        models,
        questions,
        variants,
        operations,
        pictures,
        specs,
        scores,
        lessons,
        runs,
        data,
        surveys,
        handwriting,
    )
    for room in (*rooms, live, pages):
        app.include_router(room.router)
    plain = (questions, variants, operations, pictures, specs, scores)
    app.router.routes[:0] = [route for room in plain for route in plain_routes(room.router)]
    app.router.routes.insert(0, live.socket_route)
    app.router.routes.append(asset_route())
    return app
