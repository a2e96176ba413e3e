"""How refusals of all kinds, ours and the framework's, become answers."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Scope, Send

from app.errors import PROBLEMS, problem_response, refusal_of_status
from app.pages import error_page
from app.refusals import RefusalError
from app.runs.folder import RunError

_log = logging.getLogger(__name__)


async def on_refusal(request: Request, refusal: RefusalError) -> Response:
    """Answer with the problem; where people look for a page, with a page."""
    status = PROBLEMS[refusal.problem][0]
    path: str = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if status in (404, 421) and not path.startswith(("/api", "/healthz")):
        return error_page(request, status, refusal)
    return problem_response(refusal, request.scope.get("root_path", ""))


async def on_status(request: Request, error: HTTPException) -> Response:
    """Answer what the framework refuses; OPTIONS on a path that exists is no mistake."""
    headers = dict(error.headers or {})
    if "Allow" in headers:
        methods = {*headers["Allow"].split(", "), "OPTIONS"}
        headers["Allow"] = ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    return await on_refusal(request, refusal_of_status(error.status_code, headers))


async def on_validation(request: Request, error: RequestValidationError) -> Response:
    """Answer a parameter that FastAPI itself refused."""
    return await on_refusal(request, RefusalError("wrong-parameter"))


async def on_damaged_run(request: Request, error: RunError) -> Response:
    """Answer what was asked of a run whose files cannot be read; which, is for the log alone."""
    _log.warning("%s", error)
    return await on_refusal(request, RefusalError("damaged-run"))


async def on_disconnect(request: Request, error: ClientDisconnect) -> Response:
    """Nobody is there to read an answer to half a request; this only ends it quietly."""
    return Response(status_code=400)


Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

HANDLERS: Final[dict[int | type[Exception], Handler]] = {
    RefusalError: on_refusal,
    HTTPException: on_status,
    RequestValidationError: on_validation,
    RunError: on_damaged_run,
    ClientDisconnect: on_disconnect,
}


async def refuse_upgrade(scope: Scope, send: Send, refusal: RefusalError) -> None:
    """Answer a wish for a WebSocket with the problem; where the server cannot, with a bare no."""
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close"})
        return
    answer = problem_response(refusal, scope.get("root_path", ""))
    start = {"type": "websocket.http.response.start", "status": answer.status_code}
    await send({**start, "headers": answer.raw_headers})
    await send({"type": "websocket.http.response.body", "body": bytes(answer.body)})
