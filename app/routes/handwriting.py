"""Somebody's own drawings: shown to and changed by nobody but who knows the token."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.bodies import SAFETENSORS
from app.handwriting import schemas
from app.handwriting.folder import strokes_of
from app.handwriting.shelf import Handwritings
from app.openapi_handwriting import (
    ALL_GONE,
    CHANGE,
    DRAWING,
    FIGURES,
    IDX,
    IMAGES,
    NAMES,
    OF_ONE,
    PNGS,
    SEEN,
    WRITTEN,
)
from app.refusals import RefusalError, wrong_parameter
from app.routes.runs import RunDep, TrainingsDep
from app.runs.schemas import MOST_BESIDE
from app.said import said
from app.schemas import StrokesBody
from app.token import MAY_CHANGE, MAY_SEE
from model.safetensors_file import encode

_MOST_SHOWN: Final = 200
_NOWHERE: Final = {"cache-control": "no-store"}
_WORDS: Final = {"not_json": "handwriting-not-json", "too_large": "json-too-large"}


def keep_nowhere(response: Response) -> None:
    """See that nobody on the way keeps an answer."""
    response.headers.update(_NOWHERE)


router = APIRouter(
    prefix="/api/handwriting", tags=["handwriting"], dependencies=[Depends(keep_nowhere)]
)


def get_handwritings(request: Request) -> Handwritings:
    """Give a route the drawings."""
    handwritings: Handwritings = request.state.handwritings
    return handwritings


HandwritingsDep = Annotated[Handwritings, Depends(get_handwritings)]
DrawingId = Annotated[str, Path(description="Of a drawing in the list.")]
Mnist = Annotated[
    int, Query(ge=0, le=MOST_BESIDE, description="So many images of MNIST beside them.")
]


@router.get("", dependencies=[MAY_SEE], responses=SEEN, response_description="The list.")
def list_handwriting(handwritings: HandwritingsDep) -> schemas.Handwriting:
    """List the classes that are collected and the drawings of each; strokes are asked for apart."""
    return handwritings.listed()


@router.delete(
    "", dependencies=[MAY_CHANGE], responses=ALL_GONE, response_description="Everything is gone."
)
def delete_handwriting(
    handwritings: HandwritingsDep,
    trainings: TrainingsDep,
    sure: Annotated[bool, Query(description="It must be true.")] = False,
    runs: Annotated[
        bool, Query(description="Whether trainings that learnt from it and have ended go, too.")
    ] = False,
) -> schemas.HandwritingGone:
    """
    Delete all drawings, their classes and all sets made of them, so that no byte is left.

    A training under way that learns from them fails.
    """
    if not sure:
        raise wrong_parameter("sure", "not-sure")
    learnt = handwritings.learnt()
    handwritings.folder.delete_all()
    gone = [run for run in learnt if runs and run.is_over()]
    for run in gone:
        trainings.delete(run)
    deleted = tuple(run.id for run in gone)
    left = tuple(run.id for run in learnt if run.id not in deleted)
    return schemas.HandwritingGone(deleted=deleted, left=left)


@router.post(
    "/classes",
    dependencies=[MAY_CHANGE],
    openapi_extra=NAMES,
    responses=WRITTEN,
    response_description="The list.",
)
async def collect_classes(request: Request, handwritings: HandwritingsDep) -> schemas.Handwriting:
    """Collect more classes; those that are collected already stay as they are."""
    asked = await said(request, schemas.HandwritingNames, **_WORDS)

    def collect() -> schemas.Handwriting:
        handwritings.folder.collect(asked.names)
        return handwritings.listed()

    return await run_in_threadpool(collect)


@router.delete(
    "/classes/{number}",
    status_code=204,
    dependencies=[MAY_CHANGE],
    responses=OF_ONE,
    response_description="It is gone.",
)
def delete_class(
    handwritings: HandwritingsDep,
    number: Annotated[int, Path(ge=0, le=9999, description="Of a class in the list.")],
) -> None:
    """Collect a class no more, and delete all its drawings."""
    handwritings.folder.drop(number)


@router.post(
    "/drawings",
    status_code=201,
    dependencies=[MAY_CHANGE],
    openapi_extra=DRAWING,
    responses=WRITTEN,
    response_description="The drawing.",
)
async def keep_drawing(
    request: Request, handwritings: HandwritingsDep
) -> schemas.HandwritingDrawing:
    """Keep a drawing, as its strokes."""
    asked = await said(request, schemas.HandwritingBody, **_WORDS)

    def keep() -> schemas.HandwritingDrawing:
        kept = handwritings.folder.add(asked.label, asked.writer, asked.strokes)
        return handwritings.one(kept)

    return await run_in_threadpool(keep)


@router.get(
    "/drawings/{drawing}",
    dependencies=[MAY_SEE],
    responses=OF_ONE,
    response_description="Its strokes.",
)
def read_drawing(handwritings: HandwritingsDep, drawing: DrawingId) -> StrokesBody:
    """Give the strokes of a drawing, as every question about a drawing takes them."""
    return StrokesBody(strokes=strokes_of(handwritings.folder.find(drawing)))


@router.patch(
    "/drawings/{drawing}",
    dependencies=[MAY_CHANGE],
    openapi_extra=CHANGE,
    responses=WRITTEN,
    response_description="The drawing.",
)
async def change_drawing(
    request: Request, handwritings: HandwritingsDep, drawing: DrawingId
) -> schemas.HandwritingDrawing:
    """Give a drawing another class or another writer."""
    asked = await said(request, schemas.HandwritingChange, **_WORDS)

    def change() -> schemas.HandwritingDrawing:
        return handwritings.one(handwritings.folder.change(drawing, asked.label, asked.writer))

    return await run_in_threadpool(change)


@router.delete(
    "/drawings/{drawing}",
    status_code=204,
    dependencies=[MAY_CHANGE],
    responses=OF_ONE,
    response_description="It is gone.",
)
def delete_drawing(handwritings: HandwritingsDep, drawing: DrawingId) -> None:
    """Delete a drawing."""
    handwritings.folder.delete(drawing)


@router.get("/images", dependencies=[MAY_SEE], response_class=Response, responses=IMAGES)
def read_images(
    handwritings: HandwritingsDep,
    id: Annotated[
        list[str],
        Query(
            min_length=1, max_length=_MOST_SHOWN, description="Of drawings, one after the other."
        ),
    ],
) -> Response:
    """Give drawings as the networks learn from them: preprocessed, 28×28 bytes each."""
    data = encode({"images": handwritings.images(id)}, {})
    return Response(data, headers=_NOWHERE, media_type=SAFETENSORS)


@router.get("/idx", dependencies=[MAY_SEE], response_class=Response, responses=IDX)
def pack_idx(handwritings: HandwritingsDep, mnist: Mnist = 0) -> Response:
    """Pack the set that a training would learn from now, as `convlens train --data` takes it."""
    return _zip(handwritings.idx(mnist), "handwriting-idx.zip")


@router.get("/pngs", dependencies=[MAY_SEE], response_class=Response, responses=PNGS)
def pack_pngs(handwritings: HandwritingsDep) -> Response:
    """Pack all drawings as pictures."""
    return _zip(handwritings.pngs(), "handwriting-png.zip")


@router.get(
    "/runs/{run}/figures",
    dependencies=[MAY_SEE],
    responses=FIGURES,
    response_description="The figures.",
)
def read_figures(handwritings: HandwritingsDep, run: RunDep) -> schemas.HandwritingFigures:
    """Say how many drawings held out are read right, before a training and after it."""
    return handwritings.figures(run)


@router.get("/runs/{run}/idx", dependencies=[MAY_SEE], response_class=Response, responses=IDX)
def pack_idx_of_run(handwritings: HandwritingsDep, run: RunDep) -> Response:
    """Pack the set that a training has learnt from."""
    if not run.config.handwriting:
        raise RefusalError("no-frozen-set")
    return _zip(handwritings.idx_of(run), f"handwriting-{run.id}.zip")


def _zip(data: bytes, name: str) -> Response:
    headers = {**_NOWHERE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(data, headers=headers, media_type="application/zip")
