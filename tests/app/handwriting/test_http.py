"""Drawings over HTTP: kept, seen, changed and deleted, by nobody but who knows the token."""

import gzip
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load

from app.handwriting import folder
from model.preprocess import Stroke, preprocess_strokes
from tests.app.handwriting.conftest import KNOWN, SHAPES, TOKEN, Hand


def everything(hand: Hand) -> list[str]:
    return sorted(str(one.relative_to(hand.folder)) for one in hand.folder.rglob("*"))


def test_without_the_token_nothing_of_it_is_read_or_changed_even_where_training_is_open(
    hand: Hand,
) -> None:
    hand.collect("secret", "4")
    kept = hand.draw("4")
    before = everything(hand)
    document = hand.app.get("/api/openapi.json").json()
    paths = {p: m for p, m in document["paths"].items() if p.startswith("/api/handwriting")}
    asked = 0
    for path, methods in paths.items():
        assert len(methods) > 0
        place = path.replace("{drawing}", kept["id"]).replace("{number}", "0")
        for method in (*methods, "head"):
            for headers in ({}, {"Convlens-Token": "wrong"}, {**KNOWN, "Origin": "https://x.y"}):
                if method == "head" and "get" not in methods:
                    continue
                answer = hand.app.request(method, place, headers=headers, params={"sure": "true"})
                assert answer.status_code == 403, (method, path)
                assert TOKEN not in answer.text
                assert "secret" not in answer.text
                asked += 1
    assert asked >= 30
    assert everything(hand) == before
    body = {"network": "mlp", "handwriting": {}}
    refused = hand.app.post("/api/runs", json=body)
    assert (refused.status_code, refused.json()["kind"]) == (403, "private")
    for path in ("/api/data", "/api/runs", "/api/models"):
        assert "secret" not in hand.app.get(path).text


def test_a_drawing_is_kept_as_its_strokes_and_learnt_from_as_the_page_reads_it(hand: Hand) -> None:
    hand.collect("4", "★")
    strokes = hand.strokes("★")
    body = {"label": 1, "writer": "green", "strokes": strokes}
    kept = hand.ask("POST", "/drawings", json=body).json()
    assert kept | {"id": ""} == {"id": "", "label": 1, "writer": "green", "held_out": False}
    read = hand.ask("GET", f"/drawings/{kept['id']}")
    assert [one["points"] for one in read.json()["strokes"]] == [one["points"] for one in strokes]
    assert read.headers["cache-control"] == "no-store"
    answer = hand.ask("GET", f"/images?id={kept['id']}&id={kept['id']}")
    assert answer.headers["cache-control"] == "no-store"
    images = load(answer.content)["images"]
    pixels = preprocess_strokes([Stroke(np.array(one["points"])) for one in strokes]).pixels
    assert images.shape == (2, 28, 28)
    np.testing.assert_array_equal(images[1], np.rint(pixels * 255))


def test_drawings_are_relabelled_and_deleted_singly_and_with_their_class(hand: Hand) -> None:
    hand.collect("4", "7")
    first, second, third = hand.draw("4"), hand.draw("4", "red"), hand.draw("7")
    changed = hand.ask("PATCH", f"/drawings/{first['id']}", json={"label": 1}).json()
    assert (changed["label"], changed["writer"]) == (1, "blue")
    hand.ask("PATCH", f"/drawings/{first['id']}", json={"writer": "grey"})
    assert hand.ask("DELETE", f"/drawings/{third['id']}").status_code == 204
    assert [(d["id"], d["label"], d["writer"]) for d in hand.listed()["drawings"]] == [
        (first["id"], 1, "grey"),
        (second["id"], 0, "red"),
    ]
    assert hand.ask("DELETE", "/classes/0").status_code == 204
    about = hand.listed()
    assert [one["name"] for one in about["classes"]] == ["7"]
    assert [one["id"] for one in about["drawings"]] == [first["id"]]
    hand.collect("4")
    assert hand.listed()["classes"][-1] == {"number": 2, "name": "4"}, "a number is given once"


