"""The time machine: moved, played, compared, linked; every number is the engine's."""

import shutil
from dataclasses import replace

import httpx
import numpy as np
import pytest
from playwright.sync_api import expect
from threadpoolctl import threadpool_limits

from app.numbers import percent
from app.runs.folder import Runs, now
from app.runs.metrics import read
from app.runs.shipped import Shipped
from model.checkpoint import load_network
from model.passes import pass_at
from model.train.step import Aim, gradients_of
from tests.app.runs.test_shipped import END, network_at
from tests.browser.conftest import PHONE
from tests.server import running

STEPS = [one.step for one in Shipped().kept()]
LINES = [line for line in read(Shipped().metrics) if line["kind"] == "evaluation"]
LAYERS = ("conv1", "pool2", "fc3", "softmax")
WHOLE = "() => convlens.moments().length > 0 && convlens.moments().every((one) => one.whole())"
AT = """([which, sha256]) =>
    convlens.moments()[which]?.store.get().weights?.sha256 === sha256"""
SHOWN = """([which, names]) => {
    const { trace, weights, answers } = convlens.moments()[which].store.get();
    const all = (tensors, names) => Object.fromEntries(
        names.filter((name) => tensors?.has(name))
            .map((name) => [name, Array.from(tensors.get(name).data, Number)]));
    return { trace: all(trace.tensors, ['input', ...names]),
             weights: all(weights.tensors, ['conv1.weight', 'fc3.bias']),
             gradient: all(answers.gradient?.tensors, ['conv1', 'fc3']) };
}"""
# Moves the slider to one place after the other, each in a frame of its own.
MOVED = """async (places) => {
    const slider = document.querySelector('.history-slider input');
    for (const place of places) {
        slider.value = String(place);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(done));
    }
}"""
PIN = "() => convlens.moments()[0].pin({ layer: 'conv2', channel: 3, row: 4, column: 5 })"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server without MNIST, and a run of somebody's own, which kept fewer moments."""
    folder = tmp_path_factory.mktemp("history")
    shipped = Shipped()
    run = Runs(folder / "runs").create(replace(shipped.config, title="Mine", created=now()))
    for one in shipped.kept()[::4]:
        path = run.history / f"{one.step:08d}.{one.sha256}.safetensors"
        path.write_bytes(one.network().weights_bytes())
    for path in (run.metrics, run.table, run.path / "status.json"):
        shutil.copy(shipped.path / path.name, path)
    known = {
        "CONVLENS_RUNS": str(folder / "runs"),
        **{f"XDG_{name}_HOME": str(folder / name) for name in ("CACHE", "DATA")},
    }
    with running(environment=known) as server:
        yield server, run.id


def held(page, which, place):
    """What stands on a stage, when it is that of a moment; held to the engine with its weights."""
    sha256 = Shipped().kept()[place].sha256
    page.wait_for_function(AT, arg=[which, sha256])
    shown = page.evaluate(SHOWN, [which, LAYERS])
    network = network_at(place)
    image = np.array(shown["trace"].pop("input"), np.float32).reshape(network.spec.shape)
    trace = network.trace(image)
    for name, values in shown["trace"].items():
        assert np.array_equal(trace[name].reshape(-1), np.float32(values)), (place, name)
    for name, values in shown["weights"].items():
        assert np.array_equal(network.parameters[name].reshape(-1), np.float32(values)), name
    return network, image, trace, shown["gradient"]


