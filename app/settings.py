"""What can be set about a server, by the command line or, for its workers, by the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from model.architectures import NETWORKS

# The first part of every path of ours. A root path that began with one of them could not be told
# from a path whose prefix the proxy has already taken off.
_OURS: Final = frozenset({"api", "static", "healthz"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a server reads before it refuses."""

    json_bytes: int = 1_000_000
    image_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Everything that `create_app` needs to know.

    Parameters
    ----------
    models : tuple of str
        Names of networks that come with Convlens, or files; the first is the page's own.
    root_path : str
        The path under which a proxy publishes the server, such as ``"/convlens"``; ``""`` for none.
    limits : Limits
        How large a body may be.

    Raises
    ------
    ValueError
        With a sentence for the person who set it.
    """

    models: tuple[str, ...] = tuple(NETWORKS)
    root_path: str = ""
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not self.models:
            raise ValueError("Name at least one network to serve, for example lenet.")
        parts = [part for part in self.root_path.split("/") if part]
        if parts and parts[0] in _OURS:
            sentence = (
                f"The root path cannot begin with /{parts[0]}, where Convlens has its own paths. "
                "Choose another, for example /convlens."
            )
            raise ValueError(sentence)
        object.__setattr__(self, "root_path", "".join(f"/{part}" for part in parts))

    def to_environment(self) -> dict[str, str]:
        """Write what worker processes must know as environment variables."""
        return {
            "CONVLENS_MODELS": os.pathsep.join(self.models),
            "CONVLENS_ROOT_PATH": self.root_path,
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read what `to_environment` wrote; what is absent keeps its default."""
        named = environment.get("CONVLENS_MODELS", "")
        models = tuple(name for name in named.split(os.pathsep) if name)
        root_path = environment.get("CONVLENS_ROOT_PATH", "")
        return cls(models=models or tuple(NETWORKS), root_path=root_path)
