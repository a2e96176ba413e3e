"""A trace: every activation of one forward pass, by layer name."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from model.arrays import Array, Indices


class Trace(Mapping[str, Array]):
    """All activations of one image, and the winners of max pooling. It owns its memory.

    `trace["conv1"]` is (channels, rows, columns) or (units,), "input" included, in the order of
    the layers. `trace.winners["pool1"]` is (channels, rows, columns) int32: the row-major index
    of the winner in the map below, the first one on ties. All arrays are read-only.
    """

    __slots__ = ("_activations", "_winners")

    def __init__(self, activations: dict[str, Array], winners: dict[str, Indices]) -> None:
        """Take over the arrays, which nobody else may write to."""
        for array in (*activations.values(), *winners.values()):
            array.setflags(write=False)
        self._activations = activations
        self._winners = winners

    @property
    def winners(self) -> Mapping[str, Indices]:
        """Where the winners of each max pooling layer lie in the map below, by layer name."""
        return MappingProxyType(self._winners)

    def packed(self) -> tuple[Array, Indices]:
        """All activations end to end in the order of the layers, C order, and all winners."""
        winners = [indices.ravel() for indices in self.winners.values()]
        nothing = np.empty(0, np.int32)
        return (
            np.concatenate([one.ravel() for one in self.values()]),
            np.concatenate([nothing, *winners]),
        )

    def __getitem__(self, name: str) -> Array:
        """Return the activation of a layer."""
        return self._activations[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order of the layers, "input" first."""
        return iter(self._activations)

    def __len__(self) -> int:
        """Count the layers, "input" included."""
        return len(self._activations)

    def __repr__(self) -> str:
        """Show names and shapes, not thousands of numbers."""
        shapes = ", ".join(f"{name} {array.shape}" for name, array in self.items())
        return f"<Trace {shapes}>"
