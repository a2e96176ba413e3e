"""Augmentation: chance apart from arithmetic, a batch at once, held against plain loops."""

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.train.augment import Augmentation, Distortion, augment, distort, draw

NOTHING = Augmentation(**{field.name: 0.0 for field in fields(Augmentation)})


def some_images(count: int = 6, height: int = 32, width: int = 32) -> np.ndarray:
    return np.random.default_rng(5).random((count, height, width), dtype=np.float32)


def still(count: int, **changed: object) -> Distortion:
    """A distortion that changes nothing, but for what is named."""
    parts = {
        "matrix": np.tile(np.eye(2), (count, 1, 1)),
        "shift": np.zeros((count, 2)),
        "waves": np.zeros((count, 2, 5, 5)),
        "thickness": np.zeros(count),
        "blur": np.zeros(count),
        "gain": np.ones(count),
    } | changed
    return Distortion(**{name: np.asarray(part, np.float32) for name, part in parts.items()})


def bilinear(image: np.ndarray, y: float, x: float) -> float:
    """One value between four cells; paper outside. Plain on purpose."""
    top, left = math.floor(y), math.floor(x)
    value = 0.0
    for row in (top, top + 1):
        for column in (left, left + 1):
            if 0 <= row < image.shape[0] and 0 <= column < image.shape[1]:
                value += (1 - abs(y - row)) * (1 - abs(x - column)) * float(image[row, column])
    return value


@given(seed=st.integers(0, 2**32), height=st.integers(3, 12), width=st.integers(3, 12))
@settings(deadline=None, max_examples=25)
def test_the_affine_part_equals_plain_loops(seed: int, height: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    image = rng.random((1, height, width), dtype=np.float32)
    strength = Augmentation(elastic=0, thicker=0, thinner=0, blur=0, fainter=0, darker=0)
    distortion = draw(1, strength, rng)
    result = distort(image, distortion)[0]
    centre = np.array([(height - 1) / 2, (width - 1) / 2])
    for row in range(height):
        for column in range(width):
            place = np.array([row, column]) - centre - distortion.shift[0]
            y, x = distortion.matrix[0].astype(float) @ place + centre
            assert result[row, column] == pytest.approx(bilinear(image[0], y, x), abs=2e-5)


def test_a_weaker_augmentation_is_weaker_in_every_way() -> None:
    half = Augmentation().weaker(0.5)
    for field in fields(Augmentation):
        assert getattr(half, field.name) == getattr(Augmentation(), field.name) / 2
    assert Augmentation().weaker(0) == NOTHING


def test_no_strength_changes_nothing() -> None:
    images = some_images()
    result = augment(images, NOTHING, np.random.default_rng(0))
    np.testing.assert_array_equal(result, images)
    assert result is not images


def test_the_same_generator_draws_the_same_images() -> None:
    first = augment(some_images(), Augmentation(), np.random.default_rng(3))
    again = augment(some_images(), Augmentation(), np.random.default_rng(3))
    other = augment(some_images(), Augmentation(), np.random.default_rng(4))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.1


def test_ink_stays_between_paper_and_ink() -> None:
    strong = Augmentation(rotation=180, scale=1, shear=1, shift=20, elastic=5, darker=3)
    result = augment(some_images(40), strong, np.random.default_rng(1))
    assert result.dtype == np.float32
    assert result.min() >= 0
    assert result.max() <= 1


def test_the_input_is_left_alone() -> None:
    images = some_images()
    before = images.copy()
    augment(images, Augmentation(), np.random.default_rng(1))
    np.testing.assert_array_equal(images, before)


def test_a_batch_at_once_equals_one_by_one() -> None:
    images = some_images(24)
    distortion = draw(24, Augmentation(), np.random.default_rng(8))
    together = distort(images, distortion)
    for i in range(24):
        alone = distort(images[i : i + 1], Distortion(*(part[i : i + 1] for part in distortion)))
        np.testing.assert_allclose(alone[0], together[i], atol=2e-6)


def test_a_shift_by_whole_cells_moves_the_image() -> None:
    images = some_images(1)
    moved = distort(images, still(1, shift=[[3, -2]]))
    np.testing.assert_array_equal(moved[0, 3:, :-2], images[0, :-3, 2:])
    assert not moved[0, :3].any()
    assert not moved[0, :, -2:].any()


def test_waves_of_one_height_are_a_shift() -> None:
    images = some_images(1)
    moved = distort(images, still(1, waves=np.full((1, 2, 5, 5), 2.0)))
    np.testing.assert_allclose(moved[0, :-2, :-2], images[0, 2:, 2:], atol=1e-5)


def test_thickness_grows_or_shrinks_a_line_by_its_four_neighbours() -> None:
    image = np.zeros((1, 7, 7), np.float32)
    image[0, 3, 3] = 1
    thick = distort(image, still(1, thickness=[0.5]))[0]
    assert thick[3, 3] == 1
    assert [thick[2, 3], thick[4, 3], thick[3, 2], thick[3, 4]] == [0.5] * 4
    assert thick[2, 2] == 0
    thin = distort(image, still(1, thickness=[-0.5]))[0]
    assert thin[3, 3] == 0.5
    assert thin.sum() == 0.5


def test_blur_spreads_ink_and_keeps_its_sum() -> None:
    image = np.zeros((1, 7, 7), np.float32)
    image[0, 3, 3] = 1
    blurred = distort(image, still(1, blur=[0.25]))[0]
    assert blurred[3, 3] == 0.25
    assert blurred[2, 3] == 0.125
    assert blurred[2, 2] == 0.0625
    assert blurred.sum() == pytest.approx(1)


def test_gain_is_a_factor_that_stops_at_full_ink() -> None:
    images = some_images(2)
    result = distort(images, still(2, gain=[0.5, 1.5]))
    np.testing.assert_allclose(result[0], images[0] * 0.5)
    np.testing.assert_allclose(result[1], np.minimum(images[1] * 1.5, 1), rtol=1e-6)


def test_draws_keep_to_the_strength() -> None:
    d = draw(4000, Augmentation(), np.random.default_rng(2))
    assert np.abs(d.shift).max() <= 2.5
    assert -0.7 <= d.thickness.min() < 0 < d.thickness.max() <= 1
    assert 0.45 < np.mean(d.thickness == 0) < 0.55
    assert 0.45 < np.mean(d.blur == 0) < 0.55
    assert math.exp(-0.3) - 1e-6 <= d.gain.min() < d.gain.max() <= math.exp(0.5) + 1e-6
    # The area that a cell of the result covers in the source is the scale, squared and inverted.
    area = np.linalg.det(d.matrix.astype(float))
    assert math.exp(-0.3) - 1e-5 <= area.min() < area.max() <= math.exp(0.3) + 1e-5
