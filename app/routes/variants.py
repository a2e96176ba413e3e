"""Other weights for a network, made by edits."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.bodies import JSON, must_be_json
from app.catalogue import Catalogue
from app.models import Served
from app.openapi_more import VARIANTS
from app.parsing import parse_edits
from app.routes.plain import PlainRoute

router = APIRouter(route_class=PlainRoute)


@router.post("/api/models/{id}/variants", tags=["networks"], openapi_extra=VARIANTS)
async def make_variant(request: Request) -> Response:
    """
    Make a variant of a network: the same layers with weights that edits lead to.

    The same edits make the same weights, and so the same `sha256`, on any machine. With it every
    question may be asked (`?weights=`), of any worker, as long as the server has room for it; with
    the edits beside a question the variant is made again where it is not known. Edits of a variant
    (`?weights=` here) are edits of the network that it was made of, after its own.
    """
    catalogue: Catalogue = request.state.catalogue
    served = catalogue.find(request.path_params["id"])
    weights = request.query_params.get("weights", "")
    must_be_json(request)
    async with request.state.uploads.body(request, image=False) as body:
        made = await request.state.workers.run("drawing", _make, body, served, weights, catalogue)
    headers = {"convlens-weights": made.weights.digest}
    return Response(made.spec.model_dump_json(), headers=headers, media_type=JSON)


def _make(body: bytes, served: Served, weights: str, catalogue: Catalogue) -> Served:
    edits = parse_edits(body)
    return catalogue.make(catalogue.resolve(served, weights), edits)
