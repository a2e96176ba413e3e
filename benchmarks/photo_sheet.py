"""What is on the sheet, and how sharp: pens, papers, rules, boxes, folds, a board."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.photo_around import beside
from benchmarks.photo_plain import (
    again,
    extent,
    one,
)
from benchmarks.scene import Colour, Lamp, Mark, Points, Scene, Shadow


def pale_pen(scene: Scene, rng: np.random.Generator) -> Scene:
    """A fine, pale pen in dim, uneven light."""
    scene = again(scene, rng, rng.uniform(0.35, 0.9), rng.uniform(0.6, 1), 1)
    mark = replace(scene.marks[0], colour=(0.2, 0.2, 0.22), strength=rng.uniform(0.25, 0.55))
    clouds = tuple(beside(scene, rng, 0.5) for _ in range(2))
    dim = tuple(replace(cloud, dark=rng.uniform(0.1, 0.4)) for cloud in clouds)
    return replace(scene, marks=(mark,), shadows=dim, exposure=rng.uniform(0.15, 0.6))


def out_of_focus(scene: Scene, rng: np.random.Generator) -> Scene:
    """A pale digit, out of focus."""
    pale = replace(scene.marks[0], strength=rng.uniform(0.2, 0.8))
    height = float(np.ptp(np.concatenate(pale.lines), axis=0).max())
    scene = replace(scene, marks=(pale,), focus=height * rng.uniform(0.025, 0.05))
    if rng.random() < 0.5:  # cropped to the digit, and small
        size = (int(rng.integers(80, 200)), int(rng.integers(80, 200)))
        scene = replace(again(scene, rng, 0.72 / height, 1, 0), size=size, enlarge=1)
        focus = 0.72 * rng.uniform(0.025, 0.05)
        return replace(scene, focus=focus, noise=rng.uniform(0.004, 0.02), quality=0)
    return scene


def printed_box(scene: Scene, rng: np.random.Generator) -> Scene:
    """A printed box round the digit."""
    low, high = extent(scene.marks[0])
    gap = rng.uniform(0.03, 0.14, 4)
    left, top, right, bottom = low[0] - gap[0], low[1] - gap[1], high[0] + gap[2], high[1] + gap[3]
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    count = 1
    lines = [np.array(corners)]
    if rng.random() < 0.3:  # one of a row of boxes on a form
        for count in range(1, 4):
            step = (right - left) * count
            lines += [np.array(corners) + np.array((x, 0)) for x in (step, -step)]
    return _printed(scene, lines, rng, rng.uniform(0.6, 1.0))


def underline(scene: Scene, rng: np.random.Generator) -> Scene:
    """A line below the digit."""
    low, high = extent(scene.marks[0])
    more, down = rng.uniform(0.02, 0.25, 2), rng.uniform(0.03, 0.1)
    line = np.array([(low[0] - more[0], high[1] + down), (high[0] + more[1], high[1] + down)])
    line[1, 1] += rng.normal(0, 0.01)
    lines = [_wavy(line, rng)]
    if rng.random() < 0.25:
        lines.append(_wavy(line + np.array((0, 0.035)), rng))
    if rng.random() < 0.5:
        return _printed(scene, lines, rng, 0.9)
    pen = scene.marks[0]
    return replace(scene, marks=(pen, replace(pen, lines=tuple(lines))))


def _wavy(line: Points, rng: np.random.Generator) -> Points:
    """A line by hand between two points: a dozen points, hardly bent."""
    part = np.linspace(0, 1, 12)[:, None]
    bow = np.sin(part * math.pi) * rng.normal(0, 0.006)
    return np.asarray(line[0] * (1 - part) + line[1] * part + bow * (0, 1))


def _printed(
    scene: Scene, lines: Sequence[Points], rng: np.random.Generator, strength: float
) -> Scene:
    """Print lines on the sheet, below the ink."""
    colour = one(((0.03, 0.03, 0.03), (0.05, 0.05, 0.1), (0.1, 0.15, 0.3)), rng)
    width = scene.marks[0].width * rng.uniform(0.3, 1.1)
    printed = Mark(tuple(lines), width, colour, strength)
    return replace(scene, marks=(printed, *scene.marks))


def _rules(rng: np.random.Generator, height: float) -> list[Points]:
    """Lines or squares over all of the sheet, as notebooks have them."""
    step, start = height * rng.uniform(0.3, 1.0), rng.uniform(0, 1)
    at = (np.arange(-int(1.2 / step) - 1, int(1.2 / step) + 2) + start) * step
    lines = [np.array([(-1.4, y), (0, y), (1.4, y)]) for y in at]
    if rng.random() < 0.5:
        lines += [np.array([(x, -1.4), (x, 0), (x, 1.4)]) for x in at]
    return lines


def rules_faint(scene: Scene, rng: np.random.Generator) -> Scene:
    """Faint rules or a grid."""
    height = float(np.ptp(np.concatenate(scene.marks[0].lines), axis=0).max())
    lines = _rules(rng, height)
    scene = replace(scene, marks=(replace(scene.marks[0], strength=rng.uniform(0.6, 1)),))
    colour = one(((0.3, 0.4, 0.7), (0.4, 0.4, 0.4), (0.3, 0.55, 0.6)), rng)
    printed = Mark(tuple(lines), rng.uniform(0.002, 0.005), colour, rng.uniform(0.3, 0.7))
    return replace(scene, marks=(printed, *scene.marks))


def rules_dark(scene: Scene, rng: np.random.Generator) -> Scene:
    """Rules as dark as the ink."""
    height = float(np.ptp(np.concatenate(scene.marks[0].lines), axis=0).max())
    scene = _printed(scene, _rules(rng, height), rng, rng.uniform(0.6, 1))
    printed = replace(scene.marks[0], width=scene.marks[1].width * rng.uniform(0.35, 0.9))
    return replace(scene, marks=(printed, scene.marks[1]))


def two_colours(scene: Scene, rng: np.random.Generator) -> Scene:
    """Pen and paper of one brightness, as a grey picture would have it."""
    weights = np.array((0.299, 0.587, 0.114))
    pairs = (
        ((0.95, 0.62, 0.72), (0.3, 0.8, 0.55)),
        ((0.95, 0.85, 0.4), (0.55, 0.9, 0.95)),
        ((0.55, 0.75, 0.95), (0.95, 0.6, 0.3)),
        ((0.65, 0.85, 0.5), (0.9, 0.55, 0.85)),
        ((0.8, 0.7, 0.95), (0.75, 0.8, 0.25)),
        ((0.9, 0.45, 0.4), (0.25, 0.6, 0.85)),
    )
    paper, pen = (np.array(one) for one in one(pairs, rng))
    pen = pen * (weights @ paper) / (weights @ pen) * rng.uniform(0.97, 1.03)
    colour = np.clip(pen, 0, 1) ** 2
    scene = again(scene, rng, 1, rng.uniform(1, 1.6))
    ground = paper**2
    mark = replace(scene.marks[0], colour=_colour(colour), strength=1.0, grain=0.0)
    exposure = float(ground[1]) * rng.uniform(0.8, 1.1)
    return replace(scene, marks=(mark,), paper=_colour(ground), exposure=exposure, grey=False)


def _colour(found: Points) -> Colour:
    red, green, blue = (float(value) for value in found)
    return (red, green, blue)


def other_papers(scene: Scene, rng: np.random.Generator) -> Scene:
    """Coloured, rough and darker papers."""
    papers = (
        (0.85, 0.75, 0.2),
        (0.45, 0.33, 0.2),
        (0.85, 0.4, 0.5),
        (0.35, 0.6, 0.8),
        (0.5, 0.5, 0.48),
        (0.45, 0.75, 0.4),
    )
    return replace(
        scene,
        paper=one(papers, rng),
        roughness=rng.uniform(0.01, 0.05),
        exposure=rng.uniform(0.25, 0.7),
    )


def other_pens(scene: Scene, rng: np.random.Generator) -> Scene:
    """A marker, a pencil, a crayon, coloured and very fine pens."""
    mark = scene.marks[0]
    height = float(np.ptp(np.concatenate(mark.lines), axis=0).max())
    pens = (
        replace(mark, width=height * rng.uniform(0.1, 0.17), colour=(0.02, 0.02, 0.02)),  # marker
        replace(mark, width=height * rng.uniform(0.1, 0.15), colour=(0.5, 0.05, 0.05)),
        replace(
            mark, width=height * 0.04, colour=(0.1, 0.1, 0.1), strength=0.7, grain=0.45
        ),  # pencil
        replace(mark, width=height * rng.uniform(0.012, 0.02), pressure=0.3),  # fine
        replace(mark, width=height * 0.06, colour=(0.1, 0.45, 0.15)),
        replace(mark, width=height * 0.06, colour=(0.85, 0.35, 0.05)),
        replace(
            mark, width=height * 0.09, colour=(0.1, 0.2, 0.6), pressure=0.4, grain=0.4
        ),  # crayon
    )
    return replace(scene, marks=(one(pens, rng),))


def other_sizes(scene: Scene, rng: np.random.Generator) -> Scene:
    """Very large and very small digits."""
    height = float(np.ptp(np.concatenate(scene.marks[0].lines), axis=0).max())
    if rng.random() < 0.6:
        pen = rng.uniform(0.8, 1.5)
        return again(scene, rng, rng.uniform(0.09, 0.2) / height, pen, rng.uniform(0.3, 2.2))
    return again(scene, rng, rng.uniform(0.78, 0.9) / height, 1, 0)


def board(scene: Scene, rng: np.random.Generator) -> Scene:
    """Chalk on a board, with smears of what was wiped away; or a marker on a white board."""
    mark = scene.marks[0]
    height = float(np.ptp(np.concatenate(mark.lines), axis=0).max())
    smears = Mark(
        tuple(rng.uniform(-0.8, 0.8, (4, 2)) for _ in range(4)), 0.12, (0.5, 0.5, 0.5), 0.06
    )
    if rng.random() < 0.35:
        glare = Lamp((rng.uniform(-0.6, 0.6), rng.uniform(-0.6, 0.6)), 0.3, 0.35)
        marker = replace(mark, width=height * rng.uniform(0.04, 0.08), grain=0.0)
        return replace(scene, marks=(smears, marker), paper=(0.85, 0.86, 0.86), lamp=glare)
    chalk = replace(
        mark, colour=(0.75, 0.75, 0.7), width=height * rng.uniform(0.05, 0.09), grain=0.35
    )
    ground = one(((0.03, 0.06, 0.04), (0.04, 0.04, 0.045)), rng)
    return replace(
        scene, marks=(smears, chalk), paper=ground, roughness=0.04, exposure=rng.uniform(0.03, 0.09)
    )


def folded(scene: Scene, rng: np.random.Generator) -> Scene:
    """A sheet that was folded: beyond each crease the light falls a little differently."""
    creases = []
    for k in range(int(rng.integers(1, 4))):
        angle = rng.normal(0, 0.03) + (k % 2) * math.pi / 2 + rng.integers(2) * math.pi
        dark = rng.choice((-1, 1)) * rng.uniform(0.05, 0.16)
        creases.append(Shadow(angle, rng.uniform(-0.25, 0.3), 0.008, dark))
    return replace(scene, folds=tuple(creases), roughness=rng.uniform(0.01, 0.02))
