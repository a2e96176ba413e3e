"""A training as its reader sees it: begun, paused, made by a batch, repeated, compared, deleted."""

import json
import re
import tempfile

import httpx
import numpy as np
import pytest
from playwright.sync_api import expect
from safetensors.numpy import load

from model import load_network
from model.preprocess import preprocess_file
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.learnt import Learner
from tests.browser.test_accessibility import Judge
from tests.browser.test_files import photo
from tests.made_up_mnist import made_up, write_mnist
from tests.server import apart, running

TOKEN = "a-token-that-nobody-guesses"
SLOW = 30_000  # ms; a busy machine trains slowly


@pytest.fixture
def site(tmp_path_factory):
    """A server with a made-up set of images where nothing was trained yet, not by a first try."""
    folder = tmp_path_factory.mktemp("trainings")
    write_mnist(folder / "sets" / "blocks")
    with running(environment=apart(folder, CONVLENS_TOKEN=TOKEN)) as server:
        yield server


def head(page, index=-1):
    return page.locator(".training-head").nth(index)


def press(page, name, index=-1):
    head(page, index).get_by_role("button", name=name, exact=True).click()


def state(page, index=-1):
    return head(page, index).locator(".training-state")


def step_of(page):
    text = state(page).inner_text().replace("\u202f", "")
    return int(re.search(r"step (\d+)", text)[1])


def choose(page, **values):
    for name, value in values.items():
        field = page.locator(f"#training [name={name}]")
        if field.evaluate("(one) => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
            field.press("Tab")


def runs(site):
    return httpx.get(f"{site.url}api/runs").json()["runs"]


def about(site, id):
    return httpx.get(f"{site.url}api/runs/{id}").json()


def begin(page, **values):
    choose(page, **values)
    page.get_by_role("button", name="Train", exact=True).click()


def give_token(page, lens):
    """Without the token nothing begins; a wrong one is forgotten; the right one is taken."""
    train = page.get_by_role("button", name="Train", exact=True)
    refused = page.locator("#training > .training-hands .refused")
    train.click()
    expect(refused).to_contain_text("needs the server’s token")
    page.locator("#training [name=token]").fill("not-the-right-one-at-all")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator(".training-token")).to_be_hidden()
    train.click()
    expect(refused).to_contain_text("is not it")
    lens.complaints.clear()  # a refusal stands in the console
    page.locator("#training [name=token]").fill(TOKEN)
    page.get_by_role("button", name="Use it").click()
    assert TOKEN not in page.url


def test_a_training_is_begun_paused_made_by_one_batch_resumed_and_repeated_to_the_bit(
    site, open_page
) -> None:
    lens = open_page(site.url, touched=False)
    page = lens.page
    page.goto(f"{site.url}learning?only=training")
    expect(page.locator(".training-data")).to_contain_text("MNIST")
    expect(page.locator("#training [name=data]")).to_have_value("blocks")
    page.locator(".training-form summary").click()
    choose(page, held_out="40", batch_size="10", epochs="80", rate="0.003")

    before = len(runs(site))
    give_token(page, lens)
    assert len(runs(site)) == before
    page.get_by_role("button", name="Train", exact=True).click()
    expect(state(page)).to_contain_text("Learning", timeout=SLOW)
    press(page, "Pause")
    expect(state(page)).to_contain_text("Paused after step", timeout=SLOW)
    stood = step_of(page)
    press(page, "One batch")
    after = f"Paused after step {stood + 1:,} ".replace(",", "\u202f")
    expect(state(page)).to_contain_text(after, timeout=SLOW)
    run = runs(site)[0]
    assert (run["step"], run["state"]) == (stood + 1, "paused")
    holds(page, site, run["id"], stood + 1)

    press(page, "Resume")
    expect(state(page)).to_contain_text("Finished", timeout=4 * SLOW)
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/api/runs")
    ) as begun:
        press(page, "Again, same seed")
    expect(page.locator(".training-head")).to_have_count(2)
    expect(page.locator(".training-differ")).to_contain_text("one and the same training")
    expect(head(page).locator(f"a[href*='{begun.value.json()['id']}']").first).to_be_attached(
        timeout=4 * SLOW
    )
    expect(state(page)).to_contain_text("Finished", timeout=4 * SLOW)
    again, first = (about(site, one["id"]) for one in runs(site)[:2])
    assert again["stepped"] == 0
    assert first["stepped"] == 1
    assert [one["sha256"] for one in again["history"]] == [
        one["sha256"] for one in first["history"]
    ]

    heads_hold(page, site, again["id"])
    reads_an_image_of_its_set(page, site, again)
    # Chromium itself complains of the file that was refused; all else stays to be heard.
    lens.complaints = [one for one in lens.complaints if "status of 422" not in one]


