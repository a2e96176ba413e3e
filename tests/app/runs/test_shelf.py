"""What routes ask of the runs: room for one more, and what is said where there is none."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.refusals import RefusalError
from app.runs.folder import Run, Runs
from app.runs.schemas import RunBody
from app.runs.shelf import Trainings
from app.training_settings import Training
from tests.app.runs.conftest import TINY

BODY = RunBody.model_validate({
    "spec": TINY.to_json(), "data": "blocks", "recipe": {"epochs": 1, "held_out": 40},
})  # fmt: skip


@pytest.fixture
def trainings(runs: Runs, sets: Path) -> Callable[..., Trainings]:
    """The runs with what is set about them, and nobody who starts processes."""

    def make(**settings: Any) -> Trainings:
        nobody: Any = SimpleNamespace(look=lambda: None)
        return Trainings(runs, Training(data=str(sets), **settings), nobody, nobody)

    return make


def refused(act: Callable[[], object]) -> RefusalError:
    with pytest.raises(RefusalError) as refusal:
        act()
    return refusal.value


def test_a_folder_that_cannot_be_written_is_said(trainings, runs: Runs) -> None:
    runs.path.write_text("a file")
    refusal = refused(lambda: trainings().start(BODY))
    assert (refusal.kind, refusal.problem) == ("runs-unwritable", "no-room")
    assert "cannot be written: File exists." in refusal.detail


def test_a_full_disk_is_said_and_a_run_that_is_gone_is_none(
    trainings, create: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    run = create()
    with monkeypatch.context() as patch:
        patch.setattr("app.runs.wishes.write_whole", full)
        refusal = refused(lambda: trainings().wish(run, "pause"))
        assert (refusal.kind, refusal.gaps) == (
            "runs-unwritable", {"why": "No space left on device"},
        )  # fmt: skip
    run.change(state="finished")
    run.path.rename(run.path.with_name(".gone"))
    monkeypatch.setattr(Run, "is_over", lambda _: True)  # it was, a moment ago
    assert refused(lambda: trainings().delete(run)).kind == "no-run"


def test_one_that_failed_and_is_resumed_needs_a_place_as_any_other(
    trainings, create: Callable[..., Run]
) -> None:
    shelf = trainings(trainings=1, waiting=0)
    runs = [create() for _ in range(3)]
    for run in runs:
        run.change(state="failed")
    assert shelf.wish(runs[0], "resume").state == "waiting"
    refusal = refused(lambda: shelf.wish(runs[1], "resume"))
    assert (refusal.kind, refusal.gaps) == ("enough-trainings", {"runs": (runs[0].id,)})
    assert runs[1].status.state == "failed"


def test_what_may_be_deleted_is_named_only_if_there_is_something(trainings, create) -> None:
    shelf = trainings(megabytes=1)
    assert refused(lambda: shelf.start(BODY)).kind == "runs-full-at-work"
    ended = create()
    ended.change(state="finished")
    refusal = refused(lambda: shelf.start(BODY))
    assert (refusal.kind, refusal.gaps["runs"]) == ("runs-full", (ended.id,))
