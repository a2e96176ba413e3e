"""What can be set about a server, by the command line or, for its workers, by the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from app.host_names import name_of
from model.architectures import NETWORKS

# The first part of every path of ours. A root path that began with one of them could not be told
# from a path whose prefix the proxy has already taken off.
_OURS: Final = frozenset({"api", "static", "healthz"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a server reads before it refuses, and how long it waits for it."""

    json_bytes: int = 1_000_000
    image_bytes: int = 20_000_000
    all_bytes: int = 128_000_000  # of all bodies that are in memory at once
    json_seconds: float = 30
    image_seconds: float = 120


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
    allowed_hosts : tuple of str
        Names under which the server answers, beside this machine's own; see `hosts.Hosts`.
    limits : Limits
        How large a body may be.
    variants : str
        The folder in which worker processes leave each other the weights that edits make; ``""``
        for one of a single process, which makes and removes it itself.

    Raises
    ------
    ValueError
        With a sentence for the person who set it.
    """

    models: tuple[str, ...] = tuple(NETWORKS)
    root_path: str = ""
    allowed_hosts: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    variants: str = ""

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
        object.__setattr__(self, "allowed_hosts", tuple(map(_host, self.allowed_hosts)))

    def to_environment(self) -> dict[str, str]:
        """Write what worker processes must know as environment variables."""
        return {
            "CONVLENS_MODELS": os.pathsep.join(self.models),
            "CONVLENS_ROOT_PATH": self.root_path,
            "CONVLENS_ALLOWED_HOSTS": ",".join(self.allowed_hosts),
            "CONVLENS_VARIANTS": self.variants,
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read what `to_environment` wrote; what is absent keeps its default."""
        named = environment.get("CONVLENS_MODELS", "")
        models = tuple(name for name in named.split(os.pathsep) if name)
        root_path = environment.get("CONVLENS_ROOT_PATH", "")
        hosts = re.split(r"[\s,]+", environment.get("CONVLENS_ALLOWED_HOSTS", "").strip())
        allowed, variants = tuple(filter(None, hosts)), environment.get("CONVLENS_VARIANTS", "")
        return cls(models or tuple(NETWORKS), root_path, allowed, variants=variants)


def _host(said: str) -> str:
    """A host as `Hosts` compares it; of a whole URL only that part."""
    name = name_of(said.rpartition("://")[2].partition("/")[0])
    if not name or "*" in name or re.search(r"\s", name):
        sentence = (
            f"An allowed host is a name such as convlens.example, or an address, not {said!r}. "
            "Name each host by itself."
        )
        raise ValueError(sentence)
    return name
