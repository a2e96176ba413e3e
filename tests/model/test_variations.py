import math

import numpy as np
import pytest

from model import Network
from model.lenet import LENET
from model.preprocess import preprocess_pixels, to_input
from model.variations import (
    ANGLES,
    FACTORS,
    OFFSETS,
    Move,
    moved,
    rotated,
    scaled,
    shifted,
    variations,
)


@pytest.fixture(scope="module")
def pixels():
    """A lopsided blot, away from the edges on one side only."""
    image = np.zeros((28, 28), np.float32)
    image[3:20, 8:14] = np.random.default_rng(2).random((17, 6))
    return image


@pytest.fixture(scope="module")
def network():
    return Network.initialise(LENET, np.random.default_rng(4))


def looked_up(pixels, row, column):
    """Bilinear by hand: four cells, paper outside."""
    value = 0.0
    for i in (math.floor(row), math.floor(row) + 1):
        for j in (math.floor(column), math.floor(column) + 1):
            if 0 <= i < 28 and 0 <= j < 28:
                weight = (1 - abs(row - i)) * (1 - abs(column - j))
                value += weight * float(pixels[i, j])
    return value


def test_all_places_from_ten_up_left_to_ten_down_right(pixels):
    moved = shifted(pixels).reshape(21, 21, 28, 28)
    assert OFFSETS.tolist() == list(range(-10, 11))
    for a, down in enumerate(OFFSETS):
        for b, right in enumerate(OFFSETS):
            for row in range(0, 28, 3):
                for column in range(28):
                    i, j = row - down, column - right
                    expected = pixels[i, j] if 0 <= i < 28 and 0 <= j < 28 else 0
                    assert moved[a, b, row, column] == expected


@pytest.mark.parametrize("angle", [-45, -3, 0, 12, 45])
def test_turning_looks_up_where_each_cell_was(pixels, angle):
    turned = rotated(pixels)[ANGLES.tolist().index(angle)]
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    for row in range(28):
        for column in range(28):
            x, y = column - 13.5, 13.5 - row  # y upwards, as angles are measured
            was_x, was_y = x * cosine + y * sine, -x * sine + y * cosine
            expected = looked_up(pixels, 13.5 - was_y, 13.5 + was_x)
            assert turned[row, column] == pytest.approx(expected, abs=1e-5)


def test_a_positive_angle_turns_counter_clockwise():
    bar = np.zeros((28, 28), np.float32)
    bar[13:15, 14:26] = 1  # from the middle to the right
    turned = rotated(bar)[ANGLES.tolist().index(45)]
    rows, columns = np.nonzero(turned > 0.5)
    assert rows.mean() < 11  # the right end went up
    assert columns.mean() > 16


@pytest.mark.parametrize("factor", [0.5, 0.85, 1, 1.5])
def test_scaling_looks_up_where_each_cell_was(pixels, factor):
    sized = scaled(pixels)[int(np.argmin(abs(FACTORS - factor)))]
    for row in range(28):
        for column in range(28):
            place = 13.5 + (row - 13.5) / factor, 13.5 + (column - 13.5) / factor
            assert sized[row, column] == pytest.approx(looked_up(pixels, *place), abs=1e-5)


def test_no_move_no_turn_and_no_growth_leave_the_image_as_it_is(pixels):
    np.testing.assert_array_equal(shifted(pixels)[220], pixels)
    np.testing.assert_array_equal(rotated(pixels)[ANGLES.tolist().index(0)], pixels)
    np.testing.assert_array_equal(scaled(pixels)[FACTORS.tolist().index(1)], pixels)


def test_every_variation_is_read_as_the_network_reads_that_image(network, pixels):
    read = variations(network, pixels)
    assert [part.shape for part in read[:3]] == [(21, 21, 10), (31, 10), (21, 10)]
    np.testing.assert_array_equal(read.turned, rotated(pixels))
    np.testing.assert_array_equal(read.sized, scaled(pixels))
    for found, image in (
        (read.shift[3, 17], shifted(pixels)[3 * 21 + 17]),
        (read.rotation[5], rotated(pixels)[5]),
        (read.scale[20], scaled(pixels)[20]),
    ):
        alone = network.predict(to_input(image, LENET.input)[None])[0]
        np.testing.assert_allclose(found, alone, atol=1e-6)
    for part in read[:3]:
        np.testing.assert_allclose(part.sum(axis=-1), 1, atol=1e-5)


def test_one_move_makes_the_very_image_that_the_variations_read(pixels):
    image = preprocess_pixels(255 * pixels)
    for i, down in enumerate(OFFSETS):
        for j, right in enumerate(OFFSETS):
            one = moved(image, Move(down=int(down), right=int(right)))
            np.testing.assert_array_equal(one.pixels, shifted(image.pixels)[21 * i + j])
    for i, angle in enumerate(ANGLES):
        one = moved(image, Move(rotation=float(angle)))
        np.testing.assert_array_equal(one.pixels, rotated(image.pixels)[i])
    for i, factor in enumerate(FACTORS):
        one = moved(image, Move(scale=float(factor)))
        np.testing.assert_array_equal(one.pixels, scaled(image.pixels)[i])


def test_a_moved_image_says_where_its_ink_is_and_whether_any_is_left():
    dot = np.zeros((28, 28))
    dot[3, 20] = 255
    image = preprocess_pixels(dot)
    one = moved(image, Move(down=2, right=-5))
    np.testing.assert_array_equal(one.centre, image.centre + np.float32([-5, 2]))
    assert not one.blank
    gone = moved(image, Move(right=10))
    assert gone.blank
    np.testing.assert_array_equal(gone.centre, [14, 14])
    assert not gone.pixels.any()


def test_an_image_is_enlarged_then_turned_then_moved(pixels):
    one = moved(preprocess_pixels(255 * pixels), Move(1, -2, 45, 0.5)).pixels
    sized = scaled(pixels)[0]
    expected = np.roll(rotated(sized)[-1], (1, -2), axis=(0, 1))  # nothing reaches an edge
    np.testing.assert_allclose(one, expected, atol=1e-6)


def test_a_blank_image_gives_the_same_answer_everywhere(network):
    read = variations(network, np.zeros((28, 28), np.float32))
    for part in read[:3]:
        assert np.ptp(part.reshape(-1, 10), axis=0).max() < 1e-6