def reads_an_image_of_its_set(page, site, run):
    """Of what is not made of strokes the test images are offered, one by one or from a dialog."""
    _, labels = made_up(60, 2)
    tested = page.locator("#training .training-tested")
    expect(tested).to_contain_text("is not made of strokes")
    reads(page, site, run, 0)  # without anybody's doing
    tested.get_by_role("button", name="The next test image").click()
    reads(page, site, run, 1)
    for _ in range(2):
        tested.get_by_role("button", name="The test image before").click()
        expect(tested.get_by_role("spinbutton")).to_have_value(str(_ and 59))
    reads(page, site, run, 59)
    tested.get_by_role("spinbutton").fill("17")
    tested.get_by_role("spinbutton").press("Enter")
    reads(page, site, run, 17)
    page.locator(".training-drawing .more-samples").click()
    page.get_by_role("button", name=f"Image 5: {labels[5]}", exact=True).click()
    expect(page.locator("dialog")).to_have_count(0)
    reads(page, site, run, 5)
    page.locator("#training .pad canvas").click()
    expect(tested).not_to_contain_text("It is:")
    reads_a_picture_of_ones_own(page, tested)

    page.goto(site.url)
    page.get_by_role("button", name="From MNIST…").click()
    expect(page.get_by_role("dialog")).to_contain_text("These images are not on this machine.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def reads_a_picture_of_ones_own(page, tested):
    """It is made ready as everywhere; of what is no picture a sentence is said."""
    chooser, scan = tested.locator("input[type=file]"), photo()
    chooser.set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": scan})
    stands(page, np.round(255 * preprocess_file(scan).pixels).astype(int))
    expect(tested).not_to_contain_text("It is:")
    chooser.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"no picture"})
    refused = page.locator("#training .refused:not(:empty)")  # by each network that is shown
    expect(refused.last).to_contain_text("This is a text, not a picture.")


def reads(page, site, run, place):
    """That test image is on the stage, said to be what it is; its shares are the network's."""
    images, labels = made_up(60, 2)
    tested = page.locator("#training .training-tested")
    expect(tested.get_by_role("status").first).to_have_text(f"It is: {labels[place]}")
    expect(tested.get_by_role("spinbutton")).to_have_value(str(place))
    stands(page, images[place])
    shares = shares_of(site, run, images[place])
    seen = page.evaluate(
        "[...convlens.networks().at(-1).store.get().trace.tensors.get('softmax').data]"
    )
    assert seen == pytest.approx(shares.tolist(), abs=1e-6)
    guess = int(shares.argmax())
    account = page.locator(".training-network .account").last
    expect(account).to_contain_text(said_of(guess, shares))


def stands(page, pixels):
    """The network reads these 28 x 28 bytes."""
    page.wait_for_function(
        """(pixels) => {
          const { trace } = convlens.networks().at(-1).store.get();
          const input = trace?.tensors.get('input');
          const inner = Array.from({ length: 784 }, (_, i) =>
            input?.data[32 * (2 + Math.floor(i / 28)) + 2 + (i % 28)]);
          return inner.every((ink, i) => Math.round(255 * ink) === pixels[i]);
        }""",
        arg=pixels.ravel().tolist(),
    )


def said_of(guess, shares):
    """How an account tells what it reads: almost certain is > 99.9 %."""
    return re.compile(rf"\b{guess}.*{min(99.9, 100 * shares[guess]):.1f}")


def shares_of(site, run, image):
    """What the network of a run makes of an image, worked out apart from the engine."""
    path = f"{site.url}api/models/{run['model']}/weights?sha256={run['latest']['sha256']}"
    with tempfile.NamedTemporaryFile(suffix=".safetensors") as file:
        file.write(httpx.get(path).raise_for_status().content)
        file.flush()
        network = load_network(file.name)
    inside = np.pad(image.astype(np.float64) / 255, 2)[None]
    return np.exp([-Learner(network, inside, target).loss_now() for target in range(10)])


def heads_hold(page, site, id):
    """What was reached stands in the head as the metrics have it."""
    lines = httpx.get(f"{site.url}api/runs/{id}/metrics").text.splitlines()
    last = [one for one in map(json.loads, lines) if one["kind"] == "evaluation"][-1]
    figures = head(page).locator(".training-figures")
    for name in ("training", "validation"):
        share = last[f"{'train' if name == 'training' else name}_accuracy"]
        shown = "100" if share == 1 else f"{100 * share:.2f}"
        expect(figures).to_contain_text(f"{name} accuracy{shown}", use_inner_text=False)


