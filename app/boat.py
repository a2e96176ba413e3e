"""A boat on water, drawn by arithmetic: the colour picture of the page of operations.

It has what kernels are looking for: edges in all directions, smooth shades and fine texture.
Whoever changes it writes the file anew with `python -m app.boat`.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.paths import resource_folder

SIDE: Final = 200
"""Rows, and columns, in pixels."""

FINER: Final = 4
"""Each pixel is the mean of so many times so many places, so that slanting edges are smooth."""

HORIZON: Final = 0.56
"""Where the water begins, as a share of the height."""

_Grid = NDArray[np.float64]
_Mask = NDArray[np.bool_]


def boat(side: int = SIDE) -> NDArray[np.uint8]:
    """
    Draw the picture.

    Parameters
    ----------
    side : int
        Rows and columns, from 1.

    Returns
    -------
    NDArray of uint8
        (side, side, 3): red, green and blue from 0 to 255.
    """
    at = (np.arange(side * FINER) + 0.5) / (side * FINER)
    x, y = np.meshgrid(at, at)
    picture = np.where((y < HORIZON)[..., None], _sky(x, y), _water(x, y))
    for mask, colour in _parts(x, y):
        picture = np.where(mask[..., None], colour, picture)
    means = picture.reshape(side, FINER, side, FINER, 3).mean(axis=(1, 3))
    drawn: NDArray[np.uint8] = np.rint(np.clip(means, 0, 1) * 255).astype(np.uint8)
    return drawn


def _sky(x: _Grid, y: _Grid) -> _Grid:
    """A smooth shade from blue to rose, with a sun that fades into it."""
    low = np.clip(y / HORIZON, 0, 1)[..., None]
    sky = (1 - low) * (0.36, 0.56, 0.84) + low * (0.98, 0.80, 0.66)
    far = np.hypot(x - 0.79, y - 0.17)
    glow = np.clip(1 - far / 0.3, 0, 1)[..., None] ** 2
    sun = (far < 0.07)[..., None]
    return np.where(sun, (1.0, 0.93, 0.66), sky + 0.35 * glow * (1.0, 0.8, 0.3))


def _water(x: _Grid, y: _Grid) -> _Grid:
    """Waves that become finer towards the horizon, and the sun's way on them."""
    deep = np.clip((y - HORIZON) / (1 - HORIZON), 0.01, 1)
    phase = 9 / (deep + 0.12)
    wave = np.sin(6 * phase + 5 * np.sin(9 * x + phase)) * np.sin(55 * x / (0.3 + deep) + 3 * phase)
    sea = (1 - deep[..., None]) * (0.42, 0.62, 0.74) + deep[..., None] * (0.05, 0.24, 0.42)
    way = np.exp(-(((x - 0.79) / (0.03 + 0.1 * deep)) ** 2)) * (wave > 0.1)
    lit: _Grid = sea + 0.1 * wave[..., None] + 0.4 * way[..., None] * (1.0, 0.8, 0.5)
    return lit


def _parts(x: _Grid, y: _Grid) -> list[tuple[_Mask, _Grid]]:
    """What stands before sky and water, from the back to the front: where, in which colours."""
    hull = _polygon(x, y, (0.16, 0.61), (0.80, 0.61), (0.69, 0.735), (0.25, 0.735))
    main = _polygon(x, y, (0.47, 0.09), (0.47, 0.575), (0.17, 0.575))
    fore = _polygon(x, y, (0.51, 0.16), (0.51, 0.575), (0.75, 0.575))
    mast = _polygon(x, y, (0.48, 0.05), (0.497, 0.05), (0.497, 0.62), (0.48, 0.62))
    flag = _polygon(x, y, (0.497, 0.05), (0.60, 0.075), (0.497, 0.105))
    below = np.clip((0.86 - y) / 0.13, 0, 1)[..., None]
    mirrored = _polygon(x, y, (0.25, 0.735), (0.69, 0.735), (0.61, 0.86), (0.33, 0.86))
    mirrored &= np.sin(330 * y + 2.5 * np.sin(40 * x)) > -0.2
    planks = (np.sin(2 * np.pi * (y - 0.61) / 0.021) > 0.75)[..., None]
    cloth = 0.06 * np.sin(2 * np.pi * (x + y) / 0.012)[..., None]
    shade = 0.22 * np.clip((0.47 - x) / 0.3, 0, 1)[..., None]
    port = np.min([np.hypot(x - at, y - 0.675) for at in (0.36, 0.48, 0.60)], axis=0)
    plain = np.ones_like(x)[..., None]
    return [
        (mirrored, below * (0.30, 0.10, 0.08) + (1 - below) * (0.08, 0.26, 0.42)),
        (hull, np.where(planks, (0.36, 0.10, 0.08), plain * (0.68, 0.20, 0.14))),
        (hull & (y < 0.632), plain * (0.96, 0.93, 0.86)),
        (port < 0.022, plain * (0.95, 0.80, 0.40)),
        (port < 0.014, plain * (0.10, 0.14, 0.22)),
        (main, (0.97, 0.95, 0.90) - shade * (1.0, 0.9, 0.6) + cloth),
        (fore, plain * (0.93, 0.62, 0.25) + cloth),
        (mast, plain * (0.30, 0.19, 0.11)),
        (flag, plain * (0.10, 0.45, 0.35)),
    ]


def _polygon(x: _Grid, y: _Grid, *corners: tuple[float, float]) -> _Mask:
    """Inside a convex polygon whose corners go round one way."""
    sides = [
        (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
        for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True)
    ]
    inside: _Mask = np.all(np.greater_equal(sides, 0), axis=0)
    inside |= np.all(np.less_equal(sides, 0), axis=0)
    return inside


if __name__ == "__main__":
    Image.fromarray(boat()).save(resource_folder("static") / "pictures" / "boat.png", optimize=True)
