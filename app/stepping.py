"""Steps of training on a drawing: what a query says of them, and what is answered."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, NamedTuple, cast, get_args

import numpy as np
from starlette.datastructures import QueryParams

from app.found import Find, Found, told
from app.models import Served
from app.parameters import choice, real_number, whole_number
from app.reading import Drawn
from app.refusals import wrong_parameter
from app.wire import Array
from model import NetworkSpec, cost
from model.preprocess import to_input
from model.train.batches import Examples
from model.train.drawn import digits
from model.train.loss import Name, layer_of
from model.train.optimise import SGD, Adam
from model.train.step import Aim, Steps, take_steps

LOSSES: Final[tuple[Name, ...]] = get_args(Name)

OPTIMISERS: Final[Mapping[str, Callable[[float, float], SGD | Adam]]] = {
    "sgd": SGD,
    "momentum": SGD,
    "adam": lambda momentum, decay: Adam(beta1=momentum, decay=decay),
}
"""What `?optimiser=` may name, made of momentum and decay. With decay, adam is AdamW."""

LIMITS: Final = {"rate": (0.0, 10.0), "momentum": (0.0, 0.999), "decay": (0.0, 1.0)}
"""The least and the most of each real number."""

USUAL: Final = {"sgd": 0.0, "momentum": 0.9, "adam": 0.9}
"""The momentum of each optimiser, where none is named."""

RATE: Final = 0.01

MOST_STEPS: Final = 100

_MOST_WORK: Final = 600_000_000
"""Products with a weight, and cells read, that steps may come to: 100 of lenet are 130 million."""

_SEED: Final = 2015
"""Of the ten digits that nobody drew on the page."""


class Stepping(NamedTuple):
    """The steps that a query asks for."""

    aim: Aim
    optimiser: SGD | Adam
    rate: float
    steps: int
    said: Mapping[str, str]
    """All of it, for the metadata."""


def stepping_of(parameters: QueryParams, spec: NetworkSpec) -> Stepping:
    """
    Read `?target=&loss=&optimiser=&rate=&momentum=&decay=&steps=`; all but target may be missing.

    Raises
    ------
    RefusalError
        Saying what each of them may be.
    """
    if not spec.classes:
        raise wrong_parameter("target", "no-target", {})
    if "target" not in parameters:
        raise wrong_parameter("target", "missing-target", {"last": len(spec.classes) - 1})
    target = whole_number(parameters, "target", 0, len(spec.classes) - 1, 0, digits=9)
    loss = cast(Name, choice(parameters, "loss", LOSSES))
    named = choice(parameters, "optimiser", tuple(OPTIMISERS))
    usual = {"rate": RATE, "momentum": USUAL[named], "decay": 0.0}
    numbers = {
        name: real_number(parameters, name, *ends, usual[name]) for name, ends in LIMITS.items()
    }
    steps = whole_number(parameters, "steps", 1, most_steps(spec), 1, digits=9)
    read = layer_of(loss, spec)
    said = {"target": target, "loss": loss, "layer": read, "optimiser": named, **numbers}
    optimiser = OPTIMISERS[named](numbers["momentum"], numbers["decay"])
    words = {name: str(value) for name, value in {**said, "steps": steps}.items()}
    return Stepping(Aim(target, loss), optimiser, numbers["rate"], steps, words)


def most_steps(spec: NetworkSpec) -> int:
    """Say how many steps a network may take at once: at least one, and 100 where they are cheap."""
    once = sum(3 * cost.multiply_adds(spec, one) + cost.read(spec, one) for one in spec.layers)
    return max(1, min(MOST_STEPS, _MOST_WORK // max(1, once)))


def step_of(parameters: QueryParams, spec: NetworkSpec) -> Find:
    """Make the question what steps do to a network and to its reading of a drawing."""
    want = stepping_of(parameters, spec)

    def find(served: Served, drawn: Drawn) -> Found:
        image, others = drawn.input_of(served), others_for(served)
        seen = None
        if others is not None:
            inputs = [to_input(one / np.float32(255), spec.input) for one in others.images]
            seen = np.stack(inputs), others.labels.tolist()
        taken = take_steps(
            served.network, image, want.aim, want.optimiser, want.rate, want.steps, seen
        )
        return told(served, _by_name(taken, others), want.said)

    return find


def others_for(served: Served) -> Examples | None:
    """Ten digits by our own pen, labelled as the network has them; None where it has others."""
    classes = served.network.spec.classes
    drawn = ten_digits()
    if not served.drawn or not set("0123456789") <= set(classes):
        return None
    labels = [classes.index(str(digit)) for digit in drawn.labels]
    return Examples(drawn.images, np.array(labels))


@cache
def ten_digits() -> Examples:
    """Draw one of each digit, always the same."""
    return digits(10, np.random.default_rng(_SEED))


def _by_name(taken: Steps, others: Examples | None) -> dict[str, Array]:
    exact = {
        "losses": taken.losses,
        "outputs": taken.outputs,
        "tenfold": np.float64(taken.tenfold),
        "loss/read": taken.terms.read,
        "loss/amounts": taken.terms.amounts,
        "loss/factors": taken.terms.factors,
        "others/losses": taken.others.losses,
        "others/shares": taken.others.shares,
    }
    painted = {
        **{f"gradient/{name}": array for name, array in taken.gradients.layers.items()},
        **{f"gradient/{name}": array for name, array in taken.gradients.parameters.items()},
        **{f"change/{name}": array for name, array in taken.changes.items()},
        **{f"after/{name}": array for name, array in taken.after.items()},
    }
    if others is not None:
        painted["others/images"] = others.images / np.float32(255)
    labels = others.labels if others is not None else np.zeros(0)
    with np.errstate(over="ignore"):
        floats = {name: np.asarray(array, np.float32) for name, array in painted.items()}
    return {
        **{name: np.asarray(array, np.float64) for name, array in exact.items()},
        **floats,
        "loss/classes": taken.terms.classes,
        "others/moments": np.asarray(taken.others.moments, np.int32),
        "others/labels": np.asarray(labels, np.int32),
    }
