"""Schedules: the learning rate of every step, as pure functions of the step's number.

Steps count from 0. Fix the settings with functools.partial to get `step -> rate`.
"""

import math


def constant(step: int, *, rate: float) -> float:
    """Keep one rate."""
    del step
    return rate


def warm_cosine(
    step: int, *, peak: float, steps: int, warmup: int = 0, floor: float = 0.0
) -> float:
    """Rise evenly to `peak` over `warmup` steps, then fall to `floor` along half a cosine.

    The first step already has peak / warmup, the last of `steps` nearly `floor`, and later ones
    `floor`. The cosine is that of Loshchilov and Hutter, "SGDR: Stochastic gradient descent with
    warm restarts", ICLR 2017, equation 5, without restarts; the rise that of Goyal et al.,
    "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017, section 2.2.
    """
    if step < warmup:
        return peak * (step + 1) / warmup
    done = min(1.0, (step - warmup) / max(1, steps - warmup))
    return floor + (peak - floor) * (1 + math.cos(math.pi * done)) / 2
