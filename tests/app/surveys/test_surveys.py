"""Surveys: computed aside, once for all workers, told of, given up, kept within bounds."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load

from app import data_sets
from app.refusals import RefusalError
from app.surveys.job import By, Job
from app.surveys.place import Progress
from app.surveys.shelf import Surveys
from app.variants import temporary_folder
from model import Network
from tests.app.runs.conftest import TINY
from tests.app.surveys import jobs
from tests.made_up_mnist import write_mnist

PATIENCE = 60


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    write_mnist(folder / "blocks", test=70)
    return folder


@pytest.fixture(scope="module")
def tiny() -> Network:
    return Network.initialise(TINY, np.random.default_rng(3))


@pytest.fixture
def job_of(sets: Path, tiny: Network) -> Callable[..., Job]:
    found = data_sets.sets(str(sets))["blocks"].set
    assert found is not None
    weights = tiny.weights_bytes()
    return lambda by, **how: Job(by, tiny.sha256, weights, found, how=how)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("surveys")


@pytest.fixture(scope="module")
def surveys(folder: Path) -> Iterator[Surveys]:
    with Surveys(folder) as one:
        yield one


def made(surveys: Surveys, job: Job) -> dict[str, Any]:
    late = time.monotonic() + PATIENCE
    while isinstance(found := surveys.look(job), Progress):
        assert time.monotonic() < late
        time.sleep(0.02)
    return load(found)


def until(true: Callable[[], bool]) -> None:
    late = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < late
        time.sleep(0.02)


def test_a_function_of_a_module_is_run_over_a_set_in_another_process(surveys, job_of, tiny, sets):
    found = made(surveys, job_of(jobs.mean_of, layer="fc1"))
    images, _ = data_sets.sets(str(sets))["blocks"].set.load("test")
    means = [tiny.trace(image[None].astype(np.float32) / 255)["fc1"] for image in images]
    np.testing.assert_allclose(found["mean"], np.mean(means, axis=0), rtol=1e-4, atol=1e-5)
    assert found["count"] == [70]
    other = made(surveys, job_of(jobs.mean_of, layer="softmax"))
    np.testing.assert_allclose(other["mean"].sum(), 1, rtol=1e-5)


def test_it_is_done_once_for_all_workers_with_low_priority(surveys, folder, job_of, tmp_path):
    job = job_of(jobs.counted, folder=str(tmp_path), seconds=1.0)
    with Surveys(folder) as another:  # as of a second worker
        until(lambda: surveys.look(job) == Progress(3, 7))
        assert another.look(job) == Progress(3, 7)
        first, second = made(another, job), made(surveys, job)
    np.testing.assert_array_equal(first["priority"], second["priority"])
    priority, process = first["priority"]
    assert priority > os.getpriority(os.PRIO_PROCESS, 0)
    if hasattr(os, "sched_getscheduler"):
        assert os.sched_getscheduler(int(process)) == os.SCHED_IDLE
    assert len(list(tmp_path.iterdir())) == 1


def test_what_nobody_asks_for_any_more_is_given_up(surveys, job_of, tmp_path, folder, monkeypatch):
    job = job_of(jobs.counted, folder=str(tmp_path), seconds=50)
    until(lambda: surveys.look(job) == Progress(3, 7))
    asked = folder / f".{job.key}.safetensors.asked"
    os.utime(asked, (0, 0))  # long ago
    until(lambda: not asked.exists())
    quick = job_of(jobs.counted, folder=str(tmp_path))
    made(surveys, quick)  # the process does others
    assert not (folder / f"{job.key}.safetensors").exists()


def test_a_process_that_ends_over_it_is_replaced_and_that_is_told(surveys, job_of):
    job = job_of(jobs.dies)
    with pytest.raises(RefusalError, match="has ended, or had no room"):
        made(surveys, job)
    assert made(surveys, job_of(jobs.mean_of, layer="softmax"))


def test_files_that_cannot_be_read_are_told_without_their_folder(surveys, tmp_path, tiny):
    write_mnist(tmp_path / "cut", test=70)
    one = data_sets.sets(str(tmp_path))["cut"].set
    path = one.parts["test"].images
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(RefusalError) as told:
        made(surveys, Job(jobs.mean_of, tiny.sha256, tiny.weights_bytes(), one, how={"layer": "x"}))
    assert told.value.kind == "set-not-read"
    assert "t10k-images" in told.value.detail
    assert str(tmp_path) not in told.value.detail


def test_other_weights_other_files_and_other_choices_are_other_surveys(job_of, sets, tmp_path):
    job = job_of(jobs.mean_of, layer="fc1")
    assert job_of(jobs.mean_of, layer="fc1").key == job.key
    assert job_of(jobs.mean_of, layer="softmax").key != job.key
    assert job_of(jobs.dies, layer="fc1").key != job.key
    assert Job(job.by, "0" * 64, job.weights, job.data, how=job.how).key != job.key
    write_mnist(tmp_path / "blocks", test=70)
    moved = data_sets.sets(str(tmp_path))["blocks"].set
    assert Job(job.by, job.digest, job.weights, moved, how=job.how).key != job.key


def test_so_many_wait_and_no_more(folder, job_of, tmp_path):
    by: By = jobs.counted
    with Surveys(folder) as busy:
        all_ = [job_of(by, folder=str(tmp_path), seconds=50 + k) for k in range(16)]
        assert all(isinstance(busy.look(job), Progress) for job in all_)
        with pytest.raises(RefusalError) as told:
            busy.look(job_of(by, folder=str(tmp_path), seconds=1))
    assert told.value.kind == "busy"


def test_what_is_done_leaves_its_room_to_others_although_nobody_asks_again(
    folder, job_of, tmp_path, monkeypatch
):
    monkeypatch.setattr("app.surveys.shelf._MOST_WAITING", 3)
    with Surveys(folder) as one:
        failing = job_of(jobs.fails)
        assert one.look(failing) == Progress()
        for k in range(6):
            job = job_of(jobs.counted, folder=str(tmp_path), seconds=k / 1000)
            assert isinstance(one.look(job), Progress)
            until((folder / f"{job.key}.safetensors").exists)
        with pytest.raises(RefusalError) as told:  # which was not asked for again, either
            made(one, failing)
    assert told.value.kind == "survey-failed"


def test_a_folder_with_surveys_is_removed_when_its_server_was_killed(job_of):
    with temporary_folder() as path, Surveys(Path(path)) as surveys:
        job = job_of(jobs.mean_of, layer="softmax")
        made(surveys, job)
        left = Path(path).parent / f"{Path(path).name}-killed"
        left.mkdir()
        for end in ("", "lock", "told", "asked"):
            dot = "." if end else ""
            (left / f"{dot}{job.key}.safetensors{dot}{end}").touch()
        with temporary_folder():
            assert not left.exists()
