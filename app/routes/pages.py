"""The pages: the network's own, and the one that explains the API."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.docs import sections
from app.openapi import describe
from app.pages import page
from app.state import CatalogueDep

router = APIRouter(include_in_schema=False)


@router.get("/")
def index(request: Request, catalogue: CatalogueDep, model: str | None = None) -> Response:
    """Show the page; `?model=` chooses the network."""
    served = catalogue.default if model is None else catalogue.show(model)
    return page("index.html", request, {"model": served.spec})


@router.get("/api/docs")
def docs(request: Request) -> Response:
    """Explain the API, from what /api/openapi.json says."""
    return page("docs.html", request, sections(describe(request.app)))


@router.get("/api/openapi.json")
async def openapi(request: Request) -> Response:
    """Describe the API to programs."""
    return JSONResponse(describe(request.app))
