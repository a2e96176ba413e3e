"""MNIST's images for a command: found, fetched where need be, and the right way up."""

from pathlib import Path
from typing import Final

import numpy as np
from rich.console import Console

from app.commands.progress import show_download
from model import load_network
from model.data import mnist
from model.data.idx import Bytes
from model.train.batches import Examples

_LOOKED_AT: Final = 500  # images that tell which way all of them lie
_CLEARLY: Final = 0.25  # by so much more of them must be read right when turned over


def ready(data: Path | None, console: Console) -> Path:
    """Name the folder with MNIST, after a download if need be."""
    with show_download(console) as progress:
        return mnist.ensure(data, progress)


def load(folder: Path, split: mnist.Split, console: Console) -> Examples:
    """Read images and labels; those that lie transposed, as EMNIST's do, are turned over."""
    images, labels = mnist.load(folder, split)
    if _lie_transposed(images, labels):
        console.print(
            f"The {split} images in {folder} lie transposed, rows as columns, as those of EMNIST "
            "do. They are turned before they are read.",
            highlight=False,
            soft_wrap=True,
        )
        images = np.ascontiguousarray(images.transpose(0, 2, 1))
    return Examples(images, labels)


def _lie_transposed(images: Bytes, labels: Bytes) -> bool:
    """Let the network that comes along read some of them both ways."""
    some, truth, network = images[:_LOOKED_AT], labels[:_LOOKED_AT], load_network()
    ways = (some, np.ascontiguousarray(some.transpose(0, 2, 1)))
    lying, turned = (float(np.mean(network.logits(way).argmax(1) == truth)) for way in ways)
    return turned > lying + _CLEARLY
