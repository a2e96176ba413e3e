"""The application in this process: its lifespan and its requests, called from plain functions."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any, Self

import httpx
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings


class Local:
    """A started application and a client for it."""

    def __init__(self, settings: Settings) -> None:
        self.app: FastAPI = create_app(settings)
        self.runner = asyncio.Runner()
        self.lifespan: AbstractAsyncContextManager[Any] = self.app.router.lifespan_context(self.app)
        self.state: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self.state = dict(self.runner.run(self.lifespan.__aenter__()))
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._with_state), base_url="http://local"
        )
        return self

    def __exit__(self, *error: Any) -> None:
        self.runner.run(self.client.aclose())
        self.runner.run(self.lifespan.__aexit__(None, None, None))
        self.runner.close()

    async def _with_state(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app({**scope, "state": dict(self.state)}, receive, send)

    def run(self, coroutine: Any) -> Any:
        """Run anything in the application's event loop."""
        return self.runner.run(coroutine)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self.run(self.client.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)
