"""Other weights by edits: every question may be asked of them, by their hash, of any worker."""

import hashlib
import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load

from app.settings import Settings
from app.variants import Folder
from model import Network
from model.checkpoint import save
from model.derivatives import derivatives
from model.edits import Edit, edited
from model.lenet import LENET
from model.preprocess import to_input
from model.variations import variations
from tests.app.drawings import JSON, PIXELS, SEVEN, TRACE, body, png
from tests.app.local import Local
from tests.app.test_derivatives import metadata_of
from tests.app.test_refusals import assert_problem
from tests.app.test_trace import image_of
from tests.app.wrong import SECRET
from tests.server import running

MODEL = "/api/models/untrained"
SILENT = {"do": "set", "of": "conv2", "at": [3], "values": [0]}


def made(local, *edits, weights=""):
    answer = local.post(f"{MODEL}/variants?weights={weights}", json={"edits": edits})
    assert answer.status_code == 200, answer.text
    return answer.json()


def expected(network, *edits):
    return edited(
        network, [Edit(e["do"], e["of"], tuple(e["at"]), tuple(e["values"])) for e in edits]
    )


def test_every_question_may_be_asked_of_a_variant(local, network):
    spec = made(local, SILENT)
    other, sha = expected(network, SILENT), spec["sha256"]
    assert sha == other.sha256 != network.sha256
    assert (spec["accuracy"], spec["energy_threshold"]) == (None, None)
    assert local.get(f"{MODEL}?weights={sha}").json() == spec
    image = image_of(SEVEN["strokes"])
    pixels = to_input(image.pixels, network.spec.input)

    def ask(what):
        answer = local.post(f"{MODEL}/{what}weights={sha}", json=SEVEN)
        assert answer.status_code == 200, answer.text
        assert answer.headers["convlens-weights"] == sha
        assert metadata_of(answer.content)["weights"] == sha
        return load(answer.content)

    trace = ask("trace?")
    for name, values in other.trace(pixels).items():
        assert trace[name].tobytes() == values.tobytes(), name
    assert not trace["conv2"][3].any()
    found = ask("derivatives?layer=fc1&channel=7&")["input"]
    assert found.tobytes() == np.float32(derivatives(other, pixels, "fc1", (7,))["input"]).tobytes()
    assert ask("variations?")["shift"].tobytes() == variations(other, image.pixels).shift.tobytes()
    moved = ask("trace?down=2&right=-3&")
    among = variations(other, image.pixels).shift[12, 7]
    np.testing.assert_allclose(moved["softmax"], among, atol=1e-6)
    for name in ("weights", "sha256"):
        weights = local.get(f"{MODEL}/weights?{name}={sha}")
        assert weights.content == other.weights_bytes()
        assert "immutable" in weights.headers["cache-control"]
    picture = {"content": png(), "headers": {"content-type": "image/png"}}
    assert local.post(f"{TRACE}?weights={sha}", **picture).headers["convlens-weights"] == sha
    assert local.post(TRACE, json=SEVEN).headers["convlens-weights"] == network.sha256


def test_edits_of_a_variant_come_after_its_own(local, network):
    more = {"do": "scale", "of": "conv1.weight", "at": [2], "values": [-1]}
    first = made(local, SILENT)["sha256"]
    both = made(local, more, weights=first)["sha256"]
    assert both == made(local, SILENT, more)["sha256"] == expected(network, SILENT, more).sha256


def test_edits_that_change_nothing_give_the_network_itself(local, network):
    assert made(local, {**SILENT, "do": "scale", "values": [1]})["sha256"] == network.sha256


def test_with_its_edits_a_question_is_answered_where_nobody_has_the_variant(network_file, network):
    lost = {"do": "add", "of": "fc2.bias", "at": [], "values": [0.125]}
    sha = expected(network, lost).sha256
    with Local(Settings(models=(str(network_file),))) as local:
        path = f"{TRACE}?weights={sha}"
        problem = assert_problem(local.post(path, json=SEVEN), 404)
        assert (problem.kind, problem.parameters) == ("other-weights", {"network": "untrained"})
        assert "sending the edits" in problem.detail
        assert local.post(path, json={**SEVEN, "edits": [lost]}).headers["convlens-weights"] == sha
        assert local.post(path, json=SEVEN).status_code == 200, "now it is there"
        unnamed = local.post(TRACE, json={**PIXELS, "edits": [lost]})
        assert unnamed.headers["convlens-weights"] == sha
        wrong = local.post(f"{TRACE}?weights={'0' * 64}", json={**SEVEN, "edits": [lost]})
        assert assert_problem(wrong, 422).kind == "other-edits"
        own = local.post(f"{TRACE}?weights={network.sha256}", json={**SEVEN, "edits": [lost]})
        assert own.headers["convlens-weights"] == network.sha256


