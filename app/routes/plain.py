"""A route that FastAPI documents and Starlette answers."""

from collections.abc import Callable, Coroutine
from typing import Any, cast

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class PlainRoute(APIRoute):
    """
    Hand the request to the endpoint as it is.

    FastAPI's own handling of parameters, bodies and answers costs as much as three forward passes.
    Where an endpoint reads the body itself there is nothing for it to do.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the endpoint itself, an `async def (request) -> Response`."""
        return cast(Callable[[Request], Coroutine[Any, Any, Response]], self.endpoint)


def plain_routes(router: APIRouter) -> list[Route]:
    """
    Give the routes of a router as Starlette's own.

    They stand before FastAPI's and answer in their place: its search among all routes costs as much
    again as everything else around a trace.
    """
    return [
        Route(one.path, one.endpoint, methods=list(one.methods or ()))
        for one in router.routes
        if isinstance(one, PlainRoute)
    ]
