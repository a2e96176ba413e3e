"""The page's sample digits, and real strokes where they are at hand."""

import json
from pathlib import Path

import numpy as np

from model import load_network
from model.preprocess import Stroke, preprocess_strokes, to_input

ROOT = Path(__file__).parents[3]
SAMPLES = json.loads((ROOT / "static" / "samples.json").read_text())["digits"]


def strokes_of(sample):
    return [Stroke(**stroke) for stroke in sample["strokes"]]


def read(network, drawings, **how):
    images = [to_input(preprocess_strokes(d, **how).pixels, network.spec.input) for d in drawings]
    return network.predict(np.array(images)).argmax(1)


def test_there_is_one_sample_of_each_digit_in_plain_strokes():
    assert [sample["digit"] for sample in SAMPLES] == list(range(10))
    for sample in SAMPLES:
        for stroke in sample["strokes"]:
            assert set(stroke) == {"points", "width", "erase"}
            assert (stroke["width"], stroke["erase"]) == (0.07, False)
            assert 15 <= len(stroke["points"]) <= 60
            points = np.array(stroke["points"])
            assert (points == points.round(4)).all()
            assert points.min() >= 0.035
            assert points.max() <= 0.965


def test_the_network_reads_every_sample():
    network = load_network("lenet")
    assert read(network, map(strokes_of, SAMPLES)).tolist() == list(range(10))


def test_real_strokes_are_read_wherever_they_are_drawn(strokes_folder):
    raw = json.loads((strokes_folder / "ipad-digits.json").read_text())
    network = load_network("lenet")
    centred, corner, labels = [], [], []
    for digit in range(10):
        for sample in raw[str(digit)][:40]:
            points = np.concatenate([np.array(stroke)[:, :2] for stroke in sample])
            size = np.ptp(points, axis=0).max()
            if size < 5:
                continue
            lines = [(np.array(s)[:, :2] - points.min(0)) / size for s in sample]
            centred.append([Stroke(0.15 + 0.7 * line) for line in lines])
            corner.append([Stroke(0.05 + 0.4 * line, 0.04) for line in lines])
            labels.append(digit)
    right = np.array(labels)
    assert (read(network, centred) == right).mean() >= 0.97
    assert (read(network, corner) == right).mean() >= 0.97
    # What cropping and centring are worth:
    assert (read(network, corner, center=False) == right).mean() < 0.5
