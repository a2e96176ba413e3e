"""Confidence held against plain Python, and the threshold against counting."""

import json
import math

import numpy as np
import pytest

from model.lenet import LENET
from model.network import Network
from model.spec import NetworkSpec
from model.train import calibrate
from model.train.batches import Examples
from model.train.calibrate import (
    BINS,
    LOST,
    TEMPERATURES,
    Threshold,
    choose_threshold,
    energies,
    energy,
    error_by_chance,
    expected_calibration_error,
    likeliest_temperature,
    recorded_threshold,
    reliability,
)
from tests.made_up_mnist import made_up


class Painter:
    """A network whose logits are the image's first pixels, so that one can tell them."""

    spec: NetworkSpec = LENET

    def logits(self, images: np.ndarray) -> np.ndarray:
        return images[:, 0, 2, 2:12] * 255

    def predict(self, images: np.ndarray) -> np.ndarray:
        scores = np.exp(self.logits(images).astype(float))
        return (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32)


def painted(levels: np.ndarray) -> np.ndarray:
    """Images whose ten logits are one level and nine zeros."""
    images = np.zeros((len(levels), 28, 28), np.uint8)
    images[:, 0, 3] = levels
    return images


def test_energy_equals_plain_python() -> None:
    logits = np.random.default_rng(0).normal(0, 5, (40, 10)).astype(np.float32)
    for row, found in zip(logits.tolist(), energy(logits), strict=True):
        assert found == pytest.approx(math.log(sum(math.exp(value) for value in row)), rel=1e-12)
    assert energy(logits).dtype == np.float64


def test_energy_of_huge_logits_is_finite() -> None:
    found = energy(np.array([[3e4, 0], [-3e4, -3e4]], np.float32))
    np.testing.assert_allclose(found, [3e4, -3e4 + math.log(2)], rtol=1e-12)


def test_energies_of_many_images_are_those_of_each() -> None:
    levels = np.arange(1100) % 90
    expected = [math.log(math.exp(level) + 9) for level in levels.tolist()]
    np.testing.assert_allclose(energies(Painter(), painted(levels)), expected, rtol=1e-5)


def test_the_likeliest_temperature_is_that_of_the_least_loss() -> None:
    rng, sets = np.random.default_rng(1), []
    for count in (300, 60):  # right as often as they would say themselves, divided by 1.3
        levels = rng.integers(0, 8, count)
        right = rng.random(count) < np.exp(levels / 1.3) / (np.exp(levels / 1.3) + 9)
        labels = np.where(right, 3, rng.choice([0, 1, 2, 4, 5, 6, 7, 8, 9], count)).astype(np.uint8)
        sets.append(Examples(painted(levels), labels))

    def loss(temperature: float) -> float:
        means = []
        for images, labels in sets:
            each = []
            for image, label in zip(images, labels, strict=True):
                logits = [level / temperature for level in image[0, :10].tolist()]
                total = math.log(sum(math.exp(logit) for logit in logits))
                each.append(total - logits[label])
            means.append(sum(each) / len(each))
        return sum(means)

    found = likeliest_temperature(Painter(), sets)
    assert TEMPERATURES[0] < found < TEMPERATURES[-1]
    assert loss(found) == pytest.approx(min(loss(one) for one in TEMPERATURES), rel=1e-9)


