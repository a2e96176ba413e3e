"""The derivatives of one cell, and the answers to a drawing that is moved, turned and scaled."""

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.asking import ask, finding
from app.cells import cell_of
from app.models import Served
from app.openapi_more import DERIVATIVES, VARIATIONS
from app.routes.plain import PlainRoute
from app.wire import Array
from model.derivatives import derivatives as derivatives_of
from model.preprocess import Preprocessed, to_input
from model.variations import ANGLES, FACTORS, OFFSETS
from model.variations import variations as variations_of

router = APIRouter(route_class=PlainRoute)


@router.post("/api/models/{id}/derivatives", tags=["networks"], openapi_extra=DERIVATIVES)
async def derivatives(request: Request) -> Response:
    """
    Say how much a cell depends on every cell before it, and every cell after it on that cell.

    The body is that of a trace; the query names the cell. Earlier layers are answered by one
    backward pass (the effective receptive field), later ones by one pass of forward-mode
    differentiation (what the cell influences, and how much).
    """
    served = request.state.models.find(request.path_params["id"])
    cell = cell_of(request, served.network.spec)

    def find(served: Served, image: Preprocessed) -> dict[str, Array]:
        pixels = to_input(image.pixels, served.network.spec.input)
        found = derivatives_of(served.network, pixels, *cell)
        return {name: np.asarray(array, np.float32) for name, array in found.items()}

    return await ask(request, served, finding(find, {"cell": str(cell)}))


@router.post("/api/models/{id}/variations", tags=["networks"], openapi_extra=VARIATIONS)
async def variations(request: Request) -> Response:
    """
    Read a drawing at every place, angle and size.

    The body is that of a trace. What it becomes by preprocessing is moved by up to 10 pixels each
    way, turned and scaled; all are read in one batch.
    """
    served = request.state.models.find(request.path_params["id"])
    return await ask(request, served, finding(_variations), quick=False)


def _variations(served: Served, image: Preprocessed) -> dict[str, Array]:
    read = variations_of(served.network, image.pixels)
    floats = {
        "shift": read.shift,
        "rotation": read.rotation,
        "rotation.angles": ANGLES,
        "rotation.images": read.turned,
        "scale": read.scale,
        "scale.factors": FACTORS,
        "scale.images": read.sized,
    }
    return {
        **{name: np.asarray(v, np.float32) for name, v in floats.items()},
        "shift.offsets": OFFSETS,
    }
