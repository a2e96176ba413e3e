"""Kinds of photographs of one handwritten digit: a plain one, and what people's really are like.

Each kind is a plain photograph with one thing changed, and chance in everything else: hand, pen,
paper, light, place, size, camera. The hands are those of `model.train`, never fonts.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from benchmarks.scene import Colour, Desk, Lamp, Mark, Points, Scene, Shadow, photograph
from model.train.hand import Hand, write
from model.train.ways import DIGITS, OTHER_DIGITS

SIZES = ((360, 480), (480, 640), (560, 560), (600, 800), (768, 1024))
PENS: tuple[Colour, ...] = (
    (0.02, 0.02, 0.02),
    (0.03, 0.04, 0.14),
    (0.03, 0.05, 0.22),
    (0.06, 0.06, 0.06),
    (0.3, 0.03, 0.03),
)
PAPERS: tuple[Colour, ...] = ((0.85, 0.85, 0.84), (0.8, 0.79, 0.75), (0.75, 0.76, 0.78))
HAND = Hand()

Kind = Callable[[Scene, np.random.Generator], Scene]
"""What a kind changes about a plain photograph."""


class Photo(NamedTuple):
    """A file, and the digit that it shows."""

    data: bytes
    digit: int


def draw(kind: str, seed: Sequence[int]) -> Photo:
    """Take one photograph of a kind; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    digit = int(rng.integers(10))
    scene = plain(rng, digit)
    return Photo(photograph(KINDS[kind](scene, rng), rng), digit)


def written(digit: int, rng: np.random.Generator) -> list[Points]:
    """Write a digit once: its lines in a box whose longer side is 1, the middle at (0, 0)."""
    ways = (*DIGITS[str(digit)], *OTHER_DIGITS[str(digit)])
    strokes = write(ways[int(rng.integers(len(ways)))], HAND, rng)
    lines = [stroke.points for stroke in strokes]
    everything = np.concatenate(lines)
    low, high = everything.min(0), everything.max(0)
    return [(line - (low + high) / 2) / (high - low).max() for line in lines]


def plain(rng: np.random.Generator, digit: int) -> Scene:
    """A digit with a usual pen on white paper in even light, held by hand."""
    size = SIZES[int(rng.integers(len(SIZES)))]
    height = rng.uniform(0.2, 0.52)
    scene = Scene(
        size=size if rng.random() < 0.5 else size[::-1],
        paper=_one(PAPERS, rng),
        roughness=rng.uniform(0.004, 0.015),
        tilt=(rng.normal(0, 0.08), rng.normal(0, 0.12)),
        turn=rng.normal(0, 0.05),
        gradient=(rng.normal(0, 0.12), rng.normal(0, 0.12)),
        exposure=rng.uniform(0.45, 0.9),
        focus=rng.uniform(0.0006, 0.0022),
        noise=math.exp(rng.uniform(math.log(0.003), math.log(0.014))),
        quality=int(rng.integers(72, 96)),
        enlarge=int(rng.integers(2, 5)) if rng.random() < 0.15 else 1,
        grey=rng.random() < 0.15,
    )
    return _inked(scene, digit, height, rng.uniform(0.02, 0.06), rng)


def _inked(
    scene: Scene, digit: int, height: float, pen: float, rng: np.random.Generator, spread: float = 1
) -> Scene:
    """Write the digit: its height a part of the shorter side, the pen's width a part of that."""
    free = np.array(scene.size[::-1]) / min(scene.size) / 2 - height / 2 - 0.08
    at = rng.uniform(-1, 1, 2) * np.maximum(free, 0) * 0.6 * spread
    lines = tuple(line * height + at for line in written(digit, rng))
    ink = Mark(lines, height * pen, _one(PENS, rng), rng.uniform(0.85, 1), 0.12)
    return replace(scene, marks=(replace(ink, grain=rng.uniform(0, 0.15)),))


def _again(
    scene: Scene, rng: np.random.Generator, height: float = 1, pen: float = 1, spread: float = 0.5
) -> Scene:
    """The same digit nearer to the middle, larger or smaller, with a finer or broader pen."""
    mark = scene.marks[0]
    low, high = _extent(mark)
    middle = (low + high) / 2
    lines = tuple((line - middle) * height + middle * spread for line in mark.lines)
    return replace(scene, marks=(replace(mark, lines=lines, width=mark.width * height * pen),))


def _extent(mark: Mark) -> tuple[Points, Points]:
    everything = np.concatenate(mark.lines)
    return everything.min(0), everything.max(0)


def _one(options: Sequence[Any], rng: np.random.Generator) -> Any:
    return options[int(rng.integers(len(options)))]


def _desk(*sides: str) -> Kind:
    """A strip of the desk along the sides of the picture."""

    def changed(scene: Scene, rng: np.random.Generator) -> Scene:
        desk = Desk(sides, rng.uniform(0.07, 0.17), _desk_colour(rng), _grain(rng))
        return replace(_again(scene, rng, 0.9), desk=desk)

    return changed


