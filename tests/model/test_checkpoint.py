import hashlib
import json
import os
from contextlib import suppress
from types import SimpleNamespace

import numpy as np
import pytest

from model import Network, checkpoint, load_network, whole_file
from model.checkpoint import CheckpointError, TrainingState
from model.lenet import LENET
from model.lenet5 import LENET5
from model.safetensors_file import decode, encode

from .examples import graph_network, random_image, write_graph


def lenet(seed=0):
    return Network.initialise(LENET, np.random.default_rng(seed))


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "net.safetensors"
    checkpoint.save(file, lenet(), {"accuracy": "0.9912", "seed": "0"})
    return file


@pytest.mark.parametrize("network", [lenet(), graph_network()], ids=["lenet", "graph"])
def test_a_network_comes_back_bit_for_bit(tmp_path, network):
    path = tmp_path / "net.safetensors"
    checkpoint.save(path, network, {"accuracy": "0.5"})
    loaded = load_network(path)
    assert loaded.spec == network.spec
    assert loaded.metadata == {"accuracy": "0.5"}
    for name, parameter in network.parameters.items():
        assert loaded.parameters[name].tobytes() == parameter.tobytes()
    image = random_image(network.spec)
    for name, activation in network.trace(image).items():
        np.testing.assert_array_equal(loaded.trace(image)[name], activation)


def test_the_same_network_gives_the_same_file(tmp_path, path):
    checkpoint.save(tmp_path / "again.safetensors", lenet(), {"seed": "0", "accuracy": "0.9912"})
    assert (tmp_path / "again.safetensors").read_bytes() == path.read_bytes()


def test_a_loaded_network_is_named_by_the_bytes_of_its_file(path):
    network = load_network(path)
    assert network.weights_bytes() == path.read_bytes()
    assert network.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_loaded_weights_are_what_the_file_says_so_only_a_copy_can_be_changed(path):
    network = load_network(path)
    with pytest.raises(ValueError, match="read-only"):
        network.parameters["fc3.bias"][0] = 1
    copy = network.copy()
    copy.parameters["fc3.bias"][0] = 1
    assert copy.sha256 != network.sha256
    assert copy.metadata == network.metadata


def test_facts_known_before_are_kept_and_new_ones_win(tmp_path, path):
    again = tmp_path / "again.safetensors"
    checkpoint.save(again, load_network(path), {"accuracy": "0.5"})
    assert load_network(again).metadata == {"accuracy": "0.5", "seed": "0"}


def test_a_path_may_be_text(path):
    assert load_network(str(path)).spec == LENET


def test_a_name_is_looked_up_among_the_networks_that_come_along(tmp_path, monkeypatch, path):
    monkeypatch.setattr(checkpoint, "WEIGHTS", tmp_path)
    assert checkpoint.available() == ("net",)
    assert load_network("net").spec == LENET
    with pytest.raises(CheckpointError, match="no network called lenet; there are: net"):
        load_network()
    path.unlink()
    with pytest.raises(CheckpointError, match="there are: none"):
        load_network("net")


def test_the_graph_of_the_examples_can_be_served_from_a_file(tmp_path):
    assert load_network(write_graph(tmp_path)).sha256 == load_network(write_graph(tmp_path)).sha256


def rewritten(path, tensors=None, **metadata):
    """Write the file again with other tensors or metadata (None takes a fact out)."""
    old_tensors, old_metadata = decode(path.read_bytes())
    facts = {**old_metadata, **metadata}
    facts = {key: value for key, value in facts.items() if value is not None}
    path.write_bytes(encode({**old_tensors, **(tensors or {})}, facts))


def with_header(path, change, padding=8):
    """Write the file again with another header before the same tensors."""
    data = path.read_bytes()
    size = 8 + int.from_bytes(data[:8], "little")
    header = json.dumps(change(json.loads(data[8:size])), separators=(",", ":")).encode()
    header += b" " * (-len(header) % padding)
    header += b" " * (padding == 1 and len(header) % 4 == 0)
    path.write_bytes(len(header).to_bytes(8, "little") + header + data[size:])


def flipped(data, place):
    """The bytes with the lowest bit of one of them turned over."""
    changed = bytearray(data)
    changed[place] ^= 1
    return bytes(changed)


def spec_without_layers():
    return json.dumps({**LENET.to_json(), "layers": []})