def test_one_request_deletes_everything_and_nothing_of_others(hand: Hand) -> None:
    hand.collect("4", "7")
    for name in "44747":
        hand.draw(name)
    theirs = hand.folder / "letter.txt"
    theirs.write_text("of somebody else")
    (hand.folder / ".classes.json.half").write_text("left by a process that was killed")
    assert hand.ask("DELETE", "").status_code == 422, "never by mistake"
    assert len(hand.listed()["drawings"]) == 5
    gone = hand.ask("DELETE", "?sure=true")
    assert gone.json() == {"deleted": [], "left": []}
    assert everything(hand) == ["letter.txt"]
    theirs.unlink()
    assert hand.ask("DELETE", "?sure=true").status_code == 200
    assert not hand.folder.exists()
    assert hand.listed()["bytes"] == 0
    left = [one for one in hand.folder.parent.glob(".handwriting*") if one.stat().st_size]
    assert left == [], "the lock beside it is empty"


WRONG = {
    "no class": ("POST", "/drawings", {"label": 7, "writer": "blue", "strokes": "4"}, 404),
    "no writer": ("POST", "/drawings", {"label": 0, "strokes": "4"}, 422),
    "a name": ("POST", "/drawings", {"label": 0, "writer": "Ada", "strokes": "4"}, 422),
    "no strokes": ("POST", "/drawings", {"label": 0, "writer": "blue", "strokes": []}, 422),
    "no numbers": (
        "POST",
        "/drawings",
        {"label": 0, "writer": "red", "strokes": [{"points": [["x", 1]]}]},
        422,
    ),
    "beyond the pad": (
        "POST",
        "/drawings",
        {"label": 0, "writer": "red", "strokes": [{"points": [[1.5, 1.5]], "width": 0.1}]},
        422,
    ),
    "rubbed out": (
        "POST",
        "/drawings",
        {
            "label": 0,
            "writer": "red",
            "strokes": [
                {"points": [[0.5, 0.5]]},
                {"points": [[0.5, 0.5]], "erase": True, "width": 0.9},
            ],
        },
        422,
    ),
    "too many points": (
        "POST",
        "/drawings",
        {"label": 0, "writer": "red", "strokes": [{"points": [[0.5, 0.5]] * 10_001}] * 2},
        422,
    ),
    "unknown": ("POST", "/drawings", {"name": "Ada"}, 422),
    "list": ("POST", "/drawings", [1], 422),
    "empty name": ("POST", "/classes", {"names": [" "]}, 422),
    "two lines": ("POST", "/classes", {"names": ["a\u2028b"]}, 422),
    "long name": ("POST", "/classes", {"names": ["a" * 21]}, 422),
    "no names": ("POST", "/classes", {"names": []}, 422),
    "many names": ("POST", "/classes", {"names": [f"c{i}" for i in range(21)]}, 409),
    "no drawing": ("PATCH", "/drawings/000001-abcdef", {"label": 0}, 404),
    "a path": ("DELETE", "/drawings/..%2Fclasses.json", None, 404),
    "a class of nobody": ("DELETE", "/classes/99", None, 404),
    "no image": ("GET", "/images?id=nothing", None, 404),
    "too much MNIST": ("GET", "/idx?mnist=10001", None, 422),
    "nothing drawn": ("GET", "/idx", None, 409),
    "no run": ("GET", "/runs/some/figures", None, 404),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_refused_in_a_sentence_and_changes_nothing(hand: Hand, what: str) -> None:
    hand.collect("4")
    before = everything(hand)
    method, path, body, status = WRONG[what]
    if isinstance(body, dict) and body.get("strokes") == "4":
        body = {**body, "strokes": [{"points": SHAPES["4"][0]}]}
    answer = hand.ask(method, path, **({} if body is None else {"json": body}))
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"][-1] in ".)"
    assert "Ada" not in answer.text
    assert everything(hand) == before


