"""Downloading, against a mirror on this machine that serves small files of our own making."""

import functools
import gzip
import hashlib
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from model.data import mnist
from model.data.download import FILES as ORIGINALS
from model.data.download import MIRRORS, download
from model.data.errors import MnistError
from model.data.mnist import fingerprint, load
from tests.made_up_mnist import write_mnist


class Mirror:
    """A web server over a folder that counts what it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        mirror = self

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                mirror.asked.append(self.path)

        handler = functools.partial(Handler, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self) -> None:
        if self.thread.is_alive():
            self.server.shutdown()
            self.server.server_close()
            self.thread.join()


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    mirror = Mirror(write_mnist(tmp_path / "mirror", train=5, test=4, packed=True))
    yield mirror
    mirror.close()


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.stem: hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
        for path in sorted(folder.glob("*.gz"))
    }


def test_files_arrive_verified_and_are_loadable(mirror: Mirror, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "deep"
    steps: list[tuple[str, int, int]] = []
    expected = hashes(mirror.folder)
    download(cache, lambda *step: steps.append(step), mirrors=[mirror.url], files=expected)
    assert fingerprint(cache) == expected
    assert load(cache, "train")[0].shape == (5, 28, 28)
    assert sorted(path.name for path in cache.iterdir()) == sorted(f"{n}.gz" for n in expected)
    for name in expected:
        size = (mirror.folder / f"{name}.gz").stat().st_size
        assert [step for step in steps if step[0] == name][-1] == (name, size, size)


def test_what_is_there_and_right_is_not_fetched_again(mirror: Mirror, tmp_path: Path) -> None:
    expected = hashes(mirror.folder)
    download(tmp_path, mirrors=[mirror.url], files=expected)
    spoilt = tmp_path / "t10k-labels-idx1-ubyte.gz"
    spoilt.write_bytes(b"spoilt")
    mirror.asked.clear()
    download(tmp_path, mirrors=[mirror.url], files=expected)
    assert mirror.asked == ["/t10k-labels-idx1-ubyte.gz"]
    assert fingerprint(tmp_path) == expected


def test_the_second_mirror_serves_when_the_first_is_wrong(mirror: Mirror, tmp_path: Path) -> None:
    expected = hashes(mirror.folder)
    wrong = Mirror(write_mnist(tmp_path / "wrong", train=6, test=6, packed=True))
    try:
        download(tmp_path / "cache", mirrors=[wrong.url, mirror.url], files=expected)
    finally:
        wrong.close()
    assert len(wrong.asked) == len(mirror.asked) == 4
    assert fingerprint(tmp_path / "cache") == expected


def test_the_second_mirror_serves_when_the_first_is_away(mirror: Mirror, tmp_path: Path) -> None:
    expected = hashes(mirror.folder)
    download(tmp_path / "cache", mirrors=[f"{mirror.url}gone/", mirror.url], files=expected)
    assert fingerprint(tmp_path / "cache") == expected


def test_wrong_bytes_never_stand_under_the_name(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(MnistError, match="what arrived is not the original file"):
        download(tmp_path / "cache", mirrors=[mirror.url], files=ORIGINALS)
    assert list((tmp_path / "cache").iterdir()) == []


def test_offline_the_sentence_says_what_to_do_by_hand(mirror: Mirror, tmp_path: Path) -> None:
    mirror.close()  # nobody answers at this port now
    with pytest.raises(MnistError) as caught:
        download(tmp_path / "cache", mirrors=[mirror.url], files=ORIGINALS)
    text = str(caught.value)
    assert "could not be downloaded" in text
    assert "--data or CONVLENS_DATA" in text
    assert MIRRORS[0] in text
    assert all(f"{name}.gz" in text for name in ORIGINALS)


def test_a_cache_that_cannot_be_written_is_named(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MnistError, match=r"cannot be kept in .*file"):
        download(tmp_path / "file", mirrors=[mirror.url], files=hashes(mirror.folder))


def test_without_a_folder_the_cache_is_filled_once(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr(mnist, "cache_folder", lambda: cache)
    monkeypatch.setattr("model.data.download.MIRRORS", (mirror.url,))
    monkeypatch.setattr("model.data.download.FILES", hashes(mirror.folder))
    assert mnist.ensure() == cache
    assert len(mirror.asked) == 4
    assert mnist.ensure() == cache
    assert len(mirror.asked) == 4


def test_an_answer_without_end_is_cut_off(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.data.download.LARGEST", 1000)
    with pytest.raises(MnistError, match="far larger than the file"):
        download(tmp_path / "cache", mirrors=[mirror.url], files=hashes(mirror.folder))


def test_what_is_no_gzip_is_not_the_file(mirror: Mirror, tmp_path: Path) -> None:
    expected = hashes(mirror.folder)
    for path in mirror.folder.iterdir():
        path.write_text("Please sign in to this network first.")
    with pytest.raises(MnistError, match="not the original file"):
        download(tmp_path / "cache", mirrors=[mirror.url], files=expected)


def test_a_write_that_fails_leaves_nothing_behind(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(MnistError, match="No space left on device"):
        download(tmp_path / "cache", mirrors=[mirror.url], files=hashes(mirror.folder))
    assert list((tmp_path / "cache").iterdir()) == []
