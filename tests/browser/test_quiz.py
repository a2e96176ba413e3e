"""Questions as a student alone, a class and a teacher with paper meet them."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.server import ROOT

MESSAGES = json.loads((ROOT / "static" / "text" / "en.json").read_text("utf-8"))
MISTAKES = {one for key, one in MESSAGES.items() if key.startswith("item.mistake.")}


def number(text):
    return float(text.replace("\u2212", "-").replace("\u202f", ""))


class Asked:
    """The page of questions as its reader sees it."""

    def __init__(self, lens, link="", query=""):
        self.lens, self.page = lens, lens.page
        self.page.goto(f"{lens.url}questions{query}#{link}")
        self.asks = self.page.locator("#quiz-card .asks")
        self.options = self.page.locator(".option")
        self.verdict = self.page.locator("#quiz-card .verdict")
        self.tally = self.page.locator("#quiz-tally")
        expect(self.asks).to_be_visible()

    def grid(self, at):
        rows = self.page.locator("#quiz-card .grid table").nth(at).locator("tr").all()
        return [[number(one) for one in row.locator("td").all_inner_texts()] for row in rows]

    def shown(self):
        """The numbers of the options."""
        return [number(one) for one in self.options.locator("span").all_inner_texts()]

    def window(self):
        """What the window gives, in plain loops over the numbers on the page."""
        window, kernel = self.grid(0), self.grid(1)
        total = number(re.search(r"bias (\S*\d)", self.asks.inner_text())[1])
        for i in range(len(kernel)):
            for j in range(len(kernel[0])):
                total += window[i][j] * kernel[i][j]
        return total


def test_a_student_predicts_and_the_account_of_the_cell_explains(lens):
    asked = Asked(lens, "v=1&kinds=window&seed=3&level=2")
    page = asked.page
    expect(page.locator("#quiz-place")).to_have_text("Question 1 of 10")
    expect(page.locator("#quiz-reveal")).to_be_hidden()
    value = asked.window()
    shown = asked.shown()
    right = min(range(4), key=lambda at: abs(shown[at] - value))
    page.keyboard.press("abcd"[right])
    expect(asked.verdict).to_have_text("Right.")
    expect(asked.tally).to_have_text("1 right of 1 answered")
    account = page.locator("#quiz-reveal .account .value").first
    expect(account).to_be_visible()
    page.evaluate("convlens.settled()")
    assert number(account.inner_text()) == pytest.approx(shown[right], abs=0.00501)

    page.keyboard.press("n")
    expect(page.locator("#quiz-place")).to_have_text("Question 2 of 10")
    expect(page.locator("#quiz-reveal")).to_be_hidden()
    value, shown = asked.window(), asked.shown()
    right = min(range(4), key=lambda at: abs(shown[at] - value))
    asked.options.nth((right + 1) % 4).click()
    expect(asked.verdict).to_contain_text("Not so.")
    said = asked.verdict.inner_text()
    assert any(mistake in said for mistake in MISTAKES)
    assert f"The answer is {'ABCD'[right]}:" in said
    expect(asked.tally).to_have_text("1 right of 2 answered")

    words = asked.asks.inner_text()
    page.wait_for_function("location.hash.includes('at=2')")
    page.reload()
    expect(asked.asks).to_have_text(words)  # the link has the seed, and the place
    page.get_by_role("button", name="New questions").click()
    expect(asked.asks).not_to_have_text(words)


def test_a_number_is_typed_and_a_mistake_in_it_is_named(lens):
    asked = Asked(lens, "v=1&kinds=size&seed=1&level=3")
    page, text = asked.page, asked.asks.inner_text()
    size, kernel, stride, padding = (
        int(re.search(pattern, text)[1])
        for pattern in (r"have (\d+) rows", r"with (\d+) rows", r"stride (\d+)", r"padding (\d+)")
    )
    places, at = 0, -padding
    while at + kernel <= size + padding:
        places, at = places + 1, at + stride
    field = page.get_by_label("Your number")
    field.fill("many")
    field.press("Enter")
    expect(page.locator(".typed-wrong")).to_contain_text("is no number")
    field.fill(str(places - 1))
    field.press("Enter")
    expect(asked.verdict).to_contain_text(MESSAGES["item.mistake.no-one"])
    expect(asked.verdict).to_contain_text(f"The answer is {places}.")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Show the answer").click()
    expect(asked.verdict).to_contain_text("The answer is")
    expect(asked.tally).to_have_text("0 right of 1 answered")


def test_a_class_counts_hands_before_the_answer_is_shown(lens):
    asked = Asked(lens, "v=1&kinds=seen&seed=2&level=2")
    page = asked.page
    page.get_by_role("button", name="Present").click()
    expect(page.locator(".quiz-settings")).to_be_hidden()
    for at, count in enumerate((3, 12, 9, 2)):
        page.get_by_label(f"Hands for {'ABCD'[at]}").fill(str(count))
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("PageDown")  # as a clicker does: the answer first, then the next question
    expect(asked.verdict).to_contain_text("of 26 hands were right.")
    favourite = "B" if "answer is B" not in asked.verdict.inner_text() else "C"
    expect(asked.verdict).to_contain_text(f"{favourite}: ")  # and what most of the others took
    right = re.search(r"answer is ([A-D])", asked.verdict.inner_text())[1]
    expect(asked.verdict).to_contain_text(f"{(3, 12, 9, 2)['ABCD'.index(right)]} of 26")
    page.get_by_label("Hands for A").focus()
    page.keyboard.press("PageDown")  # as a clicker does, wherever the focus is
    expect(page.locator("#quiz-place")).to_have_text("Question 2 of 10")
    expect(page.locator("#quiz-reveal")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".quiz-settings")).to_be_visible()


def test_a_teacher_takes_them_along_on_paper_and_as_files(lens, tmp_path):
    asked = Asked(lens, "v=1&seed=5&count=20")
    page = asked.page
    expect(page.locator("#quiz-sheet .sheet-questions > ol > li")).to_have_count(20)
    for name, start in (("GIFT", "// Convlens: lenet"), ("CSV", "number,kind,level")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert download.value.path().read_text("utf-8").startswith(start)
    page.emulate_media(media="print")
    expect(page.locator("#quiz-sheet")).to_be_visible()
    expect(page.locator("#quiz-question")).to_be_hidden()
    assert page.locator(".sheet-key li").count() == 20
    paper = page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) >= 3


def test_ones_own_drawing_comes_along_also_on_a_phone(open_page):
    lens = open_page(**PHONE)
    page = lens.page
    page.evaluate("convlens.draw([{ points: [[0.5, 0.2], [0.5, 0.8]], width: 0.07 }])")
    page.evaluate("convlens.settled()")
    lens.leave_for("Questions")
    own = page.get_by_role("button", name="Your own drawing")
    expect(own).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#quiz-card .asks")).to_be_visible()
    page.locator(".option").first.tap()
    expect(page.locator("#quiz-reveal .account")).to_be_visible()
    assert "drawing=s" in page.locator("#quiz-see").get_attribute("href")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_another_network_is_asked_about_and_what_it_lacks_is_said(lens):
    asked = Asked(lens, "v=1&kinds=relu.share&level=1", "?model=mlp")
    page = asked.page
    expect(page.locator("#quiz-title")).to_have_text(MESSAGES["item.share.title"])
    page.get_by_text("Kinds", exact=True).click()
    expect(page.locator("#quiz-without li")).to_contain_text([MESSAGES["item.without.relu"]])
    page.locator("#quiz-network").select_option("lenet")
    expect(page.locator("#quiz-title")).to_have_text(MESSAGES["item.relu.title"])
