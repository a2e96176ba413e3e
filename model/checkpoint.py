"""Networks on disk: safetensors files whose metadata name the architecture and its making.

A weights file holds the parameters under their own names, and the metadata "format", "spec" (the
JSON of the spec), "checksum" (of the tensors; a file without it is taken as it is) and whatever
facts are known ("accuracy", "seed", "data", "recipe", …). A training checkpoint is a weights file
that also holds what is needed to go on as if nothing had happened: tensors named "state/…" and the
metadata "training".
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from model.file_kinds import HEAD
from model.foreign import what_it_is
from model.network import CHECKSUM, FORMAT, Network
from model.parameters import strays
from model.safetensors_file import AnyArray, Header, checksum, decode, encode, read_header
from model.spec import NetworkSpec, SpecError
from model.whole_file import write_whole

WEIGHTS = Path(__file__).parent / "weights"
STATE = "state/"
LARGEST_FILE = 2_000_000_000
"""In bytes; a hundred million parameters with Adam's two moments still fit."""

LARGEST_NETWORK = 100_000_000
"""In parameters. The page fetches them all, four bytes each."""

_OURS = ("format", "spec", "training", CHECKSUM)  # metadata that are no facts about the weights

_KINDS = {"BF16": "bfloat16", "F16": "float16", "I64": "int64", "I32": "int32", "U8": "bytes"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class CheckpointError(ValueError):
    """A file that is no network; its text is a sentence for the person who named the file."""


class TrainingState(NamedTuple):
    """What training needs, beside the weights, to go on to the identical result."""

    slots: Mapping[str, AnyArray]  # the optimiser's arrays, and any others (an average, …)
    step: int  # parameter updates made
    epoch: int  # epochs completed
    seed: int
    rng: Mapping[str, Any] | None = None  # `generator.bit_generator.state`
    notes: Mapping[str, Any] | None = None  # settings and history, as JSON values


def load_network(name_or_path: str | Path = "lenet") -> Network:
    """Load a network by the name of one that comes with Convlens, or from a .safetensors file.

    Raises
    ------
    CheckpointError : with a sentence, when it is missing, unreadable, damaged, or no network.
    """
    if isinstance(name_or_path, str) and _NAME.fullmatch(name_or_path):
        path = WEIGHTS / f"{name_or_path}.safetensors"
        if not path.exists():
            names = ", ".join(available()) or "none"
            raise CheckpointError(
                f"There is no network called {name_or_path}; there are: {names}. A file is named "
                "by its path, which ends in .safetensors."
            )
        return load(path)
    return load(Path(name_or_path))


def available() -> tuple[str, ...]:
    """Name the networks that come with Convlens."""
    return tuple(sorted(path.stem for path in WEIGHTS.glob("*.safetensors")))


def load(path: Path) -> Network:
    """Load a network from a weights file or a training checkpoint."""
    return _read(path)[0]


def save(path: str | Path, network: Network, metadata: Mapping[str, str] | None = None) -> None:
    """Write a weights file, whole or not at all: a half-written one never bears the name."""
    facts = {**network.metadata, **(metadata or {})}
    _write(Path(path), Network(network.spec, network.parameters, facts).weights_bytes())


def save_training(path: Path, network: Network, state: TrainingState) -> None:
    """Write a training checkpoint; `load_training` gives back the same bits."""
    facts = {key: value for key, value in state._asdict().items() if key != "slots"}
    tensors = {f"{STATE}{name}": array for name, array in sorted(state.slots.items())}
    everything = {**network.parameters, **tensors}
    metadata = {**network.file_metadata(), "training": json.dumps(facts, sort_keys=True)}
    _write(path, encode(everything, metadata | {CHECKSUM: checksum(everything)}))


def load_training(path: Path) -> tuple[Network, TrainingState]:
    """Load what `save_training` wrote: a network that may be trained on, and the state."""
    network, slots, training = _read(path)
    try:
        facts = json.loads(training)
        state = TrainingState(slots, **facts)
    except (ValueError, TypeError) as error:
        raise CheckpointError(
            f"{path} holds a network but no training state; it cannot be resumed, only used."
        ) from error
    return network.copy(), state


def _read(path: Path) -> tuple[Network, dict[str, AnyArray], str]:
    """Read network, state tensors and the "training" text ("" when there is none)."""
    header = _header(path)
    spec = _spec(path, header.metadata)
    _check_promises(path, spec, header)
    try:
        data = path.read_bytes()
        tensors, metadata = decode(data)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise CheckpointError(_damaged(path, error)) from error
    slots = {n.removeprefix(STATE): a for n, a in tensors.items() if n.startswith(STATE)}
    parameters = {n: a for n, a in tensors.items() if not n.startswith(STATE)}
    facts = {k: v for k, v in metadata.items() if k not in _OURS}
    if not header.aligned:  # others could not look at the tensors where they lie
        data = encode(
            {n: parameters[n] for n in spec.parameter_shapes if n in parameters}, metadata
        )
    # A training checkpoint holds more than weights: those are made anew when somebody asks.
    weights = None if "training" in metadata else data
    try:
        network = Network(spec, parameters, facts, weights=weights)
        _check_unconnected(network)
    except ValueError as error:
        raise CheckpointError(f"{path} does not hold the weights it promises. {error}") from error
    if metadata.get(CHECKSUM, "") not in ("", checksum(tensors)):
        raise CheckpointError(
            f"{path} is damaged: its numbers are not those that its checksum was made of. Get a "
            "fresh copy. If they were changed on purpose, leave the checksum out of the metadata."
        )
    return network, slots, metadata.get("training", "")


def _header(path: Path) -> Header:
    """Read what stands in front of the tensors, or say what the file is instead."""
    if path.is_dir():
        inside = sorted(one.name for one in path.glob("*.safetensors"))[:3]
        found = f"It holds {', '.join(inside)}." if inside else "It holds no .safetensors file."
        raise CheckpointError(f"{path} is a folder; name a file in it. {found}")
    if not path.is_file():
        raise CheckpointError(f"There is no file {path}; check the path.")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise CheckpointError(f"{path} is larger than {LARGEST_FILE:,} bytes; no network is.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(0)
            if head[8:9] != b"{" and (what := what_it_is(head)):
                raise CheckpointError(f"{path} {what}.")
            return read_header(file, size)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error
    except CheckpointError:
        raise
    except (ValueError, RecursionError) as error:
        raise CheckpointError(_damaged(path, error)) from error


def _damaged(path: Path, error: Exception) -> str:
    return f"{path} is damaged or no safetensors file ({error}); get a fresh copy."


def _spec(path: Path, metadata: Mapping[str, str]) -> NetworkSpec:
    """Read the spec in the metadata of a file."""
    if metadata.get("format") != FORMAT:
        raise CheckpointError(
            f"{path} is a safetensors file but no Convlens network: its metadata lack "
            f'"format": "{FORMAT}". Write it with model.checkpoint.save; model/README.md has a '
            "recipe for weights of PyTorch."
        )
    try:
        return NetworkSpec.from_json(json.loads(metadata.get("spec", "")))
    except SpecError as error:
        raise CheckpointError(f"{path} describes no possible network. {error}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, too
        raise CheckpointError(f"{path} is damaged: its spec is not JSON.") from error


def _check_promises(path: Path, spec: NetworkSpec, header: Header) -> None:
    """Hold the header to the spec, before a byte of the tensors is read."""
    count = sum(spec.parameter_count(layer.name) for layer in spec.layers)
    if count > LARGEST_NETWORK:
        raise CheckpointError(
            f"{path} is a network of {count:,} parameters; Convlens shows up to "
            f"{LARGEST_NETWORK:,}."
        )
    broken = f"{path} does not hold the weights it promises."
    for name, kind in header.kinds.items():
        if name.startswith(STATE) and "training" in header.metadata:
            continue
        shape = spec.parameter_shapes.get(name)
        if shape is None:
            raise CheckpointError(
                f"{broken} The parameter {name[:60]!r} belongs to no layer of {spec.title}."
            )
        if header.shapes[name] != shape:
            raise CheckpointError(
                f"{broken} The parameter {name} has the shape {header.shapes[name]}, not {shape}."
            )
        if kind == "F64":
            raise CheckpointError(f"{path} holds float64 weights; Convlens files hold float32.")
        if kind != "F32":
            raise CheckpointError(
                f"{broken} The parameter {name} is stored as {_KINDS.get(kind, kind)}, and "
                "Convlens reads float32 alone. Write all of them so (in PyTorch: tensor.float())."
            )


def _check_unconnected(network: Network) -> None:
    """Refuse weights where a table connects nothing: nobody would read what everybody sees."""
    for layer, learnt in network.spec.parameters.items():
        for one in learnt:
            if strays(one, network.parameters[f"{layer}.{one.name}"]):
                raise ValueError(
                    f"The parameter {layer}.{one.name} must be 0 where the connections leave out "
                    "a map."
                )


def _write(path: Path, data: bytes) -> None:
    """Write a file that lasts and that others may read, whole or not at all."""
    try:
        write_whole(path, data, lasting=True, mode=0o644)
    except OSError as error:  # a full disk says no name of its own
        raise OSError(error.errno, error.strerror, str(path)) from error
