"""How soon a page stands: the network painted, all of it ready, and what a reload asks for."""

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

from benchmarks.report import Row
from tests.browser.lens import Lens
from tests.server import running


class Network(NamedTuple):
    """What lies between browser and server."""

    name: str
    latency: float = 0  # ms, added to each request
    megabits: float = 0  # a second; 0 is as fast as it goes


NETWORKS = (
    Network("loopback"),
    Network("40 ms, 10 Mbit/s", 40, 10),
    Network("100 ms, 5 Mbit/s", 100, 5),
)

# When the picture of the network is first on the screen: the first task after the frame in which
# something was written on the stage.
WATCH = """(() => {
    const { fillText } = CanvasRenderingContext2D.prototype;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { window.networkPainted ??= performance.now(); };
    CanvasRenderingContext2D.prototype.fillText = function (...given) {
        if (this.canvas.id === 'stage') {
            CanvasRenderingContext2D.prototype.fillText = fillText;
            port2.postMessage(0);
        }
        return fillText.apply(this, given);
    };
})()"""
LOADED = (
    """convlens.ready.then(() => ({ painted: window.networkPainted, ready: performance.now() }))"""
)
SENT = """performance.getEntries().filter((one) => one.transferSize > 0).length"""


def throttle(page: Page, network: Network) -> None:
    """Let Chromium itself hold back what the page asks for."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = network.megabits * 1e6 / 8 or -1
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.latency,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        },
    )


def load(browser: Browser, url: str, network: Network) -> dict[str, float]:
    """Load the page with nothing cached, then again: milliseconds, and requests of the reload."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    lens = Lens(context.new_page(), url)
    lens.page.add_init_script(WATCH)
    throttle(lens.page, network)
    lens.open()
    found: dict[str, Any] = lens.page.evaluate(LOADED)
    lens.page.wait_for_timeout(500)
    lens.page.reload()
    again = lens.page.evaluate(LOADED)["painted"]
    lens.page.wait_for_timeout(500)
    found |= {"again": again, "requests": lens.page.evaluate(SENT)}
    context.close()
    return found


def measure(
    browser: Browser, urls: Mapping[str, str], rounds: int
) -> dict[str, dict[str, list[dict[str, float]]]]:
    """Load from each server in turn, over each network."""
    found = {network.name: {who: [] for who in urls} for network in NETWORKS}
    for network in NETWORKS:
        for _ in range(rounds):
            for who, url in urls.items():
                found[network.name][who].append(load(browser, url, network))
    return found


def rows(browser: Browser, url: str, rounds: int, beside: Path | None = None) -> list[Row]:
    """
    Measure loading, as rows.

    Parameters
    ----------
    beside
        Another checkout, such as an older commit's: it is served and measured in turns with this
        one, and its times are the yardstick.
    """
    if beside is None:
        return _rows(measure(browser, {"here": url}, rounds))
    with running(folder=beside) as other:
        return _rows(measure(browser, {"here": url, "beside": other.url}, rounds))


def _rows(found: Mapping[str, Mapping[str, Sequence[Mapping[str, float]]]]) -> list[Row]:
    made = []
    for network, servers in found.items():
        middle = {
            who: {key: statistics.median(one[key] for one in loads) for key in loads[0]}
            for who, loads in servers.items()
        }
        here, beside = middle["here"], middle.get("beside", {})
        for key, name in (
            ("painted", "network painted"),
            ("ready", "ready"),
            ("again", "network painted by a reload"),
        ):
            made.append(Row(f"{name}, {network}", here[key], "ms", None, beside.get(key)))
    made.append(Row("requests of a reload", here["requests"], "", 5, beside.get("requests")))
    return made
