"""Lessons, played to their ends: each number that words name is held to the network itself."""

from __future__ import annotations

import math
import re
from typing import Any

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page, expect
from safetensors.numpy import load

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.lens import watching
from tests.browser.test_accessibility import Judge, needs_axe  # noqa: F401

MINE = [
    {"points": [[0.3, 0.2], [0.28, 0.5], [0.7, 0.52]], "width": 0.08},
    {"points": [[0.68, 0.25], [0.66, 0.85]], "width": 0.08},
]
"""A digit that is hard to read."""

PATIENCE = 30_000  # ms; until a lesson that runs by itself is there
BUSY = 600  # seconds that a story of many stops may take


@pytest.fixture(autouse=True)
def _watched(browser):
    with watching(browser, BUSY):
        yield


@pytest.fixture(scope="module")
def lessons(server) -> list[dict[str, Any]]:
    """All that come along, as the API gives them."""
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        return [
            client.get(f"api/lessons/{one['name']}").json()
            for one in client.get("api/lessons").json()
        ]


@pytest.fixture(scope="module")
def spec(server) -> dict[str, Any]:
    return httpx.get(f"{server.url}api/models/lenet", trust_env=False).json()


class Told:
    """A page on which a lesson runs."""

    def __init__(self, page: Page, url: str, lesson: dict[str, Any], spec: dict[str, Any]) -> None:
        self.page, self.url, self.lesson, self.spec = page, url, lesson, spec
        self.bar = page.get_by_role("region", name=f"Lesson: {lesson['title']}")
        self.drawn: dict[str, np.ndarray] = {}
        self.strokes: list[dict[str, Any]] = []

    def open(self, cue: int, more: str = "") -> Told:
        """Open its link at a cue, from 1 on."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}#v=1&lesson={self.lesson['name']}&cue={cue}{more}")
        return self.at(cue)

    def at(self, cue: int) -> Told:
        """Wait until this cue stands there, on its own page."""
        said = self.lesson["cues"][cue - 1]
        count = self.bar.locator(".lesson-count")
        expect(count).to_have_text(f"{cue} of {self.lesson['count']}", timeout=PATIENCE)
        expect(self.bar.get_by_role("heading")).to_have_text(said["title"])
        where = "operations#" + said["section"] if said["page"] else "#"
        expect(self.page).to_have_url(re.compile(re.escape(where) + f".*cue={cue}(&|$)"))
        return self

    def read(self, cue: int) -> None:
        """Hold the numbers in the words of a cue to those of the network, or of the stage."""
        said = self.lesson["cues"][cue - 1]
        if not said["page"]:
            self.page.evaluate("convlens.ready")
            expect(self.page.locator("#prediction")).to_have_attribute(
                "data-digit", re.compile(".")
            )
            self.page.evaluate("convlens.settled()")
            self.trace()
        texts = [
            [run["number"] for run in item if run["number"]]
            for block in said["words"]
            for item in block["items"]
        ]
        for asked in [one for many in texts for one in many]:
            name = " ".join(asked)
            place = self.bar.locator(f'[data-asked="{name}"]').first
            expect(place).not_to_have_text("…")
            wanted = self.on_stage(said["section"], asked) if said["page"] else self.wanted(asked)
            self.same(place, wanted, f"{self.lesson['name']} {cue}: {name}")

    def same(self, place: Any, wanted: float | str, where: str) -> None:
        """The text says the number, to its own digits."""
        text = place.inner_text().replace("\u202f", "").replace("−", "-")
        if isinstance(wanted, str):
            assert text == wanted, where
        elif text.endswith("%"):
            share = float(re.sub(r"[<>%]", "", text))
            kind = text[0] if text[0] in "<>" else "="
            fits = {"<": 100 * wanted <= share, ">": 100 * wanted >= share}
            assert fits.get(kind, abs(100 * wanted - share) <= 0.0501), (where, text, wanted)
        else:
            digits = len(text.partition(".")[2])
            assert abs(float(text) - wanted) <= 0.51 * 10**-digits, (where, text, wanted)

    def trace(self) -> None:
        """Ask the server anew where the drawing is another one."""
        strokes = self.page.evaluate("convlens.state().drawing.strokes")
        if strokes == self.strokes:
            return
        body = {"strokes": strokes}
        answer = httpx.post(f"{self.url}api/models/lenet/trace", json=body, trust_env=False)
        self.strokes, self.drawn = strokes, load(answer.content)

    def wanted(self, asked: list[str]) -> float | str:
        """What a number is by plain loops over the trace that the server answers with."""
        what, *rest = asked
        shares = self.drawn["softmax"]
        order = sorted(range(len(shares)), key=lambda at: (-shares[at], at))
        classes = {"guess": order[0], "second": order[1]}
        if what in classes:
            return self.spec["classes"][classes[what]]
        layer = next((one for one in self.spec["layers"] if one["name"] == rest[0]), None)
        values = self.drawn.get(rest[0])
        if what in ("probability", "score"):
            at = classes.get(rest[0], int(rest[0]) if rest[0].isdigit() else 0)
            return float(self.drawn["softmax" if what == "probability" else "fc3"][at])
        if what == "strongest":
            return max(float(one) for one in values.ravel())
        if what in ("maps", "units"):
            return len(values)
        if what == "cells":
            return values.size
        if what == "size":
            return f"{values.shape[1]} × {values.shape[2]}"
        if what == "kernel":
            return " × ".join(map(str, layer["kernel"]))
        if what == "weights":
            return sum(math.prod(shape) for shape in layer["parameters"].values())
        return float(self.drawn[what][tuple(map(int, rest))])

    def on_stage(self, section: str, asked: list[str]) -> float:
        """What the stage of an operation shows in a cell."""
        layer, *at = asked
        return self.page.evaluate(
            """([section, layer, at]) => {
                const { shape, data } = convlens.quantity(section).tensors.get(layer);
                return data[at.reduce((sum, one, i) => sum * shape[i] + one, 0)];
            }""",
            [section, layer, [int(one) for one in at]],
        )


def stops(lesson: dict[str, Any]) -> range:
    return range(1, lesson["count"] + 1)


def named(lessons: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Those of one page and of several: how one goes on does not depend on what is told."""
    return [next(one for one in lessons if one["name"] == name) for name in names]


