"""One digit or several: by boxes, by lines that were taken away, by pieces that hang together."""

import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from model.preprocess import Stroke, preprocess_file, preprocess_strokes
from model.preprocess.lines import without_lines
from model.preprocess.pieces import describe, label
from model.preprocess.place import Box
from model.preprocess.several import apart, wanted

MNIST = Path(__file__).parents[4] / "shared" / "mnist" / "t10k-images-idx3-ubyte.gz"


def png(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def test_boxes_beside_or_below_each_other_are_several_in_reading_order():
    one, two, below = Box(0, 0, 4, 10), Box(6, 1, 12, 10), Box(0, 14, 6, 24)
    assert apart([two, one]) == [[1], [0]]
    assert apart([below, two, one]) == [[2], [1], [0]]


@pytest.mark.parametrize(
    "boxes",
    [
        [Box(0, 0, 6, 10)],
        [Box(0, 0, 6, 10), Box(6.5, 0, 10, 2)],  # the bar of a 5
        [Box(0, 0, 6, 10), Box(0, 12, 8, 12.5)],  # an underline
        [Box(0, 0, 6, 10), Box(9, 8, 11, 10)],  # a dot
        [Box(0, 0, 6, 10), Box(6.5, 0, 10, 6)],  # as high as another digit, but close
        [Box(0, 0, 2, 10), Box(2.2, 0, 5, 2), Box(3, 5, 5, 10)],  # close to the two others together
        [Box(0, 0, 10, 4), Box(0, 6, 10, 9.9)],  # an equals sign
    ],
)
def test_parts_of_one_digit_are_one(boxes):
    assert apart(boxes) == []


def test_a_hundred_boxes_are_a_drawing():
    columns = [Box(20 * k, 0, 20 * k + 8, 10) for k in range(101)]
    assert len(apart(columns[1:])) == 100
    assert apart(columns) == []


def test_the_largest_is_read_unless_another_is_chosen():
    digits = [Box(0, 0, 4, 10), Box(6, 0, 14, 10), Box(16, 0, 18, 10)]
    assert [wanted(digits, chosen) for chosen in (None, 0, 2, 7)] == [1, 0, 2, 1]


def test_marks_that_touch_at_a_corner_are_one_piece_and_a_mask_paints_it_alone():
    rows = ("##..#", "..#.#", ".....", "###.#", "#.#.#", "###..")
    marks = np.array([[mark == "#" for mark in row] for row in rows])
    runs = label(marks)
    pieces = describe(runs, marks.astype(np.float32))
    assert runs.pieces == 4
    assert sorted(pieces.area) == [2, 2, 3, 8]
    assert np.array_equal(runs.mask(np.ones(4, bool), marks.shape), marks)
    ring = runs.mask(pieces.area == 8, marks.shape)
    assert ring.sum() == 8
    assert not ring[:3].any()
    assert not ring[4, 1]


def test_rules_go_and_what_crosses_them_stays():
    ink = np.zeros((200, 200), np.float32)
    ink[40::40] = 1
    ink[30:150, 98:104] = 1
    left, marks = without_lines(ink, ink > 0.5)
    assert left[50:70, 98:104].all()
    assert left[80, 98:104].all()
    assert not left[:, :90].any()
    assert not marks[:, 110:].any()


def test_a_lone_stem_that_ends_inside_is_no_rule():
    ink = np.zeros((160, 160), np.float32)
    ink[20:148, 72:80] = 1
    ink[90:98, 50:100] = 1
    left, _ = without_lines(ink, ink > 0.5)
    assert np.array_equal(left, ink)


@pytest.mark.parametrize("column", [299, 300, 301])
def test_a_line_of_one_pixel_is_found_where_it_is(column):
    ink = np.zeros((700, 700), np.float32)
    ink[70:630, column] = 1
    left, _ = without_lines(ink, ink > 0.5)
    assert np.array_equal(left, ink)


def test_a_four_in_one_stroke_is_one_digit():
    image = Image.new("L", (160, 160), 255)
    points = [(57, 20), (51, 60), (60, 88), (95, 92), (114, 60), (100, 22), (80, 24), (72, 148)]
    ImageDraw.Draw(image).line(points, fill=0, width=9, joint="curve")
    assert not preprocess_file(png(image)).digits


def test_dashes_that_rules_leave_are_no_digits_but_a_one_beside_a_zero_is():
    image = Image.new("L", (300, 300), 255)
    draw = ImageDraw.Draw(image)
    for x, y in ((60, 40), (120, 150), (200, 60), (240, 190)):
        draw.line([(x, y), (x + 1, y + 40)], fill=0, width=4)
    assert not preprocess_file(png(image)).digits
    draw.rectangle((0, 0, 300, 300), fill=255)
    draw.line([(90, 90), (92, 200)], fill=0, width=9)
    draw.ellipse((140, 90, 210, 200), outline=0, width=9)
    assert len(preprocess_file(png(image)).digits) == 2


@pytest.mark.parametrize(("width", "wide", "lean"), [(2.25, 6, 0.5), (2.75, 5, 0.5), (3, 5, 0.5)])
def test_an_eight_is_one_digit_though_its_crossing_is_too_broad_for_a_window(width, wide, lean):
    turn = np.linspace(0, 2 * np.pi, 200)
    down = 9.5 * np.cos(turn)
    across = wide * np.sin(2 * turn) - lean * down
    points = [(8 * (14 + x), 8 * (14 + y)) for x, y in zip(across, down, strict=True)]
    image = Image.new("L", (224, 224), 255)
    ImageDraw.Draw(image).line(points, fill=0, width=round(8 * width), joint="curve")
    large = image.reduce(8).resize((280, 280), Image.Resampling.BICUBIC)
    assert not preprocess_file(png(large)).digits


@pytest.mark.skipif(not MNIST.exists(), reason="needs the images of MNIST")
def test_enlarged_images_of_mnist_are_not_called_several():
    images = np.frombuffer(gzip.decompress(MNIST.read_bytes()), np.uint8, offset=16)
    images = images.reshape(-1, 28, 28)
    for side, light, some in ((140, True, images[::200]), (280, False, images[[3, 338, 458, 470]])):
        sizes = (side, side)
        large = (Image.fromarray(one).resize(sizes, Image.Resampling.BICUBIC) for one in some)
        pictures = (one if light else ImageOps.invert(one) for one in large)
        assert not any(preprocess_file(png(one)).digits for one in pictures)


def test_the_digit_that_is_read_is_whole():
    """Seen alone, the bar of the small 4 would stand too far away to belong to it."""
    one = Stroke([[0.15, 0.04], [0.15, 0.96]], 0.05)
    four = [[[0.52, 0.30], [0.50, 0.52], [0.64, 0.52]], [[0.705, 0.27], [0.705, 0.70]]]
    found = preprocess_strokes([one, *(Stroke(line, 0.03) for line in four)], digit=1)
    assert len(found.digits) == 2
    np.testing.assert_allclose(found.crop, found.digits[1], atol=1e-6)


def test_dots_are_no_digits():
    dots = [Stroke(np.array([[x, y]]), 0.07) for x, y in ((0.2, 0.3), (0.6, 0.4), (0.5, 0.8))]
    assert preprocess_strokes(dots).digits == ()
