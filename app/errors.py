"""Every refusal is application/problem+json (RFC 9457): what was wrong, and how to mend it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from app.refusals import RefusalError
from app.schemas import Problem

MEDIA_TYPE: Final = "application/problem+json"

# Every problem, by the anchor that its `type` has on /api/docs: status, title, and when it
# happens, for that page.
PROBLEMS: Final[Mapping[str, tuple[int, str, str]]] = {
    "not-json": (
        400,
        "The body is not JSON",
        "It does not parse, is nested too deeply or is not UTF-8.",
    ),
    "not-safetensors": (
        400,
        "The body is not safetensors",
        "Its header cannot be read, is too long, or does not fit what follows.",
    ),
    "not-http": (400, "This is no HTTP", "The request breaks the rules of HTTP/1.1."),
    "not-found": (404, "There is nothing here", "No route has this path."),
    "unknown-model": (404, "No such network", "The server does not serve a network of this name."),
    "unknown-lesson": (404, "No such lesson", "The server has no lesson of this name."),
    "other-weights": (
        404,
        "Not these weights",
        "The hash asked for is not that of weights that are served, or that edits made.",
    ),
    "no-run": (404, "No such run", "The server has no run of this id, or none that can be read."),
    "no-set": (404, "No such set", "The server has no set of images of this id, or fetches none."),
    "forbidden": (
        403,
        "Not without the token",
        "What changes something asks for the token that the server printed when it started.",
    ),
    "foreign-origin": (
        403,
        "Not from another page",
        "The header Origin names another page than this server's: those change nothing here.",
    ),
    "run-state": (
        409,
        "The run is not in that state",
        "It has ended, or is being trained, or is one that a command trains.",
    ),
    "no-drawing": (
        404,
        "No such drawing",
        "No drawing, class or training of this name has to do with the handwriting kept here.",
    ),
    "few-drawings": (
        409,
        "Too little to learn from",
        "There are too few drawings or classes, or MNIST is not here.",
    ),
    "handwriting-full": (
        409,
        "No room for another drawing",
        "As many drawings, classes or bytes are kept as may be, or the folder cannot be used.",
    ),
    "no-room": (
        409,
        "No room for that",
        "As many trainings as may be are under way or wait, or the folder of runs or of images is "
        "full or cannot be written.",
    ),
    "wrong-origin": (
        403,
        "Not a page of this server",
        "The header Origin names another page than this server's, and none that was allowed.",
    ),
    "wrong-method": (
        405,
        "Not this method",
        "The path is right; the header Allow names its methods.",
    ),
    "not-acceptable": (
        406,
        "No such form",
        "The header Accept admits none of the forms there are.",
    ),
    "too-slow": (
        408,
        "The body came too slowly",
        "It was not there in time, or made room for others when many came at once.",
    ),
    "out-of-step": (
        409,
        "Out of step",
        "A message on a live channel builds on strokes or an input that the channel does not have.",
    ),
    "too-large": (413, "The body is too large", "It has more bytes than the server reads."),
    "too-dear": (
        413,
        "The operations cost too much",
        "Their shapes tell that they would take more time or memory than the server gives; nothing "
        "was begun.",
    ),
    "wrong-content-type": (
        415,
        "Not this content type",
        "The body is of a kind that is not read here.",
    ),
    "wrong-host": (
        421,
        "Not a name of this server",
        "The header Host has a name that the server was not told of.",
    ),
    "wrong-field": (422, "A field is wrong", "The body is JSON, but not as the schema has it."),
    "wrong-parameter": (
        422,
        "A parameter is wrong",
        "A query parameter has a value it cannot have.",
    ),
    "unreadable-image": (
        422,
        "The image cannot be read",
        "The file is broken, too large or no image.",
    ),
    "survey-failed": (
        500,
        "The set could not be surveyed",
        "Its files are damaged, or the process that reads them ended.",
    ),
    "not-upgraded": (
        426,
        "This is a WebSocket",
        "The path is that of the live channel, and the request does not open one.",
    ),
    "head-too-large": (
        431,
        "The headers are too large",
        "The first line and the headers have more bytes than the server reads.",
    ),
    "failure": (500, "The server failed", "A mistake of the server's, not of the request."),
    "busy": (
        503,
        "The server is busy",
        "More is asked than it can answer; Retry-After says in how many seconds to ask again.",
    ),
    "stopping": (503, "The server is stopping", "It was stopped before the answer was ready."),
}


def problem_of(refusal: RefusalError, root_path: str) -> Problem:
    """
    Write a refusal as it crosses the wire.

    Its `type` is the whole path of the paragraph that explains it, as RFC 9457 asks of references
    that name no host.
    """
    status, title, _ = PROBLEMS[refusal.problem]
    return Problem(
        type=f"{root_path}/api/docs#{refusal.problem}",
        title=title,
        status=status,
        kind=refusal.kind,
        parameters=refusal.gaps,
        detail=refusal.detail,
        errors=refusal.errors,
    )


def problem_response(refusal: RefusalError, root_path: str) -> Response:
    """Write a refusal as an answer."""
    problem = problem_of(refusal, root_path)
    body = problem.model_dump_json(exclude_defaults=True)
    return Response(body, problem.status, refusal.headers, MEDIA_TYPE)


def refusal_of_status(status: int, headers: Mapping[str, str] | None) -> RefusalError:
    """Put what the framework refuses by itself into our words."""
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = tuple((headers or {}).get("Allow", "").split(", "))
        return RefusalError("wrong-method", {"methods": allowed}, headers=headers)
    return RefusalError("not-found" if status == HTTPStatus.NOT_FOUND else "unanswered")
