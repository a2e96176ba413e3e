import hashlib

import numpy as np
import pytest
from safetensors.numpy import load

from app.catalogue import load_catalogue
from app.models import load_models
from app.refusals import RefusalError
from app.settings import Settings
from app.variants import Folder
from model import Network
from model.checkpoint import save
from model.lenet import LENET
from model.lenet5 import LENET5, TABLE
from model.spec import InputSpec, NetworkSpec, dense, softmax
from tests.app.local import Local


def tiny(path, shape=(1, 28, 28), border=0, **more):
    spec = NetworkSpec(
        "tiny", "Tiny", InputSpec(shape, border, **more), ("a", "b"), (dense("fc", 2), softmax("p"))
    )
    save(path, Network.initialise(spec, np.random.default_rng(0)))
    return str(path)


@pytest.mark.parametrize(
    ("said", "accuracy"), [("0.5", 0.5), ("99.6", None), ("-1", None), ("nan", None), ("x", None)]
)
def test_an_accuracy_is_a_share_or_not_shown(tmp_path, said, accuracy):
    path = tmp_path / "mine.safetensors"
    save(path, Network.initialise(LENET, np.random.default_rng(0)), {"accuracy": said})
    with Local(Settings(models=(str(path),))) as local:
        assert local.get("/api/models").json()[0]["accuracy"] == accuracy


def test_the_list_has_a_line_for_each_network(network_file, tmp_path):
    other = tiny(tmp_path / "other.safetensors")
    with Local(Settings(models=(str(network_file), other))) as local:
        assert local.get("/api/models").json() == [
            {
                "id": "untrained",
                "title": LENET.title,
                "parameters": 63802,
                "accuracy": 0.0975,
                "shown": True,
            },
            {"id": "other", "title": "Tiny", "parameters": 1570, "accuracy": None, "shown": True},
        ]
        assert 'data-model="untrained"' in local.get("/").text
        assert 'data-model="other"' in local.get("/?model=other").text
        missing = local.get("/?model=third")
        assert missing.status_code == 404
        assert "untrained, other" in missing.text


@pytest.mark.parametrize(
    ("written", "served"), [("5.25", 5.25), ("-1", -1.0), ("", None), ("high", None), ("nan", None)]
)
def test_the_energy_threshold_of_the_weights_is_served(tmp_path, written, served):
    path = tmp_path / "net.safetensors"
    network = Network.initialise(LENET, np.random.default_rng(0))
    save(path, network, {"energy_threshold": written} if written else {})
    with Local(Settings(models=(str(path),))) as local:
        assert local.get("/api/models/net").json()["energy_threshold"] == served


def test_a_spec_holds_the_geometry_of_every_layer(local, network):
    spec = local.get("/api/models/untrained").json()
    assert spec["sha256"] == network.sha256
    assert spec["input"] == {
        "name": "input",
        "shape": [1, 32, 32],
        "border": 2,
        "scaling": {"scale": 1.0, "offset": 0.0},
    }
    assert spec["classes"] == [str(digit) for digit in range(10)]
    assert spec["layers"][0] == {
        "name": "conv1",
        "kind": "conv",
        "inputs": ["input"],
        "kernel": [5, 5],
        "stride": [1, 1],
        "padding": [0, 0],
        "dilation": [1, 1],
        "mode": None,
        "connections": None,
        "amplitude": 1.0,
        "slope": 1.0,
        "rate": 0.0,
        "shape": [6, 28, 28],
        "parameters": {"weight": [6, 1, 5, 5], "bias": [6]},
    }
    by_name = {layer["name"]: layer for layer in spec["layers"]}
    assert by_name["pool1"]["mode"] == "max"
    assert by_name["pool1"]["parameters"] == {}
    assert by_name["conv2"]["parameters"]["weight"] == [16, 6, 5, 5]
    assert by_name["fc1"]["shape"] == [120]
    assert list(by_name) == [layer.name for layer in LENET.layers]


