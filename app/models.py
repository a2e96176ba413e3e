"""The networks that a server serves, with everything about them that never changes made once."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np

from app import schemas
from app.bodies import SAFETENSORS
from app.content import Content
from app.wire import Encoder
from model import GraphSpec, LayerSpec, Network, NetworkSpec, load_network
from model.preprocess.place import SIDE

NPZ: Final = "application/x-npz"
CSV: Final = "text/csv"
_QUICK: Final = 0.005
"""Seconds; those that come along take a tenth of a millisecond."""

_LINKABLE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Served:
    """A network, ready to answer."""

    id: str
    network: Network
    spec: schemas.Model
    weights: Content
    encoder: Encoder
    quick: bool
    """Whether a trace takes little enough to be made in the event loop."""
    drawn: bool
    """Whether a drawing of 28×28 can be made its input; numbers can be, of any network."""

    @property
    def shown(self) -> bool:
        """Whether the page can show it: it reads drawings, and tells classes apart."""
        return self.spec.shown

    def summary(self) -> schemas.ModelSummary:
        """The network's line in the list."""
        fields = schemas.ModelSummary.model_fields
        return schemas.ModelSummary(**{name: getattr(self.spec, name) for name in fields})


def load_models(names: Sequence[str]) -> list[Served]:
    """
    Load networks by name or from files.

    Raises
    ------
    ValueError, OSError
        With a sentence for the person who named them.
    """
    served = [serve(name_of(name, network := load_network(name)), network) for name in names]
    ids = [one.id for one in served]
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        sentence = f"Two networks would be called {twice}. Rename one of the files."
        raise ValueError(sentence)
    if not any(one.shown for one in served):
        first = served[0].network.spec
        what = f"reads images of {first.shape}" if not served[0].drawn else "has no classes"
        sentence = (
            f"{served[0].id} {what}, but the page of Convlens draws 28×28 with a border and shows "
            "classes. Name a network that it can show, too, for example lenet."
        )
        raise ValueError(sentence)
    return served


def name_of(name: str, network: Network) -> str:
    """The id of a network: its file's name without the ending where a link can carry it."""
    stem = Path(name).name.removesuffix(".safetensors")
    return stem if _LINKABLE.fullmatch(stem) else network.spec.id


def serve(name: str, network: Network) -> Served:
    """Make once what every answer about a network needs."""
    spec = network.spec
    side = SIDE + 2 * spec.input.border
    drawn = spec.input.shape[1:] == (side, side)
    weights = Content(network.weights_bytes(), SAFETENSORS)
    _ = weights.compressed  # now, and not while somebody waits for another answer
    winners = tuple(one.name for one in spec.layers if (one.kind, one.mode) == ("pool", "max"))
    return Served(
        id=name,
        network=network,
        spec=describe(name, network, weights.digest, shown=drawn and bool(spec.classes)),
        weights=weights,
        encoder=Encoder(trace_shapes(spec, winners), {"model": name, "weights": weights.digest}),
        quick=_is_quick(network),
        drawn=drawn,
    )


def vary(served: Served, network: Network) -> Served:
    """Serve a network with the weights of another of the same spec."""
    weights = Content(network.weights_bytes(), SAFETENSORS, compress=False)
    digest = weights.digest
    changed = {"sha256": digest, "accuracy": None, "energy_threshold": None}
    return replace(
        served,
        network=network,
        spec=served.spec.model_copy(update=changed),
        weights=weights,
        encoder=served.encoder.saying({"model": served.id, "weights": digest}),
    )


def _is_quick(network: Network) -> bool:
    """Try it; the best of three, for the first has to prepare and any may be interrupted."""
    blank = np.zeros(network.spec.input.shape, np.float32)
    times = []
    for _ in range(3):
        started = perf_counter()
        network.trace(blank)
        times.append(perf_counter() - started)
    return min(times) < _QUICK


def trace_shapes(
    spec: NetworkSpec, winners: Sequence[str]
) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Every tensor of a trace on the wire, in its order: float32 before integers."""
    shapes: dict[str, tuple[str, tuple[int, ...]]] = {
        name: ("F32", shape) for name, shape in spec.shapes.items()
    }
    shapes |= {
        "preprocess.crop": ("F32", (4,)),
        "preprocess.scale": ("F32", ()),
        "preprocess.centre": ("F32", (2,)),
    }
    shapes |= {f"{name}.winners": ("I32", spec.shapes[name]) for name in winners}
    return shapes | {"preprocess.shift": ("I32", (2,))}


def describe(name: str, network: Network, sha256: str, *, shown: bool) -> schemas.Model:
    """Write a network's spec as it crosses the wire."""
    spec = network.spec
    layers = tuple(schemas.LayerSpec(**described(spec, layer)) for layer in spec.layers)
    scaling = schemas.Scaling(scale=float(spec.input.scale), offset=float(spec.input.offset))
    return schemas.Model(
        id=name,
        title=spec.title,
        parameters=sum(spec.parameter_count(layer.name) for layer in spec.layers),
        accuracy=share(network.metadata, "accuracy"),
        shown=shown,
        sha256=sha256,
        energy_threshold=number(network.metadata, "energy_threshold"),
        input=schemas.InputSpec(shape=spec.input.shape, border=spec.input.border, scaling=scaling),
        classes=spec.classes,
        layers=layers,
    )


def described(spec: GraphSpec, layer: LayerSpec) -> dict[str, Any]:
    """Fill the fields of a `schemas.LayerSpec`."""
    return {
        "name": layer.name,
        "kind": layer.kind,
        "inputs": layer.inputs,
        "kernel": layer.kernel,
        "stride": layer.stride,
        "padding": layer.padding,
        "dilation": layer.dilation,
        "mode": layer.mode,
        "connections": layer.connections,
        "amplitude": float(layer.amplitude),
        "slope": float(layer.slope),
        "rate": float(layer.rate),
        "shape": spec.shapes[layer.name],
        "parameters": {one.name: one.shape for one in spec.parameters[layer.name]},
    }


def number(facts: Mapping[str, str], name: str) -> float | None:
    """Read a number from metadata; None where there is none."""
    try:
        value = float(facts.get(name, ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def share(facts: Mapping[str, str], name: str) -> float | None:
    """Read a share of 0 to 1 from metadata; None where there is none."""
    found = number(facts, name)
    return found if found is not None and 0 <= found <= 1 else None
