"""The training loop: the same seed gives the same weights, whatever happens on the way."""

import itertools
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from model.fast.team import Team
from model.lenet import LENET
from model.network import Network
from model.spec import InputSpec, NetworkSpec, conv, dense, pool, relu, softmax
from model.train import session
from model.train.augment import Augmentation
from model.train.batches import Batch, Examples, batches, drawn_rng, inputs, split
from model.train.calibrate import likeliest_temperature
from model.train.drawn import STEADY, digits, judged_digits
from model.train.loop import (
    EpochReport,
    StepReport,
    Training,
    begin,
    gradients_of,
    kept,
    learning_rate,
    steps,
    train,
)
from model.train.loss import measure
from model.train.material import POOL, material
from model.train.recipe import RECIPES, Distillation, Recipe, RecipeError, Stage
from tests.made_up_mnist import made_up

SMALL = NetworkSpec(
    id="small",
    title="Small",
    input=InputSpec(),
    classes=tuple("0123456789"),
    layers=(
        conv("conv1", 4, kernel=5, stride=3),
        relu("relu1"),
        pool("pool1", 2),
        dense("fc1", 10),
        softmax("softmax"),
    ),
)
EXAMPLES = Examples(*made_up(200, seed=1))
RECIPE = Recipe(epochs=3, batch_size=32, held_out=40, peak=0.01)
EVERYTHING = replace(
    RECIPE,
    augmentation=Augmentation(),
    drawn=0.1,
    proportion=0.5,
    redrawn=0.1,
    calm=0.4,
    average=0.99,
)
TAUGHT = replace(EVERYTHING, distillation=Distillation(teachers=2, patience=0.5))
"""Two teachers of two epochs each, and three epochs of who learns from them."""


def trained(recipe: Recipe, spec: NetworkSpec = SMALL) -> Network:
    training = begin(spec, recipe)
    train(training, EXAMPLES, keep=lambda now: None)
    return kept(training)


def same(a: Network, b: Network) -> bool:
    return all(np.array_equal(a.parameters[name], b.parameters[name]) for name in a.parameters)


@pytest.mark.parametrize("recipe", [RECIPE, EVERYTHING, TAUGHT, replace(RECIPE, optimiser="sgd")])
def test_the_same_seed_gives_the_same_weights(recipe: Recipe) -> None:
    assert same(trained(recipe), trained(recipe))
    assert not same(trained(recipe), trained(replace(recipe, seed=1)))


def test_a_network_learns() -> None:
    training = begin(SMALL, replace(RECIPE, epochs=6))
    found = train(training, EXAMPLES, keep=lambda now: None)
    assert found.accuracy > 0.9
    assert found.total == 40


def test_the_essays_squared_error_teaches_too() -> None:
    training = begin(SMALL, replace(RECIPE, epochs=15, loss="squared_error"))
    assert train(training, EXAMPLES, keep=lambda now: None).accuracy > 0.8


@pytest.mark.parametrize(
    ("recipe", "epoch"),
    [(r, epoch) for r in (RECIPE, EVERYTHING) for epoch in range(4)]
    + [(TAUGHT, epoch) for epoch in (1, 2, 4, 5, 7)],
)
def test_resumed_after_any_epoch_it_ends_at_the_same_weights(tmp_path, recipe, epoch) -> None:
    path = tmp_path / "kept.safetensors"
    training = begin(SMALL, recipe)
    if epoch == 0:
        session.keep(path, training, {})

    def keep(now: Training) -> None:
        if now.epoch == epoch:
            session.keep(path, now, {"note": "mine"})

    train(training, EXAMPLES, keep=keep)
    again, notes = session.resume(path)
    assert again.epoch == epoch
    assert notes == ({"note": "mine"} if epoch else {})
    train(again, EXAMPLES, keep=lambda now: None)
    assert same(kept(again), kept(training))
    assert same(again.network, training.network)


@pytest.mark.parametrize(
    ("recipe", "step"),
    [(EVERYTHING, step) for step in (1, 4, 6, 7, 12, 17)]
    + [(TAUGHT, step) for step in (8, 20, 26, 33)],
)
def test_left_after_any_step_and_resumed_it_ends_at_the_same_weights(
    tmp_path, recipe, step
) -> None:
    path = tmp_path / "kept.safetensors"
    whole = begin(SMALL, recipe)
    told = list(steps(whole, EXAMPLES))
    training = begin(SMALL, recipe)
    with closing(steps(training, EXAMPLES)) as reports:
        first = list(itertools.islice(reports, step))
        session.keep(path, training, {})
    again, _ = session.resume(path)
    assert (again.epoch, again.step) == divmod(step, told[0].steps)
    assert first + list(steps(again, EXAMPLES)) == told
    assert same(kept(again), kept(whole))
    assert same(again.network, whole.network)


