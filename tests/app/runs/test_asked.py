"""What a training is asked to be, and in what two differ."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.handwriting.frozen import Frozen
from app.refusals import RefusalError
from app.runs import asked
from app.runs.asked import DROPS, config_of, with_dropout, without_dropout
from app.runs.compare import differences
from app.runs.folder import Config
from app.runs.schemas import RunBody, RunHandwriting, RunRecipe
from app.runs.shipped import Shipped
from app.training_settings import Training
from model.architectures import NETWORKS
from model.lenet import LENET
from model.spec import NetworkSpec, dense, relu, softmax
from tests.app.runs.conftest import TINY
from tests.app.runs.test_experiments import MNIST

NAMES = sorted(NETWORKS)


@pytest.fixture
def mnist(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if MNIST were here."""
    monkeypatch.setattr(asked, "_set_of", lambda *_: MNIST)


def config(**body: object) -> Config:
    return config_of(RunBody.model_validate(body), Training())


def refused(*arguments: object) -> RefusalError:
    with pytest.raises(RefusalError) as refusal:
        config_of(*arguments)
    return refusal.value


@pytest.mark.parametrize("name", NAMES)
def test_dropout_stands_before_the_last_weights_and_leaves_no_trace_when_taken_out(name) -> None:
    spec = NETWORKS[name]
    dropped = with_dropout(spec, 0.5)
    last = dropped.layer(spec.logits_layer)
    assert last.inputs == (DROPS,)
    assert dropped.layer(DROPS).inputs == spec.layer(spec.logits_layer).inputs
    assert dropped.layer(DROPS).rate == 0.5
    assert with_dropout(spec, 0) == spec
    run = replace(Shipped().config, network=name, spec=dropped, dropout=0.5)
    assert without_dropout(run) == spec


def test_a_layer_of_ones_own_called_as_dropout_is_stays_where_it_is(sets) -> None:
    layers = (dense("fc1", 20), relu(DROPS), dense("fc2", 10), softmax("softmax"))
    own = replace(TINY, layers=layers)
    settings, recipe = Training(data=str(sets)), RunRecipe(epochs=1, held_out=40)
    body = RunBody(data="blocks", spec=own.to_json(), recipe=recipe)
    first = config_of(body, settings)
    assert first.spec.layers == own.layers
    assert config_of(RunBody(like="x"), settings, first).spec.layers == own.layers
    assert differences(first, replace(first, spec=TINY))
    more = RunBody(like="x", recipe=RunRecipe(dropout=0.5))
    (error,) = refused(more, settings, first).errors
    assert (error.pointer, "is called dropped" in error.detail) == ("#/recipe/dropout", True)


def lenet_with(kernels: int) -> dict:
    facts = LENET.to_json()
    facts["layers"][0]["channels"] = kernels
    return facts


def test_a_network_that_only_has_the_name_of_ours_is_another_one(mnist) -> None:
    ours, same, other = config(), config(spec=lenet_with(6)), config(spec=lenet_with(2))
    assert {one.network for one in (ours, same, other)} == {"lenet"}
    assert ours.command == same.command == "convlens train lenet --recipe plain --seed 0"
    assert differences(ours, same) == {}
    assert other.command == ""
    assert set(differences(ours, other)) == {"network"}


def test_a_network_of_other_classes_is_still_ours() -> None:
    facts = LENET.to_json()
    facts["classes"], facts["layers"][-2]["channels"] = ["a", "b"], 2
    ours = Shipped().config
    assert differences(ours, replace(ours, spec=NetworkSpec.from_json(facts))) == {}


def test_a_run_is_titled_as_one_that_it_repeats_unless_the_network_is_another(mnist) -> None:
    like = Shipped().config
    assert config_of(RunBody(like="x"), Training(), like).title == like.title
    other = RunBody(like="x", network="mlp")
    assert config_of(other, Training(), like).title == NETWORKS["mlp"].title


def test_of_handwriting_a_tenth_is_held_out_whatever_was_of_other_images(mnist) -> None:
    drawn = SimpleNamespace(id="handwriting", classes=tuple("01"), counts={"train": 20, "test": 4})
    frozen, like = Frozen("f", Path("f"), drawn), Shipped().config
    again = RunBody(like="x", handwriting=RunHandwriting())
    first = config_of(again, Training(), like, frozen)
    assert first.recipe.held_out == 2
    chosen = replace(first, recipe=replace(first.recipe, held_out=5))
    assert config_of(again, Training(), chosen, frozen).recipe.held_out == 5


def test_dropout_is_kept_by_a_run_that_is_repeated_and_is_all_in_which_it_differs(sets) -> None:
    settings = Training(data=str(sets))
    recipe = RunRecipe(epochs=1, held_out=40)
    first = config_of(RunBody(data="blocks", network="mlp", recipe=recipe), settings)
    second = config_of(RunBody(like="x", recipe=RunRecipe(dropout=0.25)), settings, first)
    assert DROPS in [layer.name for layer in second.spec.layers]
    assert differences(first, second) == {"dropout": (0.0, 0.25)}
    again = config_of(RunBody(like="x", recipe=RunRecipe(seed=3)), settings, second)
    assert again.spec == second.spec
    assert differences(again, second) == {"seed": (3, 0)}
    other = config_of(RunBody(like="x", network="lenet"), settings, second)
    assert other.dropout == 0
    own = replace(first, network="own")
    assert set(differences(own, replace(second, network="own"))) == {"dropout"}
