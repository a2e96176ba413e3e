"""What is read of a picture can be written down in whole numbers, and read again."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.preprocess import preprocess_file, preprocess_pixels


def scan(seed: int, size: tuple[int, int]) -> bytes:
    chance = np.random.default_rng(seed)
    image = Image.new("L", size, 235)
    points = [tuple(point) for point in chance.uniform(0.15, 0.85, (5, 2)) * size]
    ImageDraw.Draw(image).line(points, fill=40, width=max(2, size[0] // 12), joint="curve")
    noisy = np.asarray(image) + chance.normal(0, 5, size[::-1])
    file = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize("size", [(300, 400), (28, 28), (700, 200)])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_read_of_a_picture_is_read_again_from_whole_numbers_bit_for_bit(seed, size, center):
    read = preprocess_file(scan(seed, size), center=center)
    assert not read.blank
    numbers = np.rint(read.pixels * 255).astype(int)
    again = preprocess_pixels(numbers.ravel().tolist())
    assert again.pixels.dtype == read.pixels.dtype == np.float32
    assert again.pixels.tobytes() == read.pixels.tobytes()