CORRUPTIONS = {
    "is damaged or no safetensors file": [
        lambda path: path.write_bytes(path.read_bytes()[:100]),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"more"),
        lambda path: path.write_bytes(b"nobody knows what this is"),
        lambda path: path.write_bytes((10).to_bytes(8, "little") + b"{}"),
        lambda path: path.write_bytes((4).to_bytes(8, "little") + b"[[]]"),
        lambda path: path.write_bytes((2**40).to_bytes(8, "little") + bytes(50)),
    ],
    "is empty": [lambda path: path.write_bytes(b"")],
    "is a picture. Drop it on the pad": [lambda path: path.write_bytes(b"GIF89a" + bytes(500))],
    "its __metadata__ must be an object of texts": [
        lambda path: with_header(path, lambda header: header | {"__metadata__": None}),
        lambda path: with_header(path, lambda header: header | {"__metadata__": {"spec": 1}}),
    ],
    "lacks a dtype, a shape or a place": [
        lambda path: with_header(path, lambda header: header | {"fc3.bias": None}),
        lambda path: with_header(path, lambda header: header | {"fc3.bias": {"dtype": "F32"}}),
    ],
    "The parameter fc3.bias is stored as bfloat16": [
        lambda path: with_header(
            path, lambda header: header | {"fc3.bias": header["fc3.bias"] | {"dtype": "BF16"}}
        )
    ],
    "is damaged: its numbers are not those": [
        lambda path: path.write_bytes(flipped(path.read_bytes(), -100)),
        lambda path: rewritten(path, checksum="0" * 64),
    ],
    "but no Convlens network": [
        lambda path: rewritten(path, format=None),
        lambda path: rewritten(path, format="pt"),
    ],
    "its spec is not JSON": [
        lambda path: rewritten(path, spec=None),
        lambda path: rewritten(path, spec="{"),
        lambda path: rewritten(path, spec="[" * 100_000),
        lambda path: rewritten(path, spec="9" * 5_000),
    ],
    "describes no possible network. The spec has no layers": [
        lambda path: rewritten(path, spec=spec_without_layers())
    ],
    "does not hold the weights it promises": [
        lambda path: rewritten(path, {"extra": np.ones(1, np.float32)}),
        lambda path: rewritten(path, {"fc3.bias": np.ones(9, np.float32)}),
        lambda path: rewritten(path, {"fc3.bias": np.ones(10, np.int64)}),
    ],
    "holds numbers that are not finite": [
        lambda path: rewritten(path, {"fc3.bias": np.full(10, np.inf, np.float32)})
    ],
    "There is no file": [lambda path: path.unlink()],
    "is a folder; name a file in it": [lambda path: (path.unlink(), path.mkdir())],
}


@pytest.mark.parametrize(
    ("sentence", "corrupt"), [(s, corrupt) for s, all_ in CORRUPTIONS.items() for corrupt in all_]
)
def test_a_file_that_is_no_network_is_answered_with_a_sentence(path, sentence, corrupt):
    corrupt(path)
    with pytest.raises(CheckpointError) as caught:
        load_network(path)
    assert sentence in str(caught.value)
    assert "net.safetensors" in str(caught.value)


def test_a_folder_names_the_weights_in_it(path):
    with pytest.raises(CheckpointError, match=r"is a folder; .* It holds net\.safetensors\."):
        load_network(path.parent)


def test_a_header_that_is_not_padded_is_read_and_handed_on_padded(path):
    before = load_network(path)
    with_header(path, lambda header: header, padding=1)
    assert int.from_bytes(path.read_bytes()[:8], "little") % 4
    loaded = load_network(path)
    assert loaded.metadata == before.metadata
    assert loaded.weights_bytes() == before.weights_bytes()
    assert int.from_bytes(loaded.weights_bytes()[:8], "little") % 8 == 0
    with pytest.raises(ValueError, match="read-only"):
        loaded.parameters["fc3.bias"][0] = 1


def test_every_bit_of_the_weights_is_held_by_the_checksum(path):
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    for place in np.random.default_rng(1).integers(start, len(data), 40):
        path.write_bytes(flipped(data, place))
        with pytest.raises(CheckpointError):
            load_network(path)


def test_weights_without_a_checksum_are_taken_as_they_are(path):
    rewritten(path, checksum=None)
    path.write_bytes(flipped(path.read_bytes(), -100))
    assert load_network(path).spec == LENET


def test_the_checksum_is_of_the_numbers_not_of_their_order_or_the_facts(path):
    tensors, facts = decode(path.read_bytes())
    backwards = dict(reversed(tensors.items()))
    path.write_bytes(encode(backwards, facts | {"accuracy": "0.5"}))
    assert load_network(path).metadata["accuracy"] == "0.5"


@pytest.mark.parametrize("name", checkpoint.available())
def test_the_weights_that_come_along_have_a_checksum(name):
    metadata = decode((checkpoint.WEIGHTS / f"{name}.safetensors").read_bytes())[1]
    assert len(metadata["checksum"]) == 64


def test_a_file_is_judged_by_its_header_before_its_tensors_are_read(path, monkeypatch):
    def never(_):
        raise AssertionError("the whole file was read")

    monkeypatch.setattr(type(path), "read_bytes", never)
    large = {"dtype": "F32", "shape": [475_000_000], "data_offsets": [0, 1_900_000_000]}
    for header in ({"x": large}, {"x": large, "__metadata__": {"format": "pt"}}):
        text = json.dumps(header).encode()
        with path.open("wb") as file:
            file.write(len(text).to_bytes(8, "little") + text)
            file.truncate(8 + len(text) + 1_900_000_000)  # a hole, which takes no room on the disk
        with pytest.raises(CheckpointError, match="no Convlens network"):
            load_network(path)


