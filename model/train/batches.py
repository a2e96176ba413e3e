"""Which images are learnt from, in which order, and how they enter a network.

Every use of chance has a stream of its own, derived from the seed: initial weights, drawn digits,
and each epoch. Within an epoch, the stream is wound forward to a step by drawing what the steps
before it drew, without distorting a single image: a second or two at most. So the chance of a
step depends on (seed, epoch, step) alone, whether the steps before it ran today or not.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from model.arrays import Array, Labels
from model.data.idx import Bytes
from model.spec import InputSpec, NetworkSpec
from model.train.augment import Augmentation, augment, draw

_SPLIT, _WEIGHTS, _EPOCH, _DRAWN = 0, 1, 2, 3


NONE = 255
"""A label that stands for no class: of what is none of them, all are equally wrong."""


class Examples(NamedTuple):
    """Images (n, 28, 28), 255 = ink, and their labels (n,), of classes or `NONE`."""

    images: Bytes
    labels: Labels


class Batch(NamedTuple):
    """Inputs (B, C, H, W), ready for the network, their labels (B,), the teachers' opinions."""

    inputs: Array
    labels: Labels
    opinions: Array | None = None  # (B, N): probabilities of the classes


def weights_rng(seed: int, pupil: int = 0) -> np.random.Generator:
    """Make the generator that draws the initial weights of one of the networks of a training."""
    return np.random.default_rng([seed, _WEIGHTS, pupil])


def drawn_rng(seed: int) -> np.random.Generator:
    """Make the generator that draws digits to learn from beside the examples."""
    return np.random.default_rng([seed, _DRAWN])


def split(examples: Examples, held_out: int) -> tuple[Examples, Examples]:
    """Part the examples into those to learn from and `held_out` to validate with.

    The order of the files plays no part: a permutation chooses, the same for every seed, so that
    seeds can be compared by what they make of the same images.
    """
    _check_held_out(held_out, len(examples.labels))
    order = np.random.default_rng([0, _SPLIT]).permutation(len(examples.labels))
    held, learnt = np.sort(order[:held_out]), np.sort(order[held_out:])
    return (
        Examples(examples.images[learnt], examples.labels[learnt]),
        Examples(examples.images[held], examples.labels[held]),
    )


def bordered_ink(images: Bytes, spec: InputSpec) -> Array:
    """Turn bytes into ink, 0 to 1, inside the border of paper: (B, 28, 28) -> (B, H, W)."""
    border = spec.border
    count, height, width = images.shape
    if spec.shape != (1, height + 2 * border, width + 2 * border):
        raise ValueError(
            f"The network reads images of shape {spec.shape} with a border of {border}; MNIST's "
            f"{height} × {width} images with that border do not fit. Give the spec's input "
            f"the shape (1, {height + 2 * border}, {width + 2 * border})."
        )
    ink = np.zeros((count, *spec.shape[1:]), np.float32)
    inner = ink[:, border : border + height, border : border + width]
    np.divide(images, np.float32(255), out=inner)
    return ink


def scaled(ink: Array, spec: InputSpec) -> Array:
    """Turn ink into what the network reads: (B, H, W) -> (B, 1, H, W)."""
    if (spec.scale, spec.offset) != (1.0, 0.0):
        ink = ink * np.float32(spec.scale) + np.float32(spec.offset)
    return ink[:, None]


def inputs(images: Bytes, spec: InputSpec) -> Array:
    """Turn MNIST's bytes into what the network reads: (B, 28, 28) -> (B, 1, H, W)."""
    return scaled(bordered_ink(images, spec), spec)


def check(spec: NetworkSpec, examples: Examples, held_out: int | None = None) -> None:
    """Refuse, in a sentence, examples that a network cannot be trained or tested with."""
    if int(examples.labels.max()) >= len(spec.classes):
        raise ValueError(
            f"{spec.title} tells {len(spec.classes)} classes apart, but the labels go up to "
            f"{int(examples.labels.max())}. Take a network with as many classes as there are "
            "digits."
        )
    bordered_ink(examples.images[:1], spec.input)  # refuses what does not fit
    if held_out is not None:
        _check_held_out(held_out, len(examples.labels))


def _check_held_out(held_out: int, count: int) -> None:
    if not 0 < held_out < count:
        raise ValueError(
            f"{held_out} of {count} images cannot be held out for validation: some must be held "
            "out, and some must be left to learn from."
        )


def count_batches(examples: int, batch_size: int) -> int:
    """Count the batches of an epoch; the last may be smaller."""
    return -(-examples // batch_size)


def batches(
    examples: Examples,
    spec: InputSpec,
    *,
    batch_size: int,
    augmentation: Augmentation | None,
    seed: int,
    epoch: int,
    drawn: Examples | None = None,
    count: int = 0,
    first: int = 0,
) -> Iterator[Batch]:
    """Yield the batches of one epoch (counted from 0), each image once, in an order of its own.

    `count` of the `drawn` digits, chosen anew for each epoch, are mixed among them. From the batch
    `first` on, counted from 0, they are the very ones that a whole epoch yields there.
    """
    rng = np.random.default_rng([seed, _EPOCH, epoch])
    if drawn is not None:
        chosen = rng.integers(len(drawn.labels), size=count)
        examples = Examples(
            np.concatenate((examples.images, drawn.images[chosen])),
            np.concatenate((examples.labels, drawn.labels[chosen])),
        )
    order = rng.permutation(len(examples.labels))
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        if start < first * batch_size:
            if augmentation is not None:
                draw(len(chosen), augmentation, rng)
            continue
        ink = bordered_ink(examples.images[chosen], spec)
        if augmentation is not None:
            ink = augment(ink, augmentation, rng)
        yield Batch(scaled(ink, spec), examples.labels[chosen])
