"""Several questions about one drawing in one request: each is answered as it is alone."""

from urllib.parse import quote

import numpy as np
import pytest
from safetensors.numpy import load

from app import reading
from app.settings import Settings
from model import Network, load_network
from model.checkpoint import save
from model.lenet import LENET
from model.spec import InputSpec, NetworkSpec, conv, pool
from tests.app.drawings import JSON, PIXELS, SEVEN, png
from tests.app.local import Local
from tests.app.test_derivatives import metadata_of
from tests.app.test_models import tiny
from tests.app.test_refusals import assert_problem
from tests.app.test_variants import SILENT, made
from tests.app.wrong import BODIES, SECRET

ALL = (
    "untrained/trace",
    "untrained/derivatives?layer=conv2&channel=3&row=2&column=4",
    "untrained/paths?channel=3&against=8",
    "untrained/variations",
    "untrained/trace?down=2&right=-3",
    "untrained/step?target=4&steps=2",
    "untrained/gradient?target=4&layer=relu1&channel=2&row=9&column=9",
    "untrained/derivatives?layer=fc1&channel=7&scale=0.8",
)
BODY = {
    "strokes": {"json": SEVEN},
    "pixels": {"json": PIXELS},
    "file": {"content": png(), "headers": {"content-type": "image/png"}},
}


def path(*questions, more=""):
    asked = "&".join(f"ask={quote(one, safe='/')}" for one in questions)
    return f"/api/questions?{asked}{more}"


@pytest.mark.parametrize("what", BODY)
def test_several_answers_are_those_to_each_alone(local, what):
    center = "&center=false" if what == "file" else ""
    together = local.post(path(*ALL, more=center), **BODY[what])
    assert together.status_code == 200, together.text
    tensors, about = load(together.content), metadata_of(together.content)
    names = set()
    for number, one in enumerate(ALL):
        address = f"/api/models/{one}{'&' if '?' in one else '?'}{center[1:]}"
        alone = local.post(address, **BODY[what])
        for name, values in load(alone.content).items():
            names.add(f"{number}/{name}")
            assert tensors[f"{number}/{name}"].tobytes() == values.tobytes()
            assert tensors[f"{number}/{name}"].shape == values.shape
        for key, value in metadata_of(alone.content).items():
            assert about[f"{number}/{key}"] == value
    assert set(tensors) == names


def test_as_json_they_are_a_list(local):
    headers = {"accept": "application/json"}
    together = local.post(path(*ALL), json=SEVEN, headers=headers).json()
    for one, answer in zip(ALL, together, strict=True):
        assert answer == local.post(f"/api/models/{one}", json=SEVEN, headers=headers).json()


def test_the_answer_says_how_long_each_question_took_and_all_together(local):
    timing = local.post(path(*ALL), json=SEVEN).headers["server-timing"]
    took = dict(step.split(";dur=") for step in timing.split(", "))
    each = [float(took.pop(f"forward-{k}")) for k in range(len(ALL))]
    assert sum(each) == pytest.approx(float(took["forward"]), abs=0.01)
    assert list(took) == ["preprocess", "forward", "encode"]


def test_a_drawing_is_preprocessed_once_for_all_of_them(local, monkeypatch):
    count, real = [], reading.preprocess_strokes
    monkeypatch.setattr(
        reading, "preprocess_strokes", lambda *a, **k: count.append(1) or real(*a, **k)
    )
    assert local.post(path(*ALL), json=SEVEN).status_code == 200
    assert len(count) == 1


def test_networks_and_weights_are_compared_in_one_request(network_file, network, tmp_path):
    other = tmp_path / "other.safetensors"
    save(other, Network.initialise(LENET, np.random.default_rng(6)))
    with Local(Settings(models=(str(network_file), str(other)))) as local:
        sha = made(local, SILENT)["sha256"]
        questions = "untrained/trace", "other/trace", f"untrained/trace?weights={sha}"
        answer = local.post(path(*questions), json=SEVEN)
        found = load(answer.content)
        wanted = [network.sha256, load_network(other).sha256, sha]
        assert answer.headers["convlens-weights"] == ", ".join(wanted)
        assert found["0/input"].tobytes() == found["1/input"].tobytes()
        assert found["0/fc3"].tobytes() != found["1/fc3"].tobytes()
        assert found["0/conv2"][3].any()
        assert not found["2/conv2"][3].any()
        sent = {**SEVEN, "edits": [SILENT]}  # means the weights that a question does not name
        edited = load(local.post(path("untrained/trace"), json=sent).content)
        assert edited["0/conv2"].tobytes() == found["2/conv2"].tobytes()


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        ((), 422, "no-questions"),
        (("untrained/trace",) * 17, 422, "many-questions"),
        (("untrained/trace", "trace"), 404, "unknown-model"),
        (("untrained/guess",), 422, "no-question"),
        (("",), 422, "no-question"),
        ((f"{SECRET}/trace",), 404, "unknown-model"),
        (("untrained/trace?center=true",), 422, "misplaced-parameter"),
        (("untrained/trace?digit=1",), 422, "misplaced-parameter"),
        (("untrained/trace?down=11",), 422, "too-many-steps"),
        (("untrained/trace", "untrained/derivatives?layer=conv2"), 422, "no-channel"),
        ((f"untrained/trace?weights={'0' * 64}",), 404, "other-weights"),
    ],
)
def test_a_wrong_question_is_refused_with_its_number(local, asked, status, kind):
    problem = assert_problem(local.post(path(*asked), json=SEVEN), status)
    assert problem.kind == kind
    if kind not in ("no-questions", "many-questions", "other-weights"):
        assert f"Question {len(asked) - 1}: " in problem.detail


