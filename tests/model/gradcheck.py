"""The second witness of every backward: differences along one random direction, in float64."""

from collections.abc import Callable
from typing import Any

import numpy as np


def check_backward(
    forward: Callable[..., tuple[Any, Any]],
    backward: Callable[[Any, Any], Any],
    *arrays: Any,
    seed: int = 0,
    step: float = 1e-6,
    tolerance: float = 1e-6,
) -> None:
    """Hold <backward(dy), v> against the central difference of <dy, forward> along v.

    Two calls of forward suffice, however many numbers the arrays have: a random direction v goes
    through all of them at once, and a mistake in any gradient shows in the sum.
    """
    rng = np.random.default_rng(seed)
    arrays = tuple(np.asarray(array, np.float64) for array in arrays)
    y, cache = forward(*arrays)
    dy = rng.standard_normal(y.shape)
    gradients = backward(dy, cache)
    gradients = gradients if isinstance(gradients, tuple) else (gradients,)
    directions = [rng.standard_normal(array.shape) for array in arrays]
    for gradient, array in zip(gradients, arrays, strict=True):
        assert gradient.shape == array.shape
        assert gradient.dtype == np.float64
    moved = [
        forward(*(a + sign * step * v for a, v in zip(arrays, directions, strict=True)))[0]
        for sign in (1, -1)
    ]
    numeric = float(np.sum(dy * (moved[0] - moved[1]))) / (2 * step)
    terms = [g * v for g, v in zip(gradients, directions, strict=True)]
    analytic = float(sum(np.sum(term) for term in terms))
    scale = 1.0 + float(sum(np.sum(np.abs(term)) for term in terms))
    assert abs(numeric - analytic) <= tolerance * scale
