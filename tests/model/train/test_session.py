"""Trainings on disk."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from model.checkpoint import CheckpointError, load
from model.lenet import LENET
from model.train import session
from model.train.batches import Examples
from model.train.calibrate import Threshold
from model.train.evaluate import Evaluation, evaluate
from model.train.loop import begin, kept
from model.train.recipe import Recipe
from tests.made_up_mnist import made_up

RECIPE = Recipe(epochs=1, held_out=10, average=0.9)
FOUND = Evaluation(9, 10, 0.5, np.zeros((10, 10), np.int64))
THRESHOLD = Threshold(2.5, {"held_out": 0.01}, {"dots": 0.5})


def finished(out: Path) -> bytes:
    training = begin(LENET, RECIPE)
    session.keep(session.checkpoint_of(out), training, {})
    session.finish(
        out,
        training,
        validation=FOUND,
        test=FOUND,
        threshold=THRESHOLD,
        command="convlens train",
        data={"file": "ab"},
    )
    return out.read_bytes()


def test_a_finished_file_holds_weights_and_facts_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "lenet.safetensors"
    finished(out)
    with safe_open(out, "numpy") as file:
        assert sorted(file.keys()) == sorted(LENET.parameter_shapes)
        facts = file.metadata()
    assert facts["accuracy"] == facts["validation_accuracy"] == "0.9"
    assert facts["command"] == "convlens train"
    assert (facts["recipe"], facts["seed"], facts["epochs"]) == ("plain", "0", "1")
    assert json.loads(facts["data"]) == {"file": "ab"}
    assert Recipe.from_json(facts["settings"]) == RECIPE
    assert facts["energy_threshold"] == "2.5000"
    assert json.loads(facts["energy_choice"])["rejected"] == {"dots": 0.5}
    assert facts["numpy"] == np.__version__
    assert list(tmp_path.iterdir()) == [out]  # the checkpoint is gone
    assert out.stat().st_size < 300_000


def test_the_same_training_gives_the_same_bytes(tmp_path: Path) -> None:
    assert finished(tmp_path / "a.safetensors") == finished(tmp_path / "b.safetensors")


def test_what_is_finished_reads_as_it_did_in_training(tmp_path: Path) -> None:
    finished(tmp_path / "a.safetensors")
    examples = Examples(*made_up(30, seed=0))
    found = evaluate(load(tmp_path / "a.safetensors"), examples)
    learnt = evaluate(kept(begin(LENET, RECIPE)), examples)
    # Of a file batches are read in another way, which adds up in another order.
    assert found.loss == pytest.approx(learnt.loss, rel=1e-6)
    assert (found.confusion == learnt.confusion).all()


def test_a_checkpoint_may_be_read_as_a_network(tmp_path: Path) -> None:
    session.keep(tmp_path / "kept.safetensors", begin(LENET, RECIPE), {})
    assert load(tmp_path / "kept.safetensors").spec == LENET


def test_finished_weights_cannot_be_resumed(tmp_path: Path) -> None:
    finished(tmp_path / "a.safetensors")
    with pytest.raises(CheckpointError, match="no training state"):
        session.resume(tmp_path / "a.safetensors")


def test_a_checkpoint_of_another_version_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(Recipe, "to_json", lambda self: '{"augmentation": null, "speed": 3}')
    session.keep(tmp_path / "kept.safetensors", begin(LENET, RECIPE), {})
    with pytest.raises(CheckpointError, match="another version"):
        session.resume(tmp_path / "kept.safetensors")
