"""A hand that writes: from a way of writing to the strokes of a pen, each time a little different.

Chance enters as a generator only. Sizes and widths are fractions of the pad's side, as they are on
the page; slant is columns a row.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.preprocess import Stroke
from model.train.ways import Run, Way

Points = NDArray[np.float64]
Range = tuple[float, float]

SAMPLES = 6
"""Points drawn for each step from a place to the next."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How far hands differ; each drawing takes a value from every range.

    The width of a line is drawn evenly on a logarithmic scale, for every digit alike: were some
    digits only ever thin, thickness would speak against them.
    """

    size: Range = (0.3, 0.92)
    width: Range = (0.02, 0.14)
    thickest: float = 0.18  # of the size: beyond it a digit is a blot
    slant: Range = (-0.15, 0.4)
    turn: float = 8.0  # degrees, either way
    breadth: float = 0.3  # of the logarithm, either way
    proportion: float = 0.0  # how far one half grows at the other's expense, either way, below 1
    bow: float = 0.06  # of its length: how far a straight line bends, standard deviation
    wave: float = 0.03  # of the height: slow deviations from where the pen should be
    care: Range = (0.5, 2.0)  # factor of the spreads that the way names
    haste: Range = (0.0, 0.0)  # of the height: the length of path over which corners are cut
    miss: float = 0.0  # of the height: how far strokes miss each other, standard deviation


def write(way: Way, hand: Hand, rng: np.random.Generator) -> list[Stroke]:
    """Write once, somewhere on the pad and within it."""
    care = rng.uniform(*hand.care)
    lines = _missing([_line(line, care, hand, rng) for line in way], hand, rng)
    lines = _leaning(_proportioned(lines, hand, rng), hand, rng)
    lines = _hurried(_bent(lines, hand, rng), hand, rng)
    return on_pad(lines, hand, rng)


def curve(points: Points) -> Points:
    """Lay a smooth curve through points (n, 2): a Catmull-Rom spline, sampled.

    E. Catmull, R. Rom, "A class of local interpolating splines" (1974); at the ends the missing
    neighbour is the mirror image of the other.
    """
    ends = 2 * points[[0, -1]] - points[[1, -2]]
    before, start, end, after = (
        np.concatenate((ends[:1], points, ends[1:]))[i : i + len(points) - 1, None]
        for i in range(4)
    )
    t = (np.arange(SAMPLES) / SAMPLES)[:, None]
    inner: Points = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.concatenate((inner.reshape(-1, 2), points[-1:]))


def on_pad(lines: Sequence[Points], hand: Hand, rng: np.random.Generator) -> list[Stroke]:
    """Give lines of any size a size and a width of this hand, and a place on the pad."""
    everything = np.concatenate(lines)
    low, extent = everything.min(0), np.ptp(everything, axis=0)
    size = rng.uniform(*hand.size)
    thinnest, thickest = hand.width[0], max(hand.width[0], min(hand.width[1], hand.thickest * size))
    width = math.exp(rng.uniform(math.log(thinnest), math.log(thickest)))
    scale = (size - min(width, size / 2)) / max(float(extent.max()), 1e-6)
    corner = width / 2 + rng.random(2) * (1 - width - extent * scale)
    return [Stroke((line - low) * scale + corner, width) for line in lines]


def _line(line: Sequence[Run], care: float, hand: Hand, rng: np.random.Generator) -> Points:
    """One stroke: its runs, joined at their corners."""
    parts: list[Points] = []
    for run in line:
        places = np.array(run)
        points = places[:, :2] + rng.uniform(-1, 1, (len(run), 2)) * places[:, 2:] * care
        if parts:
            points = np.concatenate((parts[-1][-1:], points))
        parts.append(curve(bowed(points, hand.bow, rng) if len(points) == 2 else points))
    return np.concatenate(parts)


def bowed(points: Points, bow: float, rng: np.random.Generator) -> Points:
    """Bend a straight line to one side, by `bow` of its length or so: (2, 2) -> (3, 2)."""
    across = (points[1] - points[0])[::-1] * (-1, 1)
    middle = points.mean(0) + across * rng.normal(0, bow)
    return np.stack((points[0], middle, points[1]))


def _missing(lines: Sequence[Points], hand: Hand, rng: np.random.Generator) -> list[Points]:
    """Set the pen down beside where it should go on: each stroke but the first is moved."""
    if not hand.miss:
        return list(lines)
    return [lines[0], *(line + rng.normal(0, hand.miss, 2) for line in lines[1:])]


def _hurried(lines: Sequence[Points], hand: Hand, rng: np.random.Generator) -> list[Points]:
    """Cut corners: each point becomes the mean of the path around it; both ends stay.

    The path is taken in even steps, as a pen goes that does not slow down for corners.
    """
    if not hand.haste[1]:
        return list(lines)
    reach = rng.uniform(*hand.haste)
    return [_cut(line, reach) for line in lines]


def _cut(line: Points, reach: float) -> Points:
    gone = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    places = np.linspace(0, gone[-1], len(line))
    even = np.stack([np.interp(places, gone, line[:, axis]) for axis in (0, 1)], axis=1)
    apart = places[:, None] - places
    # Nobody looks further ahead than the end that is nearer: there the path stays what it was.
    within = np.minimum(reach / 2, np.minimum(places, gone[-1] - places))[:, None]
    near = (np.abs(apart) <= within + 1e-12).astype(np.float64)
    mean: Points = near @ even / near.sum(axis=1, keepdims=True)
    return mean


def _proportioned(lines: Sequence[Points], hand: Hand, rng: np.random.Generator) -> list[Points]:
    """Let one half grow at the other's expense: the upper or the lower, the left or the right."""
    if not hand.proportion:
        return list(lines)
    everything = np.concatenate(lines)
    low, extent = everything.min(0), np.maximum(np.ptp(everything, axis=0), 1e-6)
    more = rng.uniform(-hand.proportion, hand.proportion, 2)
    shares = [(line - low) / extent for line in lines]
    # u + a u (1 - u) climbs from 0 to 1 all the way, as long as a lies between -1 and 1.
    return [(u + more * u * (1 - u)) * extent + low for u in shares]


def _leaning(lines: Sequence[Points], hand: Hand, rng: np.random.Generator) -> list[Points]:
    """Make it narrower or broader, slant it, and turn it."""
    broader, slant = math.exp(rng.uniform(-hand.breadth, hand.breadth)), rng.uniform(*hand.slant)
    angle = math.radians(rng.uniform(-hand.turn, hand.turn))
    cosine, sine = math.cos(angle), math.sin(angle)
    matrix = np.array([[cosine, -sine], [sine, cosine]]) @ [[broader, -slant], [0, 1]]
    return [line @ matrix.T for line in lines]


def _bent(lines: Sequence[Points], hand: Hand, rng: np.random.Generator) -> list[Points]:
    """Deviate slowly: a wave down the page for x, one across it for y."""
    height = rng.uniform(0, hand.wave, 2)
    turns, start = rng.uniform(0.4, 1.4, 2), rng.uniform(0, 2 * math.pi, 2)
    return [line + height * np.sin(2 * math.pi * turns * line[:, ::-1] + start) for line in lines]
