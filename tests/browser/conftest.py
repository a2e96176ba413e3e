"""A real server, a real Chromium, and pages of it in the sizes that people have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import chromium
from tests.browser.lens import Lens, watching
from tests.server import Server, running

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}

OpenPage = Callable[..., Lens]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """`convlens serve`, in a process of its own."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all stories; each gets a context of its own."""
    path = chromium.find()
    assert path, chromium.HELP
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.STEADY))
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _watched(browser: Browser) -> Iterator[None]:
    """No story waits for a stuck page without end."""
    with watching(browser):
        yield


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """Open a page in a fresh context; at the end no page may have complained or asked elsewhere."""
    contexts: list[BrowserContext] = []
    lenses: list[Lens] = []

    def open_one(
        url: str | None = None, query: str = "", *, touched: bool = True, **options: Any
    ) -> Lens:
        context = browser.new_context(**(DESKTOP | options))
        contexts.append(context)
        lens = Lens(context.new_page(), url or server.url, touched=touched)
        lenses.append(lens)
        return lens.open(query)

    yield open_one
    foreign = [request for lens in lenses for request in lens.foreign]
    complaints = [text for lens in lenses for text in lens.complaints]
    for context in contexts:
        context.close()
    assert not foreign, "the page asked another host"
    assert not complaints, "the page complained in the console"


@contextmanager
def one_page(browser: Browser, server: Server, **options: Any) -> Iterator[Lens]:
    """Open a page for many stories; at the end it may not have complained or asked elsewhere."""
    context = browser.new_context(**(DESKTOP | options))
    lens = Lens(context.new_page(), server.url)
    yield lens.open()
    context.close()
    assert not lens.foreign
    assert not lens.complaints


@pytest.fixture
def lens(open_page: OpenPage) -> Lens:
    """The page at 1440×900."""
    return open_page()
