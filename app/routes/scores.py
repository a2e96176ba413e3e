"""Steps on a few scores, without a network."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.bodies import JSON
from app.openapi_steps import SCORES
from app.routes.plain import PlainRoute
from app.scores import steps_on_scores

router = APIRouter(route_class=PlainRoute)


@router.get("/api/scores", tags=["operations"], openapi_extra=SCORES)
async def score_steps(request: Request) -> Response:
    """
    Take steps on a few scores that have these shares, with every number of two losses.

    It is the end of a network by itself: the scores, softmax, and cross-entropy or the squared
    error, ½ Σ (target - share)². Both gradients at the scores are told at every moment: p - t, and
    (share - target) through softmax's matrix. The steps go down the one that is named.
    """
    return Response(steps_on_scores(request.query_params).model_dump_json(), media_type=JSON)
