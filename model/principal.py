"""Principal components: the directions along which many vectors differ most from each other.

Up to `DIRECT` numbers a vector, all components come from the covariance matrix. Beyond that a block
of random directions is sent through the covariance again and again, without that matrix ever being
made, and the best directions within all that came out are taken (a block Krylov method): after some
seven rounds the first two are those of a singular value decomposition to some five digits, and
their variances to twelve.
Products and sums are float64, whatever the vectors are.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

import numpy as np

from model.arrays import Array

DIRECT = 512
"""Numbers of a vector up to which the covariance matrix is made."""

AT_ONCE = 65_536
"""Numbers that are worked on at once, 512 KB: a processor keeps so many close by."""

BLOCK, ROUNDS = 8, 30
EXACT = 1e-6
"""How far, of its variance, a component may be from being one."""


class Vectors(Protocol):
    """Vectors of one width, which can be gone through several times, always in the same order."""

    def __iter__(self) -> Iterator[Array]:
        """Give them piece by piece, (some, width)."""


class Principal(NamedTuple):
    """What was found. The first `exact` directions are components, the others orthogonal to them.

    Attributes
    ----------
    mean : (width,)
    directions : (k, width), of length 1 and orthogonal to each other, that of the largest variance
        first. The largest of the numbers of each, the first one of equal ones, is above 0.
    variances : (k,), those of the vectors along each direction.
    total : the variance in all directions together.
    """

    mean: Array
    directions: Array
    variances: Array
    total: float
    exact: int

    def shares(self) -> Array:
        """Say which share of all variance each direction holds: (k,); 0 where nothing varies."""
        return self.variances / self.total if self.total > 0 else 0 * self.variances

    def places(self, vectors: Array) -> Array:
        """Say where vectors (n, width) lie along each direction, from the mean: (n, k) float64."""
        return (vectors.astype(np.float64) - self.mean) @ self.directions.T


def principal(vectors: Vectors, wanted: int = 2, most: int = 64) -> Principal:
    """Find the `wanted` directions of largest variance, and up to `most` that come along.

    Directions without variance are taken, too, until there are `wanted` where the width allows it.
    """
    mean, count = _mean(vectors)
    if len(mean) <= DIRECT:
        covariance = np.zeros((len(mean), len(mean)))
        for piece in _centred(vectors, mean):
            covariance += piece.T @ piece
        found = np.linalg.eigh(covariance)
        basis, exact, total = found.eigenvectors, len(mean), float(np.trace(covariance))
        values = found.eigenvalues
    else:
        basis, values, total = _krylov(vectors, mean, wanted)
        exact = wanted
    order = np.argsort(-values, kind="stable")[:most]
    directions = _signed(basis[:, order].T)
    variances = np.maximum(values[order], 0) / count
    return Principal(mean, directions, variances, total / count, min(exact, len(order)))


def _mean(vectors: Iterable[Array]) -> tuple[Array, int]:
    sums, count = np.zeros(1), 0
    for piece in vectors:
        sums = sums + piece.sum(axis=0, dtype=np.float64)
        count += len(piece)
    return sums / count, count


def _centred(vectors: Iterable[Array], mean: Array) -> Iterator[Array]:
    """Give pieces from the mean; each is overwritten by the next, in memory that is close by."""
    room = np.zeros((max(1, AT_ONCE // len(mean)), len(mean)))
    for piece in vectors:
        for start in range(0, len(piece), len(room)):
            part = piece[start : start + len(room)]
            yield np.subtract(part, mean, out=room[: len(part)])


def _krylov(vectors: Vectors, mean: Array, wanted: int) -> tuple[Array, Array, float]:
    """Give directions as columns, what the vectors' squares along them add up to, and all do."""
    block = np.linalg.qr(np.random.default_rng(0).standard_normal((len(mean), BLOCK))).Q
    basis, images = np.zeros((len(mean), 0)), np.zeros((len(mean), 0))
    total = sum(float(np.vdot(piece, piece)) for piece in _centred(vectors, mean))
    for _ in range(ROUNDS):
        image = np.zeros_like(block)
        for piece in _centred(vectors, mean):
            image += piece.T @ (piece @ block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        values, inside = np.linalg.eigh(basis.T @ images)
        values, best = values[::-1], inside[:, ::-1]
        # How far each of the best within the basis is from being sent to a multiple of itself.
        off = images @ best[:, :wanted] - basis @ (best[:, :wanted] * values[:wanted])
        block = _beyond(basis, image, total)
        if np.linalg.norm(off, axis=0).max() <= EXACT * values[0] or not block.size:
            break
    return basis @ best, values, total


def _beyond(basis: Array, image: Array, total: float) -> Array:
    """Give an orthonormal basis of what lies in an image and not in the basis: (width, ≤ BLOCK)."""
    for _ in range(2):  # once is not enough for all digits
        image = image - basis @ (basis.T @ image)
    directions, sizes, _ = np.linalg.svd(image, full_matrices=False)
    rest = directions[:, sizes > 1e-13 * total]
    rest = rest - basis @ (basis.T @ rest)
    return np.asarray(rest / np.linalg.norm(rest, axis=0))


def _signed(directions: Array) -> Array:
    largest = np.abs(directions).argmax(axis=1)
    signs = np.sign(directions[np.arange(len(directions)), largest])
    return directions * np.where(signs == 0, 1, signs)[:, None]