def test_a_step_that_was_cut_off_is_repeated_to_the_same_weights(tmp_path, monkeypatch) -> None:
    path = tmp_path / "kept.safetensors"
    training = begin(SMALL, EVERYTHING)

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    def stop_in_the_eighth_step(report: StepReport) -> None:
        session.keep(path, training, {})
        if (report.epoch, report.step) == (1, 0):
            monkeypatch.setattr("model.train.loop._update_average", cut_off)

    with pytest.raises(KeyboardInterrupt):
        train(training, EXAMPLES, keep=lambda now: None, on_step=stop_in_the_eighth_step)
    monkeypatch.undo()
    again, _ = session.resume(path)
    assert (again.epoch, again.step) == (1, 1)
    train(again, EXAMPLES, keep=lambda now: None)
    assert same(kept(again), trained(EVERYTHING))


def test_who_leaves_a_training_leaves_no_process_behind(monkeypatch) -> None:
    ended: list[bool] = []
    leave = Team.__exit__
    monkeypatch.setattr(Team, "__exit__", lambda *a: (ended.append(True), leave(*a))[1])
    with closing(steps(begin(SMALL, RECIPE), EXAMPLES, workers=2)) as reports:
        next(reports)
        assert not ended
    assert ended


def test_teachers_learn_one_after_the_other_and_then_who_learns_from_all_of_them() -> None:
    training = begin(SMALL, TAUGHT)
    seen: list[tuple[int, int, int]] = []

    def look(report: EpochReport) -> None:
        stage = TAUGHT.stage(report.epoch)
        seen.append((stage.pupil, stage.epoch, len(training.teachers)))

    train(training, EXAMPLES, keep=lambda now: None, on_epoch=look)
    assert seen == [(0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 1), (2, 0, 2), (2, 1, 2), (2, 2, 2)]
    one, two = training.teachers
    assert not same(one, two)
    # The first teacher learnt what a training of its length without teachers learns.
    assert same(one, trained(replace(EVERYTHING, epochs=2)))


def test_who_is_taught_hears_the_mean_of_the_opinions(monkeypatch) -> None:
    heard: list[Batch] = []
    begun = Team.begin

    def listen(team: Team, parameters, *batch, **chance) -> None:
        heard.append(Batch(*batch))
        begun(team, parameters, *batch, **chance)

    monkeypatch.setattr(Team, "begin", listen)
    training = begin(SMALL, TAUGHT)
    train(training, EXAMPLES, keep=lambda now: None)
    steps = len(heard) // 7
    assert all(batch.opinions is None for batch in heard[: 4 * steps])
    for batch in heard[4 * steps :]:
        assert batch.opinions is not None
        said = [t.forward(batch.inputs).outputs["fc1"].astype(float) for t in training.teachers]
        softened = [np.exp(z / 2) / np.exp(z / 2).sum(axis=1, keepdims=True) for z in said]
        np.testing.assert_allclose(batch.opinions, np.mean(softened, axis=0), rtol=1e-4, atol=1e-6)


def test_wrong_labels_do_not_reach_who_is_taught() -> None:
    recipe = replace(RECIPE, distillation=Distillation(teachers=1))
    training = begin(SMALL, recipe)
    train(training, EXAMPLES, keep=lambda now: None)
    again = begin(SMALL, recipe, training.teachers)
    again.epoch = 2
    numbers = np.arange(200, dtype=np.uint8)
    learnt, _ = split(Examples(EXAMPLES.images, numbers), recipe.held_out)
    labels = EXAMPLES.labels.copy()
    labels[learnt.labels] = (labels[learnt.labels] + 1) % 10
    train(again, Examples(EXAMPLES.images, labels), keep=lambda now: None)
    assert same(kept(again), kept(training))


def test_who_is_taught_ends_as_sure_as_it_is_right(monkeypatch) -> None:
    _, held = material(TAUGHT, EXAMPLES)
    judges: list[list[np.ndarray]] = []

    def listen(network, given):
        judges.append([one.labels for one in given])
        return likeliest_temperature(network, given)

    monkeypatch.setattr("model.train.loop.likeliest_temperature", listen)
    settled = trained(TAUGHT)
    (asked,) = judges
    assert [len(labels) for labels in asked] == [len(held.labels), len(judged_digits().labels)]
    monkeypatch.setattr("model.train.loop.likeliest_temperature", lambda *_: 1.0)
    before = trained(TAUGHT)
    temperature = likeliest_temperature(before, [held, judged_digits()])
    assert temperature != 1
    for name, array in before.parameters.items():
        wanted = array / np.float32(temperature if name.startswith("fc1.") else 1)
        np.testing.assert_array_equal(settled.parameters[name], wanted)
    trained(EVERYTHING)  # without teachers nothing is asked
    assert len(judges) == 1


