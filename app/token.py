"""
Who may change something on the server: whoever sends the token that was made when it started.

It stands in the terminal, and in no log, no answer and no other process than the workers.
"""

import hmac
import secrets
from typing import Annotated, Final

from fastapi import Depends, Security
from fastapi.security import APIKeyHeader
from starlette.requests import Request

from app.origins import forwarded, may_open
from app.refusals import RefusalError
from app.settings import Settings

HEADER: Final = "Convlens-Token"
_SHOWN: Final = APIKeyHeader(
    name=HEADER,
    scheme_name="token",
    description="The token that `convlens serve` prints when it starts.",
    auto_error=False,
)


def make_token() -> str:
    """Make one that nobody guesses."""
    return secrets.token_urlsafe(24)


def _judge_origin(request: Request) -> None:
    """Refuse pages of others, whatever they know."""
    settings: Settings = request.state.settings
    client = request.client.host if request.client else ""
    _, host = forwarded(request.headers, client, settings.trusted_proxies)
    if not may_open(request.headers.get("origin"), host, settings.allowed_origins):
        raise RefusalError("foreign-origin")


def knows(request: Request) -> bool:
    """Tell whether a request brings the token."""
    wanted, said = request.state.settings.training.token, request.headers.get(HEADER, "")
    same = hmac.compare_digest(wanted.encode(), said.encode("utf-8", "surrogateescape"))
    return bool(wanted) and same


def may_change(request: Request, _: Annotated[str | None, Security(_SHOWN)]) -> None:
    """Let only who knows the token go on."""
    _judge_origin(request)
    if not knows(request):
        raise RefusalError("wrong-token" if HEADER in request.headers else "no-token")


def may_train(request: Request, _: Annotated[str | None, Security(_SHOWN)]) -> None:
    """Let who knows the token go on, and everybody where training is open."""
    _judge_origin(request)
    if not (request.state.settings.training.open or knows(request)):
        raise RefusalError("wrong-token" if HEADER in request.headers else "no-token")


def may_see(request: Request, _: Annotated[str | None, Security(_SHOWN)]) -> None:
    """Show what is somebody's own to nobody but who knows the token."""
    _judge_origin(request)
    if not knows(request):
        raise RefusalError("wrong-token" if HEADER in request.headers else "private")


MAY_SEE: Final = Depends(may_see)
MAY_CHANGE: Final = Depends(may_change)
MAY_TRAIN: Final = Depends(may_train)
