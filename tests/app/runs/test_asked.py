"""What a training is asked to be, and in what two differ."""

from dataclasses import replace

import pytest

from app.runs.asked import DROPS, config_of, with_dropout
from app.runs.compare import differences
from app.runs.schemas import RunBody, RunRecipe
from app.training_settings import Training
from model.architectures import NETWORKS

NAMES = sorted(NETWORKS)


@pytest.mark.parametrize("name", NAMES)
def test_dropout_stands_before_the_last_weights_and_leaves_no_trace_when_taken_out(name) -> None:
    spec = NETWORKS[name]
    dropped = with_dropout(spec, 0.5)
    last = dropped.layer(spec.logits_layer)
    assert last.inputs == (DROPS,)
    assert dropped.layer(DROPS).inputs == spec.layer(spec.logits_layer).inputs
    assert dropped.layer(DROPS).rate == 0.5
    assert with_dropout(dropped, 0.2) == with_dropout(spec, 0.2)
    assert with_dropout(dropped, 0) == spec


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