def test_listening_changes_nothing() -> None:
    steps: list[StepReport] = []
    epochs: list[EpochReport] = []
    training = begin(SMALL, RECIPE)
    train(training, EXAMPLES, keep=lambda now: None, on_step=steps.append, on_epoch=epochs.append)
    assert same(kept(training), trained(RECIPE))
    assert [(s.epoch, s.step, s.steps) for s in steps] == [
        (epoch, step, 5) for epoch in range(3) for step in range(5)
    ]
    assert [e.epoch for e in epochs] == [0, 1, 2]
    assert epochs[-1].loss == steps[-1].loss < epochs[0].loss
    assert all(e.validation.total == 40 for e in epochs)


def test_images_held_out_are_never_learnt_from() -> None:
    # Spoil what is held out beyond recognition: what is learnt must not change.
    numbers = np.arange(200, dtype=np.uint8)
    learnt, held = split(Examples(EXAMPLES.images, numbers), RECIPE.held_out)
    for spoilt, equal in ((held.labels, True), (learnt.labels[:3], False)):
        labels = EXAMPLES.labels.copy()
        labels[spoilt] = 9 - labels[spoilt]
        training = begin(SMALL, RECIPE)
        train(training, Examples(EXAMPLES.images, labels), keep=lambda now: None)
        assert same(kept(training), trained(RECIPE)) == equal


def test_chunks_add_up_to_the_gradient_of_the_batch() -> None:
    network = Network.initialise(LENET, np.random.default_rng(0))
    images, labels = made_up(70, seed=4)
    batch = Batch(inputs(images, LENET.input), labels)
    loss, correct, gradients = gradients_of(network, RECIPE, batch)
    passed = network.forward(batch.inputs)
    whole_loss, seeds = measure("cross_entropy", network, passed, labels)
    whole = network.backward(passed, seeds).parameters
    assert loss == pytest.approx(whole_loss, rel=1e-5)
    assert correct == int((passed.outputs["softmax"].argmax(axis=1) == labels).sum())
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, whole[name], atol=1e-6, rtol=1e-3)


def test_the_average_lags_behind_and_is_what_is_kept() -> None:
    training = begin(SMALL, EVERYTHING)
    train(training, EXAMPLES, keep=lambda now: None)
    assert not same(kept(training), training.network)
    np.testing.assert_array_equal(
        kept(training).parameters["fc1.weight"], training.average["fc1.weight"]
    )
    plain = begin(SMALL, RECIPE)
    assert same(kept(plain), plain.network)


def test_the_average_is_the_running_mean_over_all_epochs() -> None:
    training = begin(SMALL, EVERYTHING)
    expected = {name: array.copy() for name, array in training.network.parameters.items()}
    steps = 0

    def listen(_: StepReport) -> None:
        nonlocal steps
        decay = min(0.99, (1 + steps) / (10 + steps))
        for name, array in training.network.parameters.items():
            expected[name] = decay * expected[name] + (1 - decay) * array
        steps += 1

    train(training, EXAMPLES, keep=lambda now: None, on_step=listen)
    assert steps == 18  # 160 images, 16 drawn and 16 redrawn ones, 32 a step, three times
    for name, array in training.average.items():
        np.testing.assert_allclose(array, expected[name], atol=1e-6)


@pytest.mark.parametrize(("drawn", "redrawn"), [(0.1, 0.0), (0.0, 0.1), (0.1, 0.2)])
def test_drawn_and_redrawn_digits_come_beside_every_image(monkeypatch, drawn, redrawn) -> None:
    pools: list[Examples | None] = []

    def listen(learnt, spec, **choices):
        pools.append(choices["drawn"])
        assert choices["count"] == round((drawn + redrawn) * 160)
        return batches(learnt, spec, **choices)

    monkeypatch.setattr("model.train.loop.batches", listen)
    trained(replace(RECIPE, drawn=drawn, proportion=0.5, redrawn=redrawn))
    (pool,) = {id(pool): pool for pool in pools}.values()
    assert pool is not None
    ours, theirs = POOL * round(drawn * 160), POOL * round(redrawn * 160)
    assert len(pool.labels) == ours + theirs
    drawings = digits(ours, drawn_rng(0), replace(STEADY, proportion=0.5))
    np.testing.assert_array_equal(pool.images[:ours], drawings.images)
    np.testing.assert_array_equal(pool.labels[:ours], drawings.labels)


