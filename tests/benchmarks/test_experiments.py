"""What came out of the ready-made experiments: whole, its own, and what the README says of it."""

import json

import pytest

from app.paths import resource_folder
from app.runs.experiments import EXPERIMENTS, SEEDS, Experiment, figures, found, ordered
from benchmarks.experiments import table
from tests.server import ROOT

NAMES = ("train_accuracy", "validation_accuracy", "test_accuracy", "gap")


def test_every_run_was_trained_with_every_seed_as_it_is_now() -> None:
    assert tuple(found()["seeds"]) == SEEDS
    for one in EXPERIMENTS:
        for name, body in one.runs.items():
            known = figures(one, name)
            moved = () if body["recipe"].get("shuffled") else ("shifted_accuracy",)
            assert set(known) == {*NAMES, *moved}
            assert {len(values) for values in known.values()} == {len(SEEDS)}


def test_the_readme_says_what_came_out() -> None:
    assert table() in (ROOT / "model/train/README.md").read_text("utf-8")


@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_an_answer_promises_no_order_that_was_not_so_with_every_seed(one: Experiment) -> None:
    messages = json.loads((resource_folder("static") / "text" / "en.json").read_bytes())
    answer = messages[f"training.experiment.{one.id}.answer"]
    pairs = len(one.runs) * (len(one.runs) - 1) // 2
    if len(ordered(one)) < pairs:
        assert "no clear difference" in answer