def _grain(rng: np.random.Generator) -> float:
    """Half of all desks are plain."""
    return float(rng.uniform(0.05, 0.18)) if rng.random() < 0.5 else 0.01


def _desk_round(scene: Scene, rng: np.random.Generator) -> Scene:
    sides = ("left", "right", "top", "bottom")
    desk = Desk(sides, rng.uniform(0.07, 0.17), _desk_colour(rng), _grain(rng))
    return replace(_again(scene, rng, 0.75, 1, 0.3), desk=desk)


def _desk_colour(rng: np.random.Generator) -> Colour:
    shade = math.exp(rng.uniform(math.log(0.03), math.log(0.3)))
    warm = rng.uniform(0, 0.5)
    return (shade, shade * (1 - 0.4 * warm), shade * (1 - 0.8 * warm))


def _beside(scene: Scene, rng: np.random.Generator, softness: float) -> Shadow:
    """A shadow from any side, whose edge lies beside the digit, or now and then on it."""
    low, high = _extent(scene.marks[0])
    angle = rng.uniform(0, 2 * math.pi)
    toward = np.array([math.cos(angle), math.sin(angle)])
    reach = max(
        float(np.array([x, y]) @ toward) for x in (low[0], high[0]) for y in (low[1], high[1])
    )
    gap = rng.uniform(0.02, 0.2) if rng.random() < 0.8 else -rng.uniform(0.1, 0.4)
    return Shadow(angle, reach + gap, softness, rng.uniform(0.4, 0.8))


def _shadow_hard(scene: Scene, rng: np.random.Generator) -> Scene:
    return replace(scene, shadows=(_beside(scene, rng, rng.uniform(0.004, 0.03)),))


def _shadow_soft(scene: Scene, rng: np.random.Generator) -> Scene:
    shadows = [_beside(scene, rng, rng.uniform(0.08, 0.4)) for _ in range(rng.integers(1, 3))]
    return replace(scene, shadows=tuple(shadows))


def _lamp(scene: Scene, rng: np.random.Generator) -> Scene:
    place = tuple(float(v) for v in rng.uniform(-0.7, 0.7, 2))
    lamp = Lamp((place[0], place[1]), rng.uniform(0.2, 0.5), rng.uniform(0.7, 0.95))
    return replace(scene, lamp=lamp, exposure=rng.uniform(0.6, 1.0))


def _pale_pen(scene: Scene, rng: np.random.Generator) -> Scene:
    scene = _again(scene, rng, rng.uniform(0.35, 0.9), rng.uniform(0.6, 1), 1)
    mark = replace(scene.marks[0], colour=(0.2, 0.2, 0.22), strength=rng.uniform(0.25, 0.55))
    clouds = tuple(_beside(scene, rng, 0.5) for _ in range(2))
    dim = tuple(replace(cloud, dark=rng.uniform(0.1, 0.4)) for cloud in clouds)
    return replace(scene, marks=(mark,), shadows=dim, exposure=rng.uniform(0.15, 0.6))


def _out_of_focus(scene: Scene, rng: np.random.Generator) -> Scene:
    pale = replace(scene.marks[0], strength=rng.uniform(0.2, 0.8))
    height = float(np.ptp(np.concatenate(pale.lines), axis=0).max())
    scene = replace(scene, marks=(pale,), focus=height * rng.uniform(0.025, 0.05))
    if rng.random() < 0.5:  # cropped to the digit, and small
        size = (int(rng.integers(80, 200)), int(rng.integers(80, 200)))
        scene = replace(_again(scene, rng, 0.72 / height, 1, 0), size=size, enlarge=1)
        focus = 0.72 * rng.uniform(0.025, 0.05)
        return replace(scene, focus=focus, noise=rng.uniform(0.004, 0.02), quality=0)
    return scene


def _printed_box(scene: Scene, rng: np.random.Generator) -> Scene:
    low, high = _extent(scene.marks[0])
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


def _underline(scene: Scene, rng: np.random.Generator) -> Scene:
    low, high = _extent(scene.marks[0])
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
    colour = _one(((0.03, 0.03, 0.03), (0.05, 0.05, 0.1), (0.1, 0.15, 0.3)), rng)
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


def _rules_faint(scene: Scene, rng: np.random.Generator) -> Scene:
    height = float(np.ptp(np.concatenate(scene.marks[0].lines), axis=0).max())
    lines = _rules(rng, height)
    scene = replace(scene, marks=(replace(scene.marks[0], strength=rng.uniform(0.6, 1)),))
    colour = _one(((0.3, 0.4, 0.7), (0.4, 0.4, 0.4), (0.3, 0.55, 0.6)), rng)
    printed = Mark(tuple(lines), rng.uniform(0.002, 0.005), colour, rng.uniform(0.3, 0.7))
    return replace(scene, marks=(printed, *scene.marks))


def _rules_dark(scene: Scene, rng: np.random.Generator) -> Scene:
    height = float(np.ptp(np.concatenate(scene.marks[0].lines), axis=0).max())
    scene = _printed(scene, _rules(rng, height), rng, rng.uniform(0.6, 1))
    printed = replace(scene.marks[0], width=scene.marks[1].width * rng.uniform(0.35, 0.9))
    return replace(scene, marks=(printed, scene.marks[1]))


