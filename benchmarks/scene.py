"""Photographs by arithmetic: marks on a sheet, the sheet on a desk, light on both, a camera.

Colours are linear light 0..1 until the camera turns them into bytes; places on the sheet are
fractions of the picture's shorter side, (0, 0) in its middle, x to the right, y down. A photograph
is a `Scene`, a plain value; `photograph` draws it, and the same generator gives the same file.
"""

import math
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Array = npt.NDArray[np.float32]
Points = npt.NDArray[np.float64]
Colour = tuple[float, float, float]

SHARP = 2
"""Marks are drawn so many times larger and averaged: soft edges, as a lens gives them."""


@dataclass(frozen=True)
class Mark:
    """Lines of one pen or printer: polylines on the sheet, and how they look."""

    lines: tuple[Points, ...]
    width: float
    colour: Colour = (0.03, 0.03, 0.04)
    strength: float = 1.0  # opacity: a pale pencil lets the paper through
    pressure: float = 0.0  # how far the width changes along a line, part of it
    grain: float = 0.0  # part of the ink that the paper's roughness leaves out


@dataclass(frozen=True)
class Shadow:
    """What lies beyond a straight edge gets less light."""

    angle: float  # where it lies, seen from the middle, in radians
    distance: float  # of its edge from the middle
    softness: float  # over which the edge fades
    dark: float  # part of the light that is gone


@dataclass(frozen=True)
class Lamp:
    """Light that falls off around a place."""

    place: tuple[float, float]
    reach: float
    share: float  # of all light


@dataclass(frozen=True)
class Desk:
    """What lies around the sheet."""

    sides: tuple[str, ...]
    margin: float  # width of the strip, part of the picture's side
    colour: Colour
    grain: float  # contrast of the wood or cloth


@dataclass(frozen=True)
class Scene:
    """Everything that is in front of the camera, and how it is held."""

    size: tuple[int, int] = (960, 1280)  # rows, columns
    marks: tuple[Mark, ...] = ()
    paper: Colour = (0.8, 0.8, 0.78)
    roughness: float = 0.01
    folds: tuple[Shadow, ...] = ()  # creases: the sheet beyond each is tilted a little
    desk: Desk | None = None
    objects: tuple[Mark, ...] = ()  # what lies on the sheet
    tilt: tuple[float, float] = (0.0, 0.0)  # perspective, towards right and bottom
    turn: float = 0.0
    gradient: tuple[float, float] = (0.0, 0.0)
    shadows: tuple[Shadow, ...] = ()
    lamp: Lamp | None = None
    exposure: float = 0.75  # brightness of the brightest paper, linear
    focus: float = 0.0012  # blur, standard deviation, part of the shorter side
    noise: float = 0.008
    quality: int = 88  # of the JPEG; 0 gives a PNG
    enlarge: int = 1  # phones store more pixels than their lens resolves
    grey: bool = False


def photograph(scene: Scene, rng: np.random.Generator) -> bytes:
    """Draw a scene and store it as a camera does."""
    rows, columns = scene.size
    light = _light(scene)
    picture = _paper(scene, rng)
    for mark in scene.marks:
        _lay(picture, _cover(scene, mark, rng), mark)
    if scene.desk is not None:
        sheet = _sheet(scene, scene.desk, rng)
        wood = _wood(scene.desk, rows, columns, rng)
        picture *= sheet[..., None]
        picture += wood * (1 - sheet[..., None])
        near = np.clip(_blur(sheet, 0.008 * min(rows, columns)), 0, 1)
        light *= np.where(sheet > 0.5, np.float32(1), 1 - near)  # the sheet's own narrow shadow
    for thing in scene.objects:
        shape = _cover(scene, thing, rng)
        moved = np.roll(_blur(shape, 0.01 * min(rows, columns)), (6, 6), (0, 1))
        light *= 1 - 0.35 * moved
        _lay(picture, shape, thing)
    picture *= light[..., None]
    return _camera(picture, scene, rng)


