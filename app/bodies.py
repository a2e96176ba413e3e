"""Read the body of a trace request: of the right kind, and no larger than allowed."""

from typing import Final

from starlette.requests import Request

from app.errors import RefusalError
from app.schemas import FieldError
from app.settings import Limits

JSON: Final = "application/json"
IMAGES: Final = ("image/png", "image/jpeg", "image/webp")


def content_type(request: Request) -> str:
    """
    Tell what the body is.

    Raises
    ------
    RefusalError
        When it is none of what is read here.
    """
    named = request.headers.get("content-type", "").split(";", maxsplit=1)[0].strip().lower()
    right = ", ".join((JSON, *IMAGES))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusalError(
            "wrong-content-type", "Send the body as it is, without Content-Encoding."
        )
    if named == JSON or named in IMAGES:
        return named
    sentence = f"Say with Content-Type what the body is, one of: {right}."
    raise RefusalError("wrong-content-type", sentence, headers={"Accept": right})


async def read_body(request: Request, limits: Limits, *, image: bool) -> bytes:
    """
    Read a body up to the limit of its kind, and not a byte more into memory.

    A length that is announced is judged before anything is read; one that is not, while reading.
    """
    limit = limits.image_bytes if image else limits.json_bytes
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > limit:
        raise _too_large(limit, image=image)
    parts, total = [], 0
    async for part in request.stream():
        total += len(part)
        if total > limit:
            raise _too_large(limit, image=image)
        parts.append(part)
    return b"".join(parts)


def centering(request: Request) -> bool:
    """Read `?center=`, which is true when it is not there."""
    said = request.query_params.getlist("center") or ["true"]
    if len(said) == 1 and said[0] in {"true", "false"}:
        return said[0] == "true"
    what, mend = "center is neither true nor false.", "Write ?center=true or ?center=false."
    error = FieldError(parameter="center", detail=what, mend=mend)
    raise RefusalError("wrong-parameter", f"{what} {mend}", errors=[error])


def _too_large(limit: int, *, image: bool) -> RefusalError:
    megabytes = f"{limit / 1e6:g} MB"
    mend = (
        "Make the image smaller; 1000 pixels a side are plenty."
        if image
        else "Send fewer points, or the drawing as pixels."
    )
    what = "An image file" if image else "A JSON body"
    return RefusalError("too-large", f"{what} may have at most {megabytes}. {mend}")
