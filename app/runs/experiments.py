"""
Ready-made experiments: trainings that differ in one thing, and what came out of them.

The figures lie in `experiments.json`; `python -m benchmarks.experiments` trains for them.
"""

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations
from operator import gt
from pathlib import Path
from typing import Any, Final, Literal

from app.runs import schemas
from model.architectures import NETWORKS
from model.layer_spec import LayerSpec
from model.lenet import LENET
from model.mlp import MLP
from model.spec import NetworkSpec, dense, softmax

Body = Mapping[str, Any]
Change = Callable[[LayerSpec], LayerSpec | None]
Figures = Mapping[str, tuple[float, ...]]
Judged = Literal["validation_accuracy", "shifted_accuracy", "gap"]

EPOCHS: Final = 3
SEEDS: Final = (0, 1, 2)
FOUND: Final = Path(__file__).with_name("experiments.json")
_LEARNT: Final = 55_000  # images of MNIST that are not held out
_BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Experiment:
    """
    Trainings to be compared.

    Attributes
    ----------
    changed : in what they differ, as `compare.differences` calls it; each in one thing from
        another one of them.
    judged : the figure that is looked at.
    runs : what is sent to `/api/runs` to begin each, by its name.
    """

    id: str
    changed: tuple[str, ...]
    judged: Judged
    runs: Mapping[str, Body]


def run(network: NetworkSpec = LENET, **choices: Any) -> Body:
    """Say what all have in common, and what one has of its own."""
    known = network.id in NETWORKS
    one = {"network": network.id} if known else {"spec": network.to_json()}
    return {**one, "data": "mnist", "recipe": {"epochs": EPOCHS, **choices}}


def _lenet(id: str, title: str, change: Change) -> NetworkSpec:
    """Change LeNet layer by layer; None takes one out."""
    changed = (change(replace(layer, inputs=())) for layer in LENET.layers)
    layers = tuple(layer for layer in changed if layer is not None)
    return NetworkSpec(f"lenet-{id}", title, LENET.input, LENET.classes, layers)


def _bent(kind: Literal["tanh", "sigmoid"]) -> NetworkSpec:
    return _lenet(
        kind,
        f"LeNet with {kind}",
        lambda one: replace(one, kind=kind) if one.kind == "relu" else one,
    )


def _averaged() -> NetworkSpec:
    return _lenet(
        "average",
        "LeNet with average pooling",
        lambda one: replace(one, mode="average") if one.kind == "pool" else one,
    )


def _striding() -> NetworkSpec:
    """Let convolutions take the steps that pooling took: the maps are as large as after it."""

    def change(one: LayerSpec) -> LayerSpec | None:
        if one.kind == "pool":
            return None
        return replace(one, stride=(2, 2)) if one.kind == "conv" else one

    return _lenet("stride", "LeNet with stride 2 in place of pooling", change)


def _kernels(count: int) -> NetworkSpec:
    return _lenet(
        f"{count}-kernels",
        f"LeNet with {count} kernels at first",
        lambda one: replace(one, channels=count) if one.name == "conv1" else one,
    )


LINEAR: Final = NetworkSpec(
    "linear",
    "One layer",
    MLP.input,
    MLP.classes,
    (dense("fc1", len(MLP.classes)), softmax("softmax")),
)
"""From pixels to classes at once: with the hinge loss a linear support vector machine."""


def _few(images: int) -> dict[str, int]:
    """Learn from so many images only, in as many steps: else it would be over too early."""
    steps = EPOCHS * math.ceil(_LEARNT / _BATCH)
    return {"images": images, "epochs": round(steps / math.ceil(images / _BATCH))}


EXPERIMENTS: Final = (
    Experiment(
        "activation",
        ("network",),
        "validation_accuracy",
        {"relu": run(), "tanh": run(_bent("tanh")), "sigmoid": run(_bent("sigmoid"))},
    ),
    Experiment(
        "pooling",
        ("network",),
        "validation_accuracy",
        {"max": run(), "average": run(_averaged()), "stride": run(_striding())},
    ),
    Experiment(
        "kernels",
        ("network",),
        "validation_accuracy",
        {"2": run(_kernels(2)), "6": run(), "12": run(_kernels(12))},
    ),
    Experiment(
        "augmentation",
        ("augmentation",),
        "shifted_accuracy",
        {"without": run(), "with": run(augmentation=True)},
    ),
    Experiment("network", ("network",), "validation_accuracy", {"lenet": run(), "mlp": run(MLP)}),
    Experiment(
        "shuffled",
        ("network", "shuffled"),
        "validation_accuracy",
        {
            "lenet": run(),
            "lenet-shuffled": run(shuffled=True),
            "mlp": run(MLP),
            "mlp-shuffled": run(MLP, shuffled=True),
        },
    ),
    Experiment(
        "images",
        ("network", "images", "epochs"),
        "gap",
        {
            f"{spec.id}-{images}": run(spec, **(_few(images) if images < _LEARNT else {}))
            for spec in (LENET, MLP)
            for images in (500, 5_000, _LEARNT)
        },
    ),
    Experiment(
        "loss",
        ("loss",),
        "validation_accuracy",
        {"softmax": run(LINEAR), "hinge": run(LINEAR, loss="hinge")},
    ),
    Experiment(
        "initial",
        ("initial",),
        "validation_accuracy",
        {name: run(initial=name) if name != "he" else run() for name in ("he", "equal", "zeros")},
    ),
)


def digest(body: Body) -> str:
    """Name what a run was asked to be, so that figures of another one are not taken for its own."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def found() -> Mapping[str, Any]:
    """Read what came out: by experiment and run, as `benchmarks/experiments.py` wrote it."""
    facts: dict[str, Any] = json.loads(FOUND.read_text("utf-8"))
    return facts


def figures(experiment: Experiment, name: str) -> Figures:
    """Give what came out of a run, each figure with every seed; nothing where that is not known."""
    facts = found()["runs"].get(f"{experiment.id}/{name}", {})
    if facts.get("of") != digest(experiment.runs[name]):
        return {}
    known = {n: tuple(v) for n, v in facts.items() if isinstance(v, list)}
    pairs = zip(known["train_accuracy"], known["validation_accuracy"], strict=True)
    return {**known, "gap": tuple(round(train - held, 6) for train, held in pairs)}


def ordered(experiment: Experiment) -> tuple[tuple[str, str], ...]:
    """Pair runs of which the first had the larger figure with every seed."""
    said = {name: figures(experiment, name).get(experiment.judged, ()) for name in experiment.runs}
    return tuple(
        (one, other)
        for one, other in permutations(said, 2)
        if said[one] and said[other] and all(map(gt, said[one], said[other]))
    )


def listed() -> schemas.ExperimentList:
    """List all of them, as they cross the wire."""
    return schemas.ExperimentList(
        experiments=tuple(
            schemas.Experiment(
                id=one.id,
                changed=one.changed,
                judged=one.judged,
                runs=tuple(
                    schemas.ExperimentRun(
                        name=name,
                        body=schemas.RunBody.model_validate(body),
                        figures=dict(figures(one, name)),
                    )
                    for name, body in one.runs.items()
                ),
                ordered=ordered(one),
            )
            for one in EXPERIMENTS
        ),
        seeds=SEEDS,
        numpy=found()["numpy"],
    )
