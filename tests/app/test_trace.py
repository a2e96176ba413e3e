import csv
import io
import json
import math
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from safetensors.numpy import load

from model.preprocess import (
    Stroke,
    preprocess_file,
    preprocess_pixels,
    preprocess_strokes,
    to_input,
)
from model.preprocess.notes import NOTES
from tests.app.drawings import JSON, PIXELS, SEVEN, TRACE, body, png

coordinates = st.floats(-1, 2, width=32)
strokes = st.lists(
    st.fixed_dictionaries(
        {
            "points": st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=12),
            "width": st.floats(0.01, 1),
            "erase": st.booleans(),
        }
    ),
    min_size=1,
    max_size=5,
)


def image_of(drawing):
    made = [Stroke(np.array(s["points"]), s["width"], s.get("erase", False)) for s in drawing]
    return preprocess_strokes(made)


def assert_same(tensors, image, network):
    trace = network.trace(to_input(image.pixels, network.spec.input))
    for name in network.spec.shapes:
        assert tensors[name].tobytes() == trace[name].tobytes(), name
        assert tensors[name].shape == trace[name].shape
    for name, winners in trace.winners.items():
        assert tensors[f"{name}.winners"].tobytes() == winners.tobytes()
    assert tensors["preprocess.crop"].tolist() == image.crop.tolist()
    assert tensors["preprocess.scale"] == np.float32(image.scale)
    assert tensors["preprocess.centre"].tolist() == image.centre.tolist()
    assert tensors["preprocess.shift"].tolist() == image.shift.tolist()