def test_connections_and_curves_cross_the_wire_and_only_what_is_connected_is_counted(tmp_path):
    path = tmp_path / "old.safetensors"
    save(path, Network.initialise(LENET5, np.random.default_rng(0)))
    with Local(Settings(models=(str(path),))) as local:
        spec = local.get("/api/models/old").json()
    by_name = {layer["name"]: layer for layer in spec["layers"]}
    assert by_name["c3"]["connections"] == [list(maps) for maps in TABLE]
    assert by_name["c3"]["parameters"]["weight"] == [16, 6, 5, 5]
    assert by_name["s2"]["parameters"] == {"weight": [6], "bias": [6]}
    assert (by_name["tanh1"]["amplitude"], by_name["tanh1"]["slope"]) == (1.7159, 2 / 3)
    assert spec["parameters"] == 156 + 12 + 1516 + 32 + 48120 + 10164 + 850


def test_the_networks_that_come_with_convlens_are_served_unless_others_are_named():
    with Local(Settings()) as local:
        assert [one["id"] for one in local.get("/api/models").json()] == ["lenet", "lenet5", "mlp"]
        assert 'data-model="lenet"' in local.get("/").text
        assert 'data-model="mlp"' in local.get("/?model=mlp").text


def test_the_weights_are_the_file_and_its_hash_is_their_name(local, network, network_file):
    answer = local.get("/api/models/untrained/weights")
    assert answer.content == network_file.read_bytes()
    assert hashlib.sha256(answer.content).hexdigest() == network.sha256
    assert answer.headers["content-type"] == "application/vnd.safetensors"
    assert load(answer.content)["conv1.weight"].shape == (6, 1, 5, 5)


def test_weights_as_such_are_asked_for_again_and_by_hash_kept_for_ever(local, network):
    path = "/api/models/untrained/weights"
    fresh = local.get(path)
    assert fresh.headers["cache-control"] == "no-cache"
    by_hash = local.get(f"{path}?sha256={network.sha256}")
    assert by_hash.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert by_hash.content == fresh.content
    again = local.get(path, headers={"if-none-match": fresh.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == fresh.headers["etag"]


def test_weights_of_another_hash_are_not_there(local):
    answer = local.get(f"/api/models/untrained/weights?sha256={'0' * 64}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "cache-control" not in answer.headers


def test_a_network_of_28_by_28_and_its_own_scaling_is_served(tmp_path):
    file = tiny(tmp_path / "scaled.safetensors", scale=1.275, offset=-0.1)
    with Local(Settings(models=(file,))) as local:
        answer = local.post("/api/models/scaled/trace", json={"pixels": [0] * 783 + [255]})
        image = load(answer.content)["input"]
        assert image.shape == (1, 28, 28)
        assert image[0, 0, 0] == pytest.approx(-0.1)
        assert image[0, -1, -1] == pytest.approx(1.175)


def test_a_name_that_no_link_can_carry_gives_way_to_the_specs(tmp_path):
    models = load_models([tiny(tmp_path / "my best net (2).safetensors")])
    assert [one.id for one in models] == ["tiny"]


def test_two_networks_of_one_name_are_refused(tmp_path):
    (tmp_path / "b").mkdir()
    names = [tiny(tmp_path / "x.safetensors"), tiny(tmp_path / "b" / "x.safetensors")]
    with pytest.raises(ValueError, match="Rename one of the files"):
        load_models(names)


def test_a_network_for_other_images_is_refused(tmp_path):
    with pytest.raises(ValueError, match="28×28"):
        load_models([tiny(tmp_path / "big.safetensors", (1, 64, 64), 2)])


def test_a_network_that_is_not_there_is_a_refusal_that_names_the_others(network_file, tmp_path):
    models = load_catalogue([str(network_file)], Folder(tmp_path))
    assert "nothing" not in models
    with pytest.raises(RefusalError, match="It has: untrained"):
        models.find("nothing")
