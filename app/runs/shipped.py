"""
The run that comes along: one plain training of LeNet, to be looked back at by who trained nothing.

Its folder lies among the weights. In place of `history/` it has one file in which each parameter is
an array of all moments, rounded to float16; what is served are these numbers, as float32.
`shipping.py` makes it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from app.runs.folder import Config, Run, Weights
from model import Network
from model.checkpoint import WEIGHTS
from model.safetensors_file import AnyArray, decode, encode
from model.spec import NetworkSpec

ID: Final = "shipped"
FOLDER: Final = WEIGHTS / "history"
_FILE: Final = "history.safetensors"


@dataclass(frozen=True, slots=True)
class Rounded(Weights):
    """A moment of the history; `path` is that of the whole."""

    run: "Shipped"
    place: int

    def network(self) -> Network:
        """Make the network as it was at that moment."""
        return self.run.network(self.place)


class Shipped(Run):
    """The run that comes along. Nothing of it is read before somebody asks; nobody writes it."""

    def __init__(self, path: Path = FOLDER) -> None:
        super().__init__(path)
        self.id = ID

    def kept(self) -> list[Weights]:
        """List its networks, the last one last."""
        return list(self._moments)

    def scrubbed(self) -> list[Weights]:
        """List them: all of them stay."""
        return self.kept()

    def network(self, place: int) -> Network:
        """Make the network of one moment, whose numbers are exactly those of the file."""
        tensors, metadata = self._file
        parameters = {name: array[place] for name, array in tensors.items()}
        return rounded(self.config.spec, parameters, json.loads(metadata["facts"])[place])

    @cached_property
    def _file(self) -> tuple[dict[str, AnyArray], dict[str, str]]:
        return decode((self.path / _FILE).read_bytes())

    @cached_property
    def _moments(self) -> tuple[Weights, ...]:
        metadata, path = self._file[1], self.path / _FILE
        steps, hashes = (json.loads(metadata[name]) for name in ("steps", "sha256"))
        pairs = enumerate(zip(steps, hashes, strict=True))
        return tuple(Rounded(step, name, path, self, place) for place, (step, name) in pairs)


def rounded(
    spec: NetworkSpec, parameters: Mapping[str, AnyArray], facts: Mapping[str, str]
) -> Network:
    """Make a network whose weights are what float16 can hold, always with the same bytes."""
    halves = {name: _half(array).astype(np.float32) for name, array in parameters.items()}
    made = Network(spec, halves, facts)
    return Network(spec, halves, facts, weights=made.weights_bytes())


def write(path: Path, config: Config, moments: Mapping[int, Network]) -> None:
    """Write into a folder what a run was asked to be, and its networks by their steps."""
    networks = list(moments.values())
    tensors = {
        name: np.stack([_half(one.parameters[name]) for one in networks])
        for name in config.spec.parameter_shapes
    }
    metadata = {
        "format": "convlens-history-1",
        "steps": json.dumps(list(moments)),
        "sha256": json.dumps([one.sha256 for one in networks]),
        "facts": json.dumps([one.metadata for one in networks], sort_keys=True),
    }
    (path / "config.json").write_text(config.to_json(), "utf-8")
    (path / _FILE).write_bytes(encode(tensors, metadata))


def _half(array: AnyArray) -> AnyArray:
    return array.astype(np.float16)
