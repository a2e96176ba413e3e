"""Tell ink from paper in a photo or scan.

Paper is what remains when everything narrower than a window is filled from its surroundings (a
closing); dividing by it takes uneven light, the edges of shadows and of the sheet away. What
differs from it by more than the noise around is ink, if its shape is that of a pen's lines. Both
ways round are tried, dark on light and light on dark, and windows for fine pens before those for
broad ones, which see more of everything that is not ink.

Pictures are float32 (rows, columns), 0 = black, 1 = white; ink is 0 = paper, 1 = ink.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.preprocess.choose import Choice, choose, without_frames
from model.preprocess.filled import DARKEST, HALF_A_LEVEL, NOISE, fill, fills
from model.preprocess.lines import SPAN, without_lines
from model.preprocess.place import Array, Box
from model.preprocess.several import joined
from model.preprocess.windows import between, cells, closing

WINDOWS = (0.07, 0.18, 0.42)
"""Windows, as parts of the longer side: a line is at most about half as wide."""

FINEST, BROADER = 0.03, 0.075
"""Parts of a window that a line's width exceeds: of the narrowest, and of those for broad pens."""

FAINTEST = 0.045
"""Contrast below which there is no ink, as a fraction of the paper's brightness."""

BRIGHTEST = np.float32(0.6)
"""As `DARKEST`, for boards seen as a negative: what is lighter than 0.4 is hardly one."""

CLEAR = 8.0
"""Contrast, in standard deviations of the paper, from which on ink is certain."""

ROOM = 3.5
"""Widths of a line that a window needs where lines meet at a sharp angle."""

SLENDER = 20.0
"""Times longer than wide: what is more so is no better for it."""

LEAST = 0.42
"""Part of it below which nothing was found."""

DIM = 0.1
"""A picture that is darker everywhere is scaled by its own brightest pixel."""

TINY = 64
"""Pictures of so many pixels a side have no room for windows."""

THIN = 8
"""And so narrow ones none for a digit."""

BLOCK = 2
"""Windows of a side of the blocks in which the paper's noise is measured."""


class Contrast(NamedTuple):
    """How far each pixel differs from its paper, and what is only noise."""

    ink: Array
    level: Array  # of the bare paper around
    noise: Array  # its standard deviation
    window: int
    picture: Array  # that was looked at
    negative: bool


class Found(NamedTuple):
    """Ink of a picture, and where the digits are when there seem to be several.

    Attributes
    ----------
    ink
        (rows, columns) of the one that is read.
    digits
        Of each, in parts of the picture's width and height, in reading order.
    """

    ink: Array
    digits: tuple[Box, ...] = ()


def find(grey: Array, alpha: Array | None = None, digit: int | None = None) -> Found:
    """Find the ink of a picture: dark on light, light on dark, or on transparent.

    Parameters
    ----------
    grey
        (rows, columns) brightness.
    alpha
        (rows, columns) opacity; transparent is paper.
    digit
        Which to take where there are several; the largest by default.
    """
    if alpha is not None and float(alpha.min()) < 0.5:
        grey = _on_paper(grey, alpha)
    brightest = float(grey.max())
    if 0 < brightest < DIM:
        grey = grey / np.float32(brightest)
    if max(grey.shape) <= TINY or min(grey.shape) < THIN:
        return Found(fill(grey))
    best: Look | None = None
    for part in WINDOWS:
        small = _reduced(grey, part)
        looks = [_look(small, part, digit, negative=negative) for negative in (False, True)]
        clear = [look for look in looks if look is not None and look.clear >= LEAST]
        finer = max(clear, key=lambda look: look.fineness, default=None)
        if finer is not None and finer.beats(best):
            best = finer
        if best is not None and best.certain:
            break
        if part == WINDOWS[0]:
            filled = fill(grey)
            if fills(filled):
                return Found(filled)
    if best is None:
        return Found(fill(grey))
    rows, columns = best.contrast.picture.shape
    parts = (columns, rows, columns, rows)
    digits = (Box(*(a / b for a, b in zip(one, parts, strict=True))) for one in best.chosen.digits)
    return Found(_stretch(best, grey), tuple(digits))


