"""Sets beside MNIST: made up, in the format of those that are known."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from model.data.sets import KNOWN, Found, in_folder, look
from tests.made_up_mnist import idx_bytes


def write(folder: Path, count: int = 10, first: int = 0, prefix: str = "", packed: bool = True):
    """Write a set of so many classes; the image of a class has its label in its corner."""
    folder.mkdir(parents=True, exist_ok=True)
    test = "test" if prefix else "t10k"
    for split, images in (("train", 4 * count), (test, count)):
        labels = (np.arange(images) % count + first).astype(np.uint8)
        pixels = np.zeros((images, 28, 28), np.uint8)
        pixels[:, 1, 20] = labels + 1  # row 1, column 20
        for what, array in (("images-idx3", pixels), ("labels-idx1", labels)):
            path = folder / f"{prefix}{split}-{what}-ubyte"
            content = idx_bytes(array)
            if packed:
                path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content))
            else:
                path.write_bytes(content)
    return folder


def only(folder: Path) -> Found:
    (found,) = in_folder(folder)
    return found


@pytest.mark.parametrize(
    ("name", "prefix", "count", "first", "id"),
    [
        ("mnist", "", 10, 0, "mnist"),
        ("FashionMNIST/raw", "", 10, 0, "fashion-mnist"),
        ("fashion-mnist", "", 10, 0, "fashion-mnist"),
        ("KMNIST", "", 10, 0, "kuzushiji-mnist"),
        ("k-mnist", "", 10, 0, "kuzushiji-mnist"),
        ("Kuzushiji_MNIST", "", 10, 0, "kuzushiji-mnist"),
        ("data/fashion", "", 10, 0, "fashion-mnist"),
        ("MNIST/raw", "", 10, 0, "mnist"),
        ("MNIST_data", "", 10, 0, "mnist"),
        ("mnist-data (2)", "", 10, 0, "mnist"),
        ("my-mnist", "", 10, 0, "mnist"),
        ("QMNIST", "", 10, 0, "mnist"),
        ("emnist", "emnist-letters-", 26, 1, "emnist-letters"),
        ("gzip", "emnist-balanced-", 47, 0, "emnist-balanced"),
        ("gzip", "emnist-digits-", 10, 0, "emnist-digits"),
    ],
)
def test_a_known_set_has_its_classes_and_its_images_the_right_way_up(
    tmp_path, name, prefix, count, first, id
) -> None:
    found = only(write(tmp_path / name, count, first, prefix))
    assert (found.id, found.problem) == (id, "")
    assert found.set is not None
    assert found.set.classes == KNOWN[id].classes
    assert len(found.set.classes) == count
    assert found.set.counts == {"train": 4 * count, "test": count}
    images, labels = found.set.load("train")
    assert labels.tolist() == [*range(count)] * 4
    place = (20, 1) if prefix else (1, 20)  # EMNIST's lie transposed
    assert images[:count, *place].tolist() == [label + first + 1 for label in range(count)]
    assert found.set.strokes == (id != "fashion-mnist")


@pytest.mark.parametrize(
    "name", ["notMNIST", "kannada-mnist", "sign_language_mnist", "k49-mnist", "kuzushiji-49"]
)
def test_a_set_whose_name_only_holds_that_of_a_known_one_is_another(tmp_path, name) -> None:
    write(tmp_path / name)
    digits = write(tmp_path / "mnist")
    found = look([tmp_path])
    assert set(found) == {name.lower().replace("_", "-"), "mnist"}
    assert {path.parent for path in found["mnist"].files} == {digits}


def test_what_is_called_mnist_and_has_other_classes_is_not_taken_for_it(tmp_path) -> None:
    letters = write(tmp_path / "mnist")
    (letters / "classes.txt").write_text("\n".join("ABCDEFGHIJ"), "utf-8")
    digits = write(tmp_path / "mnist-data")
    (digits / "classes.txt").write_text("\n".join("0123456789"), "utf-8")
    found = look([tmp_path])
    assert {id: one.files[0].parent for id, one in found.items()} == {
        "own-mnist": letters,
        "mnist": digits,
    }
    own = found["own-mnist"].set
    assert own is not None
    assert (own.id, own.title, own.classes) == ("own-mnist", "own-mnist", tuple("ABCDEFGHIJ"))


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path) -> None:
    folder = write(tmp_path / "mine", 3)
    (folder / "classes.txt").write_text("cat\ndog\ncow\n", "utf-8-sig")
    found = only(folder).set
    assert found is not None
    assert found.classes == ("cat", "dog", "cow")


def test_names_beside_the_files_are_taken_before_known_ones(tmp_path) -> None:
    folder = write(tmp_path / "mine", 3, 1, packed=False)
    unnamed = only(folder).set
    assert unnamed is not None
    assert (unnamed.classes, unnamed.first) == (("1", "2", "3"), 1)
    assert not unnamed.strokes
    (folder / "classes.txt").write_text("cat\n dog \n\nähre\n", "utf-8")
    named = only(folder).set
    assert named is not None
    assert (named.id, named.classes, named.first) == ("mine", ("cat", "dog", "ähre"), 1)


def test_sets_lie_in_a_folder_or_in_folders_within_it_and_the_first_of_a_name_counts(
    tmp_path,
) -> None:
    write(tmp_path / "one" / "mnist")
    write(tmp_path / "one" / "FashionMNIST" / "raw")
    write(tmp_path / "two" / "mnist", packed=False)
    found = look([tmp_path / "one", tmp_path / "two", tmp_path / "nowhere"])
    assert set(found) == {"mnist", "fashion-mnist"}
    assert {path.suffix for path in found["mnist"].files} == {".gz"}


def head(*sizes: int, kind: int = 8) -> bytes:
    return struct.pack(f">I{len(sizes)}I", 256 * kind + len(sizes), *sizes)


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("train-images-idx3-ubyte", head(40, 28, 28) + b"x" * 100, "is truncated"),
        ("train-images-idx3-ubyte", head(40, 28, 28)[:9], "ends within its header"),
        ("train-images-idx3-ubyte", head(40, 28), "is not an IDX file of images"),
        ("train-images-idx3-ubyte", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "image"),
        ("train-images-idx3-ubyte", head(10, 32, 32) + b"x" * 10240, "32 × 32 cells where 28 × 28"),
        ("train-images-idx3-ubyte", head(0, 28, 28), "holds no images"),
        ("train-labels-idx1-ubyte", head(9) + b"x" * 9, "do not belong together"),
        ("train-labels-idx1-ubyte", gzip.compress(head(40) + b"x" * 40)[:-9], "cannot be unpacked"),
        ("train-labels-idx1-ubyte", head(40) + bytes([200] * 40), "names for 10 classes"),
        ("t10k-labels-idx1-ubyte", None, "one of t10k or test is missing"),
        ("classes.txt", b"a\nb", "names for 2 classes"),
        ("classes.txt", b"\n".join(b"%d" % n for n in range(65)), "has 65 classes"),
        ("classes.txt", b"a\n" * 10, "Two classes have one name"),
        ("classes.txt", b"\xff\xfe", "text in UTF-8"),
    ],
)
def test_what_is_wrong_with_a_set_is_said(tmp_path, file, content, sentence) -> None:
    folder = write(tmp_path / "mnist", packed=False)
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    found = only(folder)
    assert found.set is None
    assert sentence in found.problem


def test_a_set_that_is_too_large_is_told_from_its_heads(tmp_path) -> None:
    folder = write(tmp_path / "emnist", 10, 0, "emnist-byclass-")
    for what, sizes in (("images-idx3", (697_932, 28, 28)), ("labels-idx1", (697_932,))):
        path = folder / f"emnist-byclass-train-{what}-ubyte.gz"
        path.write_bytes(gzip.compress(head(*sizes)))
    assert "697,942 images; up to 300,000 can be trained with" in only(folder).problem
