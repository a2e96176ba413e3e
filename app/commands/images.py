"""Images for a command: MNIST's, fetched where need be, or another set's; the right way up."""

from pathlib import Path

from rich.console import Console

from app import data_sets
from app.commands.progress import show_download
from app.data_sets import upright
from model.data import mnist
from model.data.errors import MnistError
from model.data.sets import KNOWN, DataSet, in_folder
from model.train.batches import Examples


def ready(data: Path | None, console: Console) -> Path:
    """Name the folder with MNIST, after a download if need be."""
    with show_download(console) as progress:
        return mnist.ensure(data, progress)


def other_set(folder: Path) -> DataSet | None:
    """
    Find the set in a folder that is not MNIST: known by its name, or with names of its own.

    Its files lie in the folder, or in `raw` below it, where torchvision puts them.

    Raises
    ------
    MnistError
        When there are several, or what is wrong with it.
    """
    place, found = folder, in_folder(folder)
    if not found:
        place, found = folder / "raw", in_folder(folder / "raw")
    if not (place / "classes.txt").is_file():
        found = [one for one in found if one.id in KNOWN or one.id.startswith("emnist-")]
        if [one.id for one in found] == ["mnist"]:
            return None
    if len(found) > 1:
        names = ", ".join(one.id for one in found)
        raise MnistError(
            f"{folder} holds several sets: {names}. Put the files of one into a folder of its own."
        )
    if found and found[0].set is None:
        raise MnistError(found[0].problem)
    return found[0].set if found else None


def fingerprint(folder: Path, other: DataSet | None) -> dict[str, str]:
    """Hash the files of a folder, so that weights can say what they learnt from."""
    return mnist.fingerprint(folder) if other is None else data_sets.fingerprint(other)


def load(folder: Path, other: DataSet | None, split: mnist.Split, console: Console) -> Examples:
    """Read images and labels; those that lie transposed, as EMNIST's do, are turned over."""
    if other is not None:
        return data_sets.load(other, split)
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