class Look(NamedTuple):
    """What was found through one window, one way round."""

    contrast: Contrast
    chosen: Choice
    clear: float  # contrast in standard deviations of the paper, over CLEAR, at most 1
    part: float  # the window's, of the longer side

    @property
    def strength(self) -> float:
        """Contrast squared times length, less where it might be noise."""
        return self.chosen.strength * self.clear**2

    @property
    def fineness(self) -> float:
        """The same, more where a line is slender: the paper that lines enclose is not."""
        return self.strength * min(self.chosen.slender, SLENDER)

    @property
    def certain(self) -> bool:
        """Whether it is a pen's line, far above noise, that the window saw in full breadth."""
        window, chosen = self.contrast.window, self.chosen
        fine = chosen.width < 0.45 * window < 0.2 * chosen.longest
        return self.clear >= 1 and chosen.slender > 7 and fine

    def beats(self, best: "Look | None") -> bool:
        """Whether to believe this window rather than a narrower one."""
        return (best is None or self.fineness > 1.5 * best.fineness) and not self.torn

    @property
    def torn(self) -> bool:
        """Whether what seems to be several digits hangs together in a window that sees all of it.

        Where lines cross they are broader than elsewhere, and vanish in a window made for the rest.
        """
        digits = self.chosen.digits
        if not digits or self.part == WINDOWS[-1]:
            return False
        picture = self.contrast.picture
        paper = closing(picture, 2 * round(max(picture.shape) * WINDOWS[-1] / 2) + 1)
        darkest = BRIGHTEST if self.contrast.negative else DARKEST
        ink = np.asarray((paper - picture) / np.maximum(paper, darkest), np.float32)
        return joined(ink > 0.5 * _body(ink[self.chosen.kept]), digits)


def _look(grey: Array, part: float, digit: int | None = None, *, negative: bool) -> Look | None:
    window = 2 * max(1, round(max(grey.shape) * part / 2)) + 1
    contrast = _contrast(grey, window, negative=negative)
    ink, level, noise = contrast[:3]
    least = level + np.maximum(NOISE * noise, HALF_A_LEVEL)
    np.maximum(least, 0.5 * FAINTEST, out=least)
    for _ in range(3):
        peak = _body(ink[ink > least])
        if peak < FAINTEST:
            return None
        marks = ink > np.maximum(np.minimum(least, 0.5 * peak), 0.4 * peak)
        if marks.any(0).mean() > SPAN or marks.any(1).mean() > SPAN:
            ink, marks = without_lines(ink, without_frames(marks, ink))
        chosen = choose(marks, ink, window, FINEST if part == WINDOWS[0] else BROADER, digit)
        if chosen is not None:
            kept = chosen.kept
            above = float(((ink[kept] - level[kept]) / (noise[kept] + 1e-3)).mean())
            return Look(contrast._replace(ink=ink), chosen, min(1.0, above / CLEAR), part)
        ink = np.where(marks, np.float32(0), ink)
    return None


def _on_paper(grey: Array, alpha: Array) -> Array:
    """Lay a transparent picture on paper.

    Where the opaque part has contrast of its own it holds paper and ink, and the rest is more of
    that paper. Otherwise it is the drawing itself, whatever its colour: opacity is the ink.
    """
    opaque = grey[alpha > 0.5]
    if not len(opaque):
        return 1 - alpha
    dark, middle, light = np.percentile(opaque, (5, 50, 95))
    if light - dark < 0.5:
        return 1 - alpha
    return np.asarray(alpha * grey + (1 - alpha) * middle, np.float32)


