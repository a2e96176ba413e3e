import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from safetensors.numpy import load

from app.wire import Encoder, Said

shapes = hnp.array_shapes(min_dims=0, max_dims=3, min_side=1, max_side=6)
names = st.text("abcdefgh_-.0123456789", min_size=1, max_size=8)
floats = shapes.flatmap(lambda shape: hnp.arrays(np.float32, shape))
doubles = shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape))
integers = shapes.flatmap(lambda shape: hnp.arrays(np.int32, shape))


def encoder_for(arrays, **metadata):
    kinds = {"float64": "F64", "float32": "F32", "int32": "I32"}
    shapes = {name: (kinds[str(a.dtype)], a.shape) for name, a in arrays.items()}
    return Encoder(shapes, metadata)


@given(
    st.dictionaries(names.map("d{}".format), doubles, max_size=2),
    st.dictionaries(names, floats, min_size=1, max_size=4),
    st.dictionaries(names.map("i{}".format), integers, max_size=3),
    st.text(max_size=9),
    st.booleans(),
)
def test_the_safetensors_library_reads_back_what_was_written(exact, some, more, said, blank):
    arrays = {**exact, **{f"f{name}": array for name, array in some.items()}, **more}
    data = encoder_for(arrays, said=said).safetensors(arrays.values(), Said(blank))
    read = load(data)
    assert read.keys() == arrays.keys()
    for name, array in arrays.items():
        assert read[name].tobytes() == array.tobytes()
        assert read[name].shape == array.shape
        assert read[name].dtype == array.dtype
    size = int.from_bytes(data[:8], "little")
    assert size % 8 == 0
    metadata = json.loads(data[8 : 8 + size])["__metadata__"]
    assert metadata == {"said": said, **Said(blank).metadata()}
    assert metadata["blank"] == ("true" if blank else "false")


def test_arrays_in_another_order_of_memory_are_written_in_c_order():
    array = np.arange(12, dtype=np.float32).reshape(3, 4).T
    read = load(encoder_for({"x": array}).safetensors([array], Said(False)))
    assert read["x"].tolist() == array.tolist()


def test_a_missing_array_is_an_error_not_a_broken_file():
    encoder = encoder_for({"x": np.zeros(2, np.float32), "y": np.zeros(2, np.float32)})
    with pytest.raises(ValueError, match="zip"):
        encoder.safetensors([np.zeros(2, np.float32)], Said(False))


def test_larger_parts_are_written_as_their_tensors_one_by_one():
    some, more = np.arange(4, dtype=np.float32).reshape(2, 2), np.arange(3, dtype=np.int32)
    encoder = encoder_for({"a": some, "b": some + 4, "c": more})
    parts = np.arange(8, dtype=np.float32), more
    expected = encoder.safetensors([some, some + 4, more], Said(True))
    assert encoder.joined(parts, Said(True)) == expected
    with pytest.raises(ValueError, match="do not hold what its header says"):
        encoder.joined(parts[1:], Said(True))


@given(floats)
def test_json_gives_every_finite_float32_back_to_the_last_bit(array):
    document = json.loads(encoder_for({"x": array}).json([array], Said(False)))
    data = document["x"]["data"]
    assert [value is None for value in data] == (~np.isfinite(array)).ravel().tolist()
    back = np.array([np.nan if value is None else value for value in data], np.float32)
    finite = np.isfinite(array).ravel()
    assert back[finite].tobytes() == array.ravel()[finite].tobytes()
