import numpy as np
import pytest
import safetensors
import safetensors.numpy

from model.safetensors_file import decode, encode

TENSORS = {
    "small": np.arange(3, dtype=np.uint8),
    "weight": np.arange(6, dtype=np.float32).reshape(2, 3),
    "exact": np.array([1.5, -0.0, 2.0**-1074]),
    "step": np.array(7, np.int64),
    "winners": np.array([[3]], np.int32),
    "flags": np.array([True, False]),
    "none": np.empty((0, 4), np.float32),
}


def test_the_library_reads_what_is_written(tmp_path):
    path = tmp_path / "x.safetensors"
    path.write_bytes(encode(TENSORS, {"a": "ä", "format": "1"}))
    with safetensors.safe_open(path, "numpy") as file:
        assert file.metadata() == {"a": "ä", "format": "1"}
        assert set(file.keys()) == set(TENSORS)
        for name, array in TENSORS.items():
            read = file.get_tensor(name)
            assert (read.dtype, read.shape) == (array.dtype, array.shape)
            assert read.tobytes() == array.tobytes()


def test_what_is_written_is_read_back():
    tensors, metadata = decode(encode(TENSORS, {"b": "2", "a": "1"}))
    assert metadata == {"a": "1", "b": "2"}
    for name, array in TENSORS.items():
        np.testing.assert_array_equal(tensors[name], array, strict=True)


def test_what_the_library_writes_is_read():
    data = safetensors.numpy.save({"a": np.ones(3, np.float32)})
    tensors, metadata = decode(data)
    np.testing.assert_array_equal(tensors["a"], [1, 1, 1])
    assert metadata == {}


def test_the_same_values_give_the_same_bytes():
    weight = np.asfortranarray(TENSORS["weight"])
    big = TENSORS["weight"].astype(">f4")
    expected = encode({"w": TENSORS["weight"]}, {"a": "1", "b": "2"})
    assert encode({"w": weight}, {"b": "2", "a": "1"}) == expected
    assert encode({"w": big}, {"b": "2", "a": "1"}) == expected


def test_the_header_is_padded_to_eight_bytes():
    for length in range(9):
        data = encode({"a": np.ones(1, np.float32)}, {"m": "x" * length})
        assert int.from_bytes(data[:8], "little") % 8 == 0


def bfloat16() -> bytes:
    header = b'{"a":{"dtype":"F8_E8M0","shape":[1],"data_offsets":[0,1]}}'
    return len(header).to_bytes(8, "little") + header + b"\0"


@pytest.mark.parametrize(
    "data",
    [b"", b"short", b"\xff" * 64, b"PK\x03\x04" + b"\0" * 40, encode(TENSORS, {})[:-1], bfloat16()],
    ids=["empty", "short", "noise", "zip", "truncated", "a type that NumPy lacks"],
)
def test_other_bytes_are_a_value_error(data):
    with pytest.raises(ValueError, match=r"."):
        decode(data)