def _lay(picture: Array, cover: Array, mark: Mark) -> None:
    """Lay ink over what is there: a pen's ink is a filter, so it darkens what lies below."""
    share = (cover * np.float32(mark.strength))[..., None]
    picture *= 1 - share
    picture += share * np.array(mark.colour, np.float32)


def places(scene: Scene, points: Points) -> Points:
    """Where points of the sheet lie in the picture, in pixels: turned, and in perspective."""
    rows, columns = scene.size
    cosine, sine = math.cos(scene.turn), math.sin(scene.turn)
    turned = points @ np.array([[cosine, sine], [-sine, cosine]])
    depth = 1 + turned @ np.array(scene.tilt)
    return np.asarray(turned / depth[:, None] * min(rows, columns) + (columns / 2, rows / 2))


def _cover(scene: Scene, mark: Mark, rng: np.random.Generator) -> Array:
    """How much of each pixel the lines of a mark cover."""
    rows, columns = scene.size
    canvas = Image.new("L", (columns * SHARP, rows * SHARP))
    pen = ImageDraw.Draw(canvas)
    width = mark.width * min(rows, columns) * SHARP
    for line in mark.lines:
        points = places(scene, line) * SHARP
        steps = np.linspace(0, rng.uniform(2, 6), len(points)) + rng.uniform(0, 6)
        widths = width * (1 + mark.pressure * np.sin(steps))
        for start, end, w in zip(points[:-1], points[1:], widths, strict=False):
            pen.line([*start, *end], fill=255, width=max(1, round(w)))
        if width > 3:
            for (x, y), r in zip(points, widths / 2, strict=True):
                pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    cover = np.asarray(canvas.reduce(SHARP), np.float32) / np.float32(255)
    if width < 2:
        cover *= np.float32(max(width, 0.5) / 2)
    if mark.grain:
        rough = _blur(rng.standard_normal((rows, columns)).astype(np.float32), 0.9)
        cover = cover * np.clip(1 - mark.grain * (0.6 + rough / rough.std()), 0, 1)
    return cover


