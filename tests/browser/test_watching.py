"""A page that is stuck fails the story it is in, and no other."""

import pytest
from playwright.sync_api import Error

from tests.browser.lens import watching


@pytest.mark.parametrize("endless", ["(() => { for (;;); })()", "new Promise(() => {})"])
def test_a_call_to_a_stuck_page_fails_and_the_next_page_works(browser, endless):
    page = browser.new_page()
    with pytest.raises(AssertionError, match="stuck for 1 s"), watching(browser, 1):
        page.evaluate(endless)
    with pytest.raises(Error, match="closed"):
        page.evaluate("1")
    page = browser.new_page()
    assert page.evaluate("1 + 1") == 2
    page.close()
