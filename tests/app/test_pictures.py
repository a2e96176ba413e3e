"""Pictures as numbers: a drawing as the network reads it, a file as it is, and what is refused."""

import io

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load

from app.boat import boat
from model.preprocess import Stroke, preprocess_strokes, to_input
from model.spec import InputSpec
from tests.app.test_refusals import assert_problem

PICTURES = "/api/pictures"
STROKES = [{"points": [[0.3, 0.2], [0.6, 0.5], [0.35, 0.8]], "width": 0.08}]
AS_READ = InputSpec(shape=(1, 32, 32), border=2)


def png(levels):
    file = io.BytesIO()
    Image.fromarray(levels).save(file, "PNG")
    return file.getvalue()


def read(answer):
    assert answer.status_code == 200, answer.text
    (picture,) = load(answer.content).values()
    return picture


def test_a_drawing_is_what_the_network_reads(local):
    maps = read(local.post(PICTURES, json={"strokes": STROKES}))
    pixels = preprocess_strokes([Stroke(STROKES[0]["points"], 0.08)]).pixels
    np.testing.assert_array_equal(maps, to_input(pixels, AS_READ))
    traced = local.post("/api/models/untrained/trace", json={"strokes": STROKES})
    np.testing.assert_array_equal(maps, load(traced.content)["input"])


def test_a_drawing_can_be_had_in_whole_numbers(local):
    shares = read(local.post(PICTURES, json={"strokes": STROKES}))
    maps = read(local.post(f"{PICTURES}?whole=true", json={"strokes": STROKES}))
    assert maps.dtype == np.uint8
    np.testing.assert_array_equal(maps, np.rint(shares * np.float32(255)))


def test_a_pad_on_which_nothing_was_drawn_is_paper(local):
    assert not read(local.post(PICTURES, json={"pixels": [0] * 784})).any()


def test_a_file_is_given_as_it_is_in_three_colours_or_in_grey(local):
    picture = boat()
    sent = {"content": png(picture), "headers": {"Content-Type": "image/png"}}
    maps = read(local.post(f"{PICTURES}?colour=true", **sent))
    np.testing.assert_array_equal(maps, picture.transpose(2, 0, 1))
    grey = read(local.post(PICTURES, **sent))
    np.testing.assert_allclose(grey[0], picture @ np.array((0.299, 0.587, 0.114)), atol=1)
    small = read(local.post(f"{PICTURES}?colour=true&side=50", **sent))
    means = picture.reshape(50, 4, 50, 4, 3).mean((1, 3)).transpose(2, 0, 1)
    np.testing.assert_allclose(small, means, atol=1)


def test_a_large_file_is_read_apart_from_the_others(local):
    picture = np.zeros((1500, 3000, 3), np.uint8)
    picture[:, 1500:] = (250, 120, 60)
    sent = {"content": png(picture), "headers": {"Content-Type": "image/png"}}
    maps = read(local.post(f"{PICTURES}?colour=true", **sent))
    assert maps.shape == (3, 100, 200)
    assert maps[:, 50, 199].tolist() == [250, 120, 60]
    assert not maps[:, :, :99].any()


def test_json_says_the_same(local):
    form = {"Accept": "application/json"}
    said = local.post(f"{PICTURES}?whole=true", json={"strokes": STROKES}, headers=form).json()
    maps = read(local.post(f"{PICTURES}?whole=true", json={"strokes": STROKES}))
    assert said["picture"]["dtype"] == "U8"
    assert said["picture"]["shape"] == list(maps.shape)
    assert said["picture"]["data"] == maps.ravel().tolist()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("side=0", "side"),
        ("side=201", "side"),
        ("side=1e2", "side"),
        ("side=9&side=9", "side"),
        ("colour=yes", "colour"),
        ("whole=true&whole=true", "whole"),
    ],
)
def test_a_wrong_parameter_is_told_what_it_may_be(local, query, parameter):
    answer = local.post(f"{PICTURES}?{query}", json={"strokes": STROKES})
    problem = assert_problem(answer, 422)
    assert [one.parameter for one in problem.errors] == [parameter]


def test_numbers_of_an_input_and_files_that_are_none_make_no_picture(local):
    answer = local.post(PICTURES, json={"input": [0.5] * 1024})
    assert assert_problem(answer, 422).kind == "picture-of-input"
    answer = local.post(PICTURES, content=b"GIF89a", headers={"Content-Type": "image/gif"})
    assert_problem(answer, 422)
