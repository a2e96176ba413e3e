"""Trainings over sockets: started, watched, wished for, killed, deleted."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

import httpx
import numpy as np
import pytest
from safetensors.numpy import load

from app.runs.folder import Run, Runs
from app.runs.metrics import read
from model.data.mnist import load as load_mnist
from model.train.batches import Examples
from model.train.loop import begin
from model.train.loop import steps as train
from tests.app.drawings import SEVEN
from tests.app.runs.conftest import TINY
from tests.app.runs.processes import parent, trainer, until
from tests.server import Server, running

TOKEN = "a-token-that-nobody-guesses"
LONG = {"epochs": 900, "batch_size": 10, "held_out": 40, "rate": 0.001}
SHORT = {**LONG, "epochs": 2}


class Site:
    """A server, its folder of runs, and a client that knows the token."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.runs = server, Runs(folder)
        self.client = httpx.Client(
            base_url=server.url, headers={"Convlens-Token": TOKEN}, trust_env=False, timeout=30
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def start(self, recipe: dict = LONG, **more: object) -> Run:
        body = {"spec": TINY.to_json(), "data": "blocks", "recipe": recipe, **more}
        answer = self.client.post("api/runs", json=body)
        assert answer.status_code == 201, answer.text
        run = self.runs.find(answer.json()["id"])
        assert run is not None
        return run

    def wish(self, run: Run, what: str) -> httpx.Response:
        return self.client.post(f"api/runs/{run.id}/wishes", json={"wish": what})

    def stop_all(self) -> None:
        for run in self.runs.all():
            self.wish(run, "stop")
            until(lambda run=run: run.status.state in ("finished", "stopped", "failed"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def environment(folder: Path, sets: Path) -> dict[str, str]:
    return {
        "CONVLENS_RUNS": str(folder),
        "CONVLENS_DATA": str(sets),
        "CONVLENS_TOKEN": TOKEN,
        "CONVLENS_TRAINING_STEPS": "100000",
        "XDG_CACHE_HOME": str(folder.parent),
    }


@pytest.fixture(scope="module")
def everlasting(network_file: Path, folder: Path, sets: Path) -> Iterator[Site]:
    arguments = ("--model", str(network_file), "--workers", "2")
    with (
        running(*arguments, environment=environment(folder, sets)) as server,
        Site(server, folder) as site,
    ):
        yield site


@pytest.fixture
def site(everlasting: Site) -> Iterator[Site]:
    yield everlasting
    everlasting.stop_all()


def events(stream: Iterator[str]) -> Iterator[tuple[str, str, dict]]:
    """Read Server-Sent Events: id, kind, data."""
    about: dict[str, str] = {}
    for line in stream:
        if line:
            name, _, value = line.partition(": ")
            about[name] = value
        elif "data" in about:
            yield about.get("id", ""), about["event"], json.loads(about["data"])
            about = {}


def test_a_run_is_watched_from_its_first_step_to_its_last_and_asked_about_drawings(
    site: Site,
) -> None:
    run = site.start(SHORT, title="Mine")
    with site.client.stream("GET", f"api/runs/{run.id}/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        found = list(events(answer.iter_lines()))  # it ends by itself
    metrics = [(int(id), line) for id, kind, line in found if kind == "metrics"]
    assert [id for id, _ in metrics] == list(range(len(metrics)))
    assert [line["step"] for _, line in metrics if line["kind"] == "step"] == list(range(1, 41))
    assert metrics[-1][1]["kind"] == "result"
    assert [line for _, kind, line in found if kind == "status"][-1]["state"] == "finished"
    about = site.client.get(f"api/runs/{run.id}").json()
    assert (about["title"], about["state"], about["step"]) == ("Mine", "finished", 40)
    assert about["recipe"]["optimiser"] == "adamw"
    for kept in (about["history"][0], about["history"][-1]):
        path = f"api/models/{about['model']}/trace?weights={kept['sha256']}"
        answer = site.client.post(path, json=SEVEN)
        assert answer.headers["convlens-weights"] == kept["sha256"]
        file = site.client.get(f"api/runs/{run.id}/weights?step={kept['step']}")
        tensors, weights = load(answer.content), load(file.content)
        scores = weights["fc1.weight"] @ tensors["input"].reshape(-1) + weights["fc1.bias"]
        assert abs(scores - tensors["fc1"]).max() < 1e-4
    last = site.client.post(f"api/models/{about['model']}/trace", json=SEVEN)
    assert last.headers["convlens-weights"] == about["latest"]["sha256"]
    edit = {"edits": [{"do": "set", "of": "fc1", "at": [3], "values": [0]}]}
    variant = site.client.post(
        f"api/models/{about['model']}/variants?weights={about['history'][2]['sha256']}", json=edit
    ).json()
    path = f"api/models/{about['model']}/trace?weights={variant['sha256']}"
    assert load(site.client.post(path, json=SEVEN).content)["fc1"][3] == 0
    table = site.client.get(f"api/runs/{run.id}/metrics", headers={"accept": "text/csv"}).text
    assert len(table.splitlines()) == len(metrics) + 1
    rest = site.client.get(f"api/runs/{run.id}/metrics?after=40").text.splitlines()
    assert [json.loads(line) for line in rest] == [line for id, line in metrics if id > 40]
    assert site.client.get(f"api/runs/{run.id}/weights?step=12345").status_code == 404


def test_one_thing_changed_is_the_one_thing_that_differs(site: Site) -> None:
    one = site.start(SHORT)
    _ended(site)
    same = site.start({}, spec=None, data=None, like=one.id)
    _ended(site)
    other = site.start({"optimiser": "sgd"}, spec=None, data=None, like=one.id)
    _ended(site)
    assert site.client.get(f"api/runs/{one.id}/differences?with={same.id}").json() == []
    found = site.client.get(f"api/runs/{one.id}/differences?with={other.id}").json()
    assert found == [{"name": "optimiser", "one": "adamw", "other": "sgd"}]
    assert one.final.read_bytes() == same.final.read_bytes() != other.final.read_bytes()


def _ended(site: Site) -> None:
    done = ("finished", "stopped", "failed")
    until(lambda: all(run.status.state in done for run in site.runs.all()))


def test_those_that_wait_begin_in_the_order_in_which_they_were_asked_for(site: Site) -> None:
    first = site.start(SHORT)
    others = [site.start(SHORT), site.start(SHORT)]
    assert [run.status.state for run in others] == ["waiting", "waiting"]
    _ended(site)
    begun = [one.metrics.stat().st_mtime for one in (first, *others)]
    assert begun == sorted(begun)
    assert {one.status.state for one in (first, *others)} == {"finished"}
    assert len({one.final.read_bytes() for one in (first, *others)}) == 1


def test_one_that_waits_is_stopped_and_deleted_at_once_and_so_many_may(site: Site) -> None:
    run = site.start()
    until(lambda: run.status.state == "running")
    site.wish(run, "pause")  # it keeps its place
    until(lambda: run.status.state == "paused")
    waiting = [site.start() for _ in range(8)]
    body = {"spec": TINY.to_json(), "data": "blocks", "recipe": LONG}
    refused = site.client.post("api/runs", json=body)
    assert refused.status_code == 409
    assert waiting[0].id in refused.json()["detail"]
    assert site.client.delete(f"api/runs/{waiting[0].id}").status_code == 204
    assert not waiting[0].path.exists()
    assert site.wish(waiting[1], "stop").json()["state"] == "stopped"
    assert site.wish(waiting[1], "stop").status_code == 409
    assert [one.status.state for one in waiting[2:]] == ["waiting"] * 6
    assert not any(one.worked_on for one in waiting[1:])
    for one in waiting[3:]:
        site.wish(one, "stop")
    site.wish(run, "stop")
    until(lambda: waiting[2].status.state == "running")


def test_none_is_deleted_that_is_at_work(site: Site) -> None:
    run = site.start()
    until(lambda: run.status.state == "running")
    assert site.client.delete(f"api/runs/{run.id}").status_code == 409
    assert site.wish(run, "stop").status_code == 200
    until(lambda: run.status.state == "stopped")
    assert site.wish(run, "resume").status_code == 409
    assert run.id in site.client.get("api/runs").json()["may_go"]
    assert site.client.delete(f"api/runs/{run.id}").status_code == 204
    assert site.client.get(f"api/runs/{run.id}").status_code == 404
    assert site.client.get(f"api/models/run-{run.id}").status_code == 404
    assert not run.path.exists()


def test_of_several_who_delete_a_run_at_once_one_does(site: Site) -> None:
    runs = [site.start(SHORT) for _ in range(4)]
    _ended(site)
    for run in runs:
        with ThreadPoolExecutor(8) as many:
            answers = list(many.map(site.client.delete, [f"api/runs/{run.id}"] * 8))
        assert sorted(answer.status_code for answer in answers) == [204] + 7 * [404]
        assert not run.path.exists()


def test_a_damaged_run_is_said_to_be_and_deleted_and_hides_no_other(site: Site) -> None:
    run, other = site.start(SHORT), site.start(SHORT)
    _ended(site)
    config = (run.path / "config.json").read_text()
    for damage in ("{", config.replace('"title": "Tiny"', '"title": 5')):
        (run.path / "config.json").write_text(damage)
        answer = site.client.get(f"api/runs/{run.id}")
        assert (answer.status_code, answer.json()["kind"]) == (404, "damaged-run")
        assert str(site.runs.path.parent) not in answer.text
        assert other.id in [one["id"] for one in site.client.get("api/runs").json()["runs"]]
    (run.path / "config.json").write_text("{")
    ways = [
        site.client.get(f"api/runs/{run.id}/differences?with={other.id}"),
        site.client.get(f"api/runs/{other.id}/differences?with={run.id}"),
        site.client.post("api/runs", json={"like": run.id}),
        site.wish(run, "stop"),
    ]
    assert [one.json()["kind"] for one in ways] == ["damaged-run"] * 4
    (other.path / "status.json").write_text('{"state": "odd"}')
    assert site.client.get("api/runs").json()["runs"]
    assert site.client.get(f"api/runs/{other.id}").json()["state"] == "stopped"
    for one in (run, other):
        assert site.client.delete(f"api/runs/{one.id}").status_code == 204


def test_lines_after_one_that_no_run_has_are_refused(site: Site) -> None:
    for way in ("stream", "metrics"):
        answer = site.client.get(f"api/runs/shipped/{way}?after=99999999999999999999")
        assert (answer.status_code, answer.json()["kind"]) == (422, "wrong-parameter")
        assert site.client.get(f"api/runs/shipped/{way}?after=999999999999").status_code == 200


def test_a_reader_that_does_not_read_holds_nobody_up(site: Site) -> None:
    run = site.start()
    until(lambda: run.status.step > 0)
    assert os.getpriority(os.PRIO_PROCESS, trainer(run)) > os.getpriority(os.PRIO_PROCESS, 0)
    with socket.create_connection(("127.0.0.1", site.server.port)) as silent:
        silent.sendall(
            f"GET /api/runs/{run.id}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        with site.client.stream("GET", f"api/runs/{run.id}/stream") as answer:
            for _, kind, line in events(answer.iter_lines()):
                if kind == "metrics" and line["step"] > 100:
                    break
    assert site.client.head(f"api/runs/{run.id}/stream").status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"network": "alexnet", "spec": None}, "#/network"),
        ({"data": "nowhere"}, "#/data"),
        ({"data": "../blocks"}, "#/data"),
        ({"recipe": {"rate": -1}}, "#/recipe/rate"),
        ({"recipe": {"loss": "none"}}, "#/recipe/loss"),
        ({"recipe": {"momentum": 1}}, "#/recipe/momentum"),
        ({"recipe": {"held_out": 240}}, "#/recipe/held_out"),
        ({"recipe": {"shuffled": True, "augmentation": True}}, "#/recipe"),
        ({"recipe": {"epochs": 1000, "batch_size": 1}}, "#/recipe"),
        ({"title": "x" * 101}, "#/title"),
        ({"more": 1}, "#/more"),
    ],
)
def test_what_cannot_be_trained_is_refused_at_its_place(site: Site, body, pointer) -> None:
    body = {"data": "blocks", **body, "recipe": {"held_out": 40, **body.get("recipe", {})}}
    answer = site.client.post("api/runs", json=body)
    assert answer.status_code in (404, 422), answer.text
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert str(site.runs.path.parent) not in answer.text


def test_a_run_is_whole_whatever_is_killed_in_turn_and_so_is_its_stream(
    network_file: Path, tmp_path: Path, sets: Path
) -> None:
    folder, got = tmp_path / "runs", list[dict]()
    arguments, known = ("--model", str(network_file)), environment(folder, sets)
    with (
        running(*arguments, "--workers", "2", environment=known) as server,
        Site(server, folder) as site,
    ):
        run = site.start({**LONG, "epochs": 600})
        _read(site, run, got, 60)  # and the connection breaks off each time
        os.kill(trainer(run), signal.SIGKILL)
        _check_kept(run, got)
        until(lambda: run.status.restarts == 1)
        assert "taken up again" in run.status.sentence
        server.until("The training " + run.id)
        _read(site, run, got, 60)
        os.kill(parent(trainer(run)), signal.SIGKILL)  # the worker that started it
        _check_kept(run, got)
        until(lambda: "server had stopped" in run.status.sentence)
        assert site.client.get("healthz").is_success
        _read(site, run, got, 60)
        server.stop(signal.SIGKILL)
    until(lambda: not run.worked_on)  # it noticed, and kept all
    assert run.status.state == "waiting"
    _check_kept(run, got)
    with running(*arguments, environment=known) as server, Site(server, folder) as site:
        _read(site, run, got, 60)
        assert "after the server had stopped" in run.status.sentence
        assert server.stop() == 0
    assert run.status.state == "waiting"
    assert not run.worked_on
    with running(*arguments, environment=known) as server, Site(server, folder) as site:
        _read(site, run, got, 99_999)  # it ends by itself
    assert run.status.state == "finished"
    assert run.status.restarts == 1
    for lines in (got, read(run.metrics)):
        steps = [line["step"] for line in lines if line["kind"] == "step"]
        assert steps == [one for one in range(1, 12_001) if one % 8 == 0 or one % 20 == 0]
    examples = Examples(*load_mnist(sets / "blocks", "train"))
    undisturbed = begin(run.config.spec, run.config.recipe)
    for _ in train(undisturbed, examples):
        pass
    weights = undisturbed.network.parameters
    assert all(np.array_equal(one, weights[n]) for n, one in load(run.final.read_bytes()).items())


def _read(site: Site, run: Run, got: list[dict], more: int) -> None:
    """Read on from where a stream broke off, until so many more steps were made, or its end."""
    headers = {"last-event-id": str(len(got) - 1)} if got else {}
    enough = (read(run.metrics)[-1]["step"] if got else 0) + more
    with site.client.stream("GET", f"api/runs/{run.id}/stream", headers=headers) as answer:
        for id, kind, line in events(answer.iter_lines()):
            if kind == "metrics":
                assert int(id) == len(got)
                got.append(line)
                if line["step"] >= enough:
                    return


def _check_kept(run: Run, got: list[dict]) -> None:
    """Of what was seen no more than ten seconds are lost."""
    step = int(run.resumes()[0].name.partition(".")[0])
    seconds = max((line["seconds"] for line in got if line["step"] <= step), default=0)
    assert got[-1]["seconds"] - seconds <= 10


def test_nothing_of_the_token_is_printed_where_no_terminal_is(site: Site) -> None:
    assert TOKEN not in site.server.output
