"""Who may show the page in a frame, what it leaves out there, what the log says to the others."""

import logging

import pytest

from app.settings import Settings
from tests.app.local import Local

SCHOOL = "https://school.example"


def framed(site="cross-site", referer=f"{SCHOOL}/course/7", dest="iframe"):
    """The headers with which a browser asks for a page in a frame of another one."""
    headers = {"sec-fetch-dest": dest, "sec-fetch-site": site}
    return headers | ({"referer": referer} if referer else {})


def policy(app, path="/"):
    (found,) = app.get(path).headers.get_list("content-security-policy")
    return [part.strip() for part in found.split(";")]


@pytest.mark.parametrize("path", ["/", "/?embed=1", "/api/docs", "/nothing"])
def test_by_itself_only_pages_of_the_same_origin_may_show_ours(local, path):
    assert "frame-ancestors 'self'" in policy(local, path)


def test_who_may_is_a_setting(network_file):
    settings = Settings(
        (str(network_file),), frame_ancestors=("HTTPS://School.example/", "http://[::1]:80")
    )
    with Local(settings) as app:
        assert f"frame-ancestors 'self' {SCHOOL} http://[::1]:80" in policy(app)


@pytest.mark.parametrize(
    "said",
    ["", "school.example", "https://school.example/course", "https://a; script-src *", "'self'"],
)
def test_what_is_no_origin_is_refused_with_a_sentence(said):
    with pytest.raises(ValueError, match=r"https://school\.example, without a path"):
        Settings(frame_ancestors=(said,))


def test_workers_learn_who_may_and_where_others_find_the_page():
    settings = Settings(frame_ancestors=(SCHOOL, "*"), elsewhere="http://192.0.2.7:8000/")
    assert Settings.from_environment(settings.to_environment()) == settings


def said_to(app, caplog, headers):
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        app.get("/", headers=headers)
    return caplog.text


def test_the_log_says_once_why_a_frame_of_somebody_else_stays_empty(network_file, caplog):
    with Local(Settings((str(network_file),))) as app:
        assert f"--frame-ancestors {SCHOOL}\n" in said_to(app, caplog, framed())
        assert not said_to(app, caplog, framed())
        assert "https://its.address" in said_to(app, caplog, framed(referer=""))
        for plain in (framed(site="same-origin"), framed(dest="document"), {}):
            assert not said_to(app, caplog, plain)
        for number in range(300):
            said_to(app, caplog, framed(referer=f"https://{number}.example"))
        assert not said_to(app, caplog, framed(referer="https://last.example"))


def test_who_may_show_it_is_not_told_of(network_file, caplog):
    with Local(Settings((str(network_file),), frame_ancestors=(SCHOOL,))) as app:
        assert not said_to(app, caplog, framed())
        assert said_to(app, caplog, framed(referer="https://other.example"))


def test_hide_names_what_is_left_out_and_embed_leaves_the_stage(local):
    start = local.get("/").text.partition(">")[2].partition(">")[0]
    assert "data-hide" not in start
    assert "data-embed" not in start
    page = local.get("/?hide=theme,help,%22%3E%3Cb%3E,nothing&embed=1").text
    start = page.partition("<html")[2].partition(">")[0]
    assert 'data-hide="theme help"' in start
    assert "data-embed" in start


def test_the_page_knows_where_other_machines_find_it(network_file):
    with Local(Settings((str(network_file),), elsewhere="http://192.0.2.7:8000/")) as app:
        assert '"elsewhere": "http://192.0.2.7:8000/"' in app.get("/").text
    with Local(Settings((str(network_file),))) as app:
        assert '"elsewhere": ""' in app.get("/").text
