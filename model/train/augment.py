"""Distorting images while training, so that a network meets more hands than MNIST has.

Chance and arithmetic are apart: `draw` turns a generator into numbers, one set an image, and
`distort` applies them without any chance. All images of a batch are distorted at once.

Shapes: B images, H rows, W columns; k the side of the elastic grid. Values are ink, 0 to 1.
Affine and elastic distortions of digits: P. Simard, D. Steinkraus, J. Platt, "Best Practices for
Convolutional Neural Networks Applied to Visual Document Analysis" (ICDAR 2003), section 2.
"""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from model.arrays import Array

ELASTIC_GRIDS = (5, 8)  # waves as long as half a digit, or as a quarter


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How strongly images are distorted; zero everywhere changes nothing."""

    rotation: float = 15.0  # degrees, either way
    scale: float = 0.15  # of the logarithm, either way
    aspect: float = 0.10  # of the logarithm: rows grow by it, columns shrink by it
    shear: float = 0.25  # columns a row
    shift: float = 2.5  # cells
    elastic: float = 1.2  # cells: the largest standard deviation of a displacement
    thicker: float = 1.0  # share of the thickened image blended in, at most
    thinner: float = 0.7  # share of the thinned image blended in, at most
    blur: float = 0.25  # weight of each neighbour, at most
    fainter: float = 0.3  # of the logarithm of ink
    darker: float = 0.5  # of the logarithm of ink

    def weaker(self, factor: float) -> "Augmentation":
        """Distort in the same ways, less: every strength times the factor."""
        return Augmentation(**{name: factor * strength for name, strength in asdict(self).items()})


class Distortion(NamedTuple):
    """What befalls each image of a batch; made by `draw`."""

    matrix: Array  # (B, 2, 2) from places in the result to places in the source, about the centre
    shift: Array  # (B, 2) rows, columns, in cells of the result
    waves: Array  # (B, 2, k, k) displacement of the source's rows and columns, in cells
    thickness: Array  # (B,) above zero thicker, below thinner
    blur: Array  # (B,)
    gain: Array  # (B,) factor of ink


def draw(count: int, strength: Augmentation, rng: np.random.Generator) -> Distortion:
    """Draw the distortions of `count` images."""

    def uniform(low: float, high: float, *shape: int) -> Array:
        return rng.uniform(low, high, (count, *shape)).astype(np.float32)

    def either(limit: float, *shape: int) -> Array:
        return uniform(-limit, limit, *shape)

    angle, shear = np.deg2rad(either(strength.rotation)), either(strength.shear)
    scale, aspect = either(strength.scale), either(strength.aspect)
    cosine, sine = np.cos(angle), np.sin(angle)
    # Turn, then shear columns by rows, then divide by the scale: the way back from the result.
    matrix = np.stack(
        [
            np.stack([cosine, sine], axis=-1) * np.exp(-scale - aspect)[:, None],
            np.stack([shear * cosine - sine, cosine + shear * sine], axis=-1)
            * np.exp(aspect - scale)[:, None],
        ],
        axis=1,
    )
    side = int(rng.choice(ELASTIC_GRIDS))
    amplitude = uniform(0, strength.elastic, 1, 1, 1)
    waves = rng.standard_normal((count, 2, side, side), dtype=np.float32) * amplitude
    shift = either(strength.shift, 2)
    # Half of the images keep their thickness, and half stay unblurred: most digits are drawn well.
    thickness = uniform(-strength.thinner, strength.thicker) * (rng.random(count) < 0.5)
    blur = uniform(0, strength.blur) * (rng.random(count) < 0.5)
    gain = np.exp(uniform(-strength.fainter, strength.darker))
    return Distortion(
        *(np.asarray(a, np.float32) for a in (matrix, shift, waves, thickness, blur, gain))
    )


def distort(images: Array, distortion: Distortion) -> Array:
    """Apply a distortion: images (B, H, W) -> (B, H, W), ink clipped to 0..1."""
    result = _sample(images, *_places(images.shape[1], images.shape[2], distortion))
    thick = np.flatnonzero(distortion.thickness)
    result[thick] = _thicken(result[thick], distortion.thickness[thick])
    blurred = np.flatnonzero(distortion.blur)
    result[blurred] = _blur(result[blurred], distortion.blur[blurred])
    result *= distortion.gain[:, None, None]
    return np.clip(result, 0, 1, out=result)


def augment(images: Array, strength: Augmentation, rng: np.random.Generator) -> Array:
    """Distort each image in a way of its own: images (B, H, W) -> (B, H, W)."""
    return distort(images, draw(len(images), strength, rng))


def _places(height: int, width: int, distortion: Distortion) -> tuple[Array, Array]:
    """Say where in the source each cell of the result looks: rows and columns, (B, H, W) each."""
    centre = np.array([(height - 1) / 2, (width - 1) / 2], np.float32)
    origin = centre + distortion.shift  # (B, 2)
    rows = np.arange(height, dtype=np.float32)[None, :, None] - origin[:, 0, None, None]
    columns = np.arange(width, dtype=np.float32)[None, None, :] - origin[:, 1, None, None]
    m = distortion.matrix[:, :, :, None, None]
    side = distortion.waves.shape[-1]
    # Matrix products spread the k × k waves over H × W cells.
    waves = spread(side, height) @ distortion.waves @ spread(side, width).T
    y = m[:, 0, 0] * rows + m[:, 0, 1] * columns
    y += waves[:, 0] + centre[0]
    x = m[:, 1, 0] * rows + m[:, 1, 1] * columns
    x += waves[:, 1] + centre[1]
    return y, x


@lru_cache
def spread(side: int, size: int) -> Array:
    """Weights (size, side) that interpolate `side` values over `size` cells by cubic convolution.

    R. Keys, "Cubic Convolution Interpolation for Digital Image Processing" (1981), equation 15
    with a = -1/2. The outermost values lie on the outermost cells; beyond them they repeat.
    """
    place = np.linspace(0, side - 1, size)[:, None]
    tap = np.arange(-2, side + 2)[None, :]
    d = np.abs(place - tap)
    near = 1.5 * d**3 - 2.5 * d**2 + 1
    far = -0.5 * d**3 + 2.5 * d**2 - 4 * d + 2
    weight = np.where(d <= 1, near, np.where(d < 2, far, 0.0))
    folded = np.zeros((size, side))
    for column, source in enumerate(np.clip(tap[0], 0, side - 1)):
        folded[:, source] += weight[:, column]
    return folded.astype(np.float32)


def _sample(images: Array, y: Array, x: Array) -> Array:
    """Read images between their cells, bilinearly; beyond them is paper. All are (B, H, W)."""
    count, height, width = images.shape
    # A rim of paper, two cells at the far sides: a place on the last cell still has a neighbour.
    padded = np.zeros((count, height + 3, width + 3), np.float32)
    padded[:, 1 : height + 1, 1 : width + 1] = images
    flat, row = padded.reshape(-1), width + 3
    y = np.clip(y + np.float32(1), 0, height + 1)
    x = np.clip(x + np.float32(1), 0, width + 1)
    top, left = y.astype(np.intp), x.astype(np.intp)
    y -= top
    x -= left
    corner = top * row
    corner += left
    corner += (np.arange(count) * (height + 3) * row)[:, None, None]
    upper: Array = flat.take(corner)
    lower: Array = flat.take(corner + row)
    upper += x * (flat.take(corner + 1) - upper)
    lower += x * (flat.take(corner + (row + 1)) - lower)
    lower -= upper
    lower *= y
    upper += lower
    return upper


def _thicken(images: Array, thickness: Array) -> Array:
    """Blend each image with the largest (or smallest) of each cell and its four neighbours."""
    weight = thickness[:, None, None]
    # The smallest is the largest of the negative, so one sign serves both.
    sign = np.sign(weight)
    signed = images * sign
    padded = np.pad(signed, ((0, 0), (1, 1), (1, 1)), mode="edge")
    extreme = np.maximum(padded[:, :-2, 1:-1], padded[:, 2:, 1:-1])
    np.maximum(extreme, padded[:, 1:-1, :-2], out=extreme)
    np.maximum(extreme, padded[:, 1:-1, 2:], out=extreme)
    np.maximum(extreme, signed, out=extreme)
    blended: Array = images + np.abs(weight) * (extreme * sign - images)
    return blended


def _blur(images: Array, weight: Array) -> Array:
    """Weigh each cell 1 - 2w and its neighbours w, down the columns, then along the rows."""
    w = weight[:, None, None]
    for axis in (1, 2):
        rim = tuple((1, 1) if a == axis else (0, 0) for a in range(3))
        padded = np.pad(images, rim)
        before = padded[:, :-2] if axis == 1 else padded[:, :, :-2]
        after = padded[:, 2:] if axis == 1 else padded[:, :, 2:]
        images = images * (1 - 2 * w) + w * (before + after)
    return images