def test_a_trace_of_strokes_is_the_engines_bit_for_bit(local, network):
    answer = local.post(TRACE, json=SEVEN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.safetensors"
    assert_same(load(answer.content), image_of(SEVEN["strokes"]), network)


@settings(max_examples=30, deadline=None)
@given(drawing=strokes)
def test_any_drawing_is_read_as_the_engine_reads_it(local, network, drawing):
    answer = local.post(TRACE, json={"strokes": drawing})
    assert answer.status_code == 200
    assert_same(load(answer.content), image_of(drawing), network)


def test_a_trace_of_pixels_is_the_engines_bit_for_bit(local, network):
    answer = local.post(TRACE, json=PIXELS)
    assert_same(load(answer.content), preprocess_pixels(PIXELS["pixels"]), network)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("center", [True, False])
def test_a_trace_of_an_image_file_is_the_engines_bit_for_bit(local, network, kind, center):
    data = png(format=kind.upper())
    path = f"{TRACE}?center={'true' if center else 'false'}"
    answer = local.post(path, content=data, headers={"content-type": f"image/{kind}"})
    assert answer.status_code == 200
    assert_same(load(answer.content), preprocess_file(data, center=center), network)


def test_the_parts_are_ordered_as_the_layers_and_floats_come_before_integers(local, network):
    content = local.post(TRACE, json=SEVEN).content
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    del header["__metadata__"]
    expected = ["input", *(layer.name for layer in network.spec.layers)]
    expected += ["preprocess.crop", "preprocess.scale", "preprocess.centre"]
    expected += ["pool1.winners", "pool2.winners", "preprocess.shift"]
    assert list(header) == expected
    assert (8 + size) % 8 == 0
    starts = [entry["data_offsets"][0] for entry in header.values()]
    assert starts == sorted(starts)
    kinds = [entry["dtype"] for entry in header.values()]
    assert kinds == sorted(kinds, key=("F32", "I32").index)


def test_a_trace_names_its_network_and_its_weights(local, network):
    answer = local.post(TRACE, json=SEVEN)
    size = int.from_bytes(answer.content[:8], "little")
    metadata = json.loads(answer.content[8 : 8 + size])["__metadata__"]
    said = {"blank": "false", "note": "", "digits": "[]"}
    assert metadata == {"model": "untrained", "weights": network.sha256, **said}
    assert answer.headers["convlens-weights"] == network.sha256


def test_as_json_it_is_the_same_to_the_last_bit(local):
    packed = load(local.post(TRACE, json=SEVEN).content)
    answer = local.post(TRACE, json=SEVEN, headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    plain = answer.json()
    assert plain.pop("__metadata__")["model"] == "untrained"
    assert list(plain) == sorted(packed, key=list(plain).index)
    types = {"F32": np.float32, "I32": np.int32}
    for name, tensor in plain.items():
        array = np.array(tensor["data"], types[tensor["dtype"]]).reshape(tensor["shape"])
        assert array.tobytes() == packed[name].tobytes(), name
        assert array.shape == packed[name].shape
        assert array.dtype == packed[name].dtype


def test_as_a_numpy_archive_it_holds_the_weights_too_and_nothing_that_changes(local, network):
    packed = load(local.post(TRACE, json=SEVEN).content)
    answers = [
        local.post(TRACE, json=SEVEN, headers={"accept": "application/x-npz"}) for _ in range(2)
    ]
    assert answers[0].headers["content-type"] == "application/x-npz"
    assert answers[0].content == answers[1].content
    with np.load(io.BytesIO(answers[0].content), allow_pickle=False) as archive:
        assert set(archive.files) == {*packed, *network.parameters}
        for name, array in {**packed, **network.parameters}.items():
            assert archive[name].dtype == array.dtype
            assert archive[name].shape == array.shape
            assert archive[name].tobytes() == array.tobytes(), name


def test_as_a_table_it_has_a_row_a_cell_and_gives_every_layer_back_bit_for_bit(local, network):
    packed = load(local.post(TRACE, json=SEVEN).content)
    answer = local.post(TRACE, json=SEVEN, headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["convlens-weights"] == network.sha256
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head == ["layer", "channel", "row", "column", "value"]
    shapes = network.spec.shapes
    back = {name: np.full(shape, np.nan, np.float32) for name, shape in shapes.items()}
    for layer, channel, row, column, value in rows:
        place = (int(channel), int(row), int(column))
        assert place[len(shapes[layer]) :] in ((), (0, 0))
        back[layer][place[: len(shapes[layer])]] = np.float32(value)
    assert len(rows) == sum(math.prod(shape) for shape in shapes.values())
    for name, array in back.items():
        assert array.tobytes() == packed[name].tobytes(), name


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_strokes_that_leave_no_ink_are_read_and_say_so(local, accept):
    outside = {"strokes": [{"points": [[1.5, 1.5], [1.9, 1.9]]}]}
    answer = local.post(TRACE, json=outside, headers={"accept": accept})
    assert answer.status_code == 200
    assert b'"blank":"true"' in answer.content


def test_center_false_leaves_the_drawing_where_it_is(local):
    corner = [{"points": [[0.1, 0.1], [0.2, 0.2]]}]
    centred = load(local.post(TRACE, json={"strokes": corner}).content)
    as_it_is = load(local.post(TRACE, json={"strokes": corner, "center": False}).content)
    assert centred["preprocess.centre"] == pytest.approx([14, 14], abs=0.6)
    assert (as_it_is["preprocess.centre"] < 8).all()
    assert as_it_is["preprocess.scale"] == 28


def test_server_timing_names_the_three_steps_in_milliseconds(local):
    for accept in ("*/*", "application/json"):
        timing = local.post(TRACE, json=SEVEN, headers={"accept": accept}).headers["server-timing"]
        steps = dict(step.split(";dur=") for step in timing.split(", "))
        assert list(steps) == ["preprocess", "forward", "encode"]
        assert all(0 <= float(duration) < 1000 for duration in steps.values())


def test_many_at_once_are_each_read_right(server, network):
    """The engine's buffers, if it has any, are not shared between threads."""
    drawings = [[{"points": [[0.1 * i, 0.2], [0.5, 0.1 * i]], "width": 0.1}] for i in range(10)]

    def ask(drawing):
        with httpx.Client(base_url=server.url, trust_env=False) as client:
            answers = [client.post(TRACE, json={"strokes": drawing}) for _ in range(10)]
        for answer in answers:
            assert_same(load(answer.content), image_of(drawing), network)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, drawings))


def test_a_connection_is_kept_for_the_next_request(server):
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        ports = set()
        for _ in range(5):
            answer = client.post(TRACE, content=body(SEVEN), headers=JSON)
            ports.add(answer.extensions["network_stream"].get_extra_info("client_addr"))
        assert len(ports) == 1


AS_JSON = {"accept": "application/json"}


def metadata_of(answer):
    return answer.json()["__metadata__"]


TEN = {"strokes": [{"points": [[0.2, 0.2], [0.2, 0.8]]}, {"points": [[0.6, 0.25], [0.7, 0.75]]}]}


def test_several_digits_are_named_and_any_of_them_is_read(local):
    said = metadata_of(local.post(TRACE, json=TEN, headers=AS_JSON))
    first, second = json.loads(said["digits"])
    assert first[2] < second[0]
    assert "several digits" in said["note"]
    chosen = local.post(f"{TRACE}?digit=0", json=TEN, headers=AS_JSON).json()
    crop = chosen["preprocess.crop"]["data"]
    np.testing.assert_allclose(crop, first, atol=1e-4)
    assert local.post(f"{TRACE}?digit=first", json=TEN).status_code == 422


def test_a_dot_is_read_with_a_doubt_and_a_picture_without_ink_says_why(local):
    dot = {"strokes": [{"points": [[0.5, 0.5]]}]}
    doubted = metadata_of(local.post(TRACE, json=dot, headers=AS_JSON))
    assert "enlarged" in doubted["note"]
    gaps = json.loads(doubted["note_parameters"])
    assert NOTES[doubted["note_kind"]].format(**gaps) == doubted["note"]
    file = io.BytesIO()
    Image.new("L", (200, 200), 200).save(file, "PNG")
    headers = {**AS_JSON, "content-type": "image/png"}
    said = metadata_of(local.post(TRACE, content=file.getvalue(), headers=headers))
    assert said["blank"] == "true"
    assert "one brightness" in said["note"]
