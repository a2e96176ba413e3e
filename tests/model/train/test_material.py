"""What a recipe makes of a training set, and the choices of a recipe that came later."""

import json
from dataclasses import replace

import numpy as np
import pytest

from model.train.augment import Augmentation
from model.train.batches import NONE, Examples, split
from model.train.loop import begin, steps, train
from model.train.material import POOL, as_read, drawn_beside, material, steps_of_epoch
from model.train.optimise import SGD, Adam
from model.train.recipe import PLAIN, RECIPES, Recipe, RecipeError
from tests.made_up_mnist import made_up
from tests.model.train.test_loop import SMALL

EXAMPLES = Examples(*made_up(200, seed=1))
RECIPE = Recipe(epochs=2, batch_size=32, held_out=40, peak=0.01)


def as_set(examples: Examples) -> set[bytes]:
    return {image.tobytes() for image in examples.images}


def test_fewer_images_lie_within_more_of_them_and_the_same_are_held_out():
    few, held = material(replace(RECIPE, images=20), EXAMPLES)
    more, also = material(replace(RECIPE, images=50, seed=3), EXAMPLES)
    every, _ = split(EXAMPLES, 40)
    assert len(few.labels) == 20
    assert as_set(few) < as_set(more) < as_set(every)
    assert np.array_equal(held.images, also.images)
    assert not as_set(held) & as_set(every)


@pytest.mark.parametrize("images", [160, 1000, 0])
def test_as_many_images_as_there_are_is_all_of_them(images):
    learnt, _ = material(replace(RECIPE, images=images), EXAMPLES)
    assert np.array_equal(learnt.images, split(EXAMPLES, 40)[0].images)


def test_shuffled_pixels_are_the_same_ones_elsewhere_alike_in_all_images():
    recipe = replace(RECIPE, shuffled=True)
    read = as_read(recipe, EXAMPLES)
    flat, before = read.images.reshape(200, -1), EXAMPLES.images.reshape(200, -1)
    assert not np.array_equal(flat, before)
    assert np.array_equal(np.sort(flat), np.sort(before))
    numbered = np.arange(784, dtype=np.uint16).reshape(1, 28, 28)
    order = as_read(recipe, Examples(numbered, EXAMPLES.labels[:1])).images.reshape(-1)
    assert np.array_equal(flat, before[:, order])
    assert np.array_equal(as_read(replace(recipe, seed=9), EXAMPLES).images, read.images)
    assert as_read(RECIPE, EXAMPLES) is EXAMPLES
    with pytest.raises(RecipeError, match="would not be shuffled alike"):
        replace(recipe, augmentation=Augmentation())


def test_dense_units_do_not_care_where_the_pixels_lie():
    from model.mlp import MLP

    plain, shuffled = (begin(MLP, replace(RECIPE, shuffled=one, epochs=3)) for one in (False, True))
    found = [train(one, EXAMPLES, keep=lambda _: None).accuracy for one in (plain, shuffled)]
    assert min(found) > 0.8


@pytest.mark.parametrize(
    "more", [{}, {"images": 50}, {"drawn": 0.1, "redrawn": 0.2, "strange": 0.1}, {"batch_size": 7}]
)
def test_the_steps_of_an_epoch_are_known_before_it(more):
    recipe = replace(RECIPE, epochs=1, **more)
    training = begin(SMALL, recipe)
    reports = list(steps(training, EXAMPLES))
    assert len(reports) == reports[0].steps == steps_of_epoch(recipe, 200)


def test_the_last_step_can_be_looked_at():
    training = begin(SMALL, RECIPE)
    assert training.last is None
    shown = []
    for report in steps(training, EXAMPLES):
        last = training.last
        assert last is not None
        shown.append((last.loss * last.shown, last.correct, last.shown))
        assert set(last.gradients) == set(training.network.parameters)
        assert all(np.any(one) for one in last.gradients.values())
        if report.ends_epoch:
            loss, correct, count = np.sum(shown, axis=0)
            assert report.loss == pytest.approx(loss / count)
            assert report.accuracy == correct / count
            assert count == 160
            shown = []


def test_strange_drawings_stand_beside_the_images_and_need_the_cross_entropy():
    beside = drawn_beside(replace(RECIPE, strange=0.1, drawn=0.05), EXAMPLES, None)
    assert beside is not None
    assert np.count_nonzero(beside.labels == NONE) == POOL * 20
    assert np.count_nonzero(beside.labels < 10) == POOL * 10
    with pytest.raises(RecipeError, match="needs the loss cross_entropy"):
        replace(RECIPE, strange=0.1, loss="hinge")


def test_weights_that_begin_alike_stay_alike():
    def spread(initial):
        # Adam would make a step as large of gradients that are nothing but rounding.
        recipe = replace(RECIPE, initial=initial, optimiser="sgd")
        training = begin(SMALL, recipe)
        before = training.network.parameters["conv1.weight"].copy()
        train(training, EXAMPLES, keep=lambda _: None)
        after = training.network.parameters["conv1.weight"]
        assert (initial == "zeros") == np.array_equal(before, after)
        return np.ptp(after, axis=0).max()

    assert spread("zeros") == 0
    assert spread("equal") < 1e-6 < 0.1 < spread("he")


def test_a_recipe_names_its_optimiser():
    from model.train.loop import optimiser

    assert optimiser(replace(PLAIN, optimiser="sgd", momentum=0.0)) == SGD(0.0, 0.01)
    assert optimiser(replace(PLAIN, optimiser="sgd")) == SGD(0.9, 0.01)
    assert optimiser(PLAIN) == Adam(beta2=0.99, decay=0.01)
    assert optimiser(replace(PLAIN, decoupled=False)) == Adam(
        beta2=0.99, decay=0.01, decoupled=False
    )


def test_a_decay_that_is_not_decoupled_is_a_gradient():
    weight, pull = np.full((2, 3), 0.5, np.float32), np.full((2, 3), 0.1, np.float32)
    one, other = {"w": weight.copy()}, {"w": weight.copy()}
    coupled, plain = Adam(decay=0.2, decoupled=False), Adam()
    states = coupled.start(one), plain.start(other)
    for _ in range(3):
        plain.step(other, {"w": pull + np.float32(0.2) * other["w"]}, states[1], 0.01)
        coupled.step(one, {"w": pull}, states[0], 0.01)
    assert np.allclose(one["w"], other["w"], atol=1e-7)
    assert not np.allclose(one["w"], weight)


def test_a_recipe_of_before_is_written_as_before():
    for recipe in RECIPES.values():
        said = json.loads(recipe.to_json())
        assert not {"momentum", "decoupled", "images", "shuffled"} & set(said)
        assert recipe.name in ("best", "tanh") or not {"strange", "hands", "ending"} & set(said)
        assert Recipe.from_json(recipe.to_json()) == recipe
    later = replace(PLAIN, momentum=0.0, images=500, shuffled=True, decoupled=False)
    assert Recipe.from_json(later.to_json()) == later
