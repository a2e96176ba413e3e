"""The pages: the network's own, and the one that explains the API."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.docs import sections
from app.openapi import describe
from app.pages import page
from app.settings import Settings
from app.state import CatalogueDep

HIDEABLE: Final = (
    *("bar", "pad", "account", "model", "scale", "activations", "zoom", "space", "theme", "help"),
    *("link", "layers", "samples", "brush", "image", "centre", "moves", "compare", "guess"),
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
    hidden = [name for name in HIDEABLE if name in query.get("hide", "").split(",")]
    settings: Settings = request.state.settings
    shown = {"hidden": hidden, "embedded": query.get("embed") == "1"}
    return page(
        "index.html",
        request,
        {"model": served.spec, "elsewhere": settings.elsewhere, **shown},
    )


@router.get("/api/docs")
def docs(request: Request) -> Response:
    """Explain the API, from what /api/openapi.json says."""
    return page("docs.html", request, sections(describe(request.app)))


@router.get("/api/openapi.json")
async def openapi(request: Request) -> Response:
    """Describe the API to programs."""
    return JSONResponse(describe(request.app))