@pytest.mark.parametrize("sha", ["0" * 64, "0", SECRET, "../../etc/passwd", "A" * 64, "%00"])
def test_unknown_weights_are_a_404_with_a_sentence_wherever_they_are_named(local, sha):
    for answer in (
        local.get(f"{MODEL}?weights={sha}"),
        local.get(f"{MODEL}/weights?weights={sha}"),
        local.get(f"{MODEL}/weights?sha256={sha}"),
        local.post(f"{MODEL}/trace?weights={sha}", json=SEVEN),
        local.post(f"{MODEL}/variations?weights={sha}", json=SEVEN),
        local.post(f"{MODEL}/derivatives?layer=fc1&channel=1&weights={sha}", json=SEVEN),
        local.post(f"{MODEL}/variants?weights={sha}", json={"edits": [SILENT]}),
        local.post(f"{MODEL}/trace?weights={sha}", content=png()),
    ):
        problem = assert_problem(answer, 404)
        assert problem.kind == "other-weights"
        assert "api/models/untrained/variants" in problem.detail


def test_a_variant_belongs_to_its_network_alone(network_file, tmp_path):
    other = tmp_path / "other.safetensors"
    save(other, Network.initialise(LENET, np.random.default_rng(6)))
    with Local(Settings(models=(str(network_file), str(other)))) as local:
        sha = made(local, SILENT)["sha256"]
        assert_problem(local.post(f"/api/models/other/trace?weights={sha}", json=SEVEN), 404)