def test_no_more_is_kept_than_may_be(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    hand.collect("4", *(f"c{i}" for i in range(19)))
    answer = hand.ask("POST", "/classes", json={"names": ["one more"]})
    assert (answer.status_code, answer.json()["kind"]) == (409, "many-classes")
    body = {"label": 0, "writer": "blue", "strokes": hand.strokes("4")}
    monkeypatch.setattr(folder, "MOST_DRAWINGS", 2)
    assert [hand.ask("POST", "/drawings", json=body).status_code for _ in range(3)] == [
        201,
        201,
        409,
    ]
    monkeypatch.setattr(folder, "MOST_DRAWINGS", 5_000)
    monkeypatch.setattr(folder, "MOST_BYTES", hand.listed()["bytes"] + 10)
    assert hand.ask("POST", "/drawings", json=body).json()["kind"] == "handwriting-full"
    assert len(hand.listed()["drawings"]) == 2


def test_a_damaged_file_is_said_and_can_be_deleted(hand: Hand) -> None:
    hand.collect("4")
    kept = hand.draw("4")
    (path,) = hand.folder.glob("drawings/*.json")
    path.write_bytes(b'{"strokes": [{"poi')
    answer = hand.ask("GET", f"/images?id={kept['id']}")
    assert (answer.status_code, answer.json()["kind"]) == (409, "handwriting-damaged")
    assert hand.ask("DELETE", f"/drawings/{kept['id']}").status_code == 204
    (hand.folder / "classes.json").write_bytes(b"[")
    assert hand.ask("GET", "").json()["kind"] == "handwriting-damaged"
    assert hand.ask("DELETE", "?sure=true").status_code == 200
    assert hand.listed()["classes"] == []


def test_drawings_without_their_list_of_classes_are_not_given_others(hand: Hand) -> None:
    hand.collect("4")
    hand.draw("4")
    (hand.folder / "classes.json").unlink()
    answers = [
        hand.ask("GET", ""),
        hand.ask("GET", "/idx?mnist=10"),
        hand.ask("POST", "/classes", json={"names": ["7"]}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["kind"]) == (409, "handwriting-damaged")
    assert hand.ask("DELETE", "?sure=true").status_code == 200
    assert hand.collect("7") == {"7": 0}


@pytest.mark.parametrize("left", [30, -20])
def test_images_of_mnist_that_cannot_be_read_are_not_learnt_beside(
    hand: Hand, tmp_path: Path, left: int
) -> None:
    hand.collect("4")
    hand.draw("4")
    hand.draw("4")
    path = tmp_path / "sets" / "mnist" / "train-images-idx3-ubyte"
    path.write_bytes(gzip.compress(path.read_bytes())[:left])
    for answer in (
        hand.ask("GET", "/idx?mnist=10"),
        hand.app.post("/api/runs", json={"handwriting": {"mnist": 10}}, headers=KNOWN),
    ):
        assert (answer.status_code, answer.json()["kind"]) == (404, "damaged-set")


def test_all_drawings_are_packed_as_pictures(hand: Hand) -> None:
    hand.collect("4", "★", "ß")
    for name in "444★ß":
        hand.draw(name)
    archive = zipfile.ZipFile(io.BytesIO(hand.ask("GET", "/pngs").content))
    names = archive.namelist()
    ids = [one["id"] for one in hand.listed()["drawings"]]
    folders = ("learnt/00-4", "learnt/00-4", "held-out/00-4", "learnt/01-_", "learnt/02-ß")
    assert names == [f"{one}/{id}-blue.png" for one, id in zip(folders, ids, strict=True)]
    picture = np.asarray(Image.open(io.BytesIO(archive.read(names[0]))))
    np.testing.assert_array_equal(
        picture, load(hand.ask("GET", f"/images?id={ids[0]}").content)["images"][0]
    )
