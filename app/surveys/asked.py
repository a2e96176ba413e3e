"""What a request about a set asks: which set, and a survey of it as an answer."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from app import data_sets
from app.asking import OFFERS, form_of
from app.bodies import JSON
from app.content import Content
from app.found import told
from app.models import Served
from app.refusals import RefusalError
from app.runs.folder import RunError
from app.runs.networks import PREFIX
from app.runs.shelf import Trainings
from app.settings import Settings
from app.surveys.job import By, Job
from app.surveys.place import Progress
from app.surveys.schemas import SurveyProgress
from app.surveys.shelf import Surveys
from model.data.sets import DataSet
from model.safetensors_file import decode

USUAL: Final = "mnist"
_AGAIN: Final = "1"
"""Seconds after which whoever has patience asks again; a page does so sooner."""


def set_for(request: Request, served: Served, wanted: str) -> DataSet:
    """
    Find the set that a network is surveyed on.

    It is the one that is wanted; else the one that a run learnt from, else MNIST, else any with
    the network's classes.

    Raises
    ------
    RefusalError
        When there is none whose images and classes are those of the network.
    """
    settings: Settings = request.state.settings
    if not served.shown:
        raise RefusalError("not-surveyed", {"network": served.id})
    here = data_sets.readable(settings.training.data)
    fitting = {id: one for id, one in here.items() if one.classes == served.spec.classes}
    if wanted and wanted not in fitting:
        kind = "other-classes" if wanted in here else "no-set"
        raise RefusalError(kind, {"sets": tuple(fitting) or ("none",)})
    for id in (wanted, _learnt_by(request, served), USUAL, *fitting):
        if id in fitting:
            return fitting[id]
    raise RefusalError("no-fitting-set")


def survey_answer(
    request: Request,
    served: Served,
    wanted: str,
    by: By,
    how: Mapping[str, Any] | None = None,
    hidden: str = "/",
) -> Response:
    """
    Answer with a survey of a network on the test images of a set, or with how far it is (202).

    Parameters
    ----------
    by, how
        What is computed; see `job.py`.
    hidden
        Arrays whose names begin so are not sent.
    """
    form = form_of(request, OFFERS)
    one = set_for(request, served, wanted)
    surveys: Surveys = request.state.surveys
    found = surveys.look(job_of(by, served, one, how))
    if not isinstance(found, bytes):
        return still_made(found, served, one)
    headers = {"convlens-weights": served.weights.digest, "vary": "accept"}
    every, metadata = decode(found)
    tensors = {name: one for name, one in every.items() if not name.startswith(hidden)}
    answer = told(served, dict(sorted(tensors.items(), key=_order)), {"set": one.id, **metadata})
    if form == JSON:
        return Response(answer.encoder.json(answer.tensors()), headers=headers, media_type=JSON)
    body = answer.encoder.joined(answer.parts())
    return Content(body, form, compress=False).answer(request.headers, more=headers)


def job_of(by: By, served: Served, one: DataSet, how: Mapping[str, Any] | None = None) -> Job:
    """Say what is to be computed of a network on the test images of a set."""
    return Job(by, served.weights.digest, served.weights.body, one, how=how or {})


def still_made(so_far: Progress, served: Served, one: DataSet) -> Response:
    """Answer that it is being made (202), and how far it is."""
    said = SurveyProgress(set=one.id, done=so_far.done, total=so_far.total)
    headers = {"convlens-weights": served.weights.digest, "vary": "accept", "retry-after": _AGAIN}
    return Response(said.model_dump_json(), 202, headers, JSON)


def _order(item: tuple[str, Any]) -> tuple[int, str]:
    """Wide numbers first; by name among themselves, so that the same answer is the same bytes."""
    return -int(item[1].dtype.itemsize), item[0]


def _learnt_by(request: Request, served: Served) -> str:
    """Name the set that a run learns from; nothing of other networks."""
    trainings: Trainings = request.state.trainings
    if not served.id.startswith(PREFIX):
        return ""
    try:
        return trainings.find(served.id.removeprefix(PREFIX)).config.data
    except (RefusalError, RunError):
        return ""
