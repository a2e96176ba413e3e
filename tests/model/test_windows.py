"""The engine is the specification of geometry; this holds the table that JavaScript reads to it."""

import json

import pytest

from .windows import FIXTURE, cells_of, measure, networks, text


@pytest.fixture(scope="module")
def measured():
    return measure()


def test_the_fixture_is_what_the_engine_does(measured):
    assert json.loads(FIXTURE.read_text()) == measured, "run python -m tests.model.windows"
    assert FIXTURE.read_text() == text(measured)


def test_every_layer_is_sampled_at_corners_and_inside(measured):
    for network in measured.values():
        for layer in network["model"]["layers"]:
            cells = [c["cell"][1:] for c in network["cells"] if c["cell"][0] == layer["name"]]
            channels, rows, columns = (layer["shape"] + [1, 1])[:3]
            assert {(r, c) for _, r, c in cells} >= {
                (r, c) for r in (0, rows - 1) for c in (0, columns - 1)
            }
            assert {channel for channel, _, _ in cells} >= {0, channels - 1}


def cell(measured, network, *place):
    return next(c for c in measured[network]["cells"] if c["cell"] == list(place))


def test_a_cell_of_conv2_reads_all_six_maps(measured):
    assert cell(measured, "lenet", "conv2", 0, 0, 0)["window"] == [["pool1", 0, 6, 0, 5, 0, 5]]


def test_a_padded_window_is_clipped_at_the_border(measured):
    assert cell(measured, "graph", "stem", 0, 0, 0)["window"] == [["input", 0, 1, 0, 2, 0, 2]]


def test_the_receptive_field_of_a_first_cell_of_pool2(measured):
    field = cell(measured, "lenet", "pool2", 0, 0, 0)["field"]
    assert [region for region in field if region[0] == "input"] == [["input", 0, 1, 0, 16, 0, 16]]


def test_a_sum_reads_one_cell_of_each_summand_and_a_concat_of_one_source(measured):
    skip = cell(measured, "graph", "skip", 0, 0, 0)["window"]
    block = cell(measured, "graph", "block", 0, 0, 0)["window"]
    assert skip == [["bend", 0, 1, 0, 1, 0, 1], ["gate", 0, 1, 0, 1, 0, 1]]
    assert block == [["narrow", 0, 1, 0, 1, 0, 1]]


def test_weights_do_not_decide_what_a_cell_reads():
    network = networks()["lenet"]
    for parameter in network.parameters.values():
        parameter *= -3
    assert json.loads(FIXTURE.read_text())["lenet"]["cells"] == list(cells_of(network))
