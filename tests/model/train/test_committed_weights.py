"""The weights that come with Convlens: as good as they say, and they say how they were made."""

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors import safe_open
from threadpoolctl import threadpool_limits

from benchmarks.strokes import measure, read_folder
from model.checkpoint import WEIGHTS, available, load
from model.data.mnist import FILES
from model.data.mnist import load as load_mnist
from model.lenet import LENET
from model.network import Network
from model.train.batches import Examples, split
from model.train.calibrate import LOST, calibrate, choose_threshold
from model.train.drawn import judged_digits
from model.train.evaluate import Evaluation, evaluate
from model.train.recipe import RECIPES, Recipe

PATH = WEIGHTS / "lenet.safetensors"


@pytest.fixture(scope="module")
def network() -> Network:
    return load(PATH)


@pytest.fixture(scope="module")
def found(network: Network, mnist_folder: Path) -> Evaluation:
    with threadpool_limits(1, user_api="blas"):
        return evaluate(network, Examples(*load_mnist(mnist_folder, "test")))


def test_lenet_comes_with_convlens(network: Network) -> None:
    assert "lenet" in available()
    assert network.spec == LENET


def test_it_reads_995_of_1000_test_images(found: Evaluation) -> None:
    assert found.total == 10_000
    assert found.accuracy >= 0.995


def test_it_reads_as_many_drawn_digits_as_are_wanted(
    network: Network, strokes_folder: Path
) -> None:
    for one in measure(network, read_folder(strokes_folder)):
        assert one.accuracy >= one.variant.target, one


def test_it_reads_ways_of_writing_that_it_never_saw(network: Network) -> None:
    assert evaluate(network, judged_digits()).accuracy >= 0.99


def test_below_its_energy_threshold_lie_few_digits_and_much_else(
    network: Network, mnist_folder: Path
) -> None:
    held = split(Examples(*load_mnist(mnist_folder, "train")), 5_000)[1]
    chosen = choose_threshold(network, held)
    assert float(network.metadata["energy_threshold"]) == pytest.approx(chosen.energy, abs=0.01)
    assert max(chosen.lost.values()) <= LOST
    assert json.loads(network.metadata["energy_choice"])["lost"] == pytest.approx(
        dict(chosen.lost), abs=0.002
    )
    assert min(chosen.rejected.values()) > 0.5
    assert chosen.rejected["letters"] >= 0.65
    assert chosen.rejected["scribbles"] >= 0.88


def test_its_confidence_can_be_believed(network: Network, mnist_folder: Path) -> None:
    test = Examples(*load_mnist(mnist_folder, "test"))
    assert calibrate(network, test, network.metadata).error <= 0.002


def test_it_promises_what_it_holds(network: Network, found: Evaluation) -> None:
    # Another processor may round a last bit otherwise, and tip an image on the edge.
    assert float(network.metadata["accuracy"]) == pytest.approx(found.accuracy, abs=2e-4)


def test_it_says_how_it_was_made(network: Network) -> None:
    facts = network.metadata
    assert json.loads(facts["data"]) == FILES
    recipe = Recipe.from_json(facts["settings"])
    wanted = replace(RECIPES[facts["recipe"]], seed=recipe.seed)
    assert wanted == recipe, "the recipe was changed: train the weights anew"
    assert (str(recipe.seed), str(recipe.epochs)) == (facts["seed"], facts["epochs"])
    words = ["convlens", "train", "lenet", "--recipe", recipe.name, "--seed", facts["seed"]]
    assert shlex.split(facts["command"]) == words
    assert 0.98 < float(facts["validation_accuracy"]) < 1
    assert facts["numpy"]


def test_the_file_is_small_and_holds_weights_only() -> None:
    assert PATH.stat().st_size <= 300_000
    with safe_open(PATH, "numpy") as file:
        assert sorted(file.keys()) == sorted(LENET.parameter_shapes)
