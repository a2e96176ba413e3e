"""How steps change one weight: every number that its update is made of, step by step."""

from collections.abc import Mapping

import numpy as np

from model.arrays import Array
from model.network import Network
from model.train.optimise import SGD, Adam
from model.train.reach import Place
from model.train.step import Aim, walk


def updates(
    network: Network,
    image: Array,
    aim: Aim,
    optimiser: SGD | Adam,
    rate: float,
    steps: int,
    parameter: str,
    index: Place,
) -> Mapping[str, Array]:
    """Follow one weight through steps on one drawing.

    Returns float64 arrays by name, each with a number for every step, "weight" with one more:

    "weight" : before the first step, and after each.
    "gradient" : of the loss, before the step.
    "decay" : what decay adds to the gradient (decay · weight); where it is decoupled, as in AdamW,
        what it takes off the weight by itself (rate · decay · weight); 0 for biases.
    "change" : of the weight, by the step.
    "velocity.before", "velocity" : of SGD, before the step and as it is taken.
    "first.before", "second.before", "first", "second" : of Adam, the running means alike.
    "first.corrected", "second.corrected" : of Adam, made up for the start at zero.
    """
    decays = optimiser.decay if len(network.spec.parameter_shapes[parameter]) > 1 else 0.0
    slots = ("velocity",) if isinstance(optimiser, SGD) else ("first", "second")
    rows: dict[str, list[float]] = {"weight": [], "gradient": [], "decay": []}
    rows |= {name: [] for slot in slots for name in (f"{slot}.before", slot)}
    before = dict.fromkeys(slots, 0.0)
    for now in walk(network, image, aim, optimiser, rate, steps):
        if now.gradients:
            rows["gradient"].append(float(now.gradients[parameter][index]))
            scale = rate if isinstance(optimiser, Adam) and optimiser.decoupled else 1.0
            rows["decay"].append(scale * decays * rows["weight"][-1])
            for slot in slots:
                rows[f"{slot}.before"].append(before[slot])
                before[slot] = float(now.state[f"{slot}/{parameter}"][index])
                rows[slot].append(before[slot])
        rows["weight"].append(float(now.network.parameters[parameter][index]))
    found = {name: np.array(values) for name, values in rows.items()}
    found["change"] = np.diff(found["weight"])
    if isinstance(optimiser, Adam):
        counts = np.arange(1, steps + 1)
        found["first.corrected"] = found["first"] / (1 - optimiser.beta1**counts)
        found["second.corrected"] = found["second"] / (1 - optimiser.beta2**counts)
    return found
