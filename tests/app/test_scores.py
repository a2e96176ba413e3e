"""Steps on a few scores over HTTP: the engine's numbers; what are no shares is refused."""

import pytest

from app.schemas import ScoreSteps
from model.train.scores import score_steps, shares_to_scores
from tests.app.test_refusals import assert_problem
from tests.app.wrong import SECRET

BOAT = "/api/scores?shares=0.2,0.4,0.1,0.3"


@pytest.mark.parametrize(
    ("query", "loss", "rate", "steps"),
    [
        ("target=2", "cross_entropy", 1.0, 0),
        ("target=2&loss=squared_error&rate=2.5&steps=3", "squared_error", 2.5, 3),
    ],
)
def test_steps_on_scores_are_the_engines(local, query, loss, rate, steps):
    answer = local.get(f"{BOAT}&{query}")
    assert answer.status_code == 200
    told = ScoreSteps.model_validate_json(answer.content)
    assert (told.target, told.loss, told.rate) == (2, loss, rate)
    moments = score_steps(shares_to_scores((0.2, 0.4, 0.1, 0.3)), 2, loss, rate, steps)
    for said, moment in zip(told.moments, moments, strict=True):
        for name in ("scores", "shares", "squares", "by_shares", "matrix", "products"):
            array = getattr(moment, name)
            flat = getattr(said, name) if array.ndim == 1 else sum(getattr(said, name), ())
            assert list(flat) == array.ravel().tolist(), name
        assert said.losses == moment.losses
        for name, gradient in moment.gradients.items():
            assert list(said.gradients[name]) == gradient.tolist()


def test_the_boat_has_the_essays_number(local):
    moment = ScoreSteps.model_validate_json(local.get(f"{BOAT}&target=2").content).moments[0]
    assert moment.losses["squared_error"] == pytest.approx(0.55)
    assert moment.squares == pytest.approx((0.02, 0.08, 0.405, 0.045))


@pytest.mark.parametrize(
    ("query", "parameter", "word"),
    [
        ("", "shares", "2 to 10 numbers"),
        ("shares=1", "shares", "2 to 10 numbers"),
        (f"shares=0.5,{SECRET}", "shares", "between 0 and 1"),
        ("shares=0.5,nan", "shares", "between 0 and 1"),
        ("shares=0,1", "shares", "between 0 and 1"),
        ("shares=0.5,0.4", "shares", "add up to 1"),
        ("shares=0.5,0.5&shares=0.5,0.5", "shares", "2 to 10 numbers"),
        ("shares=0.5,0.5&target=2", "target", "from 0 to 1"),
        ("shares=0.5,0.5&loss=hinge", "loss", "cross_entropy, squared_error"),
        ("shares=0.5,0.5&rate=101", "rate", "from 0 to 100"),
        ("shares=0.5,0.5&steps=101", "steps", "from 0 to 100"),
    ],
)
def test_what_are_no_shares_and_no_steps_is_refused(local, query, parameter, word):
    answer = local.get(f"/api/scores?{query}")
    problem = assert_problem(answer, 422)
    assert problem.errors[0].parameter == parameter
    assert word in problem.detail
    assert SECRET not in answer.text
