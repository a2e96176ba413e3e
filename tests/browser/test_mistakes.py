"""The gallery of misread images as its reader sees it: every number on it held to plain loops."""

import json
import math
import re
from urllib.parse import urlsplit

import httpx
import numpy as np
import pytest
from playwright.sync_api import expect

from model import load_network
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import Judge
from tests.made_up_mnist import made_up, write_mnist
from tests.server import apart, running

IMAGES = 240
SLOW = 60_000  # ms; a process of lowest priority waits for all others


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server with a made-up set, which lenet reads badly: there is much to look at."""
    folder = tmp_path_factory.mktemp("mistakes")
    write_mnist(folder / "sets" / "blocks", test=IMAGES)
    with running(environment=apart(folder)) as server:
        yield server


def plain_rows():
    """Image by image, with the engine's trace and Python's own arithmetic."""
    network, rows = load_network("lenet"), []
    images, labels = made_up(IMAGES, 2)
    threshold = float(network.metadata["energy_threshold"])
    for image, truth in zip(images, labels, strict=True):
        ink = np.pad(image / 255, 2)[None].astype(np.float32)
        trace = network.trace(ink)
        shares = [float(share) for share in trace["softmax"]]
        scores = [float(score) for score in trace["fc3"]]
        order = sorted(range(10), key=lambda k: -shares[k])
        energy = math.log(sum(math.exp(score) for score in scores))
        rows.append(
            {
                "truth": int(truth),
                "said": order[0],
                "second": order[1],
                "shares": shares,
                "scores": scores,
                "energy": energy,
                "loss": -math.log(shares[truth]),
                "unsure": energy < threshold,
                "lead": shares[order[0]] - shares[order[1]],
            }
        )
    return rows


ORDERS = {
    "highest loss first": lambda row: -row["loss"],
    "greatest doubt first": lambda row: row["energy"],
    "closest second guess first": lambda row: row["lead"],
    "by number": lambda row: 0,
}


def plain(text):
    """Without thin spaces, and with numbers as Python reads them."""
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    text = re.sub("×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda power: f"e{power[1].translate(raised)}", text)
    return text.replace("\u202f", "").replace("\u2212", "-")


def shown(page):
    """The places and captions of all tiles, as a screen reader and the eye are told them."""
    tiles = page.locator(".tile").all()
    named = [
        re.search(r": image (\d+),", plain(one.get_attribute("aria-label")))[1] for one in tiles
    ]
    return list(map(int, named)), page.locator(".tile span").all_inner_texts()


def expected(rows, keep, order):
    places = [k for k, row in enumerate(rows) if keep(row)]
    return sorted(places, key=lambda k: ORDERS[order](rows[k]))


def caption(row):
    right = row["truth"] == row["said"]
    return str(row["truth"]) if right else f"{row['truth']} → {row['said']}"


def holds(page, rows, keep, order):
    """The first page of tiles and the count are those of a plain filter and a plain sort."""
    places = expected(rows, keep, order)
    count = "1 image" if len(places) == 1 else f"{len(places)} images"
    expect(page.locator(".gallery-count")).to_have_text(
        count if places else "No image is like this."
    )
    expect(page.locator(".tile")).to_have_count(min(100, len(places)))
    if places:
        first = page.locator(".tile").first  # there are fewer than a thousand
        expect(first).to_have_attribute("aria-label", re.compile(f": image {places[0]},"))
    found, captions = shown(page)
    assert found == places[:100]
    assert captions == [caption(rows[k]) for k in places[:100]]
    return places


def holds_one(page, rows, place):
    """The image in full: every score and share, its loss and its energy."""
    row, part = rows[place], page.locator(".chosen")
    wrong = f"{row['truth']}, read as {row['said']}"
    right = f"{row['truth']}, read right"
    title = right if row["truth"] == row["said"] else wrong
    expect(part.locator("h3")).to_have_text(f"Image {place}: {title}")
    for k, cells in enumerate(part.locator("tbody tr").all()):
        name, score, share = plain(cells.inner_text()).split("\t")
        assert name == str(k)
        assert float(score) == pytest.approx(row["scores"][k], abs=6e-4)
        bound = re.search(r"([\d.]+)%", share)
        assert float(bound[1]) == pytest.approx(100 * row["shares"][k], abs=0.11)
    said = plain(part.locator(".chosen-told").inner_text())
    share, loss = map(float, re.search(r"ln ([\d.e-]+) = ([\d.e-]+),", said).groups())
    assert share == pytest.approx(row["shares"][row["truth"]], rel=1e-3)
    assert loss == pytest.approx(row["loss"], abs=6e-4)
    near = 1.1e-3 if loss >= 1e-3 else 1e-7 + loss / 2  # of a small one a single digit is shown
    assert loss == pytest.approx(-math.log(share), abs=near), "it adds up as it stands there"
    assert f"Second guess: {row['second']}," in said
    assert float(re.search(r"Energy: ([\d.-]+)", said)[1]) == pytest.approx(row["energy"], abs=6e-4)
    assert ("it is not sure" in said) == row["unsure"]


def choose(page, **fields):
    for name, option in fields.items():
        page.locator(f".gallery-field [name={name}]").select_option(label=option)


def heads_hold(page, rows):
    """What all images add up to, in the sentence, on the buttons and in the matrix."""
    wrong = [row for row in rows if row["truth"] != row["said"]]
    unsure = [row for row in rows if row["unsure"]]
    read = page.locator("#mistakes-read")
    expect(read).to_contain_text("test images right", timeout=SLOW)
    text = plain(read.inner_text())
    assert f"reads {IMAGES - len(wrong)} of {IMAGES} test images right" in text
    assert f"misreads {len(wrong)}." in text
    loss = sum(row["loss"] for row in rows) / IMAGES
    assert float(re.search(r"loss is ([\d.]+)\.", text)[1]) == pytest.approx(loss, abs=6e-5)
    for name, count in (("Misread", len(wrong)), ("Not sure", len(unsure)), ("All", IMAGES)):
        expect(page.get_by_role("button", name=f"{name} {count}", exact=True)).to_be_visible()

    cells = page.locator(".confusion tbody tr").all()
    counts = [
        [int(plain(one)) for one in row.locator("td[tabindex]").all_inner_texts()] for row in cells
    ]
    assert counts == [
        [sum((row["truth"], row["said"]) == (truth, said) for row in rows) for said in range(10)]
        for truth in range(10)
    ]
    return counts


def verdicts_hold(page, rows):
    """A guess is judged by the counts."""
    missed = [sum(row["truth"] == k != row["said"] for row in rows) for k in range(10)]
    question = page.locator(".gallery-question")
    question.get_by_role("button", name=str(missed.index(max(missed))), exact=True).click()
    expect(question.locator(".verdict")).to_contain_text(f"Right: {max(missed)} images")
    question.get_by_role("button", name=str(missed.index(min(missed))), exact=True).click()
    expect(question.locator(".verdict")).to_contain_text(f"but {max(missed)} of class")


def test_every_count_filter_and_order_is_that_of_plain_loops(site, open_page) -> None:
    rows = plain_rows()
    page = open_page(site.url).page
    page.goto(f"{site.url}mistakes?model=lenet")
    counts = heads_hold(page, rows)
    unsure = sum(row["unsure"] for row in rows)

    first = holds(page, rows, lambda row: row["truth"] != row["said"], "highest loss first")[0]
    holds_one(page, rows, first)
    page.get_by_role("button", name=f"Not sure {unsure}").click()
    choose(page, sort="greatest doubt first")
    holds_one(page, rows, holds(page, rows, lambda row: row["unsure"], "greatest doubt first")[0])
    page.get_by_role("button", name=f"All {IMAGES}").click()
    choose(page, sort="closest second guess first")
    holds_one(page, rows, holds(page, rows, lambda row: True, "closest second guess first")[0])

    truth, said = max(
        ((t, s) for t in range(10) for s in range(10) if t != s),
        key=lambda at: counts[at[0]][at[1]],
    )
    row_of = page.locator(".confusion tbody tr").nth(truth)
    row_of.locator("td[tabindex]").nth(said).click()
    choose(page, sort="by number")
    both = lambda row: (row["truth"], row["said"]) == (truth, said)  # noqa: E731
    places = holds(page, rows, both, "by number")
    assert len(places) == counts[truth][said]
    page.locator(".tile").last.click()
    holds_one(page, rows, places[-1])

    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".tile[aria-pressed=true]")).to_have_count(1, timeout=SLOW)
    assert holds(page, rows, both, "by number") == places
    holds_one(page, rows, places[-1])
    choose(page, truth="any")
    holds(page, rows, lambda row: row["said"] == said and row["truth"] != said, "by number")
    choose(page, said="any", truth=str(said))
    holds(page, rows, lambda row: row["truth"] == said != row["said"], "by number")
    verdicts_hold(page, rows)
    surest = min(range(IMAGES), key=lambda k: rows[k]["loss"])
    page.goto(f"{site.url}mistakes?model=lenet&image={surest}")
    holds_one(page, rows, surest)


def test_tiles_are_walked_by_keys_and_an_image_goes_through_the_network(site, open_page) -> None:
    page = open_page(site.url, **PHONE).page
    page.goto(f"{site.url}mistakes?show=all&sort=place")
    expect(page.locator(".tile")).to_have_count(100, timeout=SLOW)
    label = lambda: plain(page.evaluate("document.activeElement.ariaLabel"))  # noqa: E731
    page.locator(".tile").first.focus()
    page.keyboard.press("ArrowRight")
    assert ": image 1," in label()
    page.keyboard.press("ArrowDown")
    below = int(re.search(r": image (\d+)", label())[1]) - 1
    assert below > 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    assert ": image 99," in label()
    page.keyboard.press("ArrowRight")
    assert ": image 100," in label()
    expect(page.locator(".gallery-pager")).to_contain_text("101 to 200 of 240")
    page.keyboard.press("PageDown")
    assert ": image 200," in label()
    page.keyboard.press("Enter")
    expect(page.locator(".chosen h3")).to_contain_text("Image 200:")
    page.get_by_role("button", name="The image before").tap()
    expect(page.locator(".chosen h3")).to_contain_text("Image 199:")
    expect(page.locator(".gallery-pager")).to_contain_text("101 to 200 of 240")
    assert "image=199" in page.url

    page.get_by_role("link", name="Follow it through the network").tap()
    expect(page.locator("html")).to_have_attribute("data-state", "ready")
    page.evaluate("convlens.settled()")
    pixels = made_up(IMAGES, 2)[0][199].ravel().tolist()
    answer = httpx.post(
        f"{site.url}api/models/lenet/trace",
        json={"pixels": pixels},
        headers={"accept": "application/json"},
        trust_env=False,
    ).json()
    probability = max(answer["softmax"]["data"])
    guess = page.locator("#prediction")
    expect(guess).to_have_attribute("data-digit", str(answer["softmax"]["data"].index(probability)))
    assert float(guess.get_attribute("data-probability")) == pytest.approx(probability, abs=1e-6)


def test_without_images_it_says_so_and_offers_to_fetch_them(server, open_page, monkeypatch) -> None:
    lens = open_page()
    page = lens.page
    sets = json.dumps({"sets": [], "fetch": {"state": "none"}})
    page.route(
        "**/api/data", lambda route: route.fulfill(body=sets, content_type="application/json")
    )
    problem = {"status": 404, "kind": "no-fitting-set", "title": "No such set", "detail": "None."}
    page.route(
        "**/readings?*",
        lambda route: route.fulfill(
            status=404, json=problem, content_type="application/problem+json"
        ),
    )
    page.goto(f"{server.url}mistakes")
    expect(page.locator("#mistakes-read")).to_have_text(
        "There are no test images here that this network could read."
    )
    page.get_by_role("button", name="Fetch MNIST (11 MB)").click()
    expect(page.locator("#mistakes-fetch .refused")).to_contain_text("needs the server’s token")
    page.locator("#mistakes-fetch [name=token]").fill("not-the-right-one-at-all")
    page.get_by_role("button", name="Use it").click()
    page.get_by_role("button", name="Fetch MNIST (11 MB)").click()
    expect(page.locator("#mistakes-fetch .refused")).to_contain_text("is not it")
    assert urlsplit(page.url).path == "/mistakes"
    lens.complaints.clear()  # refusals stand in the console


@pytest.mark.parametrize(("theme", "size"), [("dark", DESKTOP), ("light", PHONE)])
def test_axe_finds_nothing_on_the_page_of_mistakes(browser, site, theme, size) -> None:
    judge = Judge(browser, site.url, **size, color_scheme=theme, path="mistakes?show=all")
    page = judge.page
    expect(page.locator(".tile")).to_have_count(100, timeout=SLOW)
    page.locator("#gallery summary").click()
    judge.looks("the gallery")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    judge.ends()
