"""The server goes away and comes back; wrong files are refused; nothing drawn is lost."""

import json

import pytest

from tests.browser.test_drawing import SEVEN
from tests.server import running


def banner(lens):
    return lens.page.locator("#banner")


def state(lens):
    return lens.page.locator("html").get_attribute("data-state")


@pytest.fixture
def own_server():
    """A server that this test may stop, on a port that it can take again."""
    with running() as server:
        yield server


def test_losing_the_server_shows_a_banner_keeps_the_drawing_and_recovers(open_page, own_server):
    lens = open_page(own_server.url)
    lens.draw([SEVEN[0][:3]]).settle()
    own_server.stop()
    lens.draw([SEVEN[0][2:]])
    banner(lens).get_by_text("Your drawing is kept").wait_for()
    assert state(lens) == "error"
    with pytest.raises(Exception, match="does not answer"):
        lens.settle()
    with running(port=own_server.port):
        lens.until("document.documentElement.dataset.state === 'ready'")
        assert lens.settle().digit == "7", "what was drawn while it was away is read"
        assert not banner(lens).inner_text().strip()
    lens.complaints.clear()  # Chromium itself reports each refused connection


def test_a_busy_server_is_waited_for_without_a_word_and_the_drawing_catches_up(lens):
    problem = {"type": "/api/docs#busy", "title": "", "status": 503, "detail": ""}
    refused = []

    def refuse_twice(route):
        if len(refused) == 2:
            return route.fallback()
        refused.append(route.request.post_data)
        headers = {"content-type": "application/problem+json", "retry-after": "1"}
        return route.fulfill(status=503, headers=headers, body=json.dumps(problem))

    lens.page.route("**/trace", refuse_twice)
    lens.draw(SEVEN)
    lens.until("document.documentElement.dataset.state === 'busy'")
    assert not banner(lens).inner_text().strip()
    assert lens.settle().digit == "7"
    assert len(refused) == 2
    assert state(lens) == "ready"
    lens.complaints.clear()  # Chromium itself reports each 503


def test_a_page_whose_network_cannot_be_found_says_so(lens):
    answer = lens.page.goto(lens.url + "?model=nobody")
    assert answer.status == 404
    assert "nobody" not in lens.page.content(), "input is never echoed"
    assert "network" in lens.page.locator("body").inner_text()
    lens.complaints.clear()  # Chromium reports the 404 itself


def test_a_file_that_is_no_image_is_refused_in_a_sentence_and_the_drawing_stays(lens):
    lens.draw(SEVEN).settle()
    lens.page.locator("#file").set_input_files(
        {"name": "digit.png", "mimeType": "image/png", "buffer": b"this is no picture"}
    )
    banner(lens).get_by_text("picture").wait_for()
    assert lens.digit == "7"
    lens.complaints.clear()  # Chromium reports the 4xx itself


def test_a_frame_without_an_origin_says_what_it_lacks(browser, server):
    page = browser.new_page()
    page.set_content(f'<iframe sandbox="allow-scripts" src="{server.url}"></iframe>')
    said = page.frame_locator("iframe").locator(".bare")
    said.wait_for()
    assert 'sandbox="allow-scripts allow-same-origin"' in said.inner_text()
    page.goto(server.url)
    assert not page.locator(".bare").is_visible()
    page.close()
