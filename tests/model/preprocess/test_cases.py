"""Pictures that people brought and that were misread once: right, or not sure."""

import pytest

from model import load_network
from model.preprocess import preprocess_file, to_input
from model.train.calibrate import energy

FOLDERS = (
    "blurred-pale-pen",
    "desk-all-round",
    "desk-strip-left",
    "forty-eight-megapixels",
    "pale-pen-wide-sheet",
    "printed-box",
    "rules-dark-as-ink",
    "shadow-hard-edge",
    "underline",
    "ways-of-writing",
)
NAMED = {"seven": 7, "eight": 8}


@pytest.fixture(scope="module")
def network():
    return load_network("lenet")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_picture_of_one_digit_is_read_right_or_doubted(cases_folder, network, folder):
    limit = float(network.metadata["energy_threshold"])
    files = sorted((cases_folder / folder).iterdir())
    assert files
    for file in files:
        digit = NAMED.get(file.stem) or int(file.stem[0])
        done = preprocess_file(file.read_bytes())
        logits = network.logits(to_input(done.pixels, network.spec.input)[None])
        doubted = done.blank or bool(done.note) or energy(logits)[0] < limit
        assert not done.digits, f"{file.name} has one digit"
        assert doubted or int(logits[0].argmax()) == digit, file.name


def test_several_digits_are_called_several(cases_folder):
    for file in sorted((cases_folder / "several-digits").iterdir()):
        assert preprocess_file(file.read_bytes()).digits, file.name