def test_the_last_epochs_are_calm(monkeypatch) -> None:
    strengths: list[Augmentation | None] = []

    def listen(learnt, spec, **choices):
        strengths.append(choices["augmentation"])
        return batches(learnt, spec, **choices)

    monkeypatch.setattr("model.train.loop.batches", listen)
    whole = Augmentation()
    trained(replace(RECIPE, epochs=5, augmentation=whole, calm=0.4))
    assert strengths == [whole] * 3 + [whole.weaker(0.5)] * 2
    strengths.clear()
    trained(replace(RECIPE, epochs=2, augmentation=whole, calm=0.5, ending=0.0))
    assert strengths == [whole, whole.weaker(0)]
    strengths.clear()
    trained(replace(RECIPE, epochs=2, augmentation=Augmentation()))
    assert strengths == [Augmentation()] * 2


def test_every_step_has_the_rate_of_its_number(monkeypatch) -> None:
    asked: list[tuple[int, int]] = []

    def listen(recipe: Recipe, step: int, steps: int) -> float:
        asked.append((step, steps))
        return learning_rate(recipe, step, steps)

    monkeypatch.setattr("model.train.loop.learning_rate", listen)
    trained(RECIPE)
    assert asked == [(step, 15) for step in range(15)]


def test_the_rate_climbs_to_its_peak_and_falls() -> None:
    recipe = Recipe(peak=0.5, warm_up=0.2)
    rates = [learning_rate(recipe, step, 100) for step in range(100)]
    assert max(rates) == 0.5
    assert rates[0] < rates[10] < rates[19] == 0.5
    assert rates[30] > rates[60] > rates[99]
    assert learning_rate(replace(recipe, schedule="constant"), 99, 100) == 0.5


@pytest.mark.parametrize("recipe", [*RECIPES.values(), EVERYTHING, TAUGHT])
def test_a_recipe_travels_as_json(recipe: Recipe) -> None:
    assert Recipe.from_json(recipe.to_json()) == recipe


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"epochs": 0}, "epochs must be at least 1"),
        ({"batch_size": 10**20}, "batch_size must be at least 1 and at most 1000000"),
        ({"peak": 0.0}, "must lie between 0 and 100"),
        ({"average": 1.0}, "average must be at least 0 and below 1"),
        ({"drawn": -0.1}, "drawn must be at least 0 and below 1"),
        ({"proportion": 1.5}, "proportion must be at least 0 and below 1"),
        ({"redrawn": 1.0}, "redrawn must be at least 0 and below 1"),
        ({"calm": 1.0}, "calm must be at least 0 and below 1"),
        ({"loss": "squared_error", "distillation": Distillation()}, "needs the loss cross_entropy"),
        ({"optimiser": "magic"}, "optimiser must be one of sgd, adam"),
        ({"seed": 2**32}, "seed must be at least 0 and at most 4294967295"),
    ],
)
def test_an_impossible_recipe_is_refused_in_a_sentence(changes, words) -> None:
    with pytest.raises(RecipeError, match=words):
        replace(RECIPE, **changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        RECIPE.to_json().replace("adam", "magic"),
        '{"augmentation": null, "speed": 3}',
    ],
)
def test_what_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(RecipeError):
        Recipe.from_json(text)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"teachers": 0}, "teachers must be at least 1"),
        ({"patience": 0.0}, "patience must lie between 0 and 100"),
        ({"temperature": -1.0}, "temperature must lie between 0 and 100"),
    ],
)
def test_impossible_teachers_are_refused_in_a_sentence(changes, words) -> None:
    with pytest.raises(RecipeError, match=words):
        Distillation(**changes)


@pytest.mark.parametrize("share", ["drawn", "redrawn", "strange"])
def test_digits_are_drawn_for_networks_of_digits_only(share: str) -> None:
    digits, letters = (
        NetworkSpec.from_json({**SMALL.to_json(), "classes": list(classes)})
        for classes in ("0123456789", "abcdefghij")
    )
    recipe = replace(RECIPE, **{share: 0.1})
    assert begin(digits, recipe).network.spec == digits
    with pytest.raises(RecipeError, match=r"classes are 0 to 9; those of .* are others"):
        begin(letters, recipe)


def test_a_training_has_no_stage_after_its_last_epoch() -> None:
    assert TAUGHT.all_epochs == 7
    assert TAUGHT.stage(6) == Stage(2, 3, 2, 3)
    with pytest.raises(ValueError, match="7 epochs"):
        TAUGHT.stage(7)


def test_drawing_is_announced() -> None:
    counts: list[int] = []
    training = begin(SMALL, replace(EVERYTHING, epochs=1))
    train(training, EXAMPLES, keep=lambda now: None, on_drawing=counts.append)
    assert counts == [2 * POOL * 16]
    train(begin(SMALL, replace(RECIPE, epochs=1)), EXAMPLES, keep=lambda now: None)
    assert len(counts) == 1