def holds(page, site, id, step):
    """What stands on the stage is what the network of that step makes of the drawing."""
    moment = f"After {step:,} step{'s' if step > 1 else ''}".replace(",", "\u202f")
    expect(page.locator(".training-moment").last).to_have_text(moment, timeout=SLOW)
    one = next(kept for kept in [about(site, id)["latest"]] if kept["step"] == step)
    path = f"{site.url}api/models/run-{id}/weights?sha256={one['sha256']}"
    weights = load(httpx.get(path).raise_for_status().content)
    body = {"pixels": made_up(60, 2)[0][0].ravel().tolist()}  # the drawing at first
    path = f"{site.url}api/models/run-{id}/trace?weights={one['sha256']}"
    trace = load(httpx.post(path, json=body).raise_for_status().content)
    scores = weights["fc3.weight"].astype(float) @ trace["relu4"] + weights["fc3.bias"]
    shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
    guess = int(shares.argmax())
    account = page.locator(".training-network .account").last
    expect(account).to_contain_text(said_of(guess, shares))


def test_one_thing_is_changed_and_is_all_that_differs_and_a_run_is_deleted(site, open_page) -> None:
    lens = open_page(site.url, touched=False)
    page = lens.page
    page.goto(f"{site.url}learning?only=training#token={TOKEN}")
    before = len(runs(site))
    page.locator(".training-form summary").click()
    begin(page, network="mlp", held_out="40", batch_size="10", epochs="6", rate="0.003")
    expect(state(page)).to_contain_text("Finished", timeout=4 * SLOW)
    press(page, "Change one thing …")
    expect(page.locator("#training [name=network]")).to_have_value("mlp")
    expect(page.locator("#training [name=epochs]")).to_have_value("6")
    begin(page, optimiser="momentum")
    differ = page.locator(".training-differ")
    expect(differ).to_contain_text("things differ")  # its momentum is a choice, too
    expect(state(page)).to_contain_text("Finished", timeout=4 * SLOW)
    press(page, "Change one thing …")
    begin(page, seed="7")
    expect(differ).to_have_text("One thing differs: Seed, 0 and 7.", timeout=SLOW)
    expect(state(page)).to_contain_text("Finished", timeout=4 * SLOW)
    assert len(runs(site)) == before + 3
    newest, other = runs(site)[:2]
    answer = httpx.get(f"{site.url}api/runs/{other['id']}/differences?with={newest['id']}").json()
    assert answer == [{"name": "seed", "one": 0, "other": 7}]

    # What the server refuses is said, at its field.
    begin(page, held_out="4000")
    expect(page.locator("#training > .training-hands .refused")).to_contain_text(
        "cannot be held out"
    )
    lens.complaints.clear()
    expect(page.locator("#training [name=held_out]")).to_have_attribute("aria-invalid", "true")

    gone = page.locator(f"#delete-{newest['id']}")
    gone.click()
    expect(gone).to_have_text("Delete for good?")
    gone.click()
    expect(gone).to_have_count(0)
    assert newest["id"] not in [one["id"] for one in runs(site)]
    expect(page.locator(".training-head")).to_have_count(1)


def begun(site, seed):
    """A short run, over HTTP."""
    recipe = {"epochs": 2, "batch_size": 10, "held_out": 40, "seed": seed}
    answer = httpx.post(
        f"{site.url}api/runs",
        json={"data": "blocks", "recipe": recipe},
        headers={"Convlens-Token": TOKEN},
    )
    return answer.raise_for_status().json()["id"]


@pytest.mark.parametrize(("theme", "size"), [("dark", DESKTOP), ("light", PHONE)], ids=str)
def test_axe_finds_nothing_where_runs_are_looked_at(browser, site, theme, size) -> None:
    ids = ",".join(begun(site, seed) for seed in (0, 1))
    path = f"learning?only=training&runs={ids}"
    judge = Judge(browser, site.url, **size, color_scheme=theme, path=path)
    page = judge.page
    expect(page.locator(".training-moment").nth(1)).to_contain_text("After", timeout=SLOW)
    expect(page.locator(".confusion").nth(1)).to_be_visible()
    page.locator(".training-form summary").click()
    judge.looks("two runs")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    page.locator(".training-drawing .more-samples").click()
    expect(page.locator(".images-one")).to_have_count(40)
    judge.looks("images of a set")
    judge.ends()
