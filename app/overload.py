"""Refuse questions at once while too many wait, before anything else is done for them."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import problem_response
from app.workers import busy


class Overload:
    """
    Answer 503 with Retry-After as cheaply as can be.

    What is refused must cost next to nothing, else refusing is what keeps the server busy.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self.app = app
        answer = problem_response(busy(), root_path)
        self._start = {
            "type": "http.response.start",
            "status": answer.status_code,
            "headers": answer.raw_headers,
        }
        self._body = {"type": "http.response.body", "body": bytes(answer.body)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on while there is room; only questions are POSTs."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["state"]["workers"].full:
            await send({**self._start})
            await send(self._body)
            return
        await self.app(scope, receive, send)
