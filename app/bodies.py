"""What a request about a drawing says of its body: of which kind it is, and whether to centre."""

from typing import Final

from starlette.requests import Request

from app.refusals import RefusalError, wrong_parameter

_DIGITS: Final = 3  # of a number that says which digit is meant
JSON: Final = "application/json"
IMAGES: Final = ("image/png", "image/jpeg", "image/webp")
BYTES: Final = "application/octet-stream"

SAFETENSORS: Final = "application/vnd.safetensors"

_RIGHT: Final = (JSON, *IMAGES)
_OPERATIONS: Final = (SAFETENSORS, JSON)


def content_type(request: Request) -> str:
    """
    Tell what the body is: JSON, an image of some kind, or bytes that tell it themselves.

    Raises
    ------
    RefusalError
        When it is none of what is read here.
    """
    named = _named(request)
    if named == JSON or named.startswith("image/"):
        return named
    if named in ("", BYTES):
        return BYTES
    raise unnamed()


def must_be_json(request: Request) -> None:
    """Refuse a body that is not said to be JSON, where nothing else is read."""
    if _named(request) != JSON:
        raise RefusalError("unnamed-json", headers={"Accept": JSON})


def type_of_operations(request: Request) -> str:
    """
    Tell what the body of a graph of operations is: JSON, or safetensors.

    Raises
    ------
    RefusalError
        When it is none of them, or nothing says what it is.
    """
    named = _named(request)
    if named in _OPERATIONS:
        return named
    if named == BYTES:
        return SAFETENSORS
    raise RefusalError(
        "unnamed-operations", {"types": _OPERATIONS}, headers={"Accept": ", ".join(_OPERATIONS)}
    )


def _named(request: Request) -> str:
    """What the header says of the body, which must not be compressed."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusalError("encoded-body")
    return request.headers.get("content-type", "").split(";", maxsplit=1)[0].strip().lower()


def unnamed() -> RefusalError:
    """Ask for the content type of a body that does not tell itself what it is."""
    headers = {"Accept": ", ".join(_RIGHT)}
    return RefusalError("unnamed-body", {"types": _RIGHT}, headers=headers)


def centering(request: Request) -> bool:
    """Read `?center=`, which is true when it is not there."""
    said = request.query_params.getlist("center") or ["true"]
    if len(said) == 1 and said[0] in {"true", "false"}:
        return said[0] == "true"
    raise wrong_parameter("center", "wrong-center")


def chosen(request: Request) -> int | None:
    """Read `?digit=`, which of several digits is meant, counted from 0; None for the largest."""
    said = request.query_params.getlist("digit")
    if not said:
        return None
    if len(said) == 1 and said[0].isascii() and said[0].isdigit() and len(said[0]) <= _DIGITS:
        return int(said[0])
    raise wrong_parameter("digit", "wrong-digit")
