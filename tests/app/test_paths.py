"""Paths to a score over HTTP: the engine's, bit for bit; classes that do not exist are refused."""

import numpy as np
import pytest
from safetensors.numpy import load

from model.paths import paths
from model.preprocess import to_input
from tests.app.drawings import SEVEN
from tests.app.test_derivatives import metadata_of
from tests.app.test_refusals import assert_problem
from tests.app.test_trace import image_of
from tests.app.wrong import SECRET

MODEL = "/api/models/untrained"
NAMES = ("score", "every", "biases", "rest", "values", "pixels", "muted")


@pytest.mark.parametrize(
    ("query", "index", "against"),
    [("channel=3", (3,), None), ("channel=7&against=2&row=0", (7,), (2,))],
)
def test_paths_are_the_engines_bit_for_bit(local, network, query, index, against):
    answer = local.post(f"{MODEL}/paths?{query}", json=SEVEN)
    assert answer.status_code == 200
    image = to_input(image_of(SEVEN["strokes"]).pixels, network.spec.input)
    expected = paths(network, image, "fc3", index, against)
    found = load(answer.content)
    assert len(found["values"]) == 10
    assert found["pixels"].shape == (10, 1, 32, 32)
    assert found["muted"].shape == (10, 10)
    for name in NAMES:
        values = np.float32(getattr(expected, name))
        assert found["all" if name == "every" else name].tobytes() == values.tobytes(), name
    np.testing.assert_array_equal(found["cells"], expected.cells)
    assert metadata_of(answer.content) == {
        "model": "untrained",
        "weights": network.sha256,
        "cell": f"fc3[{index[0]}]",
        "against": f"fc3[{against[0]}]" if against else "",
        "junctions": "pool2 relu4",
        "exact": "true",
        "blank": "false",
        "note": "",
        "digits": "[]",
    }


def test_as_json_a_page_could_read_them(local):
    answer = local.post(
        f"{MODEL}/paths?channel=3", json=SEVEN, headers={"accept": "application/json"}
    ).json()
    assert answer["cells"]["shape"] == [10, 2]
    whole = sum(answer[name]["data"][0] for name in ("all", "biases", "rest"))
    assert whole == pytest.approx(answer["score"]["data"][0], abs=1e-5)


@pytest.mark.parametrize(
    ("query", "parameter", "word"),
    [
        ("", "channel", "from 0 to 9"),
        ("channel=10", "channel", "10 units"),
        (f"channel={SECRET}", "channel", "whole number"),
        ("channel=3&row=1", "row", "can only be 0"),
        ("channel=3&against=10", "against", "give against as a whole number from 0 to 9"),
        ("channel=3&against=", "against", "whole number"),
        ("channel=3&against=1&against=2", "against", "more than once"),
    ],
)
def test_a_class_that_does_not_exist_is_refused_with_what_does(local, query, parameter, word):
    problem = assert_problem(local.post(f"{MODEL}/paths?{query}", json=SEVEN), 422)
    assert problem.errors[0].parameter == parameter
    assert word in problem.detail
