"""Words of the glossary in pages of prose lead to their entries."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.terms import MEANT_OTHERWISE, Terms

CATALOGUE = json.loads(
    (Path(__file__).parents[2] / "static" / "text" / "en.json").read_text("utf-8")
)
OWNERS = {
    form: key.removeprefix("term.")
    for key, title in CATALOGUE.items()
    if re.fullmatch(r"term\.[a-z]+", key)
    for name in title.lower().split(", ")
    if name not in MEANT_OTHERWISE
    for form in (name, f"{name}s")
}
NAMED = [
    (word, re.compile(rf"(?<![\w/-]){re.escape(word)}(?![\w/-])", re.IGNORECASE), entry)
    for word, entry in OWNERS.items()
]
STILL = {"a", "code", "dt", "h1", "h2", "h3", "nav", "pre", "small", "th", "title", "header"}


class Prose(HTMLParser):
    """Of each section: entries that its running text names, and those its links lead to."""

    def __init__(self, html):
        super().__init__()
        self.within, self.sections, self.wrong = [], [([], [])], []
        self.link = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "section":
            self.sections.append(([], []))
        if tag == "a" and attributes.get("class") == "term":
            self.link = re.search(r"#v=1&panel=glossary&term=(\w+)$", attributes["href"])[1]
            self.sections[-1][1].append(self.link)
        if tag in STILL:
            self.within.append(tag)

    def handle_endtag(self, tag):
        if tag == "section":
            self.sections.append(([], []))
        if tag in STILL:
            self.within.remove(tag)
        if tag == "a":
            self.link = None

    def handle_data(self, data):
        named = self.sections[-1][0]
        if self.link:
            self.wrong += [] if OWNERS[data.lower()] == self.link else [data]
        elif not self.within:
            low = data.lower()
            named += [entry for word, alone, entry in NAMED if word in low and alone.search(data)]


@pytest.mark.parametrize("path", ["/api/docs", "/nowhere", "/some/where"])
def test_the_first_of_each_word_in_a_section_leads_to_its_entry(local, path):
    prose = Prose(local.get(path, headers={"Accept": "text/html"}).text.split("<body>")[1])
    assert not prose.wrong
    for named, linked in prose.sections:
        assert set(named) <= set(linked)
        assert len(linked) == len(set(linked))
    if path == "/api/docs":
        everything = {entry for _, linked in prose.sections for entry in linked}
        assert {"kernel", "field", "weight", "layer", "influence"} <= everything


def test_what_stays_as_it_is():
    terms = Terms({"term.kernel": "kernel, filter", "term.path": "path", "pages.kernel": "layer"})
    kernel = '<a class="term" href="../#v=1&amp;panel=glossary&amp;term=kernel">'
    html = "<p>A path, <code>kernel</code>, subkernel; Filters, kernel</p><h2>kernel</h2>"
    led = html.replace("Filters", f"{kernel}Filters</a>")
    assert terms.led(html, "../") == led
    twice = "<section>a kernel</section><section>a filter, a kernel</section>"
    assert terms.led(twice, "").count("<a ") == 2
    assert Terms({}).led(html, "") == html
