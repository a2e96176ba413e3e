"""What a recipe makes of a training set: images to learn from, images held out, drawn ones."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.train.batches import Examples, count_batches, drawn_rng, split
from model.train.drawn import ALL_DIGITS, HURRIED, STEADY, digits
from model.train.recipe import Recipe
from model.train.redrawn import redrawn
from model.train.strange import strange
from model.train.ways import DIGITS

POOL = 3
"""Epochs' worth of drawn and redrawn digits that are made once and then chosen from: drawing is
slower than learning (0.5 and 1.3 against 0.07 ms a digit)."""

_FEW, _PIXELS = 4, 5  # streams of chance beside those of batches.py


def as_read(recipe: Recipe, examples: Examples) -> Examples:
    """Lay the pixels of images as a network of this recipe reads them: (n, 28, 28) either way."""
    if not recipe.shuffled:
        return examples
    count, rows, columns = examples.images.shape
    order = np.random.default_rng([0, _PIXELS]).permutation(rows * columns)  # whatever the seed
    flat = examples.images.reshape(count, -1)[:, order]
    return Examples(flat.reshape(count, rows, columns), examples.labels)


def material(recipe: Recipe, examples: Examples) -> tuple[Examples, Examples]:
    """Part a training set into images to learn from and images held out, as they are read.

    Of fewer `images`, the smaller choice lies within the larger, the same for every seed: so sizes
    can be compared, and the images held out are the same ones.
    """
    learnt, held = split(examples, recipe.held_out)
    if 0 < recipe.images < len(learnt.labels):
        order = np.random.default_rng([0, _FEW]).permutation(len(learnt.labels))
        chosen = np.sort(order[: recipe.images])
        learnt = Examples(learnt.images[chosen], learnt.labels[chosen])
    return as_read(recipe, learnt), as_read(recipe, held)


def steps_of_epoch(recipe: Recipe, examples: int) -> int:
    """Count the steps in which every image is shown once, of a training set of so many."""
    learnt = examples - recipe.held_out
    learnt = min(learnt, recipe.images) if recipe.images else learnt
    more = sum(round(share * learnt) for share in recipe.beside)
    return count_batches(learnt + more, recipe.batch_size)


def drawn_beside(
    recipe: Recipe, learnt: Examples, on_drawing: Callable[[int], None] | None
) -> Examples | None:
    """Draw the digits that are learnt from beside these images, if the recipe asks for any."""
    rng = drawn_rng(recipe.seed)
    ours, theirs, none = (POOL * round(share * len(learnt.labels)) for share in recipe.beside)
    if not ours + theirs + none:
        return None
    if on_drawing is not None:
        on_drawing(ours + theirs + none)
    many = recipe.hands == "many"
    hand = replace(HURRIED if many else STEADY, proportion=recipe.proportion)
    own = digits(ours, rng, hand, ALL_DIGITS if many else DIGITS)
    pools = own, redrawn(learnt, theirs, rng, bent=many), strange(none, rng)
    return Examples(*(np.concatenate(parts) for parts in zip(*pools, strict=True)))
