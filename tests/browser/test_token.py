"""The token in the link that the server opens: this tab's alone, in no address."""

import pytest

TOKEN = "abc-DEF_123"
KEPT = "sessionStorage.getItem('convlens:token')"


@pytest.mark.parametrize("path", ["", "operations", "lessons"])
def test_the_token_is_taken_out_of_the_address_before_anybody_sees_it(open_page, path) -> None:
    lens = open_page()
    lens.page.goto(f"{lens.page.url}{path}#v=1&token={TOKEN}&brush=0.1")
    lens.until(f"{KEPT} !== null")
    assert lens.page.evaluate(KEPT) == TOKEN
    assert "token" not in lens.page.evaluate("location.href")
    assert "brush=0.1" in lens.page.evaluate("location.hash")
    assert TOKEN not in lens.page.evaluate("JSON.stringify(localStorage)")


def test_a_link_of_the_token_alone_leaves_the_page_as_it_is(open_page) -> None:
    lens = open_page()
    plain = lens.page.url
    lens.page.goto("about:blank")
    lens.page.goto(f"{plain}#token={TOKEN}")
    lens.until("document.documentElement.dataset.state === 'ready'")
    assert lens.page.url == plain
    assert TOKEN not in lens.page.evaluate("convlens.link()")
    assert lens.page.evaluate(KEPT) == TOKEN
