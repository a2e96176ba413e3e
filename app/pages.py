"""Pages: templates filled in on the server. Every URL in them is relative, for sub-paths."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.assets import Assets
from app.content import Content
from app.numbers import grouped, percent
from app.paths import resource_folder
from app.refusals import RefusalError, spoken
from app.terms import Terms
from app.texts import LANGUAGE, Texts, texts


class Page(NamedTuple):
    """A page in the bar of pages."""

    path: str
    """Below the root, without a slash in front; the route's own."""
    name: str
    """Its title is the message `pages.NAME`."""


PAGES: Final = (
    Page("", "network"),
    Page("operations", "operations"),
    Page("lessons", "lessons"),
    Page("questions", "questions"),
    Page("learning", "learning"),
    Page("mistakes", "mistakes"),
)
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
    templates.filters.update(percent=percent, grouped=grouped)
    return templates


def templates_written() -> int:
    """When one of them was last changed, ns; for those who keep what was made of them."""
    folder = resource_folder("templates")
    return max(path.stat().st_mtime_ns for path in folder.rglob("*.html"))


def path_of(request: Request) -> str:
    """Where a page lies below the root, without a slash in front."""
    path: str = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return path[1:]


def render(template: str, path: str, assets: Assets, context: Mapping[str, Any]) -> Content:
    """
    Fill in the template of a page that lies at this path below the root.

    In it `static` is where these files lie, `modules` finds them, `wanted` those that are loaded
    when they are wanted, `prefix` is the way back to the root: one "../" for each folder that the
    page lies in.
    """
    prefix = "../" * path.count("/")
    static = f"{prefix}static/{assets.digest}"
    said = texts(assets)
    common = {
        "language": LANGUAGE,
        "say": said.say,
        "led": lambda prose: Markup(_terms(said).led(prose, prefix)),
        "messages": said.for_the_page,
        "messages_with": said.told,
        "version": __version__,
        "prefix": prefix,
        "static": static,
        "modules": assets.modules,
        "wanted": assets.wanted,
        "pages": PAGES,
        "path": path,
    }
    text = environment().get_template(template).render({**common, **context})
    return Content(text.encode(), _HTML)


@cache
def _terms(said: Texts) -> Terms:
    return Terms(said.messages)


def page(template: str, request: Request, context: Mapping[str, Any]) -> Response:
    """Answer with a page, made of the files of static/ as they are now."""
    assets = request.state.shelf.look()
    return render(template, path_of(request), assets, context).answer(request.headers)


def error_page(request: Request, status: int, refusal: RefusalError) -> Response:
    """Answer with a small page that says what is not there."""
    assets = request.state.shelf.latest
    said = texts(assets)
    words = {
        "title": said.say(f"problem.{refusal.problem}"),
        "detail": said.say(f"refusal.{refusal.kind}", **spoken(refusal.gaps)),
    }
    content = render("error.html", path_of(request), assets, words)
    return Response(content.body, status, media_type=_HTML)
