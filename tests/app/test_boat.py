"""The colour picture of the page of operations."""

import numpy as np
from PIL import Image

from app.boat import SIDE, boat
from app.paths import resource_folder

FILE = resource_folder("static") / "pictures" / "boat.png"


def test_the_file_is_what_the_program_draws():
    with Image.open(FILE) as image:
        assert (image.mode, image.size) == ("RGB", (SIDE, SIDE))
        kept = np.asarray(image).astype(int)
    # sines differ in their last digits from one machine to another
    assert np.abs(kept - boat()).max() <= 1


def test_it_has_edges_in_all_directions_smooth_shades_and_fine_texture():
    grey = boat().mean(axis=2)
    down, right = np.gradient(grey)
    strong = np.hypot(down, right) > 12
    angles = np.degrees(np.arctan2(down, right))[strong] % 180
    counts, _ = np.histogram(angles, bins=8, range=(0, 180))
    assert counts.min() > 50
    sky = boat()[:40, :60].astype(int)
    assert np.abs(np.diff(sky, axis=0)).max() <= 3
    assert np.ptp(sky[..., 0]) > 20
    sail = grey[90:110, 104:118]
    assert 2 < np.abs(np.diff(sail, axis=1)).mean() < 20


def test_it_can_be_drawn_at_any_size():
    assert [boat(side).shape for side in (1, 7, 64)] == [(side, side, 3) for side in (1, 7, 64)]
    assert boat(9).dtype == np.uint8
