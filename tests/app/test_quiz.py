"""Questions over HTTP: asked for, refused, in three forms, the same of the same seed."""

import csv
import io

import numpy as np
import pytest

from app.quiz.asked import MOST
from app.quiz.kinds import KINDS
from tests.app.drawings import PIXELS, SEVEN, png

QUIZ = "/api/models/untrained/quiz"


def items_of(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_there_are_ten_of_all_kinds_unless_something_else_is_said(local):
    answer = local.post(QUIZ, json=SEVEN)
    assert answer.headers["content-type"] == "application/json"
    quiz = answer.json()
    assert quiz["model"] == "untrained"
    assert quiz["weights"] == answer.headers["convlens-weights"]
    assert (quiz["level"], quiz["seed"], len(quiz["items"])) == (1, 1, 10)
    left_out = {one["kind"] for one in quiz["left_out"]}
    assert {one["kind"] for one in quiz["items"]} <= set(KINDS) - left_out
    for item in quiz["items"]:
        assert sum(option["right"] for option in item["options"]) == 1
        assert all(option["right"] == (option["mistake"] is None) for option in item["options"])
        assert "{" not in item["asks"]["text"] + item["why"]["text"]


def test_a_seed_makes_the_same_questions_and_another_others(local):
    def ask(seed):
        return items_of(
            local.post(f"{QUIZ}?kind=size&kind=relu&level=2&count=6&seed={seed}", json=SEVEN)
        )

    assert ask(4) == ask(4) != ask(5)
    assert [one["kind"] for one in ask(4)] == ["size", "relu"] * 3
    assert {one["level"] for one in ask(4)} == {2}


def test_a_cell_has_the_number_that_its_question_is_about(local, network):
    answer = local.post(f"{QUIZ}?kind=window&count=4", json=SEVEN)
    json = {"accept": "application/json"}
    trace = local.post("/api/models/untrained/trace", json=SEVEN, headers=json).json()
    for item in items_of(answer):
        cell, right = item["cell"], next(one for one in item["options"] if one["right"])
        tensor = trace[cell["layer"]]
        values = np.array(tensor["data"]).reshape(tensor["shape"])
        value = values[cell["channel"], cell["row"], cell["column"]]
        assert right["says"]["gaps"]["value"]["value"] == pytest.approx(value, abs=0.00501)


@pytest.mark.parametrize(
    ("body", "type_"),
    [(SEVEN, None), (PIXELS, None), (None, "image/png"), ({"input": [0.5] * 1024}, None)],
)
def test_any_body_of_a_trace_will_do(local, body, type_):
    more = {"json": body} if body else {"content": png(), "headers": {"content-type": type_}}
    quiz = local.post(f"{QUIZ}?kind=size&kind=shift&count=2", **more)
    assert len(items_of(quiz)) == 2
    without = {one["kind"]: one["reason"]["key"] for one in quiz.json()["left_out"]}
    # numbers of an input are no drawing that could be moved
    moved = without.get("shift") != "item.without.drawing"
    assert moved == (not body or "input" not in body)


def test_edits_and_weights_are_those_that_are_meant(local):
    edits = {"edits": [{"do": "set", "of": "conv1", "at": [0], "values": [0.125]}]}
    made = local.post("/api/models/untrained/variants", json=edits).json()
    with_edits = local.post(f"{QUIZ}?kind=window&count=8", json={**SEVEN, **edits})
    by_hash = local.post(f"{QUIZ}?kind=window&count=8&weights={made['sha256']}", json=SEVEN)
    assert with_edits.json() == by_hash.json()
    assert by_hash.json()["weights"] == made["sha256"]


def test_forms_by_name_and_by_negotiation(local):
    path = f"{QUIZ}?kind=times&kind=weights&count=4&level=3"
    gift = local.post(f"{path}&form=gift", json=SEVEN)
    assert gift.headers["content-type"] == "text/plain; charset=utf-8"
    assert gift.text == local.post(path, json=SEVEN, headers={"accept": "text/plain"}).text
    assert gift.text.startswith("// Convlens: untrained, level 3, seed 1\n\n::1. ")
    table = local.post(path, json=SEVEN, headers={"accept": "text/csv"})
    assert table.text == local.post(f"{path}&form=csv", json=SEVEN).text
    assert len(list(csv.reader(io.StringIO(table.text, newline="")))) == 5
    assert local.post(path, json=SEVEN, headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("query", "parameter", "kind"),
    [
        ("kind=riddle", "kind", "unknown-kind"),
        ("level=0", "level", "too-many-steps"),
        ("level=4", "level", "too-many-steps"),
        ("level=one", "level", "no-steps"),
        ("level=1&level=2", "level", "several-steps"),
        ("seed=-1", "seed", "no-steps"),
        ("seed=4294967296", "seed", "too-many-steps"),
        ("seed=99999999999999999999", "seed", "no-steps"),
        (f"count={MOST + 1}", "count", "too-many-steps"),
        ("count=0", "count", "too-many-steps"),
        ("form=qti", "form", "unknown-form"),
        ("form=csv&form=gift", "form", "unknown-form"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_what_can(local, query, parameter, kind):
    answer = local.post(f"{QUIZ}?{query}", json=SEVEN)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["parameter"], error["kind"]) == (parameter, kind)


def test_other_networks_and_empty_drawings_are_refused_as_everywhere(local):
    assert local.post("/api/models/nobody/quiz", json=SEVEN).status_code == 404
    assert local.post(QUIZ, json={"strokes": []}).status_code == 422
