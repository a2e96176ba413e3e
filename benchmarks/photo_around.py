"""What stands round a digit: the desk, other things, shadows, the light of a lamp."""

import math
from dataclasses import replace

import numpy as np

from benchmarks.photo_plain import (
    Kind,
    again,
    extent,
    one,
)
from benchmarks.scene import Colour, Desk, Lamp, Mark, Scene, Shadow


def desk(*sides: str) -> Kind:
    """A strip of the desk along the sides of the picture."""

    def changed(scene: Scene, rng: np.random.Generator) -> Scene:
        desk = Desk(sides, rng.uniform(0.07, 0.17), _desk_colour(rng), _grain(rng))
        return replace(again(scene, rng, 0.9), desk=desk)

    return changed


def _grain(rng: np.random.Generator) -> float:
    """Half of all desks are plain."""
    return float(rng.uniform(0.05, 0.18)) if rng.random() < 0.5 else 0.01


def desk_round(scene: Scene, rng: np.random.Generator) -> Scene:
    """The desk on every side."""
    sides = ("left", "right", "top", "bottom")
    desk = Desk(sides, rng.uniform(0.07, 0.17), _desk_colour(rng), _grain(rng))
    return replace(again(scene, rng, 0.75, 1, 0.3), desk=desk)


def _desk_colour(rng: np.random.Generator) -> Colour:
    shade = math.exp(rng.uniform(math.log(0.03), math.log(0.3)))
    warm = rng.uniform(0, 0.5)
    return (shade, shade * (1 - 0.4 * warm), shade * (1 - 0.8 * warm))


def beside(scene: Scene, rng: np.random.Generator, softness: float) -> Shadow:
    """A shadow from any side, whose edge lies beside the digit, or now and then on it."""
    low, high = extent(scene.marks[0])
    angle = rng.uniform(0, 2 * math.pi)
    toward = np.array([math.cos(angle), math.sin(angle)])
    reach = max(
        float(np.array([x, y]) @ toward) for x in (low[0], high[0]) for y in (low[1], high[1])
    )
    gap = rng.uniform(0.02, 0.2) if rng.random() < 0.8 else -rng.uniform(0.1, 0.4)
    return Shadow(angle, reach + gap, softness, rng.uniform(0.4, 0.8))


def shadow_hard(scene: Scene, rng: np.random.Generator) -> Scene:
    """A shadow with a sharp edge."""
    return replace(scene, shadows=(beside(scene, rng, rng.uniform(0.004, 0.03)),))


def shadow_soft(scene: Scene, rng: np.random.Generator) -> Scene:
    """One or two soft shadows."""
    shadows = [beside(scene, rng, rng.uniform(0.08, 0.4)) for _ in range(rng.integers(1, 3))]
    return replace(scene, shadows=tuple(shadows))


def lamp(scene: Scene, rng: np.random.Generator) -> Scene:
    """The light of a lamp on one side."""
    place = tuple(float(v) for v in rng.uniform(-0.7, 0.7, 2))
    light = Lamp((place[0], place[1]), rng.uniform(0.2, 0.5), rng.uniform(0.7, 0.95))
    return replace(scene, lamp=light, exposure=rng.uniform(0.6, 1.0))


def far_sides(scene: Scene, rng: np.random.Generator) -> Scene:
    """Two things at once: a desk and a shadow, as on most tables."""
    sides = (("left",), ("right",), ("top",), ("bottom",), ("left", "top"), ("right", "bottom"))
    scene = desk(*one(sides, rng))(scene, rng)
    return replace(scene, shadows=(beside(scene, rng, rng.uniform(0.02, 0.3)),))


def object(scene: Scene, rng: np.random.Generator) -> Scene:
    """A pen, a pencil or a finger that reaches into the picture."""
    low, high = extent(scene.marks[0])
    side = int(rng.choice((-1, 1)))
    near = (high[0] if side > 0 else low[0]) + side * rng.uniform(0.08, 0.16)
    tip = np.array((near, rng.uniform(low[1], high[1] + 0.1)))
    end = tip + np.array((side * rng.uniform(0.3, 1.2), rng.uniform(0.5, 1.2)))
    colour = one(((0.6, 0.4, 0.3), (0.02, 0.03, 0.08), (0.6, 0.45, 0.05), (0.5, 0.5, 0.5)), rng)
    thing = Mark((np.stack((tip, (tip + end) / 2, end)),), rng.uniform(0.04, 0.13), colour)
    return replace(scene, objects=(thing,))