def test_one_slider_moves_every_number_through_the_history_and_each_is_the_engines(
    site, open_page
) -> None:
    server, _ = site
    lens = open_page(server.url, touched=False)
    page = lens.page
    page.goto(f"{server.url}learning?only=history")
    page.wait_for_function(WHOLE)
    slider = page.get_by_role("slider", name="Moment")
    expect(slider).to_have_value("24")
    for place in range(24, -1, -1):
        held(page, 0, place)
        slider.press("ArrowLeft")
    page.goto(f"{server.url}learning?only=history&moment=149")
    page.wait_for_function(WHOLE)
    trace = held(page, 0, STEPS.index(149))[2]
    number = f"{100 * trace['softmax'][3]:.1f}\u202f%"
    expect(page.locator("#history .account")).to_contain_text(number)
    the_account_follows(page)
    where = page.locator(".history-where")
    judged_as_written(page, where)
    first = next(line["step"] for line in LINES if line["validation_accuracy"] >= 0.9)
    page.locator("#history .question").get_by_role("button", name="twentieth").click()
    expect(page.locator("#history .verdict")).to_contain_text("Right.")
    page.get_by_role("button", name="Go to that moment").click()
    held(page, 0, STEPS.index(first))

    page.locator("#history input[value=gradient]").check(force=True)
    page.wait_for_function("() => convlens.moments()[0].store.get().quantity === 'gradient'")
    network, image, _, shown = held(page, 0, STEPS.index(first))
    passed = pass_at(network, network.trace(image))
    with threadpool_limits(1, user_api="blas"):  # as the server has it: the same sums in one order
        gradients = gradients_of(network, passed, Aim(target=3))
    for name, values in shown.items():
        assert np.array_equal(np.float32(gradients.layers[name].reshape(-1)), values), name

    page.get_by_role("button", name="The shipped LeNet").click()
    expect(where).to_contain_text(percent(float(load_network("lenet").metadata["accuracy"])))
    own = httpx.get(f"{server.url}api/models/lenet").json()["sha256"]
    page.wait_for_function(AT, arg=[0, own])
    expect(page).to_have_url(f"{server.url}learning?only=history&moment=served")


def the_account_follows(page):
    """That of a pinned cell is told in every other frame, and true once the slider rests."""
    page.evaluate(PIN)
    value = page.locator("#history .account .who .value")
    at = STEPS.index(149)
    for places in ([at], [at - 1, at - 2], [at - 1, at]):
        page.evaluate(MOVED, places)
        number = network_at(places[-1]).trace(held(page, 0, places[-1])[1])["conv2"][3, 4, 5]
        expect(value).to_have_text(f"{number:.3f}".replace("-", "\u2212"))
    page.keyboard.press("Escape")
    expect(value).to_contain_text("%")


def judged_as_written(page, where):
    """What is said of reading at step 149 is what its metrics say."""
    judged = LINES[STEPS.index(149)]
    expect(where).to_contain_text(f"{100 * judged['validation_accuracy']:.1f}\u202f%")
    counts = page.locator("#history .confusion td[tabindex]")
    counts.first.scroll_into_view_if_needed()
    expect(counts).to_have_text([str(count) for row in judged["confusion"] for count in row])
    plot = page.locator("#history .curves-of-runs div.plot").first
    plot.scroll_into_view_if_needed()
    expect(plot).to_have_attribute("aria-valuenow", "149")


def test_it_plays_beside_another_training_at_the_same_step_and_goes_by_touch(
    site, open_page
) -> None:
    server, own = site
    lens = open_page(server.url, touched=False, **PHONE)
    page = lens.page
    page.goto(f"{server.url}learning?only=history&history=shipped,{own}&moment=149")
    page.wait_for_function(WHOLE)
    held(page, 0, STEPS.index(149))
    held(page, 1, STEPS.index(102))
    expect(page.locator(".training-moment").nth(1)).to_contain_text("After 102 steps")
    page.locator(".history-slider input").tap(position={"x": 4, "y": 10})
    for which in (0, 1):
        held(page, which, 0)
    page.locator("#history .play-pace input[value='8']").check(force=True)
    page.get_by_role("button", name="Play", exact=True).tap()
    expect(page.get_by_role("slider", name="Moment")).to_have_value("24", timeout=15_000)
    for which in (0, 1):
        held(page, which, 24)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{server.url}learning?only=history&history=shipped,{own}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    assert STEPS[-1] == END
