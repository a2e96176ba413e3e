"""The map of a set, its nearest images and its units over HTTP, against plain computations."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load

from app.settings import Settings
from app.surveys.job import Surveyed
from app.surveys.layout import lay_out
from app.surveys.reading import read
from app.surveys.units import count
from app.training_settings import Training
from model import Network, load_network
from model.data import mnist
from model.train.batches import Examples
from tests.app.local import Local
from tests.app.surveys.test_http import awaited
from tests.app.test_refusals import assert_problem
from tests.made_up_mnist import write_mnist

NETWORK = "/api/models/lenet"
STROKES = {"strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]]}]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mnist(tmp_path_factory.mktemp("sets") / "mnist", test=700)


@pytest.fixture(scope="module")
def here(folder: Path) -> Iterator[Local]:
    training = Training(data=str(folder.parent))
    with Local(Settings(models=("lenet", "mlp"), training=training)) as app:
        yield app


@pytest.fixture(scope="module")
def lenet() -> Network:
    return load_network("lenet")


@pytest.fixture(scope="module")
def images(folder: Path) -> Any:
    return mnist.load(folder, "test")


def traced(network: Network, images: Any, layer: str) -> Any:
    """What a layer makes of each image, one by one, by the engine's own trace."""
    border = network.spec.input.border
    inputs = np.pad(images / np.float32(255), ((0, 0), (border, border), (border, border)))
    return np.array([network.trace(one[None].astype(np.float32))[layer].ravel() for one in inputs])


def said(content: bytes, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "file").write_bytes(content)
    with safe_open(tmp_path / "file", "np") as file:
        return file.metadata()


@pytest.mark.parametrize("layer", ["conv1", "pool2", "relu4", "softmax", "input"])
def test_images_lie_where_numpys_singular_vectors_put_them(here, lenet, images, layer, tmp_path):
    answer = awaited(here, f"{NETWORK}/map?layer={layer}")
    tensors, about = load(answer.content), said(answer.content, tmp_path)
    matrix = traced(lenet, images[0], layer).astype(np.float64)
    centred = matrix - matrix.mean(axis=0)
    _, sizes, rows = np.linalg.svd(centred, full_matrices=False)
    assert set(tensors) == {"places", "shares"}, "what is kept for drawings is not sent"
    for k in range(2):
        assert tensors["shares"][k] == pytest.approx(sizes[k] ** 2 / np.sum(sizes**2), rel=1e-5)
        plain = centred @ rows[k]
        sign = np.sign(plain @ tensors["places"][:, k])
        np.testing.assert_allclose(tensors["places"][:, k], sign * plain, atol=2e-4 * sizes[0])
    assert about["layer"] == layer
    assert int(about["cells"]) == matrix.shape[1]
    assert int(about["images"]) == 700


def test_without_a_layer_it_is_the_one_that_the_scores_are_made_from(here, tmp_path):
    assert said(awaited(here, f"{NETWORK}/map").content, tmp_path)["layer"] == "relu4"


@pytest.mark.parametrize(("by", "how"), [(read, {}), (lay_out, {"layer": "conv1"}), (count, {})])
def test_each_says_how_far_it_is_every_few_hundred_images(lenet, images, by, how):
    told: list[tuple[int, int]] = []
    by(Surveyed(lenet, Examples(*images), lambda *so_far: told.append(so_far)), **how)
    done = [0, *(one for one, _ in told)]
    assert all(0 <= after - before <= 500 for before, after in pairwise(done))
    assert max(done) <= min(total for _, total in told) == max(total for _, total in told)


@pytest.mark.parametrize("layer", ["relu4", "conv1"])
def test_the_nearest_200_images_are_those_of_a_plain_search(here, lenet, images, layer, tmp_path):
    matrix = traced(lenet, images[0], layer).astype(np.float64)
    places = load(awaited(here, f"{NETWORK}/map?layer={layer}").content)["places"]
    rng = np.random.default_rng(5)
    for number in [3, 699, *rng.integers(0, 700, 8)]:
        pixels = np.clip(images[0][number].astype(int) + rng.integers(-9, 9, (28, 28)), 0, 255)
        body = {"pixels": pixels.ravel().tolist()}
        path = f"{NETWORK}/neighbours?layer={layer}&count=20"
        answer = here.post(path, json=body)
        found = load(answer.content)
        vector = traced(lenet, pixels[None].astype(np.float32), layer)[0].astype(np.float64)
        distances = np.sqrt(((matrix - vector) ** 2).sum(axis=1))
        np.testing.assert_array_equal(found["numbers"], np.argsort(distances, kind="stable")[:20])
        np.testing.assert_allclose(found["distances"], np.sort(distances)[:20], rtol=1e-4)
        np.testing.assert_array_equal(found["labels"], images[1][found["numbers"]])
    about = said(answer.content, tmp_path)
    assert (about["layer"], about["set"], about["blank"]) == (layer, "mnist", "false")
    itself = here.post(path, json={"pixels": images[0][41].ravel().tolist()})
    found = load(itself.content)
    assert found["numbers"][0] == 41
    assert found["distances"][0] == pytest.approx(0, abs=1e-3)
    np.testing.assert_allclose(found["place"], places[41], atol=1e-3)