def _contrast(grey: Array, window: int, *, negative: bool) -> Contrast:
    picture, darkest = (1 - grey, BRIGHTEST) if negative else (grey, DARKEST)
    paper = closing(picture, window)
    ink = np.asarray((paper - picture) / np.maximum(paper, darkest), np.float32)
    rows, columns = ink.shape
    some = ink[:: min(3, window // 3), :: min(3, window // 3)]
    down = max(1, round(rows / (BLOCK * window)))
    across = max(1, round(columns / (BLOCK * window)))
    high, wide = some.shape[0] // down, some.shape[1] // across
    parts = some[: down * high, : across * wide].reshape(down, high, across, wide)
    blocks = np.asarray(parts.transpose(0, 2, 1, 3).reshape(down, across, -1), np.float32)
    level = _middle(blocks)
    noise = np.float32(1.4826) * _middle(np.abs(blocks - level[..., None]))
    level, noise = _enlarged(level, ink.shape), _enlarged(noise, ink.shape)
    return Contrast(ink, level, noise, window, picture, negative)


def _middle(blocks: Array) -> Array:
    """The median along the last axis."""
    half = blocks.shape[-1] // 2
    return np.asarray(np.partition(blocks, half, -1)[..., half])


def _reduced(grey: Array, part: float) -> Array:
    """Average over what is narrow for a window: broad lines need neither details nor noise."""
    window = max(grey.shape) * part
    if part == WINDOWS[0]:
        return grey
    step = min(max(1, round(window / 24)), 4)
    return _smooth(cells(grey, step), int(window / step / 10))


def _smooth(picture: Array, reach: int) -> Array:
    """Average over so many pixels to each side."""
    if reach < 1:
        return picture
    size = 2 * reach + 1
    padded = np.pad(picture, ((reach + 1, reach), (reach + 1, reach)), mode="edge")
    total = padded.cumsum(0, dtype=np.float64).cumsum(1)
    sums = total[size:, size:] - total[:-size, size:] - total[size:, :-size] + total[:-size, :-size]
    return np.asarray(sums / size**2, np.float32)


def _stretch(look: Look, grey: Array) -> Array:
    """Set the paper with its noise to 0 and the body of the ink to 1; edges keep their greys."""
    contrast, chosen = look.contrast, look.chosen
    if look.part == WINDOWS[0]:
        peak = _body(contrast.ink[chosen.kept])
        noise = np.float32(NOISE) * contrast.noise
        return _between_ends(contrast.ink, contrast.level, noise, peak) * chosen.near
    # The place was found in a smaller picture; the lines' edges are sharper in the large one.
    window = max(contrast.window, 2 * round(ROOM * chosen.width / 2) + 1)
    paper = _enlarged(closing(contrast.picture, window), grey.shape)
    near = _enlarged(chosen.near, grey.shape) > 0
    picture, darkest = (1 - grey, BRIGHTEST) if contrast.negative else (grey, DARKEST)
    ink = np.asarray((paper - picture) / np.maximum(paper, darkest), np.float32)
    grain = np.full_like(ink, NOISE * _grain(ink))
    level = np.full_like(ink, np.median(contrast.level))
    peak = max(_body(contrast.ink[chosen.kept]), _body(ink[near]) - float(grain[0, 0]))
    return _between_ends(ink, level, grain, peak) * near


def _between_ends(ink: Array, level: Array, noise: Array, peak: float) -> Array:
    noise = np.maximum(noise, np.float32(HALF_A_LEVEL))
    low = np.minimum(level + noise, 0.5 * peak)
    high = np.maximum(peak - noise, 0.5 * (low + peak))
    return np.asarray(np.clip((ink - low) / (high - low), 0, 1), np.float32)


def _grain(ink: Array) -> float:
    """Standard deviation of the noise, from the differences of neighbours."""
    return 1.4826 / math.sqrt(2) * float(np.median(np.abs(np.diff(ink[::2], axis=1))))


def _enlarged(picture: NDArray[Any], shape: tuple[int, ...]) -> Array:
    """A small picture in the size of a large one, linear between the middles of its cells."""
    down, across = (between(size, count) for size, count in zip(shape, picture.shape, strict=True))
    return np.asarray(down @ picture.astype(np.float32) @ across.T, np.float32)


def _body(strong: Array) -> float:
    """How dark the ink is where it is dark: not its single darkest pixel, not its edges."""
    if not len(strong):
        return 0.0
    return float(np.percentile(strong[strong >= 0.5 * strong.max()], 90))
