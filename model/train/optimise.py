"""Optimisers: how gradients change the parameters.

An optimiser is a value: its settings. What it remembers from step to step is a plain dict of
arrays that `start` makes and `step` updates in place, so that a checkpoint can hold it and training
can be resumed to the identical bits. Parameters are updated in place too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from model.arrays import Array

State = dict[str, npt.NDArray[Any]]

STEP = "step"
"""The key under which every state counts its steps, as an int64 array without dimensions."""

FLUSH_EVERY = 64
"""Steps between two flushes of tiny numbers (see `_flush`)."""


class Optimiser(Protocol):
    """What training needs of an optimiser."""

    def start(self, parameters: Mapping[str, Array]) -> State:
        """Make the state before the first step."""
        ...

    def step(
        self,
        parameters: Mapping[str, Array],
        gradients: Mapping[str, Array],
        state: State,
        rate: float,
    ) -> None:
        """Update parameters and state in place; `rate` is the learning rate of this step."""
        ...


@dataclass(frozen=True, slots=True)
class SGD:
    """Gradient descent with momentum (Polyak, "Some methods of speeding up…", 1964).

    velocity = momentum · velocity + gradient + decay · parameter
    parameter = parameter - rate · velocity

    The rate weighs the velocity, not the gradient that enters it, so that a change of rate takes
    effect at once. `decay` is L2 weight decay, on weights only, never on biases.
    """

    momentum: float = 0.9
    decay: float = 0.0

    def start(self, parameters: Mapping[str, Array]) -> State:
        """Make the state before the first step: no velocity."""
        return _zeros(parameters, ("velocity",))

    def step(
        self,
        parameters: Mapping[str, Array],
        gradients: Mapping[str, Array],
        state: State,
        rate: float,
    ) -> None:
        """Update parameters and state in place."""
        state[STEP] += 1
        for name, parameter in parameters.items():
            velocity = state[f"velocity/{name}"]
            velocity *= self.momentum
            velocity += gradients[name]
            if self.decay and parameter.ndim > 1:
                velocity += self.decay * parameter
            parameter -= rate * velocity
        _flush(state)


@dataclass(frozen=True, slots=True)
class Adam:
    """Adam (Kingma and Ba, ICLR 2015, algorithm 1); with `decay` it is AdamW.

    first = beta1 · first + (1 - beta1) · gradient
    second = beta2 · second + (1 - beta2) · gradient²
    parameter = parameter - rate · (first' / (sqrt(second') + epsilon) + decay · parameter)

    where first' = first / (1 - beta1^t) and second' = second / (1 - beta2^t) make up for the
    start at zero. The decay is decoupled from the gradient (Loshchilov and Hutter, "Decoupled
    weight decay regularization", ICLR 2019, algorithm 2) but multiplied by the rate; it is on
    weights only, never on biases. Not `decoupled`, decay · parameter is added to the gradient
    before anything else, as plain Adam does it.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    decay: float = 0.0
    decoupled: bool = True

    def start(self, parameters: Mapping[str, Array]) -> State:
        """Make the state before the first step: both moments zero."""
        return _zeros(parameters, ("first", "second"))

    def step(
        self,
        parameters: Mapping[str, Array],
        gradients: Mapping[str, Array],
        state: State,
        rate: float,
    ) -> None:
        """Update parameters and state in place."""
        state[STEP] += 1
        step = int(state[STEP])
        correction1, correction2 = 1 - self.beta1**step, 1 - self.beta2**step
        for name, parameter in parameters.items():
            gradient = gradients[name]
            decays = bool(self.decay) and parameter.ndim > 1
            if decays and not self.decoupled:
                gradient = gradient + self.decay * parameter
            first, second = state[f"first/{name}"], state[f"second/{name}"]
            first *= self.beta1
            first += (1 - self.beta1) * gradient
            second *= self.beta2
            second += (1 - self.beta2) * gradient * gradient
            if decays and self.decoupled:
                parameter *= 1 - rate * self.decay
            parameter -= (
                (rate / correction1) * first / (np.sqrt(second / correction2) + self.epsilon)
            )
        _flush(state)


def _zeros(parameters: Mapping[str, Array], slots: tuple[str, ...]) -> State:
    state: State = {STEP: np.zeros((), np.int64)}
    for slot in slots:
        state |= {f"{slot}/{name}": np.zeros_like(array) for name, array in parameters.items()}
    return state


def _flush(state: State) -> None:
    """Set numbers too small to matter to zero, now and then.

    What decays without new gradients ends in denormal numbers, on which processors are several
    times slower. The count of steps decides, so that a resumed training does the same.
    """
    if int(state[STEP]) % FLUSH_EVERY == 0:
        for array in _floats(state):
            array[np.abs(array) < np.finfo(array.dtype).tiny] = 0


def _floats(state: State) -> Iterator[npt.NDArray[Any]]:
    return (array for name, array in state.items() if name != STEP)
