"""A route that FastAPI documents and Starlette answers."""

from collections.abc import Callable, Coroutine
from typing import Any, cast

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response


class PlainRoute(APIRoute):
    """
    Hand the request to the endpoint as it is.

    FastAPI's own handling of parameters, bodies and answers costs as much as three forward passes.
    Where an endpoint reads the body itself there is nothing for it to do.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the endpoint itself, an `async def (request) -> Response`."""
        return cast(Callable[[Request], Coroutine[Any, Any, Response]], self.endpoint)
