"""axe-core finds no violation on the page, in any state that a visitor can bring it into."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.lens import Lens, watching
from tests.server import running

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FORMS = ("picture", "words", "formula", "code", "table")
KINDS = ("input", "conv1", "relu1", "pool1", "conv2", "fc1", "softmax")
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
COLOURS = ["color-contrast", "link-in-text-block"]
STEP = ("document.getElementById('step')",)
CELL = {"layer": "conv2", "channel": 7, "row": 7, "column": 3}


class Judge:
    """One page with axe in it, and what was found in each state."""

    def __init__(self, browser, url, *, touched=True, path="", **options):
        # axe is put into the page: its policy would refuse that, so it is lifted here
        quiet = {"bypass_csp": True, "reduced_motion": "reduce"}
        self.context = browser.new_context(**options, **quiet)
        self.lens = Lens(self.context.new_page(), url, touched=touched)
        self.page = self.lens.page
        if path:
            self.page.goto(url + path)
        else:
            self.lens.open()
        self.brings_axe()
        self.found = {}
        # the other theme has other colours; all else is as it was
        rules = COLOURS if options.get("color_scheme") == "dark" else None
        self.options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}

    def brings_axe(self):
        """Put it into the page, as anew after each that is loaded."""
        self.page.add_script_tag(path=AXE)

    def looks(self, state, part="document"):
        self.lens.frame()
        result = self.page.evaluate(f"options => axe.run({part}, options)", self.options)
        for one in result["violations"]:
            self.found[state, one["id"]] = [node["html"][:160] for node in one["nodes"]][:3]
        return self

    def ends(self):
        self.context.close()
        assert not self.found


@pytest.fixture(autouse=True)
def _watched(browser):
    """A story of many states takes longer than others before it counts as stuck."""
    with watching(browser, 900):
        yield


@pytest.fixture(autouse=True)
def needs_axe():
    if not AXE.exists():
        pytest.skip("axe-core comes with npm ci")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_on_the_whole_page_in_any_state(browser, server, theme):
    judge = Judge(browser, server.url, **DESKTOP, color_scheme=theme)
    lens, press = judge.lens, judge.page.keyboard.press
    judge.looks("empty")
    lens.hover(CELL)
    judge.looks("empty, pointing")
    lens.sample(3)
    lens.page.mouse.move(5, 5)
    judge.looks("drawn")
    press("g")
    lens.until("document.querySelectorAll('.why-row').length > 0")
    lens.page.locator(".why-row").first.click()
    judge.looks("paths to the answer")
    press("g")
    lens.hover(CELL)
    judge.looks("pointing")
    for name, key in (("help", "?"), ("glossary", "w"), ("account as a line", "a")):
        press(key)
        judge.looks(name)
        press(key)
    lens.page.evaluate("cell => convlens.select(cell)", CELL)
    press("r")
    judge.looks("playing")
    press("Escape")
    lens.hover({"layer": "fc1", "channel": 30, "row": 0, "column": 0})
    judge.looks("two accounts")
    press("p")
    lens.until("document.documentElement.dataset.present !== undefined")
    judge.looks("presenting")
    press("z")
    judge.looks("frozen")
    press(".")
    judge.looks("blank")
    judge.ends()


def test_axe_finds_nothing_while_an_example_stands(browser, server):
    judge = Judge(browser, server.url, **DESKTOP, touched=False)
    judge.lens.until("document.querySelector('.guesses').innerText.includes('An example')")
    judge.looks("an example")
    judge.ends()


@pytest.mark.parametrize(
    ("theme", "size"), [("dark", DESKTOP), ("light", DESKTOP), ("light", PHONE)]
)
def test_axe_finds_nothing_on_the_page_of_operations(browser, server, theme, size):
    judge = Judge(browser, server.url, **size, color_scheme=theme, path="operations")
    page, sections = judge.page, judge.page.locator("[data-section]").all()
    for section in sections:
        section.scroll_into_view_if_needed()
        page.evaluate("convlens.settled()")
        section.locator("[data-guess]").first.click()
        page.evaluate("convlens.settled()")
    judge.looks("guessed")
    # elsewhere they look as on the page of the network, where all of them are judged
    for form in FORMS if (theme, size) == ("light", DESKTOP) else ():
        for section in sections:
            section.locator(f".account input[value={form}]").check(force=True)
        page.evaluate("convlens.settled()")
        judge.looks(form, "{ include: [['.account']] }")
    page.keyboard.press("w")
    expect(page.locator(".entries:visible")).to_have_count(1)
    fields = [section.locator(".matrix input:visible") for section in sections]
    wrong = [one.first for one in fields if one.count()]  # some have sliders alone
    assert len(wrong) > 3
    for field in wrong:
        field.fill("x")
        expect(field).to_have_attribute("aria-invalid", "true")
    judge.looks("glossary, and no numbers")
    page.keyboard.press("Tab")
    if page.locator("[data-action=present]").is_visible():  # not on phones
        page.locator("[data-action=present]").click()
        judge.looks("presenting")
    judge.ends()


@pytest.mark.parametrize(("theme", "size", "level"), [("dark", DESKTOP, 3), ("light", PHONE, 1)])
def test_axe_finds_nothing_on_the_page_of_questions(browser, server, theme, size, level):
    judge = Judge(browser, server.url, **size, color_scheme=theme, path="questions")
    page = judge.page
    page.locator(f"input[name=level][value='{level}']").check(force=True)
    judge.lens.until("document.documentElement.dataset.state === 'ready'")
    for number in range(10):
        place = f"Question {number + 1} of 10"
        judge.lens.until(f"document.querySelector('#quiz-place').textContent === '{place}'")
        if theme == "light" or not number:  # what is asked has the colours of what is answered
            judge.looks(f"question {number}", "document.getElementById('quiz-question')")
        page.keyboard.press("s")
        judge.lens.until("!document.querySelector('#quiz-reveal').hidden")
        judge.looks(f"answer {number}", "document.getElementById('quiz-question')")
        page.keyboard.press("n")
    for summary in page.locator("summary").all():
        summary.click()
    judge.looks("all of it")
    if page.locator("[data-action=present]").is_visible():  # not on phones
        page.locator("[data-action=present]").click()
        judge.looks("presenting")
    judge.ends()


@pytest.mark.parametrize(("theme", "size"), [("dark", DESKTOP), ("light", PHONE)])
def test_axe_finds_nothing_on_the_page_of_learning(browser, server, theme, size):
    judge = Judge(browser, server.url, **size, color_scheme=theme, path="learning")
    page = judge.page
    for phase in ("Forward", "Loss", "Backward", "Update", "Forward again"):
        page.get_by_role("button", name=phase, exact=True).click()
        page.evaluate("convlens.settled()")
        judge.looks(phase, *(() if phase == "Forward" else STEP))  # the rest stays as it is
        if phase == "Backward":
            for form in FORMS:
                page.locator(f"#step .account input[value={form}]").check(force=True)
                judge.looks(form, "document.querySelector('#step .account')")
    page.get_by_role("button", name="Update", exact=True).click()
    page.locator(".weights .bias").first.click()
    page.evaluate("convlens.settled()")
    judge.looks("a weight", *STEP)
    if page.locator("[data-action=present]").is_visible():  # not on phones
        page.locator("[data-action=present]").click()
        judge.looks("presenting")
    judge.ends()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_where_digits_move_networks_compare_and_space_opens(
    browser, server, theme
):
    judge = Judge(browser, server.url, **DESKTOP, color_scheme=theme)
    lens, press = judge.lens, judge.page.keyboard.press
    lens.sample(3)
    press("t")
    lens.until("!!document.querySelector('.shift-map')")
    judge.looks("moves")
    press("x")
    judge.looks("save")
    press("Escape")
    press("c")
    lens.until("!!document.querySelector('.compare-with .word')")
    judge.looks("nothing compared yet")
    judge.page.get_by_role("button", name="keep this drawing").click()
    lens.until("document.querySelectorAll('.lane').length === 2")
    judge.looks("two drawings")
    judge.page.get_by_role("button", name="stop comparing", exact=True).click()
    press("Escape")
    press("s")
    lens.until("document.querySelector('.stage').dataset.space !== undefined")
    judge.looks("space")
    judge.ends()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_in_any_form_of_any_kind_of_layer(browser, server, theme):
    judge = Judge(browser, server.url, **DESKTOP, color_scheme=theme)
    judge.lens.sample(3)
    judge.page.get_by_label("shown").check(force=True)
    for layer in KINDS:
        judge.page.evaluate("layer => convlens.select({ layer, channel: 0 })", layer)
        # in the other theme each kind once, and each form once
        for form in FORMS if theme == "light" or layer == "conv2" else FORMS[:1]:
            judge.page.locator(f"#account input[value={form}]").check(force=True)
            judge.looks((layer, form), "document.getElementById('account')")
    judge.ends()


def test_axe_finds_nothing_on_a_phone(browser, server):
    judge = Judge(browser, server.url, **PHONE)
    judge.looks("empty")
    judge.lens.sample(3) if judge.page.locator("#samples").is_visible() else None
    judge.page.get_by_role("button", name="Tools").tap()
    judge.looks("tools")
    judge.lens.sample(3)
    judge.page.get_by_role("button", name="Tools").tap()
    judge.looks("drawn")
    judge.page.evaluate("cell => convlens.select(cell)", CELL)
    judge.looks("sheet")
    judge.page.get_by_role("button", name="Play").tap()
    judge.looks("playing")
    judge.page.get_by_role("button", name="End").tap()
    judge.page.get_by_role("button", name="Close").tap()
    judge.page.get_by_role("button", name="Help").tap()
    judge.looks("help")
    judge.ends()


def test_axe_finds_nothing_at_a_projectors_size_and_with_an_image(browser, server):
    judge = Judge(browser, server.url, **PROJECTOR)
    shot = judge.page.locator("#pad").screenshot()
    judge.page.locator("#file").set_input_files(
        {"name": "digit.png", "mimeType": "image/png", "buffer": shot}
    )
    judge.page.wait_for_timeout(200)
    judge.looks("an image")
    judge.lens.sample(3)
    judge.page.evaluate("cell => convlens.select(cell)", CELL)
    judge.looks("a projector")
    judge.ends()


@pytest.mark.parametrize(("theme", "size"), [("dark", PHONE), ("light", DESKTOP)])
def test_axe_finds_nothing_on_the_card_of_a_network(browser, server, theme, size):
    judge = Judge(browser, server.url, **size, color_scheme=theme, path="card?model=mlp")
    judge.looks("its card")
    wide = judge.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    judge.ends()


def test_axe_finds_nothing_while_the_server_is_away(browser):
    with running() as own:
        judge = Judge(browser, own.url, **DESKTOP)
        judge.lens.sample(3)
        own.stop()
        judge.page.keyboard.press("5")
        judge.page.locator("#banner").get_by_text("Your drawing is kept").wait_for()
        judge.looks("away")
        judge.ends()