def test_a_network_that_no_page_could_show_is_refused_by_its_spec_alone(path, monkeypatch):
    monkeypatch.setattr(checkpoint, "LARGEST_NETWORK", 50_000)
    with pytest.raises(CheckpointError, match="63,802 parameters; Convlens shows up to 50,000"):
        load_network(path)


def test_every_single_damaged_byte_of_the_header_is_survived(path):
    data = bytearray(path.read_bytes())
    rng = np.random.default_rng(0)
    size = 8 + int.from_bytes(data[:8], "little")
    for place in rng.choice(size, 300, replace=False):
        damaged = bytearray(data)
        damaged[place] = rng.integers(256)
        path.write_bytes(damaged)
        with suppress(CheckpointError):
            load_network(path)


def test_double_precision_weights_are_refused(tmp_path):
    path = tmp_path / "wide.safetensors"
    wide = {name: array.astype(np.float64) for name, array in lenet().parameters.items()}
    path.write_bytes(encode(wide, lenet().file_metadata()))
    with pytest.raises(CheckpointError, match="holds float64 weights"):
        load_network(path)


def test_a_file_too_large_for_any_network_is_not_read(path, monkeypatch):
    monkeypatch.setattr(checkpoint, "LARGEST_FILE", 1000)
    with pytest.raises(CheckpointError, match="larger than 1,000 bytes"):
        load_network(path)


def test_a_file_that_may_not_be_read_is_answered_with_a_sentence(path, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(CheckpointError, match=r"cannot be read: Permission denied\."):
        load_network(path)


def test_saving_is_whole_or_not_at_all(path, monkeypatch):
    before = path.read_bytes()

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file, "os", SimpleNamespace(fdopen=os.fdopen, fsync=fail))
    with pytest.raises(OSError, match="No space left"):
        checkpoint.save(path, lenet(1))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_that_others_may_read_is_written(path):
    assert path.stat().st_mode & 0o777 == 0o644


def test_weights_of_what_is_not_connected_must_be_zero(tmp_path):
    path = tmp_path / "loose.safetensors"
    network = Network.initialise(LENET5, np.random.default_rng(0))
    checkpoint.save(path, network)
    assert load_network(path).spec == LENET5
    network.parameters["c3.weight"][0, 5] = 1
    checkpoint.save(path, network)
    with pytest.raises(CheckpointError, match=r"c3\.weight must be 0 where the connections leave"):
        load_network(path)


@pytest.fixture
def state():
    rng = np.random.default_rng(5)
    rng.random(3)
    slots = {
        "velocity/conv1.weight": rng.standard_normal((6, 1, 5, 5)).astype(np.float32),
        "exact": np.array([1 / 3]),
        "step": np.array(17, np.int64),
    }
    return TrainingState(slots, 17, 2, 5, rng.bit_generator.state, {"losses": [0.1, 1 / 3]})


def test_training_state_comes_back_bit_for_bit(tmp_path, state):
    path = tmp_path / "run.safetensors"
    checkpoint.save_training(path, lenet(), state)
    network, loaded = checkpoint.load_training(path)
    assert {name: slot.tobytes() for name, slot in loaded.slots.items()} == {
        name: slot.tobytes() for name, slot in state.slots.items()
    }
    assert loaded.slots["step"].shape == ()
    assert loaded[1:] == state[1:]
    before, after = np.random.default_rng(), np.random.default_rng()
    before.bit_generator.state, after.bit_generator.state = state.rng, loaded.rng
    np.testing.assert_array_equal(before.random(9), after.random(9))
    assert network.sha256 == lenet().sha256
    network.parameters["fc3.bias"][0] = 1


def test_the_slots_can_be_updated_in_place(tmp_path, state):
    path = tmp_path / "run.safetensors"
    checkpoint.save_training(path, lenet(), state)
    _, loaded = checkpoint.load_training(path)
    loaded.slots["step"][...] += 1
    assert loaded.slots["step"] == 18


def test_a_training_checkpoint_is_a_network_like_any_other(tmp_path, state):
    path = tmp_path / "run.safetensors"
    checkpoint.save_training(path, lenet(), state)
    network = load_network(path)
    assert list(network.parameters) == list(LENET.parameter_shapes)
    assert network.metadata == {}


def test_the_weights_of_a_training_checkpoint_are_weights_alone(tmp_path, state):
    network = lenet()
    checkpoint.save_training(tmp_path / "training.safetensors", network, state)
    loaded = load_network(tmp_path / "training.safetensors")
    assert loaded.weights_bytes() == network.weights_bytes()


def test_the_same_training_gives_the_same_file(tmp_path, state):
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    checkpoint.save_training(one, lenet(), state)
    checkpoint.save_training(other, *checkpoint.load_training(one))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("training", [None, "{", "[]", '{"step": 1}', '{"colour": 1}'])
def test_a_network_without_training_state_cannot_be_resumed(path, training):
    rewritten(path, training=training)
    with pytest.raises(CheckpointError, match="no training state; it cannot be resumed"):
        checkpoint.load_training(path)
