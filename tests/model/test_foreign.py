"""Files that people take for weights, each called by its name."""

import gzip
import io
import pickle
import tarfile
import zipfile

import numpy as np
import pytest

from model.checkpoint import CheckpointError, load_network
from model.foreign import what_it_is


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"0" * 100)
    return file.getvalue()


def written(write):
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def tarred():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("weights"))
    return file.getvalue()


KINDS = {
    "Git LFS pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 258568\n",
    "web page": b"\n<!DOCTYPE html><html><title>Sign in</title></html>",
    "a web page": b"\xef\xbb\xbf<HTML>",
    "page asks to sign in": b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>",
    "PyTorch's .pt": zipped("lenet/data.pkl", "lenet/data/0"),
    "as PyTorch's": zipped("archive/.format_version"),
    "is a zip archive. Unpack it": zipped("lenet.safetensors"),
    "is a Python pickle": pickle.dumps({"conv1.weight": [1.0]}, protocol=2),
    "a Python pickle": pickle.dumps({"conv1.weight": [1.0]}),
    "is an archive of NumPy's (.npz)": written(lambda file: np.savez(file, a=np.ones(3))),
    "is a single array of NumPy's": written(lambda file: np.save(file, np.ones(3))),
    "is an ONNX model": b"\x08\x08\x12\x07pytorch\x1a\x052.1.0" + bytes(60),
    "HDF5": b"\x89HDF\r\n\x1a\n" + bytes(100),
    "TensorFlow Lite": b"\x1c\0\0\0TFL3" + bytes(100),
    "GGUF": b"GGUF" + bytes(100),
    "is a packed file": gzip.compress(bytes(100)),
    "a packed file": tarred(),
    "is a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "Drop it on the pad": b"RIFF\x24\0\0\0WEBPVP8 " + bytes(100),
    "PDF": b"%PDF-1.7" + bytes(100),
    "is JSON": b'{"id": "mine", "layers": []}',
}


@pytest.mark.parametrize("words", KINDS)
@pytest.mark.parametrize("ending", [".safetensors", ".pt"])
def test_a_file_of_another_kind_is_called_by_its_name(tmp_path, words, ending):
    path = tmp_path / f"lenet{ending}"
    path.write_bytes(KINDS[words])
    with pytest.raises(CheckpointError) as caught:
        load_network(path)
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)


def test_a_kind_that_nobody_knows_is_not_guessed():
    assert what_it_is(b"some other bytes") is None
    assert what_it_is(bytes(600)) is None
