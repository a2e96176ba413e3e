"""Every size × state × panel × theme of the page: what cannot be read whole, or not be hit.

    python -m benchmarks.screens [--network lenet] [--size 1280x720 --size 820x1180]
    python -m benchmarks.screens --operations

The same check as in `tests/browser/test_screens.py`, on the full product instead of a cover of
pairs: 25 sizes, three states, all panels, two themes; with a pinned cell all forms. Takes minutes;
with `--size` only those windows are visited. `--operations`: the sections of that page, at every
width.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from playwright.sync_api import sync_playwright

from tests.browser import chromium, screens
from tests.server import running


def main() -> None:
    """Print each case that has faults, and how many there were of each panel."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--network", default="lenet", help="lenet, lenet5 or mlp (lenet)")
    named = {f"{size.width}x{size.height}": size for size in screens.SIZES}
    parser.add_argument("--size", action="append", choices=named, help="only this one (all)")
    parser.add_argument("--operations", action="store_true", help="the page of operations")
    options = parser.parse_args()
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HELP)
    wanted = [named[name] for name in options.size or named]
    if options.operations:
        sections(path, wanted)
        return
    cases = [case for case in screens.everything() if case.size in wanted]
    faults: Counter[str] = Counter()
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.STEADY))
        page = screens.Screens(browser, server.url, f"?model={options.network}")
        for case, found in screens.look(page, cases):
            faults[case.panel] += len(found)
            for fault in found:
                print(f"{case}: {fault}", flush=True)
        browser.close()
    table = ", ".join(f"{panel} {faults[panel]}" for panel in screens.PANELS)
    print(f"{len(cases)} cases of {options.network}, {faults.total()} faults ({table})")


def sections(path: str, sizes: Sequence[screens.Size]) -> None:
    """Print each section that has faults in windows of these widths."""
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.STEADY))
        looked = list(screens.look_at_sections(browser, server.url, sizes))
        browser.close()
    for what, found in looked:
        for fault in found:
            print(f"{what}: {fault}")
    print(f"{len(looked)} cases of the operations, {sum(len(found) for _, found in looked)} faults")


if __name__ == "__main__":
    main()
