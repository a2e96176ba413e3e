"""Pages: templates filled in on the server. Every URL in them is relative, for sub-paths."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.assets import Assets
from app.content import Content
from app.numbers import percent
from app.paths import resource_folder
from app.refusals import RefusalError, spoken
from app.texts import LANGUAGE, texts


class Page(NamedTuple):
    """A page in the bar of pages."""

    path: str
    """Below the root, without a slash in front; the route's own."""
    name: str
    """Its title is the message `pages.NAME`."""


PAGES: Final = (Page("", "network"),)
"""In their order. With one there is nothing to choose, and no bar."""

_HTML = "text/html; charset=utf-8"


@cache
def environment() -> Environment:
    """The templates, escaping everything; a name that is not there is an error."""
    templates = Environment(
        loader=FileSystemLoader(resource_folder("templates")),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(percent=percent)
    return templates


def prefix_of(request: Request) -> str:
    """The way from a page back to the root: one "../" for each folder it lies in."""
    path: str = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return "../" * (path.count("/") - 1)


def render(template: str, request: Request, assets: Assets, context: Mapping[str, Any]) -> Content:
    """Fill in a template; `static` in it is where these files lie, `modules` finds them."""
    prefix = prefix_of(request)
    static = f"{prefix}static/{assets.digest}"
    said = texts(assets)
    common = {
        "language": LANGUAGE,
        "say": said.say,
        "messages": said.for_the_page,
        "version": __version__,
        "prefix": prefix,
        "static": static,
        "modules": assets.modules,
        "pages": PAGES,
        "path": request.scope["path"].removeprefix(request.scope.get("root_path", ""))[1:],
    }
    text = environment().get_template(template).render({**common, **context})
    return Content(text.encode(), _HTML)


def page(template: str, request: Request, context: Mapping[str, Any]) -> Response:
    """Answer with a page, made of the files of static/ as they are now."""
    return render(template, request, request.state.shelf.look(), context).answer(request.headers)


def error_page(request: Request, status: int, refusal: RefusalError) -> Response:
    """Answer with a small page that says what is not there."""
    assets = request.state.shelf.latest
    said = texts(assets)
    words = {
        "title": said.say(f"problem.{refusal.problem}"),
        "detail": said.say(f"refusal.{refusal.kind}", **spoken(refusal.gaps)),
    }
    content = render("error.html", request, assets, words)
    return Response(content.body, status, media_type=_HTML)
