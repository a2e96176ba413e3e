"""Derivatives and variations over HTTP: the engine's, bit for bit; errors get a sentence."""

import json

import numpy as np
import pytest
from safetensors.numpy import load

from model.derivatives import derivatives
from model.preprocess import preprocess_file, preprocess_pixels, to_input
from model.variations import ANGLES, FACTORS, OFFSETS, Move, moved, variations
from tests.app.drawings import JSON, PIXELS, SEVEN, png
from tests.app.test_refusals import assert_problem
from tests.app.test_trace import image_of
from tests.app.wrong import BODIES, SECRET

MODEL = "/api/models/untrained"
CELL = f"{MODEL}/derivatives?layer=conv2&channel=3&row=2&column=4"
ROUTES = {"derivatives": CELL, "variations": f"{MODEL}/variations"}


def metadata_of(content):
    size = int.from_bytes(content[:8], "little")
    return json.loads(content[8 : 8 + size])["__metadata__"]


@pytest.mark.parametrize(
    ("query", "layer", "index"),
    [
        ("layer=conv2&channel=3&row=2&column=4", "conv2", (3, 2, 4)),
        ("layer=input&channel=0&row=16&column=14", "input", (0, 16, 14)),
        ("layer=fc1&channel=7", "fc1", (7,)),
        ("layer=softmax&channel=9&row=0&column=0", "softmax", (9,)),
        ("layer=pool1&channel=5&column=3", "pool1", (5, 0, 3)),
    ],
)
def test_derivatives_are_the_engines_bit_for_bit(local, network, query, layer, index):
    answer = local.post(f"{MODEL}/derivatives?{query}", json=SEVEN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.safetensors"
    assert answer.headers["convlens-weights"] == network.sha256
    image = to_input(image_of(SEVEN["strokes"]).pixels, network.spec.input)
    expected = derivatives(network, image, layer, index)
    found = load(answer.content)
    assert set(found) == set(network.spec.shapes)
    for name, array in expected.items():
        assert found[name].shape == network.spec.shapes[name]
        assert found[name].dtype == np.float32
        assert found[name].tobytes() == np.float32(array).tobytes(), name
    where = f"{layer}[{','.join(map(str, index))}]"
    assert metadata_of(answer.content) == {
        "model": "untrained",
        "weights": network.sha256,
        "cell": where,
        "blank": "false",
        "note": "",
        "digits": "[]",
    }


def test_variations_are_the_engines_bit_for_bit(local, network):
    answer = local.post(f"{MODEL}/variations", json=SEVEN)
    assert answer.status_code == 200
    found = load(answer.content)
    expected = variations(network, image_of(SEVEN["strokes"]).pixels)
    names = {"turned": "rotation.images", "sized": "scale.images"}
    for field, array in expected._asdict().items():
        name = names.get(field, field)
        assert found[name].tobytes() == array.tobytes(), name
        assert found[name].shape == array.shape
    assert found["shift"].shape == (21, 21, 10)
    assert found["shift.offsets"].dtype == np.int32
    np.testing.assert_array_equal(found["shift.offsets"], OFFSETS)
    np.testing.assert_array_equal(found["rotation.angles"], ANGLES)
    np.testing.assert_array_equal(found["scale.factors"], FACTORS)


@pytest.mark.parametrize(
    ("query", "way", "index"),
    [
        ("down=-2&right=3", "shift", (8, 13)),
        ("right=-10", "shift", (10, 0)),
        ("rotation=15", "rotation", (20,)),
        ("scale=0.8", "scale", (6,)),
        ("scale=0.800000011920929", "scale", (6,)),  # float32, as the variations name it
    ],
)
def test_a_variation_is_read_alone_as_among_all_others(local, network, query, way, index):
    among = load(local.post(f"{MODEL}/variations", json=SEVEN).content)[way][index]
    answer = local.post(f"{MODEL}/trace?{query}", json=SEVEN)
    assert answer.status_code == 200
    found = load(answer.content)
    np.testing.assert_allclose(found["softmax"], among, atol=1e-6)
    move = Move(
        **{
            name: (int if name in {"down", "right"} else float)(value)
            for name, value in (part.split("=") for part in query.split("&"))
        }
    )
    image = moved(image_of(SEVEN["strokes"]), move)
    pixels = to_input(image.pixels, network.spec.input)
    assert found["input"].tobytes() == pixels.tobytes()
    np.testing.assert_array_equal(found["preprocess.centre"], image.centre)
    expected = derivatives(network, pixels, "conv2", (3, 2, 4))["input"]
    other = load(local.post(f"{CELL}&{query}", json=SEVEN).content)
    assert other["input"].tobytes() == expected.astype(np.float32).tobytes()


@pytest.mark.parametrize(
    ("query", "parameter", "word"),
    [
        ("down=11", "down", "whole number from -10 to 10"),
        ("down=1.5", "down", "whole number"),
        (f"right={SECRET}", "right", "whole number"),
        ("right=1&right=1", "right", "more than once"),
        ("rotation=nan", "rotation", "from -45 to 45"),
        ("rotation=-45.1", "rotation", "from -45 to 45"),
        ("scale=", "scale", "number from 0.5 to 1.5"),
        ("scale=inf", "scale", "from 0.5 to 1.5"),
        ("down=nan", "down", "whole number"),
    ],
)
def test_a_move_out_of_range_is_refused_with_its_range(local, query, parameter, word):
    answer = local.post(f"{MODEL}/trace?{query}", json=SEVEN)
    problem = assert_problem(answer, 422)
    assert word in problem.detail
    assert problem.errors[0].parameter == parameter
    assert SECRET not in answer.text


@pytest.mark.parametrize("route", ROUTES)
def test_pixels_and_files_are_read_as_for_a_trace(local, network, route):
    def expected(image):
        if route == "variations":
            return variations(network, image.pixels).rotation
        pixels = to_input(image.pixels, network.spec.input)
        return np.float32(derivatives(network, pixels, "conv2", (3, 2, 4))["input"])

    name = "rotation" if route == "variations" else "input"
    pixels = load(local.post(ROUTES[route], json=PIXELS).content)
    assert pixels[name].tobytes() == expected(preprocess_pixels(PIXELS["pixels"])).tobytes()
    path = ROUTES[route] + ("&" if "?" in ROUTES[route] else "?") + "center=false"
    file = local.post(path, content=png(), headers={"content-type": "image/png"})
    assert load(file.content)[name].tobytes() == (
        expected(preprocess_file(png(), center=False)).tobytes()
    )


@pytest.mark.parametrize("route", ROUTES)
def test_as_json_they_are_the_same_to_the_last_bit(local, route):
    packed = load(local.post(ROUTES[route], json=SEVEN).content)
    answer = local.post(ROUTES[route], json=SEVEN, headers={"accept": "application/json"})
    plain = answer.json()
    assert plain.pop("__metadata__")["model"] == "untrained"
    assert set(plain) == set(packed)
    types = {"F32": np.float32, "I32": np.int32}
    for name, tensor in plain.items():
        array = np.array(tensor["data"], types[tensor["dtype"]]).reshape(tensor["shape"])
        assert array.tobytes() == packed[name].tobytes(), name


@pytest.mark.parametrize("route", ROUTES)
def test_every_step_is_timed(local, route):
    timing = local.post(ROUTES[route], json=SEVEN).headers["server-timing"]
    assert [step.split(";dur=")[0] for step in timing.split(", ")] == [
        "preprocess",
        "forward",
        "encode",
    ]


@pytest.mark.parametrize(
    ("query", "parameter", "word"),
    [
        ("", "layer", "input, conv1, relu1"),
        ("channel=1", "layer", "missing"),
        (f"layer={SECRET}&channel=1", "layer", "input, conv1, relu1"),
        ("layer=conv1&layer=conv2&channel=1", "layer", "more than once"),
        ("layer=conv2", "channel", "from 0 to 15"),
        ("layer=conv2&channel=16", "channel", "16 maps of 10 by 10"),
        ("layer=conv2&channel=-1", "channel", "whole number from 0 to 15"),
        ("layer=conv2&channel=1.5", "channel", "whole number"),
        ("layer=conv2&channel=%C2%B2", "channel", "whole number"),
        (f"layer=conv2&channel=1&row={SECRET}", "row", "from 0 to 9"),
        ("layer=conv2&channel=1&row=10", "row", "from 0 to 9"),
        ("layer=conv2&channel=1&column=10", "column", "from 0 to 9"),
        ("layer=conv2&channel=1&column=", "column", "whole number"),
        ("layer=conv2&channel=1&row=1&row=1", "row", "more than once"),
        ("layer=fc1&channel=120", "channel", "120 units"),
        ("layer=fc1&channel=1&row=1", "row", "can only be 0"),
        (f"layer=conv2&channel={'9' * 400}", "channel", "whole number"),
    ],
)
def test_a_cell_that_does_not_exist_is_refused_with_what_does(local, query, parameter, word):
    problem = assert_problem(local.post(f"{MODEL}/derivatives?{query}", json=SEVEN), 422)
    assert problem.errors[0].parameter == parameter
    assert word in problem.detail
    assert local.post(CELL, json=SEVEN).status_code == 200


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("what", BODIES)
def test_wrong_bodies_are_refused_as_by_a_trace(local, route, what):
    sent, status, word, _ = BODIES[what]
    answer = local.post(ROUTES[route], content=sent, headers=JSON)
    assert_problem(answer, status)
    assert word in answer.text


@pytest.mark.parametrize("route", ROUTES)
def test_other_forms_types_and_networks_are_refused_as_by_a_trace(local, route):
    path = ROUTES[route]
    problem = assert_problem(local.post(path, json=SEVEN, headers={"accept": "image/png"}), 406)
    assert "application/vnd.safetensors" in problem.detail
    assert_problem(local.post(path, content=b"x", headers={"content-type": "text/plain"}), 415)
    unknown = assert_problem(local.post(path.replace("untrained", SECRET), json=SEVEN), 404)
    assert "untrained" in unknown.detail


def test_a_drawing_without_ink_says_so(local):
    outside = {"strokes": [{"points": [[1.5, 1.5], [1.9, 1.9]]}]}
    for path in ROUTES.values():
        answer = local.post(path, json=outside)
        assert answer.status_code == 200
        assert metadata_of(answer.content)["blank"] == "true"