def _two_colours(scene: Scene, rng: np.random.Generator) -> Scene:
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
    paper, pen = (np.array(one) for one in _one(pairs, rng))
    pen = pen * (weights @ paper) / (weights @ pen) * rng.uniform(0.97, 1.03)
    colour = np.clip(pen, 0, 1) ** 2
    scene = _again(scene, rng, 1, rng.uniform(1, 1.6))
    ground = paper**2
    mark = replace(scene.marks[0], colour=_colour(colour), strength=1.0, grain=0.0)
    exposure = float(ground[1]) * rng.uniform(0.8, 1.1)
    return replace(scene, marks=(mark,), paper=_colour(ground), exposure=exposure, grey=False)


def _colour(found: Points) -> Colour:
    red, green, blue = (float(value) for value in found)
    return (red, green, blue)


def _other_papers(scene: Scene, rng: np.random.Generator) -> Scene:
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
        paper=_one(papers, rng),
        roughness=rng.uniform(0.01, 0.05),
        exposure=rng.uniform(0.25, 0.7),
    )


def _other_pens(scene: Scene, rng: np.random.Generator) -> Scene:
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
    return replace(scene, marks=(_one(pens, rng),))


def _other_sizes(scene: Scene, rng: np.random.Generator) -> Scene:
    height = float(np.ptp(np.concatenate(scene.marks[0].lines), axis=0).max())
    if rng.random() < 0.6:
        pen = rng.uniform(0.8, 1.5)
        return _again(scene, rng, rng.uniform(0.09, 0.2) / height, pen, rng.uniform(0.3, 2.2))
    return _again(scene, rng, rng.uniform(0.78, 0.9) / height, 1, 0)


def _far_sides(scene: Scene, rng: np.random.Generator) -> Scene:
    """Two things at once: a desk and a shadow, as on most tables."""
    sides = (("left",), ("right",), ("top",), ("bottom",), ("left", "top"), ("right", "bottom"))
    scene = _desk(*_one(sides, rng))(scene, rng)
    return replace(scene, shadows=(_beside(scene, rng, rng.uniform(0.02, 0.3)),))


def _board(scene: Scene, rng: np.random.Generator) -> Scene:
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
    ground = _one(((0.03, 0.06, 0.04), (0.04, 0.04, 0.045)), rng)
    return replace(
        scene, marks=(smears, chalk), paper=ground, roughness=0.04, exposure=rng.uniform(0.03, 0.09)
    )


def _folded(scene: Scene, rng: np.random.Generator) -> Scene:
    """A sheet that was folded: beyond each crease the light falls a little differently."""
    creases = []
    for k in range(int(rng.integers(1, 4))):
        angle = rng.normal(0, 0.03) + (k % 2) * math.pi / 2 + rng.integers(2) * math.pi
        dark = rng.choice((-1, 1)) * rng.uniform(0.05, 0.16)
        creases.append(Shadow(angle, rng.uniform(-0.25, 0.3), 0.008, dark))
    return replace(scene, folds=tuple(creases), roughness=rng.uniform(0.01, 0.02))


def _object(scene: Scene, rng: np.random.Generator) -> Scene:
    """A pen, a pencil or a finger that reaches into the picture."""
    low, high = _extent(scene.marks[0])
    side = int(rng.choice((-1, 1)))
    near = (high[0] if side > 0 else low[0]) + side * rng.uniform(0.08, 0.16)
    tip = np.array((near, rng.uniform(low[1], high[1] + 0.1)))
    end = tip + np.array((side * rng.uniform(0.3, 1.2), rng.uniform(0.5, 1.2)))
    colour = _one(((0.6, 0.4, 0.3), (0.02, 0.03, 0.08), (0.6, 0.45, 0.05), (0.5, 0.5, 0.5)), rng)
    thing = Mark((np.stack((tip, (tip + end) / 2, end)),), rng.uniform(0.04, 0.13), colour)
    return replace(scene, objects=(thing,))


def _as_it_is(scene: Scene, _: np.random.Generator) -> Scene:
    return scene


KINDS: Mapping[str, Kind] = {
    "plain": _as_it_is,
    "desk left": _desk("left"),
    "desk right": _desk("right"),
    "desk above": _desk("top"),
    "desk below": _desk("bottom"),
    "desk all round": _desk_round,
    "hard shadow": _shadow_hard,
    "soft shadow": _shadow_soft,
    "lamp": _lamp,
    "pale pen": _pale_pen,
    "out of focus": _out_of_focus,
    "printed box": _printed_box,
    "underline": _underline,
    "faint rules": _rules_faint,
    "dark rules": _rules_dark,
    "two colours": _two_colours,
    "other papers": _other_papers,
    "other pens": _other_pens,
    "other sizes": _other_sizes,
    "desk and shadow": _far_sides,
    "board": _board,
    "folded sheet": _folded,
    "object beside": _object,
}
HELD_OUT = ("board", "folded sheet", "object beside")
"""Kinds that nobody looks at while the reader is made."""
