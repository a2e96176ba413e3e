"""Whatever changes something asks for the token; a new route cannot be forgotten."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.settings import Settings
from app.token import make_token
from app.training_settings import Training
from tests.app.local import Local

TOKEN = "a-token-that-nobody-guesses"
FOREIGN = "https://elsewhere.example"
HALF = {"Host": "[::1"}  # an address without its end


@pytest.fixture(scope="module")
def guarded(network_file, tmp_path_factory) -> Iterator[Local]:
    training = Training(runs=str(tmp_path_factory.mktemp("runs")), token=TOKEN)
    with Local(Settings(models=(str(network_file),), training=training)) as app:
        yield app


@pytest.fixture(scope="module")
def opened(network_file, tmp_path_factory) -> Iterator[Local]:
    training = Training(runs=str(tmp_path_factory.mktemp("runs")), token=TOKEN, open=True)
    with Local(Settings(models=(str(network_file),), training=training)) as app:
        yield app


def operations(app: Local) -> list[tuple[str, str, dict]]:
    """Everything in the OpenAPI description that is no reading."""
    document = app.get("/api/openapi.json").json()
    return [
        (method, path, about)
        for path, methods in document["paths"].items()
        for method, about in methods.items()
        if method not in ("get", "head", "options")
    ]


def changing(app: Local) -> list[tuple[str, str, dict]]:
    return [one for one in operations(app) if one[2].get("x-changes") != "nothing"]


def request(app: Local, method: str, path: str, **headers: str):
    path = re.sub(r"\{\w+\}", "some", path)
    return app.request(method, path, headers=headers, json={})


def test_these_ask_and_change_nothing(guarded) -> None:
    asking = {path for _, path, about in operations(guarded) if "x-changes" in about}
    asking -= {path for path in asking if path.startswith("/api/models/{id}/")}  # about a drawing
    assert asking == {"/api/questions", "/api/operations", "/api/pictures", "/api/specs"}


def test_every_other_route_refuses_without_the_token(guarded) -> None:
    found = changing(guarded)
    assert len(found) >= 4
    for method, path, about in found:
        assert about["security"] == [{"token": []}], path
        for headers, kind in (({}, "no-token"), ({"Convlens-Token": "wrong"}, "wrong-token")):
            answer = request(guarded, method, path, **headers)
            assert answer.status_code == 403, path
            assert answer.json()["kind"] == kind
            assert "Send the token" in answer.json()["detail"]
            assert TOKEN not in answer.text


def test_every_one_refuses_a_foreign_origin_whatever_it_knows(guarded, opened) -> None:
    for app in (guarded, opened):
        for method, path, _ in changing(app):
            for said in ({"Origin": FOREIGN}, {"Origin": "null"}, {"Origin": FOREIGN, **HALF}):
                answer = request(app, method, path, **{"Convlens-Token": TOKEN}, **said)
                assert answer.status_code == 403, path
                assert answer.json()["kind"] == "foreign-origin"
                assert "from a page of another address" in answer.json()["detail"]


def test_who_knows_the_token_goes_on(guarded) -> None:
    for method, path, _ in changing(guarded):
        for origin in ({}, {"Origin": "http://local"}):
            answer = request(guarded, method, path, **{"Convlens-Token": TOKEN}, **origin)
            assert answer.status_code in (404, 422), path


def test_open_training_opens_starting_and_stopping_alone(opened) -> None:
    open_ = {
        (method, path)
        for method, path, _ in changing(opened)
        if request(opened, method, path).status_code != 403
    }
    assert open_ == {("post", "/api/runs"), ("post", "/api/runs/{run}/wishes")}


def test_a_server_without_a_token_lets_nobody(network_file, tmp_path) -> None:
    training = Training(runs=str(tmp_path))
    with Local(Settings(models=(str(network_file),), training=training)) as app:
        for said in ({}, {"Convlens-Token": ""}):
            assert request(app, "post", "/api/runs", **said).status_code == 403


def test_the_token_is_long_and_in_no_log() -> None:
    assert len({make_token() for _ in range(100)}) == 100
    assert len(make_token()) >= 32
    settings = Settings(training=Training(token=TOKEN))
    assert TOKEN not in repr(settings)
    assert Settings.from_environment(settings.to_environment()) == settings


@pytest.mark.parametrize("token", ["short", "ä" * 20])
def test_a_token_of_ones_own_is_hard_to_guess(token) -> None:
    with pytest.raises(ValueError, match="at least 16 letters"):
        Training(token=token)


def test_what_is_set_about_trainings_reaches_the_workers() -> None:
    training = Training(
        "runs",
        "sets",
        TOKEN,
        open=True,
        trainings=3,
        waiting=0,
        megabytes=9,
        steps=8,
        handwriting="mine",
    )
    assert Training.from_environment(training.to_environment()) == training
    with pytest.raises(ValueError, match="whole number: steps"):
        Training.from_environment({"CONVLENS_TRAINING_STEPS": "many"})
    with pytest.raises(ValueError, match="at least 1 of the trainings at once"):
        replace(training, trainings=0)