# what is wrong: (edits, kind of sentence, the field it points to)
WRONG = {
    "none": ([], "no-edits", "#/edits"),
    "no list": ("x", "no-list", "#/edits"),
    "no object": ([3], "no-object", "#/edits/0"),
    "no verb": ([{**SILENT, "do": SECRET}], "no-verb", "#/edits/0/do"),
    "no text": ([{**SILENT, "of": 3}], "no-text", "#/edits/0/of"),
    "nothing of it": ([SILENT, {**SILENT, "of": SECRET}], "edit-of-nothing", "#/edits/1"),
    "no values": ([{**SILENT, "values": []}], "no-values", "#/edits/0/values"),
    "missing": ([{"do": "set", "of": "conv2"}], "missing", "#/edits/0/values"),
    "text": ([{**SILENT, "values": ["1"]}], "no-number", "#/edits/0/values/0"),
    "below": ([{**SILENT, "at": [-1]}], "too-small", "#/edits/0/at/0"),
    "half": ([{**SILENT, "at": [0.5]}], "no-whole-number", "#/edits/0/at/0"),
    "deep": ([{**SILENT, "at": [0] * 5}], "long-place", "#/edits/0/at"),
    "elsewhere": ([{**SILENT, "at": [16]}], "edit-elsewhere", "#/edits/0"),
    "too few": ([{**SILENT, "values": [1, 2]}], "edit-values", "#/edits/0"),
    "infinite": ([{**SILENT, "values": [1e39]}], "edit-infinite", "#/edits/0"),
    "unknown": ([{**SILENT, "colour": 1}], "unknown-field", "#/edits/0/colour"),
    "many": ([SILENT] * 1001, "many-edits", "#/edits"),
    "many numbers": ([{**SILENT, "values": [0] * 10_001}], "many-values", "#/edits/0/values"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_edits_are_refused_with_a_sentence_alone_and_beside_a_drawing(local, what):
    edits, kind, pointer = WRONG[what]
    for path, sent in (
        (f"{MODEL}/variants", {"edits": edits}),
        (TRACE, {**SEVEN, "edits": edits}),
    ):
        problem = assert_problem(local.post(path, json=sent), 422)
        assert (problem.kind, problem.errors[0].pointer) == (kind, pointer)
    assert local.post(TRACE, json=SEVEN).status_code == 200


def test_a_body_without_edits_makes_no_variant(local):
    for sent, status in ((body(SEVEN), 422), (b"[]", 422), (b"{", 400), (b'{"edits": NaN}', 422)):
        assert_problem(local.post(f"{MODEL}/variants", content=sent, headers=JSON), status)
    assert_problem(local.post(f"{MODEL}/variants", content=png()), 415)


verbs = st.sampled_from(["set", "scale", "add"])
places = st.sampled_from([("conv1.weight", [1]), ("fc3.bias", []), ("conv2", [3]), ("fc2", [7])])


@given(st.lists(st.tuples(verbs, places, st.floats(-4, 4, width=32)), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_edits_make_over_http_what_they_make_in_the_engine(local, network, some):
    edits = [{"do": do, "of": of, "at": at, "values": [value]} for do, (of, at), value in some]
    assert made(local, *edits)["sha256"] == expected(network, *edits).sha256


def test_files_of_variants_are_bounded_and_the_oldest_go_first(tmp_path):
    folder = Folder(tmp_path, most=2_500)
    data = [bytes([k]) * 1000 for k in range(4)]
    names = [hashlib.sha256(one).hexdigest() for one in data]
    for at, (name, one) in enumerate(zip(names[:2], data[:2], strict=True)):
        folder.write(name, one)
        os.utime(tmp_path / f"{name}.safetensors", (at, at))
    assert folder.read(names[0]) == data[0]  # so it is the younger one now
    folder.write(names[2], data[2])
    assert [folder.read(name) is not None for name in names] == [True, False, True, False]
    assert len(list(tmp_path.iterdir())) == 2
    (tmp_path / f"{names[2]}.safetensors").write_bytes(b"something else")
    assert folder.read(names[2]) is None
    assert Folder(tmp_path / "nowhere").read(names[0]) is None
    Folder(tmp_path / "nowhere").write(names[0], data[0])


def test_what_a_worker_keeps_of_variants_is_bounded(local, network):
    catalogue = local.state["catalogue"]
    size = len(network.weights_bytes())
    for k in range(20):
        made(local, {**SILENT, "values": [k]})
    most = 5 * size
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.catalogue._MOST_HELD", most)
        first = made(local, {**SILENT, "values": [100]})["sha256"]
        assert sum(len(one.weights.body) for one in catalogue._held.values()) <= most
        assert list(catalogue._held)[-1] == ("untrained", first)
        early = made(local, {**SILENT, "values": [1]})["sha256"]
        for k in range(200, 206):
            made(local, {**SILENT, "values": [k]})
        assert early not in catalogue._held
    assert local.post(f"{TRACE}?weights={early}", json=SEVEN).status_code == 200, "from its file"


@pytest.mark.skipif(os.name != "posix", reason="one port, several processes")
def test_any_worker_answers_for_any_variant(network_file, network, tmp_path):
    """Two hundred questions on connections of their own, so that both workers are asked."""
    edits = [{**SILENT, "at": [k % 16], "values": [k]} for k in range(20)]
    names = [expected(network, one).sha256 for one in edits]
    command = ("--model", str(network_file), "--workers", "2")
    with running(*command, environment={"TMPDIR": str(tmp_path)}) as server:
        url = server.url.rstrip("/")

        def post(path, sent):
            return httpx.post(f"{url}{path}", json=sent, trust_env=False, timeout=60)

        for one, name in zip(edits, names, strict=True):
            assert post(f"{MODEL}/variants", {"edits": [one]}).json()["sha256"] == name

        def ask(number):
            name = names[number % len(names)]
            if number % 3 == 0:
                path = f"{url}{MODEL}/weights?weights={name}"
                answer = httpx.get(path, trust_env=False, timeout=60)
                return answer.status_code, name in answer.headers["etag"]
            answer = post(f"{TRACE}?weights={name}", SEVEN)
            return answer.status_code, answer.headers.get("convlens-weights") == name

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(200)))
        assert set(answers) == {(200, True)}
        (folder,) = tmp_path.iterdir()
        assert {file.stem for file in folder.iterdir()} == set(names)
        server.stop(signal.SIGTERM)
    assert not list(tmp_path.iterdir()), "wiped at the end"


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's here")
def test_a_single_worker_wipes_its_folder_too(network_file, tmp_path):
    with running("--model", str(network_file), environment={"TMPDIR": str(tmp_path)}) as server:
        path, sent = f"{server.url.rstrip('/')}{MODEL}/variants", {"edits": [SILENT]}
        assert httpx.post(path, json=sent, trust_env=False).status_code == 200
        (folder,) = tmp_path.iterdir()
        assert len(list(folder.iterdir())) == 1
        server.stop(signal.SIGTERM)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's here")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_folder_of_a_killed_server_goes_with_the_next_start_and_no_other(
    network_file, tmp_path, workers
):
    """A live server keeps its folder, and what only looks like one is left alone."""
    command = ("--model", str(network_file))
    environment = {"TMPDIR": str(tmp_path)}
    with running(*command, environment=environment) as live:
        (kept,) = tmp_path.iterdir()
        with running(*command, "--workers", workers, environment=environment) as killed:
            path = f"{killed.url.rstrip('/')}{MODEL}/variants"
            assert httpx.post(path, json={"edits": [SILENT]}, trust_env=False).status_code == 200
            (left,) = set(tmp_path.iterdir()) - {kept}
            assert killed.stop(signal.SIGKILL) == -signal.SIGKILL
        assert list(left.iterdir()), "nobody could wipe it"
        strange = tmp_path / f"{left.name}-notes"
        strange.mkdir()
        (strange / "diary.txt").write_text("mine")
        (tmp_path / f"{left.name}-link").symlink_to(strange)
        with running(*command, environment=environment) as third:
            assert not left.exists()
            assert kept.exists()
            assert len(list(tmp_path.iterdir())) == 4
            third.stop(signal.SIGTERM)
        assert kept.exists()
        live.stop(signal.SIGTERM)
    assert {path.name for path in tmp_path.iterdir()} == {strange.name, f"{left.name}-link"}
    assert (strange / "diary.txt").read_text() == "mine"


def test_the_metadata_of_a_variant_say_how_it_was_made(local, network):
    sha = made(local, SILENT)["sha256"]
    about = metadata_of(local.get(f"{MODEL}/weights?weights={sha}").content)
    assert about["base"] == network.sha256
    assert json.loads(about["edits"]) == [SILENT]
    assert "accuracy" not in about
