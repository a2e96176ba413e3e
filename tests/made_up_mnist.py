"""IDX files of our own making: small, quick, learnable (a bright block tells the class)."""

import gzip
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]


def idx_bytes(array: Bytes) -> bytes:
    """The IDX file of an array, written from the format's description."""
    return struct.pack(f">I{array.ndim}I", 0x0800 + array.ndim, *array.shape) + array.tobytes()


def made_up(count: int, seed: int) -> tuple[Bytes, Bytes]:
    """Noise with one bright 5 × 5 block whose place tells the class."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 10, count).astype(np.uint8)
    images = rng.integers(0, 60, (count, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        row, column = 2 + 12 * (label // 5), 1 + 5 * (label % 5)
        image[row : row + 5, column : column + 5] = 255
    return images, labels


def write_mnist(folder: Path, train: int = 240, test: int = 60, packed: bool = False) -> Path:
    """Write the four files of a made-up MNIST."""
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, count, seed in (("train", train, 1), ("t10k", test, 2)):
        images, labels = made_up(count, seed)
        for name, array in (("images-idx3", images), ("labels-idx1", labels)):
            content = idx_bytes(array)
            path = folder / f"{prefix}-{name}-ubyte"
            if packed:
                path.with_name(path.name + ".gz").write_bytes(gzip.compress(content))
            else:
                path.write_bytes(content)
    return folder
