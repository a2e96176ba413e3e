"""Networks without weights as files: written, read, refused at the layer that is wrong."""

import json

import pytest

from app.commands import training
from model.architectures import NETWORKS
from model.checkpoint import load
from model.lenet import LENET
from model.spec import NetworkSpec
from tests.app.test_refusals import assert_problem, worded
from tests.made_up_mnist import write_mnist

SPECS = "/api/specs"
RIGHT = LENET.to_json()


def with_layer(at, **fields):
    """The right one with another layer."""
    layers = [{**one, **fields} if i == at else one for i, one in enumerate(RIGHT["layers"])]
    return {**RIGHT, "layers": layers}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_written_as_it_is_and_reads_itself_again(local, name):
    spec = NETWORKS[name]
    answer = local.post(SPECS, json=spec.to_json())
    assert answer.headers["content-type"] == "application/json"
    assert NetworkSpec.from_json(answer.json()) == spec
    kind = {"content-type": "application/json"}
    assert local.post(SPECS, content=answer.content, headers=kind).content == answer.content


def test_what_is_written_is_taken_by_convlens_train(local, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    short = {**RIGHT, "layers": [{"name": "fc", "kind": "dense", "inputs": [], "channels": 10}]}
    (tmp_path / "short.json").write_bytes(local.post(SPECS, json=short).content)
    data = write_mnist(tmp_path / "mnist")
    runs = tmp_path / "runs"
    training.train(
        network="short.json", data=data, recipe="plain", epochs=1, held_out=40, runs=runs
    )
    assert load(tmp_path / "short.safetensors").spec == NetworkSpec.from_json(short)


WRONG = {
    "no JSON": (b"\x89PNG", 400, "spec-not-json", None),
    "a list": ([], 422, "no-object", "#"),
    "nothing": ({}, 422, "graph-spec-lacks", "#"),
    "another field": ({**RIGHT, "learnt": 1}, 422, "graph-spec-unknown", "#"),
    "a field with an odd name": ({**RIGHT, "<b>": 1}, 422, "odd-name", "#"),
    "layers that are a text": ({**RIGHT, "layers": "conv"}, 422, "no-list", "#/layers"),
    "no layers": ({**RIGHT, "layers": []}, 422, "no-layers", "#/layers"),
    "too many": ({**RIGHT, "layers": [{}] * 65}, 413, "many-layers", None),
    "a pool larger than its map": (
        with_layer(2, kernel=[50, 50]),
        *(422, "graph-kernel-rows", "#/layers/2"),
    ),
    "a kernel without numbers": (with_layer(0, kernel=5), 422, "graph-pair", "#/layers/0"),
    "fewer units than classes": (
        {**RIGHT, "layers": RIGHT["layers"][:-2]},
        *(422, "graph-other-units", "#/layers/9"),
    ),
    "no classes": (
        {name: one for name, one in RIGHT.items() if name != "classes"},
        *(422, "graph-spec-lacks", "#"),
    ),
    "an empty class": ({**RIGHT, "classes": [*"012345678", ""]}, 422, "graph-classes", "#/classes"),
    "a class twice": (
        {**RIGHT, "classes": [*"0123456788"]},
        *(422, "graph-same-class", "#/classes"),
    ),
    "a layer that knows no bound": (
        with_layer(1, kind="square"),
        *(422, "graph-unbounded", "#/layers/1"),
    ),
    "an input field with an odd name": (
        {**RIGHT, "input": {**RIGHT["input"], "\u202e<x>": 1}},
        *(422, "odd-name", "#/input"),
    ),
    "two classes": (
        {**RIGHT, "classes": ["a", "b"], "layers": [{**RIGHT["layers"][10], "channels": 2}]},
        *(422, "graph-no-input", "#/layers/0"),
    ),
    "another image": (
        {**RIGHT, "input": {**RIGHT["input"], "border": 1}},
        *(422, "other-image", "#/input/shape"),
    ),
}


@pytest.mark.parametrize("path", [SPECS, "/api/models/untrained/variants"])
@pytest.mark.parametrize("kind", ["image/png", "text/plain", ""])
def test_where_only_json_is_read_no_other_form_is_offered(local, path, kind):
    answer = local.post(path, content=b"{}", headers={"content-type": kind} if kind else {})
    problem = assert_problem(answer, 415)
    assert problem.detail == worded(problem)
    assert "Content-Type: application/json" in problem.detail
    assert "image" not in problem.detail
    assert answer.headers["accept"] == "application/json"


def test_a_file_of_very_many_numbers_is_to_be_smaller(local):
    problem = assert_problem(local.post(SPECS, json={**RIGHT, "layers": [0] * 70_002}), 422)
    assert problem.kind == "much-json"
    assert "Send less" in problem.detail
    assert problem.detail == worded(problem)


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_trained_is_refused_where_it_is_wrong(local, what):
    body, status, kind, place = WRONG[what]
    content = body if isinstance(body, bytes) else json.dumps(body)
    answer = local.post(SPECS, content=content, headers={"content-type": "application/json"})
    problem = assert_problem(answer, status)
    assert problem.kind == kind
    assert problem.detail == worded(problem)
    assert [one.pointer for one in problem.errors] == ([] if place is None else [place])
