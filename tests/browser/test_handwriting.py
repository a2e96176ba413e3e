"""Signs of one's own: drawn, learnt from, judged as `convlens evaluate` judges, and deleted."""

import io
import json
import random
import re
import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from app.cli import cli
from tests.app.handwriting.conftest import SHAPES
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import Judge
from tests.made_up_mnist import write_mnist
from tests.server import apart, running

TOKEN = "a-token-that-nobody-guesses"
KNOWN = {"Convlens-Token": TOKEN}
SLOW = 60_000  # ms; a busy machine trains slowly
EACH = 12  # drawings of each sign


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("handwriting")


@pytest.fixture(scope="module")
def site(place):
    """A server with a made-up MNIST, and nothing drawn yet."""
    write_mnist(place / "sets" / "mnist", train=240)
    with running(environment=apart(place, CONVLENS_TOKEN=TOKEN)) as server:
        yield server


def draw(page, name: str, rng: random.Random) -> None:
    box = page.locator("#handwriting .pad canvas").bounding_box()
    for line in SHAPES[name]:
        for number, (x, y) in enumerate(line):
            at = (
                box["x"] + box["width"] * (x + rng.uniform(-0.04, 0.04)),
                box["y"] + box["height"] * (y + rng.uniform(-0.04, 0.04)),
            )
            page.mouse.move(*at)
            if number == 0:
                page.mouse.down()
        page.mouse.up()


def drawn(page, count: int) -> None:
    expect(page.locator(".hand-count")).to_contain_text(re.compile(rf"^{count} drawings? "))


def evaluated(model: object, data: Path) -> dict:
    result = CliRunner().invoke(
        cli, ["evaluate", "--json", "--model", str(model), "--data", str(data)]
    )
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def collect_and_draw(page) -> None:
    """Sign by sign in turn; one is taken back, one is relabelled, one has another writer."""
    rng = random.Random(2)
    page.locator("#handwriting [name=sign]").fill(" ".join(SHAPES))
    page.get_by_role("button", name="Collect it").click()
    what = page.locator(".hand-what")
    for number in range(EACH * len(SHAPES)):
        if number == len(SHAPES):
            page.locator(".hand-colours label", has_text="red").click()
        name = list(SHAPES)[number % len(SHAPES)]
        expect(what).to_have_text(f"Write: {name}")
        draw(page, name, rng)
        if number % 2:
            page.get_by_role("button", name="Keep it").click()
        else:
            page.keyboard.press("k")
        drawn(page, number + 1)
    page.get_by_role("button", name="Take the last one back").click()
    drawn(page, EACH * len(SHAPES) - 1)
    expect(what).to_have_text(f"Write: {list(SHAPES)[-1]}")
    page.get_by_role("button", name="Keep it").click()  # it stands on the pad again
    drawn(page, EACH * len(SHAPES))
    page.get_by_role("button", name="Look at the drawings of 7").click()
    expect(page.locator(".hand-drawing")).to_have_count(EACH)
    page.locator(".hand-drawing").first.click()
    page.locator(".hand-editor select").first.select_option(label="4")
    expect(page.locator(".hand-drawing")).to_have_count(EACH - 1)
    page.get_by_role("button", name="Look at the drawings of 4").click()
    expect(page.locator(".hand-drawing")).to_have_count(EACH + 1)


def test_signs_are_drawn_and_learnt_and_what_is_read_before_and_after_is_what_evaluate_says(
    site, place, open_page
) -> None:
    nothing = {"sure": "true", "runs": "true"}
    httpx.delete(f"{site.url}api/handwriting", params=nothing, headers=KNOWN).raise_for_status()
    lens = open_page(site.url, touched=False)
    page = lens.page
    page.goto(f"{site.url}learning?only=handwriting")
    expect(page.locator("#handwriting .training-token")).to_contain_text("with the token")
    expect(page.locator(".hand-pad")).to_be_hidden()
    page.locator("#handwriting [name=token]").fill(TOKEN)
    page.get_by_role("button", name="Use it").click()
    collect_and_draw(page)

    page.locator("#handwriting [name=beside]").select_option("0")
    page.locator(".hand-field label", has_text=re.compile("^yes$")).click()
    page.get_by_role("button", name="Train on them").click()
    outcome = page.locator(".hand-outcome section")
    expect(outcome).to_have_count(1, timeout=SLOW)
    expect(page.locator("#handwriting .training-state")).to_contain_text("Finished")
    id = outcome.get_attribute("data-run")
    export = httpx.get(f"{site.url}api/handwriting/runs/{id}/idx", headers=KNOWN)
    zipfile.ZipFile(io.BytesIO(export.content)).extractall(place / "export")
    final, mnist = place / "runs" / id / "weights.safetensors", place / "sets" / "mnist"
    pairs = {
        "drawings": [
            evaluated(model, place / "export" / "handwriting") for model in ("lenet", final)
        ],
        "mnist": [evaluated(model, mnist) for model in ("lenet", final)],
    }
    for writer in ("blue", "red"):
        pairs[writer] = [
            one["writers"][writer] for one in pairs["drawings"] if writer in one["writers"]
        ]
    for part, figures in pairs.items():
        row = outcome.locator(f"[data-part={part}] td")
        expect(row).to_have_count(len(figures))
        for cell, figure in zip(row.all(), figures, strict=True):
            expect(cell).to_contain_text(f"{figure['correct']} of {figure['total']}, ")
    assert pairs["drawings"][1]["correct"] > pairs["drawings"][0]["correct"], "it has learnt"
    link = page.locator("#handwriting").get_by_role("link", name="open on the network page")
    assert link.get_attribute("href") == f"./?model=run-{id}"

    gone = page.locator(".hand-all")
    gone.click()
    expect(page.locator(".hand-away")).to_contain_text("and the training that learnt from it")
    gone.click()
    drawn(page, 0)
    expect(page.locator("#handwriting .training-head")).to_have_count(0)
    assert not (place / "handwriting").exists()
    assert httpx.get(f"{site.url}api/runs").json()["runs"] == []


@pytest.mark.parametrize(("theme", "size"), [("dark", DESKTOP), ("light", PHONE)], ids=str)
def test_axe_finds_nothing_where_signs_are_drawn(browser, site, theme, size) -> None:
    root, sent = f"{site.url}api/handwriting", {"headers": KNOWN}
    httpx.post(f"{root}/classes", json={"names": ["4", "★"]}, **sent)
    label = httpx.get(root, **sent).json()["classes"][0]["number"]
    body = {"label": label, "writer": "green", "strokes": [{"points": SHAPES["4"][0]}]}
    for _ in range(3):
        httpx.post(f"{root}/drawings", json=body, **sent).raise_for_status()
    path = f"learning?only=handwriting#token={TOKEN}"
    judge = Judge(browser, site.url, **size, color_scheme=theme, path=path)
    page = judge.page
    page.get_by_role("button", name="Look at the drawings of 4").click()
    page.locator(".hand-drawing").first.click()
    expect(page.locator(".hand-editor")).to_be_visible()
    judge.looks("drawings")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    judge.ends()
