"""Sets of images that are on this machine, the right way up, under the names of their classes."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from model import load_network
from model.data import idx
from model.data.errors import MnistError
from model.data.folders import cache_folder
from model.data.idx import Bytes
from model.data.mnist import Split
from model.data.sets import KNOWN, DataSet, Found, look
from model.spec import NetworkSpec
from model.train.batches import Examples

_LOOKED_AT: Final = 500  # images that tell which way all of them lie
_CLEARLY: Final = 0.25  # by so much more of them must be read right when turned over


def folders(named: str = "") -> tuple[Path, ...]:
    """Say where sets lie: in the folder that was named, and where MNIST is put that is fetched."""
    cache = cache_folder()
    return (*((Path(named),) if named else ()), cache, cache.parent)


def sets(named: str = "") -> dict[str, Found]:
    """Find all sets."""
    return look(folders(named))


def readable(named: str = "") -> dict[str, DataSet]:
    """Find the sets with which nothing is wrong."""
    return {id: one.set for id, one in sets(named).items() if one.set is not None}


def load(one: DataSet, split: Split) -> Examples:
    """Read images and labels; digits that lie transposed, as EMNIST's do, are turned over."""
    images, labels = one.load(split)
    if not one.transposed and one.classes == KNOWN["mnist"].classes:
        images = upright(images, labels)
    return Examples(images, labels)


def upright(images: Bytes, labels: Bytes) -> Bytes:
    """Turn images of digits over if they lie transposed, rows as columns; else give them back."""
    return np.ascontiguousarray(images.transpose(0, 2, 1)) if _lie(images, labels) else images


def _lie(images: Bytes, labels: Bytes) -> bool:
    """Let the network that comes along read some of them both ways."""
    some, truth, network = images[:_LOOKED_AT], labels[:_LOOKED_AT], load_network()
    ways = (some, np.ascontiguousarray(some.transpose(0, 2, 1)))
    lying, turned = (float(np.mean(network.logits(way).argmax(1) == truth)) for way in ways)
    return turned > lying + _CLEARLY


def fingerprint(one: DataSet) -> dict[str, str]:
    """Hash its files unpacked (SHA-256), so that weights can say what they learnt from."""
    paths = [path for pair in one.parts.values() for path in pair]
    return {
        path.name.removesuffix(".gz"): hashlib.sha256(idx.read_bytes(path)).hexdigest()
        for path in paths
    }


def for_classes(spec: NetworkSpec, classes: Sequence[str]) -> NetworkSpec:
    """
    Give a network the classes of a set, and its last dense layer as many units.

    Raises
    ------
    MnistError
        When there is no such layer.
    """
    if spec.classes == tuple(classes):
        return spec
    facts = spec.to_json()
    last = next(one for one in facts["layers"] if one["name"] == spec.logits_layer)
    if last["kind"] != "dense" and len(spec.classes) != len(classes):
        raise MnistError(
            f"{spec.title} tells {len(spec.classes)} classes apart, the set has {len(classes)}. "
            "Take a network whose last layer before softmax is fully connected, or another set."
        )
    if last["kind"] == "dense":
        last["channels"] = len(classes)
    return NetworkSpec.from_json({**facts, "classes": list(classes)})


def without_folder(sentence: str, one: DataSet) -> str:
    """Take the folder of a set out of a sentence that others read."""
    return _without(sentence, {path.parent for pair in one.parts.values() for path in pair})


def without_paths(sentence: str, named: str) -> str:
    """Take this machine's folders out of a sentence that others read; names of files stay."""
    return _without(sentence, folders(named))


def _without(sentence: str, places: Iterable[Path]) -> str:
    for place in places:
        sentence = sentence.replace(f"{place}{os.sep}", "").replace(str(place), "The folder")
    return sentence