def answers(count: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    scores = rng.normal(0, 2, (count, 10))
    said = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return said.astype(np.float32), rng.integers(0, 10, count).astype(np.uint8)


def test_calibration_equals_plain_python() -> None:
    said, labels = answers()
    error = 0.0
    bins = reliability(said, labels)
    assert len(bins) == BINS == 15
    for k, found in enumerate(bins):
        low, high = k / 15, (k + 1) / 15
        members = [
            (max(row), row.index(max(row)) == label)
            for row, label in zip(said.tolist(), labels.tolist(), strict=True)
            if low < max(row) <= high
        ]
        assert (found.low, found.high, found.images) == (low, high, len(members))
        if members:
            confidence = sum(c for c, _ in members) / len(members)
            accuracy = sum(right for _, right in members) / len(members)
            assert found.confidence == pytest.approx(confidence)
            assert found.accuracy == pytest.approx(accuracy)
            error += len(members) / len(labels) * abs(confidence - accuracy)
        else:
            assert (found.confidence, found.accuracy) == (0, 0)
    assert expected_calibration_error(bins) == pytest.approx(error)


def test_who_is_sure_and_right_is_calibrated_perfectly() -> None:
    said = np.eye(10, dtype=np.float32)
    assert expected_calibration_error(reliability(said, np.arange(10))) == 0
    assert expected_calibration_error(reliability(said, (np.arange(10) + 1) % 10)) == 1


@pytest.mark.parametrize("least", [0.3, 0.9, 0.999])
def test_who_is_right_as_often_as_he_says_errs_by_chance_alone(least: float) -> None:
    rng = np.random.default_rng(3)
    first = rng.uniform(least, 1, 4_000)
    said = np.stack([first, *[(1 - first) / 4] * 4], axis=1)
    labels = np.where(rng.random((300, 4_000)) < first, 0, 1)
    errors = [expected_calibration_error(reliability(said, drawn)) for drawn in labels]
    assert error_by_chance(said) == pytest.approx(float(np.mean(errors)), rel=0.1)
    assert error_by_chance(np.eye(10)) == 0


def test_the_threshold_is_the_largest_that_loses_few_digits(monkeypatch) -> None:
    held = painted(np.arange(200))
    drawn = painted(np.arange(100))
    labels = np.zeros(200, np.uint8)
    monkeypatch.setattr(calibrate, "judged_digits", lambda: Examples(drawn, labels[:100]))
    others = {"dots": painted(np.zeros(10)), "lines": painted(np.array([0, 200]))}
    monkeypatch.setattr(calibrate, "judged_others", lambda: others)
    found = choose_threshold(Painter(), Examples(held, labels))
    # 1.2 % of 100 drawn digits is the one of level 0. Level 1 lies just above.
    assert found.energy <= math.log(math.exp(1) + 9) < found.energy + 1.1e-4
    assert found.lost == {"held_out": 1 / 200, "drawn": 1 / 100}
    assert max(found.lost.values()) <= LOST
    assert found.rejected == {"dots": 1.0, "lines": 0.5}


def test_a_threshold_travels_in_the_metadata() -> None:
    facts = Threshold(3.25, {"held_out": 0.01234}, {"dots": 0.5}).facts()
    assert facts["energy_threshold"] == "3.2500"
    assert recorded_threshold(facts) == 3.25
    choice = json.loads(facts["energy_choice"])
    assert choice["lost"] == {"held_out": 0.0123}
    assert choice["rejected"] == {"dots": 0.5}
    assert "at most 1.2% of the digits" in choice["rule"]


@pytest.mark.parametrize("text", ["", "many", "nan", "inf"])
def test_what_is_no_threshold_is_none(text: str) -> None:
    assert recorded_threshold({"energy_threshold": text}) is None
    assert recorded_threshold({}) is None


def test_calibration_says_how_many_digits_are_doubted() -> None:
    network = Network.initialise(LENET, np.random.default_rng(0))
    examples = Examples(*made_up(700, seed=2))
    found = energies(network, examples.images)
    middle = str(np.median(found))
    trust = calibrate.calibrate(network, examples, {"energy_threshold": middle})
    assert trust.below == 0.5
    assert trust.threshold == float(middle)
    assert sum(one.images for one in trust.bins) == 700
    assert trust.error == expected_calibration_error(trust.bins)
    assert trust.chance == error_by_chance(calibrate.predictions(network, examples.images))
    assert calibrate.calibrate(network, examples, {}).below is None
