"""What can be set about a server, by the command line or, for its workers, by the environment."""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from app.frames import ancestor
from app.host_names import name_of
from app.origins import Origin
from app.training_settings import Training
from model.architectures import NETWORKS

# The first part of every path of ours. A root path that began with one of them could not be told
# from a path whose prefix the proxy has already taken off.
_OURS: Final = frozenset({"api", "static", "healthz"})

LIVE_CHANNELS: Final = 128
"""A class behind one address, with two pages each."""


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
    allowed_origins : tuple of str
        Pages of others that may open live channels, such as ``"https://cnn.example"``.
    trusted_proxies : tuple of str
        Addresses or networks of proxies that are believed when they say who asks, and by which
        name; see `origins.forwarded`.
    live_channels : int
        Live channels that one address may have open at each worker.
    frame_ancestors : tuple of str
        Origins whose pages may show ours in a frame, beside our own; see `frames.Frames`.
    elsewhere : str
        The URL under which other machines find the page; ``""`` where none does.
    limits : Limits
        How large a body may be.
    variants : str
        The folder in which worker processes leave each other the weights that edits make; ``""``
        for one of a single process, which makes and removes it itself.
    lessons : str
        A folder with lessons of somebody's own; ``""`` for none.
    training : Training
        What may be trained here, where it is kept, and who may start it.

    Raises
    ------
    ValueError
        With a sentence for the person who set it.
    """

    models: tuple[str, ...] = tuple(NETWORKS)
    root_path: str = ""
    allowed_hosts: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    live_channels: int = LIVE_CHANNELS
    limits: Limits = field(default_factory=Limits)
    variants: str = ""
    frame_ancestors: tuple[str, ...] = ()
    elsewhere: str = ""
    lessons: str = ""
    training: Training = field(default_factory=Training)

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
        for name, read in _LISTS.items():
            object.__setattr__(self, name, tuple(map(read, getattr(self, name))))

    def to_environment(self) -> dict[str, str]:
        """Write what worker processes must know as environment variables."""
        return {
            "CONVLENS_MODELS": os.pathsep.join(self.models),
            "CONVLENS_ROOT_PATH": self.root_path,
            **{_variable(name): ",".join(getattr(self, name)) for name in _LISTS},
            "CONVLENS_LIVE_CHANNELS": str(self.live_channels),
            "CONVLENS_VARIANTS": self.variants,
            "CONVLENS_ELSEWHERE": self.elsewhere,
            "CONVLENS_LESSONS": self.lessons,
            **self.training.to_environment(),
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read what `to_environment` wrote; what is absent keeps its default."""
        named = environment.get("CONVLENS_MODELS", "")
        models = tuple(name for name in named.split(os.pathsep) if name)
        root_path = environment.get("CONVLENS_ROOT_PATH", "")
        lists = {name: _listed(environment.get(_variable(name), "")) for name in _LISTS}
        channels = _count(environment.get("CONVLENS_LIVE_CHANNELS", ""))
        variants = environment.get("CONVLENS_VARIANTS", "")
        return cls(
            models=models or tuple(NETWORKS),
            root_path=root_path,
            allowed_hosts=lists["allowed_hosts"],
            allowed_origins=lists["allowed_origins"],
            trusted_proxies=lists["trusted_proxies"],
            live_channels=channels,
            variants=variants,
            frame_ancestors=lists["frame_ancestors"],
            elsewhere=environment.get("CONVLENS_ELSEWHERE", ""),
            lessons=environment.get("CONVLENS_LESSONS", ""),
            training=Training.from_environment(environment),
        )


def _variable(name: str) -> str:
    return f"CONVLENS_{name.upper()}"


def _listed(said: str) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[\s,]+", said.strip())))


def _count(said: str) -> int:
    if said and not (said.isascii() and said.isdigit()):
        raise ValueError(
            "CONVLENS_LIVE_CHANNELS is a whole number: so many live channels an address."
        )
    return int(said or LIVE_CHANNELS)


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


def _origin(said: str) -> str:
    """An origin as it is compared."""
    try:
        return Origin(said).text
    except ValueError:
        sentence = (
            f"An allowed origin is the address of a page without its path, such as "
            f"https://convlens.example, not {said!r}. Name each by itself."
        )
        raise ValueError(sentence) from None


def _proxy(said: str) -> str:
    """An address or a network."""
    try:
        return str(ipaddress.ip_network(said, strict=False))
    except ValueError:
        sentence = (
            f"A trusted proxy is an address such as 127.0.0.1, or a network such as 10.0.0.0/8, "
            f"not {said!r}. Name each by itself."
        )
        raise ValueError(sentence) from None


_LISTS: Final[Mapping[str, Callable[[str], str]]] = {
    "allowed_hosts": _host,
    "allowed_origins": _origin,
    "frame_ancestors": ancestor,
    "trusted_proxies": _proxy,
}
"""The settings that are lists: how one of each is read."""