def test_every_lesson_is_played_forwards_with_the_example(open_page, server, lessons, spec):
    page = open_page().page
    for lesson in lessons:
        told = Told(page, server.url, lesson, spec).open(1)
        told.read(1)
        assert page.locator("#prediction").get_attribute("data-digit") == lesson["digit"]
        for cue in stops(lesson)[1:]:
            page.keyboard.press("PageDown")
            told.at(cue).read(cue)
        page.keyboard.press("PageDown")  # there is no more
        told.at(lesson["count"])


def test_lessons_are_tapped_through_backwards_with_ones_own_drawing(
    open_page, server, lessons, spec
):
    page = open_page(**PHONE).page
    page.evaluate("strokes => convlens.draw(strokes)", MINE)
    page.evaluate("convlens.settled()")
    page.wait_for_url(re.compile("drawing="))
    own = page.evaluate("new URL(convlens.link()).hash").partition("drawing=")[2].split("&")[0]
    for lesson in named(lessons, "tour", "first-hour", "shifted"):
        told = Told(page, server.url, lesson, spec).open(lesson["count"], f"&drawing={own}")
        told.read(lesson["count"])
        for cue in reversed(stops(lesson)[:-1]):
            told.bar.get_by_role("button", name="Back (Page Up)").tap()
            told.at(cue).read(cue)
        assert page.evaluate("convlens.link()").partition("drawing=")[2].split("&")[0] == own


def test_lessons_go_on_by_themselves_from_the_middle_to_their_ends(
    open_page, server, lessons, spec
):
    page = open_page(reduced_motion="reduce").page
    page.route(
        re.compile(r"/api/lessons/\w"),
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=re.sub(r'"pace":[\d.]+', '"pace":0.3', answer.text()),
        ),
    )
    page.add_init_script(
        """new BroadcastChannel('convlens-lesson').onmessage = ({ data }) => {
            const seen = sessionStorage.getItem('seen') ?? '';
            if (data.at) sessionStorage.setItem('seen', `${seen} ${data.at.cue + 1}`);
        }"""
    )
    for lesson in named(lessons, "tour", "first-hour"):
        middle = 1 if lesson["name"] == "tour" else (lesson["count"] + 1) // 2
        told = Told(page, server.url, lesson, spec).open(middle)
        told.read(middle)
        page.evaluate("sessionStorage.removeItem('seen')")
        told.bar.get_by_role("button", name="Let it run by itself").click()
        told.at(lesson["count"])
        stand = told.bar.get_by_role("button", name="Let it run by itself")
        expect(stand).to_have_attribute("aria-pressed", "false")  # at its end
        seen = page.evaluate("sessionStorage.getItem('seen')").split()
        assert [int(one) for one in seen] == list(stops(lesson)[middle:]), "each once"


def each_cue_is_spoken_once(page, told):
    """Go on to the fourth, and draw there: numbers that change are not spoken again."""
    expect(page.locator(".lesson [role=status]")).to_contain_text("1 of 8")
    page.evaluate(
        """() => {
            window.heard = [];
            const said = document.querySelector('.lesson [role=status]');
            new MutationObserver(() => window.heard.push(said.textContent))
                .observe(said, { childList: true, characterData: true, subtree: true });
        }"""
    )
    told.read(1)
    for cue in (2, 3, 4):
        told.bar.get_by_role("button", name="Next").click()
        told.at(cue).read(cue)
    page.evaluate("strokes => convlens.draw(strokes)", MINE)
    told.read(4)
    heard = page.evaluate("window.heard.map((one) => one.split(':')[0])")
    assert heard == ["2 of 8", "3 of 8", "4 of 8"], "each cue is spoken once"


