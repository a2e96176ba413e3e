"""The quick benchmark of drawn digits: drawn where it says, counted right."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.strokes import VARIANTS, Drawings, main, on_pad, read_drawings, read_folder
from model import load_network
from model.train.drawn import STEADY
from model.train.hand import write
from model.train.ways import DIGITS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two of each digit, in some tablet's units, and a tap that was an accident."""
    rng = np.random.default_rng(0)
    drawn = {
        name: [
            [(stroke.points * 400 + 300).tolist() for stroke in write(way, STEADY, rng)]
            for way in ways[:2]
        ]
        for name, ways in DIGITS.items()
    }
    drawn["3"].append([[[5, 5], [6, 6]]])
    (tmp_path / "mine.json").write_text(json.dumps(drawn))
    return tmp_path


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_digit_lies_where_the_variant_says(folder: Path, variant) -> None:
    for lines in read_folder(folder).lines:
        strokes = on_pad(lines, variant)
        points = np.concatenate([stroke.points for stroke in strokes])
        assert np.ptp(points, axis=0).max() == pytest.approx(variant.size)
        assert {stroke.width for stroke in strokes} == {variant.width}
        middle = (points.min(0) + points.max(0)) / 2
        if variant.corner:
            np.testing.assert_allclose(points.min(0), variant.width / 2 + 0.015, atol=1e-12)
        else:
            np.testing.assert_allclose(middle, 0.5, atol=1e-12)


def test_accidents_are_left_out(folder: Path) -> None:
    labels = read_folder(folder).labels
    assert sorted(labels) == sorted([*range(10)] * 2)


def test_a_wrong_label_is_a_confusion(folder: Path) -> None:
    drawings = read_folder(folder)
    network = load_network("lenet")
    right = read_drawings(network, drawings, VARIANTS[0])
    moved = Drawings(drawings.lines, [(label + 1) % 10 for label in drawings.labels])
    wrong = read_drawings(network, moved, VARIANTS[0])
    assert right.accuracy >= 90
    assert wrong.accuracy <= 10
    assert sum(count for _, count in wrong.confusions) == 10  # the five most frequent, two each
    assert right.unsure == wrong.unsure


def test_the_command_prints_a_table_or_json(folder: Path, capsys) -> None:
    main(["--folder", str(folder)])
    text = capsys.readouterr().out
    assert "20 drawn digits, read by lenet" in text
    assert "target ≥ 99" in text
    assert "worst confusions" in text
    main(["--folder", str(folder), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert [figure["least"] for figure in found["figures"][::3]] == [99, 98, 98, 98]
    assert len(found["worst_confusions"]) == 4


def test_an_empty_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="There are no strokes in"):
        main(["--folder", str(tmp_path)])