def _paper(scene: Scene, rng: np.random.Generator) -> Array:
    """The bare sheet: its colour, its fibres, its clouds."""
    rows, columns = scene.size
    fibres = _clouds(rows, columns, max(rows, columns) // 2, rng)
    shade = 1 + np.float32(scene.roughness) * (fibres + _clouds(rows, columns, 12, rng))
    return np.asarray(shade[..., None] * np.array(scene.paper, np.float32))


def _clouds(rows: int, columns: int, cells: int, rng: np.random.Generator) -> Array:
    """Slow changes, of standard deviation 1."""
    few = rng.standard_normal((cells, cells), np.float32)
    return np.asarray(Image.fromarray(few).resize((columns, rows), Image.Resampling.BICUBIC))


def _sheet(scene: Scene, desk: Desk, rng: np.random.Generator) -> Array:
    """1 where the sheet lies: a quadrilateral whose edges are nearly those of the picture."""
    rows, columns = scene.size
    left, top, right, bottom = -0.3, -0.3, 1.3, 1.3
    for side in desk.sides:
        inner = desk.margin * rng.uniform(0.7, 1.3)
        left = inner if side == "left" else left
        top = inner if side == "top" else top
        right = 1 - inner if side == "right" else right
        bottom = 1 - inner if side == "bottom" else bottom
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    corners += rng.normal(0, 0.015, (4, 2))
    canvas = Image.new("L", (columns * SHARP, rows * SHARP))
    where = [(x * columns * SHARP, y * rows * SHARP) for x, y in corners]
    ImageDraw.Draw(canvas).polygon(where, fill=255)
    return np.asarray(canvas.reduce(SHARP), np.float32) / np.float32(255)


def _wood(desk: Desk, rows: int, columns: int, rng: np.random.Generator) -> Array:
    """A desk: stripes along one direction, stronger here and weaker there, and clouds."""
    if rng.random() < 0.5:
        line = _blur(rng.standard_normal((rows, 1)).astype(np.float32), 1.5)
    else:
        line = _blur(rng.standard_normal((1, columns)).astype(np.float32), 1.5)
    uneven = _clouds(rows, columns, 5, rng)
    stripes = line / max(float(line.std()), 1e-6) * (0.6 + 0.4 * uneven) + uneven
    shade = np.clip(1 + np.float32(desk.grain) * stripes, 0.3, 2)
    return np.asarray(shade[..., None] * np.array(desk.colour, np.float32))


def _light(scene: Scene) -> Array:
    """How much light falls on each pixel, about 1."""
    rows, columns = scene.size
    short = min(rows, columns)
    y = ((np.arange(rows, dtype=np.float32) + 0.5 - rows / 2) / short)[:, None]
    x = ((np.arange(columns, dtype=np.float32) + 0.5 - columns / 2) / short)[None]
    light = 1 + scene.gradient[0] * x + scene.gradient[1] * y
    if scene.lamp is not None:
        lamp = scene.lamp
        near = 1 / (1 + ((x - lamp.place[0]) ** 2 + (y - lamp.place[1]) ** 2) / lamp.reach**2)
        light = light * (1 - lamp.share + lamp.share * near)
    for shadow in (*scene.shadows, *scene.folds):
        beyond = x * math.cos(shadow.angle) + y * math.sin(shadow.angle) - shadow.distance
        part = np.clip(beyond / shadow.softness + 0.5, 0, 1)
        light = light * (1 - shadow.dark * part * part * (3 - 2 * part))
    return np.asarray(np.maximum(light, 0.03), np.float32)


def _camera(picture: Array, scene: Scene, rng: np.random.Generator) -> bytes:
    """Expose, blur, encode for the eye, add the sensor's noise, compress."""
    rows, columns = scene.size
    bright = float(np.percentile(picture[::8, ::8, 1], 97))
    picture *= np.float32(scene.exposure / max(bright, 1e-3))
    np.sqrt(np.clip(picture, 0, 1, out=picture), out=picture)
    image = Image.fromarray((picture * 255 + 0.5).astype(np.uint8))
    image = image.filter(ImageFilter.GaussianBlur(scene.focus * min(rows, columns)))
    grain = _clouds(rows, columns, int(max(rows, columns) / 1.4), rng)[..., None] * np.float32(1.2)
    colour = _clouds(rows, columns, max(rows, columns) // 3, rng)[..., None] * np.float32(0.5)
    grain = grain + colour * np.array((1, -0.4, -0.8), np.float32)
    pixels = np.asarray(image, np.float32) + np.float32(255 * scene.noise) * grain
    image = Image.fromarray(np.clip(pixels + 0.5, 0, 255).astype(np.uint8))
    if scene.enlarge > 1:
        larger = (columns * scene.enlarge, rows * scene.enlarge)
        image = image.resize(larger, Image.Resampling.BICUBIC)
    file = BytesIO()
    image = image.convert("L") if scene.grey else image
    if scene.quality:
        image.save(file, "JPEG", quality=scene.quality)
    else:
        image.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _blur(plane: Array, sigma: float) -> Array:
    """Gaussian blur of standard deviation sigma pixels; wide ones on a smaller picture."""
    if sigma < 0.2:
        return plane
    rows, columns = plane.shape
    factor = int(sigma / 2)
    if factor > 1 and min(rows, columns) > 8 * factor:
        small = Image.fromarray(plane).resize(
            (columns // factor, rows // factor), Image.Resampling.BOX
        )
        narrow = _blur(np.asarray(small), sigma / factor)
        return np.asarray(Image.fromarray(narrow).resize((columns, rows), Image.Resampling.BICUBIC))
    reach = max(1, math.ceil(3 * sigma))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    for axis, size in enumerate(plane.shape):
        around = [(reach, reach) if axis == a else (0, 0) for a in (0, 1)]
        padded = np.pad(plane, around, mode="edge")
        total = np.zeros_like(plane)
        for k, tap in enumerate(taps / taps.sum()):
            part = padded[k : k + size] if axis == 0 else padded[:, k : k + size]
            total += np.float32(tap) * part
        plane = total
    return plane
