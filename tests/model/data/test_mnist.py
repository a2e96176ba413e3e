"""Loading MNIST, and refusing what is not MNIST with a sentence that helps."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from model.data.errors import MnistError
from model.data.mnist import FILES, ensure, fingerprint, load
from tests.made_up_mnist import idx_bytes, made_up, write_mnist

IMAGES, LABELS = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_mnist(tmp_path / "mnist", train=12, test=7)


def refusal(folder: Path) -> str:
    with pytest.raises(MnistError) as caught:
        load(folder, "test")
    return str(caught.value)


@pytest.mark.parametrize("packed", [False, True])
def test_what_was_written_is_read(tmp_path: Path, packed: bool) -> None:
    folder = write_mnist(tmp_path, train=12, test=7, packed=packed)
    for split, count, seed in (("train", 12, 1), ("test", 7, 2)):
        images, labels = load(folder, split)
        expected_images, expected_labels = made_up(count, seed)
        np.testing.assert_array_equal(images, expected_images)
        np.testing.assert_array_equal(labels, expected_labels)
        assert images.dtype == labels.dtype == np.uint8


def test_the_unpacked_file_goes_before_the_packed_one(folder: Path) -> None:
    (folder / f"{LABELS}.gz").write_bytes(b"not even gzip")
    assert load(folder, "test")[1].shape == (7,)


LAYOUTS = {
    "a dot in the name": lambda name: name.replace("-idx", ".idx"),
    "a dot, and called packed": lambda name: f"{name.replace('-idx', '.idx')}.gz",
    "called packed": lambda name: f"{name}.gz",
    "torchvision's folders": lambda name: f"MNIST/raw/{name}",
    "the inner one of them": lambda name: f"raw/{name}",
    "a folder of the file's name": lambda name: f"{name}/{name}",
    "a folder whose name has a dot": lambda name: f"{name.replace('-idx', '.idx')}/{name}",
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_are_found_as_people_have_them(tmp_path: Path, layout: str, packed: bool) -> None:
    whole = write_mnist(tmp_path / "whole", train=5, test=7)
    folder = tmp_path / "theirs"
    for path in whole.iterdir():
        theirs = folder / LAYOUTS[layout](path.name)
        theirs.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        theirs.write_bytes(gzip.compress(content) if packed else content)
    np.testing.assert_array_equal(load(folder, "test")[0], load(whole, "test")[0])
    assert fingerprint(folder) == fingerprint(whole)


def test_a_web_page_in_a_files_place_is_called_one(folder: Path) -> None:
    (folder / LABELS).unlink()
    (folder / f"{LABELS}.gz").write_bytes(b"<html><head><title>403 Forbidden</title></head></html>")
    assert f"{LABELS}.gz is a web page, not the file" in refusal(folder)


def test_a_file_in_the_folders_place_is_called_one(folder: Path) -> None:
    archive = folder / "archive.zip"
    archive.write_bytes(b"PK")
    assert "is a file; --data names a folder" in refusal(archive)


def test_swapped_images_and_labels_are_named(folder: Path) -> None:
    (folder / IMAGES).write_bytes((folder / LABELS).read_bytes())
    text = refusal(folder)
    assert IMAGES in text
    assert "starts with the number 2049 where 2051 belongs" in text
    assert "--data" in text


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("cut", "words"), [(-1, "is truncated"), (10, "ends within its header")])
def test_a_short_file_is_refused(folder: Path, packed: bool, cut: int, words: str) -> None:
    content = (folder / IMAGES).read_bytes()[:cut]
    if packed:
        (folder / IMAGES).unlink()
        (folder / f"{IMAGES}.gz").write_bytes(gzip.compress(content))
    else:
        (folder / IMAGES).write_bytes(content)
    text = refusal(folder)
    assert words in text
    assert IMAGES in text


def test_an_empty_file_ends_within_its_header(folder: Path) -> None:
    (folder / LABELS).write_bytes(b"")
    assert "ends within its header, after 0 bytes" in refusal(folder)


def test_a_long_file_is_refused(folder: Path) -> None:
    with (folder / IMAGES).open("ab") as file:
        file.write(b"\0")
    text = refusal(folder)
    assert "is too long: its header announces 7 × 28 × 28 = 5488 bytes, but 5489 follow" in text


def test_a_header_that_promises_terabytes_is_only_truncated(folder: Path) -> None:
    (folder / IMAGES).write_bytes(struct.pack(">4I", 2051, 2**32 - 1, 28, 28) + bytes(784))
    assert "is truncated" in refusal(folder)


@pytest.mark.parametrize("damage", [lambda b: b[:-20], lambda b: b"ab" + b[2:], lambda b: b""])
def test_a_damaged_gzip_file_is_refused(tmp_path: Path, damage) -> None:
    folder = write_mnist(tmp_path, train=3, test=3, packed=True)
    path = folder / f"{IMAGES}.gz"
    path.write_bytes(damage(path.read_bytes()))
    text = refusal(folder)
    assert str(path) in text
    assert "damaged" in text or "ends within its header" in text


def test_a_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    text = refusal(folder)
    assert f"{folder / IMAGES} cannot be read: Permission denied." in text


def test_images_of_another_size_are_refused(folder: Path) -> None:
    (folder / IMAGES).write_bytes(idx_bytes(np.zeros((7, 32, 28), np.uint8)))
    assert "images of 32 × 28 cells where 28 × 28 belong" in refusal(folder)


def test_images_and_labels_must_be_equally_many(folder: Path) -> None:
    (folder / LABELS).write_bytes(idx_bytes(np.zeros(6, np.uint8)))
    text = refusal(folder)
    assert "holds 7 images" in text
    assert f"{LABELS} beside it 6 labels" in text


def test_a_label_above_nine_is_refused(folder: Path) -> None:
    (folder / LABELS).write_bytes(idx_bytes(np.array([0, 1, 2, 3, 4, 5, 10], np.uint8)))
    assert "holds the label 10; digits end at 9" in refusal(folder)


def test_no_images_at_all_are_refused(folder: Path) -> None:
    (folder / IMAGES).write_bytes(idx_bytes(np.zeros((0, 28, 28), np.uint8)))
    (folder / LABELS).write_bytes(idx_bytes(np.zeros(0, np.uint8)))
    assert "holds no images" in refusal(folder)


def test_a_missing_file_is_named_with_its_folder(folder: Path) -> None:
    (folder / LABELS).unlink()
    text = refusal(folder)
    assert f"There is no {LABELS} (nor {LABELS}.gz) in {folder}" in text
    for place in ("t10k-labels.idx1-ubyte", "MNIST/raw", "a folder of the file's own name"):
        assert place in text


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"There is no folder {tmp_path / 'nowhere'}" in refusal(tmp_path / "nowhere")


def test_the_folder_that_was_named_is_taken_as_it_is(tmp_path: Path) -> None:
    assert ensure(tmp_path / "mine") == tmp_path / "mine"


def test_the_real_files_are_the_originals(mnist_folder: Path) -> None:
    assert fingerprint(mnist_folder) == FILES
    images, labels = load(mnist_folder, "test")
    assert images.shape == (10_000, 28, 28)
    assert np.bincount(labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert load(mnist_folder, "train")[0].shape == (60_000, 28, 28)