def test_who_is_led_may_do_something_else_and_comes_back(open_page, server, lessons, spec):
    lens = open_page()
    page, lesson = lens.page, lessons[0]
    told = Told(page, server.url, lesson, spec).open(1)
    each_cue_is_spoken_once(page, told)
    pinned = page.evaluate("convlens.selection")
    back = told.bar.get_by_role("button", name="Back to the lesson")
    expect(back).to_be_hidden()

    lens.hover({"layer": "conv2", "channel": 3, "row": 4, "column": 4})
    page.mouse.down()
    page.mouse.up()
    expect(back).to_be_visible()
    page.wait_for_url(re.compile(r"cell=conv2\.3\.4\.4.*cue=4\.own"))
    page.reload()
    expect(back).to_be_visible()
    assert page.evaluate("convlens.selection.layer") == "conv2", "what was done stays"
    lens.leave_for("Operations")
    expect(told.bar.locator(".lesson-count")).to_have_text("4 of 8")
    page.locator("#convolution [data-guess]").first.click()
    page.wait_for_url(re.compile(r"operations#convolution.*cue=4\.own"))
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name="Questions").click()
    expect(told.bar.locator(".lesson-count")).to_have_text("4 of 8")
    page.locator(".option").first.click()
    page.locator("[data-action=next]").click()
    page.wait_for_url(re.compile(r"questions#.*cue=4\.own.*at=2"))
    back.click()
    told.at(4).read(4)
    assert page.evaluate("convlens.selection") == pinned
    expect(back).to_be_hidden()

    page.go_back()
    expect(back).to_be_visible()
    page.go_forward()
    told.at(4)
    told.bar.get_by_role("button", name="Leave the lesson").click()
    expect(told.bar).to_be_hidden()
    expect(page).not_to_have_url(re.compile("lesson="))
    lens.leave_for("Lessons")
    page.get_by_role("link", name="Go on at stop 4").click()
    told.at(4).read(4)


def test_a_clicker_a_slider_and_the_window_of_notes_go_through_a_lesson(
    open_page, server, lessons, spec
):
    page = open_page().page
    lesson = lessons[0]
    told = Told(page, server.url, lesson, spec).open(1)
    page.keyboard.press("p")
    expect(page.locator("html")).to_have_attribute("data-present", "")
    page.keyboard.press("PageDown")
    told.at(2)
    told.bar.get_by_role("slider").fill("4")
    told.at(4)
    with page.expect_popup() as opened:
        told.bar.get_by_role("button", name="Notes").click()
    notes = opened.value
    now = notes.locator("[aria-current=step] h2")
    expect(now).to_have_text(lesson["cues"][3]["title"])
    said = told.bar.locator("[data-asked]").first
    expect(notes.locator("[aria-current] [data-asked] b").first).to_have_text(said.inner_text())
    notes.keyboard.press("PageUp")
    told.at(3)
    expect(now).to_have_text(lesson["cues"][2]["title"])
    notes.get_by_role("button", name="Next").click()
    told.at(4)


def test_a_drawing_that_a_cue_brings_gives_way_to_ones_own(open_page, server, lessons, spec):
    page = open_page().page
    brings = "sDJgCwAygBgBkPOAS"
    page.route(
        re.compile(r"/api/lessons/\w"),
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            json={
                **answer.json(),
                "cues": [
                    {**cue, "parts": {**cue["parts"], **({"drawing": brings} if at == 1 else {})}}
                    for at, cue in enumerate(answer.json()["cues"])
                ],
            },
        ),
    )
    told = Told(page, server.url, lessons[0], spec)
    page.evaluate("strokes => convlens.draw(strokes)", MINE)
    page.wait_for_url(re.compile("drawing="))
    own = page.evaluate("convlens.link()").partition("drawing=")[2].split("&")[0]
    told.open(1, f"&drawing={own}")
    drawing = "convlens.state().drawing.strokes.length"
    assert page.evaluate(drawing) == len(MINE)
    page.keyboard.press("PageDown")
    told.at(2)
    assert page.evaluate(drawing) == 1
    page.keyboard.press("PageDown")
    told.at(3)
    assert page.evaluate("convlens.link()").partition("drawing=")[2].split("&")[0] == own


@pytest.mark.usefixtures("needs_axe")
@pytest.mark.parametrize(("theme", "size"), [("dark", DESKTOP), ("light", PHONE)])
def test_axe_finds_nothing_where_a_lesson_runs_and_is_read(browser, server, theme, size):
    judge = Judge(browser, server.url, **size, color_scheme=theme, path="lessons")
    page = judge.page
    for path in (
        *("lessons", "lessons/first-hour", "lessons/first-hour/notes"),
        *("#v=1&lesson=tour&cue=4", "#v=1&lesson=first-hour&cue=4"),
    ):
        page.goto("about:blank")
        page.goto(server.url + path)
        if "first-hour&" in path:  # it leads to another page
            page.wait_for_url(re.compile("operations"))
        if "cue" in path:
            expect(page.locator(".lesson-count")).to_be_visible()
        judge.brings_axe()
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
        judge.looks(path)
    judge.ends()
