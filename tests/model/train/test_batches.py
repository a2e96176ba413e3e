"""Splitting and batching: seeded, disjoint, complete."""

import numpy as np
import pytest

from model.spec import InputSpec
from model.train.augment import Augmentation
from model.train.batches import Examples, batches, bordered_ink, count_batches, inputs, split
from tests.made_up_mnist import made_up

SPEC = InputSpec()


def numbered(count: int) -> Examples:
    """Images that carry their own number, so that one can see which went where."""
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 0, 0], images[:, 0, 1] = np.arange(count) % 256, np.arange(count) // 256
    return Examples(images, (np.arange(count) % 10).astype(np.uint8))


def numbers(examples: Examples) -> list[int]:
    return (examples.images[:, 0, 0] + 256 * examples.images[:, 0, 1].astype(int)).tolist()


def test_the_two_parts_are_disjoint_and_complete() -> None:
    learnt, held = split(numbered(600), 100)
    assert len(held.labels) == 100
    assert sorted(numbers(learnt) + numbers(held)) == list(range(600))


def test_the_split_is_always_the_same_and_mixed() -> None:
    held = numbers(split(numbered(600), 100)[1])
    assert held == numbers(split(numbered(600), 100)[1])
    assert 40 < sum(number < 300 for number in held) < 60


def test_labels_stay_with_their_images() -> None:
    for part in split(numbered(600), 100):
        assert [n % 10 for n in numbers(part)] == part.labels.tolist()


@pytest.mark.parametrize("held_out", [0, 600, 700, -1])
def test_a_split_with_an_empty_part_is_refused(held_out: int) -> None:
    with pytest.raises(ValueError, match="cannot be held out for validation"):
        split(numbered(600), held_out)


def test_ink_lies_inside_the_border() -> None:
    images, _ = made_up(3, seed=0)
    ink = bordered_ink(images, SPEC)
    assert ink.shape == (3, 32, 32)
    np.testing.assert_array_equal(ink[:, 2:30, 2:30], images.astype(np.float32) / np.float32(255))
    assert ink.sum() == pytest.approx(ink[:, 2:30, 2:30].sum())


def test_inputs_are_scaled_as_the_spec_says() -> None:
    images, _ = made_up(3, seed=0)
    spec = InputSpec(shape=(1, 28, 28), border=0, scale=2.0, offset=-1.0)
    expected = images[:, None].astype(np.float32) / 255 * 2 - 1
    np.testing.assert_allclose(inputs(images, spec), expected, atol=1e-6)


def test_a_spec_that_mnist_does_not_fit_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"Give the spec's input the shape \(1, 32, 32\)"):
        inputs(made_up(1, 0)[0], InputSpec(shape=(3, 32, 32)))


def order(
    epoch: int, seed: int = 0, augmentation: Augmentation | None = None, first: int = 0
) -> list[bytes]:
    made = batches(
        Examples(*made_up(50, seed=0)),
        SPEC,
        batch_size=16,
        augmentation=augmentation,
        seed=seed,
        epoch=epoch,
        first=first,
    )
    return [image.tobytes() for batch in made for image in batch.inputs]


def test_an_epoch_shows_each_image_once() -> None:
    assert sorted(order(0)) == sorted(order(1))
    assert len(set(order(0))) == 50


def test_an_epoch_depends_on_seed_and_number_only() -> None:
    for augmentation in (None, Augmentation()):
        assert order(3, 1, augmentation) == order(3, 1, augmentation)
        assert order(3, 1, augmentation) != order(4, 1, augmentation)
        assert order(3, 1, augmentation) != order(3, 2, augmentation)


@pytest.mark.parametrize("augmentation", [None, Augmentation()])
def test_the_chance_of_a_step_depends_on_seed_epoch_and_step_only(augmentation) -> None:
    whole = order(3, 1, augmentation)
    for first in range(5):
        assert order(3, 1, augmentation, first) == whole[16 * first :]


def test_the_last_batch_may_be_smaller() -> None:
    made = batches(numbered(50), SPEC, batch_size=16, augmentation=None, seed=0, epoch=0)
    sizes = [len(batch.labels) for batch in made]
    assert sizes == [16, 16, 16, 2]
    assert len(sizes) == count_batches(50, 16)
    assert count_batches(48, 16) == 3


def test_drawn_digits_are_mixed_among_the_others_and_chosen_anew() -> None:
    pool = Examples(np.full((40, 28, 28), 7, np.uint8), np.arange(40).astype(np.uint8))
    pool.images[:, 5, 5] = np.arange(40)

    def labels(epoch: int) -> list[int]:
        examples = Examples(numbered(60).images, np.full(60, 200, np.uint8))
        made = batches(
            examples,
            SPEC,
            batch_size=16,
            augmentation=None,
            seed=0,
            epoch=epoch,
            drawn=pool,
            count=12,
        )
        found = []
        for batch in made:
            for image, label in zip(batch.inputs, batch.labels.tolist(), strict=True):
                if label != 200:
                    assert round(float(image[0, 7, 7]) * 255) == label
                found.append(label)
        return found

    first = labels(0)
    assert len(first) == 72
    assert first.count(200) == 60
    assert any(label != 200 for label in first[:36])
    assert labels(0) == first
    assert sorted(labels(1)) != sorted(first)