@pytest.mark.parametrize("what", BODIES)
def test_wrong_bodies_are_refused_as_by_one_question(local, what):
    sent, status, word, _ = BODIES[what]
    answer = local.post(path(*ALL), content=sent, headers=JSON)
    assert_problem(answer, status)
    assert word in answer.text


@pytest.fixture(scope="module")
def graphs(network_file, tmp_path_factory):
    """Beside a network that the page shows: one without classes, and one of another size."""
    folder = tmp_path_factory.mktemp("graphs")
    layers = conv("edges", 2, kernel=3), pool("small", 2)
    spec = NetworkSpec("edges", "Edges", InputSpec((3, 6, 9), 0), (), layers)
    save(folder / "edges.safetensors", Network.initialise(spec, np.random.default_rng(0)))
    files = str(folder / "edges.safetensors"), tiny(folder / "big.safetensors", (1, 64, 64), 2)
    with Local(Settings(models=(files[0], str(network_file), files[1]))) as local:
        yield local, load_network(files[0])


def test_a_graph_without_classes_and_of_any_size_is_served_and_reads_numbers(graphs):
    local, network = graphs
    shown = {one["id"]: one["shown"] for one in local.get("/api/models").json()}
    assert shown == {"edges": False, "untrained": True, "big": False}
    spec = local.get("/api/models/edges").json()
    assert (spec["classes"], spec["input"]["shape"]) == ([], [3, 6, 9])
    numbers = np.random.default_rng(1).normal(size=(3, 6, 9)).astype(np.float32)
    sent = {"input": [float(one) for one in numbers.ravel()]}
    answer = local.post("/api/models/edges/trace", json=sent)
    trace, found = network.trace(numbers), load(answer.content)
    for name, values in trace.items():
        assert found[name].tobytes() == values.tobytes()
    assert found["small.winners"].tolist() == trace.winners["small"].tolist()
    assert metadata_of(answer.content)["blank"] == "false"
    cell = local.post("/api/models/edges/derivatives?layer=small&channel=1&column=2", json=sent)
    assert load(cell.content)["input"].shape == (3, 6, 9)
    edits = [{"do": "set", "of": "edges", "at": [0], "values": [0]}]
    made_anew = load(local.post("/api/models/edges/trace", json={**sent, "edits": edits}).content)
    assert not made_anew["edges"][0].any()
    assert made_anew["edges"][1].tobytes() == found["edges"][1].tobytes()


def test_a_network_that_the_page_shows_reads_numbers_too(graphs):
    local, _ = graphs
    drawn = load(local.post("/api/models/untrained/trace", json=SEVEN).content)
    sent = {"input": [float(one) for one in drawn["input"].ravel()]}
    again = load(local.post("/api/models/untrained/trace", json=sent).content)
    assert again["softmax"].tobytes() == drawn["softmax"].tobytes()


@pytest.mark.parametrize(
    ("address", "sent", "kind"),
    [
        ("edges/trace", SEVEN, "reads-no-drawing"),
        ("big/variations", PIXELS, "reads-no-drawing"),
        ("edges/trace", {"input": [0.0] * 161}, "other-input"),
        ("edges/trace", {"input": []}, "no-input"),
        ("edges/trace", {"input": [0.0], **SEVEN}, "two-drawings"),
        ("edges/trace", {"input": [1e7]}, "too-large"),
        ("untrained/trace?down=0", {"input": [0.0] * 1024}, "no-pixels"),
        ("untrained/variations", {"input": [0.0] * 1024}, "no-pixels"),
    ],
)
def test_what_a_graph_cannot_read_is_refused_with_what_it_can(graphs, address, sent, kind):
    problem = assert_problem(graphs[0].post(f"/api/models/{address}", json=sent), 422)
    assert problem.kind == kind


def test_the_page_shows_what_it_can_show_and_says_of_others_where_they_are(graphs):
    local, _ = graphs
    assert 'data-model="untrained"' in local.get("/").text
    for name in ("edges", "big"):
        answer = local.get(f"/?model={name}")
        assert answer.status_code == 404
        assert f"api/models/{name}; the page shows: untrained" in answer.text
