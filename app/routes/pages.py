"""The pages: the network's own, and the one that explains the API."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.assets import Assets
from app.cards import card
from app.catalogue import Catalogue
from app.content import Content
from app.docs import sections as documented
from app.lessons.handout import filled, gap
from app.lessons.shelf import Lessons
from app.openapi import describe
from app.pages import page, path_of, render, templates_written
from app.quiz.kinds import KINDS
from app.quiz.make import LEVELS
from app.refusals import RefusalError
from app.schemas import Model
from app.sections import LEARNING, MISTAKES, SECTIONS, cell_like, chosen
from app.state import CatalogueDep, LessonsDep

HIDEABLE: Final = (
    *("bar", "pad", "account", "model", "scale", "activations", "zoom", "space", "theme", "help"),
    *("link", "layers", "samples", "brush", "image", "centre", "moves", "compare", "save", "guess"),
)
"""What `?hide=` may name, separated by commas; other names hide nothing. css/embed.css hides it."""

router = APIRouter(include_in_schema=False)


@router.get("/")
def index(request: Request, catalogue: CatalogueDep, model: str | None = None) -> Response:
    """
    Show the page; `?model=` chooses the network.

    `?hide=` names controls that are left out, `?embed=1` leaves all but the stage.
    """
    served = catalogue.default if model is None else catalogue.show(model)
    query = request.query_params
    hidden = tuple(name for name in HIDEABLE if name in query.get("hide", "").split(","))
    content = _network_page(
        path_of(request),
        request.state.shelf.look(),
        served.spec.model_dump_json(),
        request.state.settings.elsewhere,
        templates_written(),
        hidden=hidden,
        embedded=query.get("embed") == "1",
    )
    return content.answer(request.headers)


@lru_cache(maxsize=32)
def _network_page(
    path: str,
    assets: Assets,
    model: str,
    elsewhere: str,
    _written: int,
    *,
    hidden: tuple[str, ...],
    embedded: bool,
) -> Content:
    """Fill in the page once for all who ask the same: it takes longer than all else they get."""
    samples = assets.contents.get("samples.json")
    shown = {"hidden": hidden, "embedded": embedded, "elsewhere": elsewhere}
    context = {
        "model": Model.model_validate_json(model),
        "samples": json.loads(samples.body)["digits"] if samples else [],
        **shown,
    }
    return render("index.html", path, assets, context)


@router.get("/operations")
def operations(request: Request, catalogue: CatalogueDep, only: str | None = None) -> Response:
    """
    Show the operations; `?only=` chooses one of them.

    `?embed=1` leaves out all around them.
    """
    shown = chosen(only)
    if not shown:
        raise RefusalError("no-section", {"sections": tuple(one.name for one in SECTIONS)})
    network = catalogue.default.spec
    cells = {section.name: cell_like(section, network) for section in shown}
    embedded = request.query_params.get("embed") == "1"
    context = {"sections": shown, "cells": cells, "embedded": embedded, "alone": only is not None}
    elsewhere = request.state.settings.elsewhere
    return page("operations.html", request, {**context, "elsewhere": elsewhere})


@router.get("/lessons")
def list_lessons(request: Request, lessons: LessonsDep) -> Response:
    """List the lessons."""
    elsewhere = request.state.settings.elsewhere
    return page("lessons.html", request, {"lessons": lessons.summaries(), "elsewhere": elsewhere})


@router.get("/lessons/{name}")
def handout(request: Request, lessons: LessonsDep, catalogue: CatalogueDep, name: str) -> Response:
    """Show a lesson to be read and printed."""
    return _lesson_page(request, lessons, catalogue, name, notes=False)


@router.get("/lessons/{name}/notes")
def notes(request: Request, lessons: LessonsDep, catalogue: CatalogueDep, name: str) -> Response:
    """Show the notes for whoever presents a lesson."""
    return _lesson_page(request, lessons, catalogue, name, notes=True)


def _lesson_page(
    request: Request, lessons: Lessons, catalogue: Catalogue, name: str, *, notes: bool
) -> Response:
    lesson = lessons.find(name)
    elsewhere = request.state.settings.elsewhere
    root = elsewhere or str(request.base_url)
    context = {
        "lesson": lesson,
        "network": catalogue[lesson.network].spec,
        "notes": notes,
        "filled": filled,
        "gap": gap,
        "elsewhere": elsewhere,
        "address": f"{root.rstrip('/')}/lessons/{name}",
    }
    return page("lesson.html", request, context)


@router.get("/questions")
def questions(request: Request, catalogue: CatalogueDep, model: str | None = None) -> Response:
    """Ask about a network's numbers; `?model=` chooses the network."""
    served = catalogue.default if model is None else catalogue.show(model)
    elsewhere = request.state.settings.elsewhere
    context = {"model": served.spec, "kinds": tuple(KINDS), "levels": LEVELS}
    return page("questions.html", request, {**context, "elsewhere": elsewhere})


@router.get("/learning")
def learning(
    request: Request, catalogue: CatalogueDep, model: str | None = None, only: str | None = None
) -> Response:
    """
    Show how a network learns; `?model=` chooses it, `?only=` one of the sections.

    `?embed=1` leaves out all around them.
    """
    return _sections_page("learning.html", LEARNING, request, catalogue, model, only)


@router.get("/mistakes")
def mistakes(
    request: Request, catalogue: CatalogueDep, model: str | None = None, only: str | None = None
) -> Response:
    """
    Show what a network makes of the test images; `?model=` chooses it, `?only=` one section.

    `?embed=1` leaves out all around them.
    """
    return _sections_page("mistakes.html", MISTAKES, request, catalogue, model, only)


def _sections_page(
    template: str,
    sections: Sequence[str],
    request: Request,
    catalogue: Catalogue,
    model: str | None,
    only: str | None,
) -> Response:
    """Fill in a page of sections about one network."""
    served = catalogue.default if model is None else catalogue.show(model)
    shown = tuple(name for name in sections if only in (None, name))
    if not shown:
        raise RefusalError("no-section", {"sections": tuple(sections)})
    embedded = request.query_params.get("embed") == "1"
    context = {"model": served.spec, "sections": shown, "embedded": embedded, "alone": bool(only)}
    elsewhere = request.state.settings.elsewhere
    return page(template, request, {**context, "elsewhere": elsewhere})


@router.get("/card")
def model_card(request: Request, catalogue: CatalogueDep, model: str | None = None) -> Response:
    """Show the card of a network: what it learnt, and what came of it."""
    served = catalogue.default if model is None else catalogue.show(model)
    others = [one for one in catalogue.shown().values() if one.id != served.id]
    context = {
        "card": card(served, catalogue.facts(served)),
        "classes": served.spec.classes,
        "others": others,
    }
    elsewhere = request.state.settings.elsewhere
    return page("card.html", request, {**context, "elsewhere": elsewhere})


@router.get("/api/docs")
def docs(request: Request) -> Response:
    """Explain the API, from what /api/openapi.json says."""
    return page("docs.html", request, documented(describe(request.app)))


@router.get("/api/openapi.json")
async def openapi(request: Request) -> Response:
    """Describe the API to programs."""
    return JSONResponse(describe(request.app))
