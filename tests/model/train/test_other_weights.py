"""The weights of the other networks: as good as they say, made by the command that they name."""

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors import safe_open
from threadpoolctl import threadpool_limits

from app.commands.plan import Wishes
from model.architectures import NETWORKS
from model.checkpoint import WEIGHTS, available, load_network
from model.data.mnist import FILES
from model.data.mnist import load as load_mnist
from model.lenet5 import TABLE
from model.network import Network
from model.train.batches import Examples
from model.train.evaluate import evaluate
from model.train.recipe import RECIPES, Recipe

LEAST = {"mlp": 0.99, "lenet5": 0.993}


@pytest.fixture(scope="module", params=LEAST)
def network(request: pytest.FixtureRequest) -> Network:
    return load_network(request.param)


def test_every_architecture_comes_with_weights() -> None:
    assert set(available()) == set(NETWORKS)
    for name, spec in NETWORKS.items():
        assert load_network(name).spec == spec


def test_it_reads_test_images_as_well_as_it_says(network: Network, mnist_folder: Path) -> None:
    with threadpool_limits(1, user_api="blas"):
        found = evaluate(network, Examples(*load_mnist(mnist_folder, "test")))
    assert found.accuracy >= LEAST[network.spec.id]
    # Another processor may round a last bit otherwise, and tip an image on the edge.
    assert float(network.metadata["accuracy"]) == pytest.approx(found.accuracy, abs=2e-4)


def test_one_command_makes_it_again(network: Network) -> None:
    facts, name = network.metadata, network.spec.id
    assert json.loads(facts["data"]) == FILES
    start, *words = shlex.split(facts["command"])[1:]
    assert (start, words.pop(0)) == ("train", name)
    given = dict(zip(words[::2], words[1::2], strict=True))
    epochs = int(given["--epochs"]) if "--epochs" in given else None
    seed = int(given["--seed"])
    wishes = Wishes(name, given["--recipe"], epochs, None, None, seed, None, None)
    assert wishes.followed() == Recipe.from_json(facts["settings"])
    assert wishes.command() == facts["command"]
    assert replace(RECIPES["tanh"], epochs=int(facts["epochs"])) == wishes.followed()


def test_the_file_is_small_and_holds_weights_only(network: Network) -> None:
    path = WEIGHTS / f"{network.spec.id}.safetensors"
    assert path.stat().st_size <= 1_100_000
    with safe_open(path, "numpy") as file:
        assert sorted(file.keys()) == sorted(network.spec.parameter_shapes)


def test_what_the_table_does_not_connect_is_zero_and_all_else_has_learnt() -> None:
    weight = load_network("lenet5").parameters["c3.weight"]
    for k, maps in enumerate(TABLE):
        learnt = {c for c in range(6) if weight[k, c].any()}
        assert learnt == set(maps)