def test_strokes_and_files_are_looked_for_alike_and_json_says_the_same(here):
    awaited(here, f"{NETWORK}/map")
    found = load(here.post(f"{NETWORK}/neighbours", json=STROKES).content)
    assert found["numbers"].shape == (12,)
    json_form = {"accept": "application/json"}
    again = here.post(f"{NETWORK}/neighbours", json=STROKES, headers=json_form).json()
    assert again["numbers"]["data"] == found["numbers"].tolist()
    assert again["place"]["data"] == found["place"].tolist()
    trace = load(here.post(f"{NETWORK}/trace", json=STROKES).content)
    body = {"input": trace["input"].ravel().tolist()}
    same = load(here.post(f"{NETWORK}/neighbours", json=body).content)
    np.testing.assert_array_equal(same["numbers"], found["numbers"])


def test_counts_of_units_are_those_of_plain_loops(here, lenet, images, tmp_path):
    answer = awaited(here, f"{NETWORK}/units")
    tensors, about = load(answer.content), said(answer.content, tmp_path)
    layers = {one["name"]: one for one in json.loads(about["layers"])}
    assert list(layers) == list(lenet.spec.shapes)
    assert layers["relu3"]["sense"] == "gate"
    for layer in ("relu1", "pool2", "relu3", "fc3", "softmax"):
        matrix = traced(lenet, images[0], layer)
        maps = matrix.reshape(len(matrix), lenet.spec.shapes[layer][0], -1)
        for k in range(0, maps.shape[1], 3):
            cells = maps[:, k]
            above = [sum(float(value) > 0 for value in cell) for cell in cells.T]
            assert tensors[f"{layer}/never"][k] == sum(count == 0 for count in above)
            assert tensors[f"{layer}/always"][k] == sum(count == 700 for count in above)
            assert tensors[f"{layer}/above"][k] == pytest.approx(np.mean(above) / 700)
            # Both round the sums of a cell, which may cancel: as far as the layer's numbers reach.
            assert tensors[f"{layer}/most"][k] == pytest.approx(
                cells.max(), rel=1e-4, abs=1e-6 * float(matrix.max())
            )
            row, column = tensors[f"{layer}/cell"][k]
            columns = lenet.spec.shapes[layer][-1] if cells.shape[1] > 1 else 1
            assert above[row * columns + column] == max(above)
        one = layers[layer]
        assert tensors[f"{layer}/counts"].sum() + one["zeros"] + one["odd"] == matrix.size
    one = next(one for one in json.loads(about["parameters"]) if one["name"] == "conv1.weight")
    weights = lenet.parameters["conv1.weight"].astype(float)
    edges = one["width"] * (one["first"] + np.arange(len(tensors["conv1.weight/counts"]) + 1))
    np.testing.assert_array_equal(tensors["conv1.weight/counts"], np.histogram(weights, edges)[0])


def test_what_cannot_be_asked_is_refused(here):
    awaited(here, f"{NETWORK}/map")
    for path, status, kind in (
        ("map?layer=none", 422, "unknown-layer"),
        ("map?set=none", 404, "no-set"),
        ("units?set=none", 404, "no-set"),
    ):
        assert assert_problem(here.get(f"{NETWORK}/{path}"), status).kind == kind
    for query, kind in (
        ("layer=none", "unknown-layer"),
        ("count=0", "too-many-steps"),
        ("count=101", "too-many-steps"),
        ("count=x", "no-steps"),
    ):
        path = f"{NETWORK}/neighbours?{query}"
        assert assert_problem(here.post(path, json=STROKES), 422).kind == kind
    edits = {"edits": [{"do": "set", "of": "fc3.bias", "at": [0], "values": [1]}]}
    answer = here.post(f"{NETWORK}/neighbours", json={**STROKES, **edits})
    assert assert_problem(answer, 422).kind == "other-edits"
    assert_problem(here.post(f"{NETWORK}/neighbours", json={"strokes": []}), 422)


def test_a_layer_too_large_or_beyond_all_bounds_is_told(here, monkeypatch):
    monkeypatch.setattr("app.surveys.neighbours.MOST_CELLS", 4000)
    problem = assert_problem(here.get(f"{NETWORK}/map?layer=conv1"), 422)
    assert problem.kind == "large-layer"
    edits = [{"do": "set", "of": "fc1.weight", "at": [2], "values": [3e38]}]
    made = here.post("/api/models/mlp/variants", json={"edits": edits}).json()["sha256"]
    answer = awaited(here, f"/api/models/mlp/map?layer=fc1&weights={made}")
    assert assert_problem(answer, 422).kind == "layer-overflows"
    assert awaited(here, f"/api/models/mlp/units?weights={made}").status_code == 200


def test_a_drawing_waits_for_the_map_of_its_weights(here, images):
    edits = [{"do": "scale", "of": "fc2.weight", "at": [], "values": [2]}]
    made = here.post(f"{NETWORK}/variants", json={"edits": edits}).json()["sha256"]
    path = f"{NETWORK}/neighbours?weights={made}"
    answer = here.post(path, json=STROKES)
    assert answer.status_code == 202
    assert answer.json()["set"] == "mnist"
    awaited(here, f"{NETWORK}/map?weights={made}")
    found = here.post(path, json=STROKES)
    assert found.status_code == 200
    assert found.headers["convlens-weights"] == made
