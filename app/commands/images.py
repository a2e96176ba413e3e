"""MNIST's images for a command: found, fetched where need be, and the right way up."""

from pathlib import Path

from rich.console import Console

from app.commands.progress import show_download
from app.data_sets import upright
from model.data import mnist
from model.train.batches import Examples


def ready(data: Path | None, console: Console) -> Path:
    """Name the folder with MNIST, after a download if need be."""
    with show_download(console) as progress:
        return mnist.ensure(data, progress)


def load(folder: Path, split: mnist.Split, console: Console) -> Examples:
    """Read images and labels; those that lie transposed, as EMNIST's do, are turned over."""
    images, labels = mnist.load(folder, split)
    turned = upright(images, labels)
    if turned is not images:
        console.print(
            f"The {split} images in {folder} lie transposed, rows as columns, as those of EMNIST "
            "do. They are turned before they are read.",
            highlight=False,
            soft_wrap=True,
        )
    return Examples(turned, labels)
