"""Runs: trainings of this server, and those that a command wrote here."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from app.bodies import SAFETENSORS
from app.negotiation import choose
from app.openapi import problems
from app.openapi_training import (
    DELETE_ANSWERS,
    METRICS,
    START,
    START_ANSWERS,
    STREAM,
    WEIGHTS,
    WISH,
    WISH_ANSWERS,
)
from app.refusals import RefusalError
from app.runs import experiments, folder, schemas
from app.runs.compare import differences
from app.runs.shelf import Trainings, described
from app.runs.stream import Readers, Stream
from app.said import said
from app.token import MAY_CHANGE, MAY_TRAIN, knows
from model.checkpoint import CheckpointError

LINES = "application/x-ndjson"
CSV = "text/csv"

router = APIRouter()


def get_trainings(request: Request) -> Trainings:
    """Give a route the runs."""
    trainings: Trainings = request.state.trainings
    return trainings


TrainingsDep = Annotated[Trainings, Depends(get_trainings)]


def get_run(
    trainings: TrainingsDep, run: Annotated[str, Path(description="Of a run in the list.")]
) -> folder.Run:
    """Give a route the run that its path names."""
    return trainings.find(run)


RunDep = Annotated[folder.Run, Depends(get_run)]
_DIGITS: Final = 12  # of the number of a line: no run has as many lines
After = Annotated[
    int,
    Query(ge=-1, lt=10**_DIGITS, description="Only lines after the one of this number."),
]


@router.get("/api/runs", tags=["training"], response_description="The list.")
def list_runs(trainings: TrainingsDep) -> schemas.RunList:
    """List all runs, those of `convlens train` too, the newest first."""
    return trainings.listed()


@router.get("/api/recipes", tags=["training"], response_description="Recipes and networks.")
def list_recipes(trainings: TrainingsDep) -> schemas.RecipeList:
    """Say what a training can begin with: recipes, and the networks that come along."""
    return trainings.recipes()


@router.get(
    "/api/experiments",
    tags=["training"],
    response_model_exclude_unset=True,
    response_description="The experiments.",
)
def list_experiments() -> schemas.ExperimentList:
    """List ready-made experiments: what begins their trainings, and what came out of each."""
    return experiments.listed()


@router.post(
    "/api/runs",
    tags=["training"],
    status_code=201,
    dependencies=[MAY_TRAIN],
    openapi_extra=START,
    response_description="The run, which begins within a second of when a place is free.",
    responses=START_ANSWERS,
)
async def start_run(request: Request, trainings: TrainingsDep) -> schemas.Run:
    """
    Begin a training in a process of its own, or have it wait until a place is free.

    Those that wait begin in the order in which they were asked for; one that is paused keeps its
    place.
    It runs at a lower priority, and leaves one core to the server if it is not told otherwise. The
    same choices and the same seed give the same weights, to the bit.
    """
    asked = await said(request, schemas.RunBody)
    if await run_in_threadpool(trainings.of_handwriting, asked) and not knows(request):
        raise RefusalError("private")
    return await run_in_threadpool(trainings.start, asked)


@router.get(
    "/api/runs/{run}",
    tags=["training"],
    response_description="The run.",
    responses=problems("no-run"),
)
def read_run(run: RunDep) -> schemas.Run:
    """
    Say what a run was asked to be, how far it is, and which of its networks were kept.

    Each of these answers questions about a drawing: under `model` as the network's id, and its
    `sha256` as `?weights=`. Without that the last one answers.
    """
    return described(run)


@router.delete(
    "/api/runs/{run}",
    tags=["training"],
    status_code=204,
    dependencies=[MAY_CHANGE],
    response_description="It is gone.",
    responses=DELETE_ANSWERS,
)
def delete_run(trainings: TrainingsDep, run: RunDep) -> None:
    """Delete a run that nobody trains, for good; one that waits does so no more."""
    trainings.delete(run)


@router.post(
    "/api/runs/{run}/wishes",
    tags=["training"],
    dependencies=[MAY_TRAIN],
    openapi_extra=WISH,
    response_description="The run; what was wished for happens between its next two batches.",
    responses=WISH_ANSWERS,
)
async def wish_of_run(request: Request, trainings: TrainingsDep, run: RunDep) -> schemas.Run:
    """Pause a training, make one batch, resume it, or stop it for good."""
    asked = await said(request, schemas.WishBody)
    return await run_in_threadpool(trainings.wish, run, asked.wish)


@router.get(
    "/api/runs/{run}/metrics", tags=["training"], response_class=Response, responses=METRICS
)
def read_metrics(request: Request, run: RunDep, after: After = -1) -> Response:
    """Give the metrics so far: as JSON lines, or as a table when `Accept` prefers `text/csv`."""
    form = choose(request.headers.get("accept"), (LINES, CSV))
    if form is None:
        raise RefusalError("not-acceptable", {"forms": (LINES, CSV)})
    path, head = (run.metrics, 0) if form == LINES else (run.table, 1)
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError:
        lines = []  # it has not begun
    left = lines[:head] + lines[head + after + 1 :]
    whole = [line for line in left if line.endswith(b"\n")]
    return Response(b"".join(whole), headers={"vary": "accept"}, media_type=form)


@router.get("/api/runs/{run}/stream", tags=["training"], response_class=Response, responses=STREAM)
async def stream_metrics(request: Request, run: RunDep, after: After = -1) -> Response:
    """
    Give the metrics so far, then each line as it comes, as Server-Sent Events.

    `Last-Event-ID`, which browsers send when they come back, says the same as `after`.
    """
    readers: Readers = request.state.readers
    if readers.full:
        raise RefusalError("many-readers", headers={"retry-after": "5"})
    last = request.headers.get("last-event-id", "")
    return Stream(
        run, (int(last[:_DIGITS]) if last.isascii() and last.isdigit() else after) + 1, readers
    )


@router.get(
    "/api/runs/{run}/weights", tags=["training"], response_class=Response, responses=WEIGHTS
)
def read_run_weights(
    run: RunDep,
    step: Annotated[
        int | None, Query(ge=0, description="After which step; else those of the end, or the last.")
    ] = None,
) -> Response:
    """Fetch the weights as a file: after a step of the history, or at the end."""
    name = f"{run.id}{'' if step is None else f'-{step}'}.safetensors"
    if step is None and run.final.exists():
        return FileResponse(run.final, media_type=SAFETENSORS, filename=name)
    found = [one for one in run.kept() if step in (None, one.step)]
    try:
        data = found[-1].network().weights_bytes()
    except (IndexError, CheckpointError):  # the last may have made room meanwhile
        raise RefusalError("no-step") from None
    attached = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, headers=attached, media_type=SAFETENSORS)


@router.get(
    "/api/runs/{run}/differences",
    tags=["training"],
    response_description="What differs, and nothing when they are one and the same training.",
    responses=problems("no-run"),
)
def compare_runs(
    trainings: TrainingsDep,
    run: RunDep,
    other: Annotated[str, Query(description="The id of another run.", alias="with")],
) -> list[schemas.RunDifference]:
    """Say in which choices two runs differ."""
    found = differences(run.config, trainings.find(other).config)
    return [
        schemas.RunDifference(name=name, one=one, other=theirs)
        for name, (one, theirs) in found.items()
    ]
