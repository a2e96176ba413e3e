"""Find the Chromium that the browser tests drive, or get one.

An installed Chromium or Chrome comes first, then Playwright's own, then Debian's package when this
runs as root. `python -m tests.browser.chromium` says which one it is.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from tests.debian import can_install, install, tried

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# What a headless browser needs: no calls home, and no sandbox where root has none.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)
# Chromium loads two pages of its own for each window's address bar, though nobody sees it without a
# head: a third of what opening a page costs. Of several such lists the last one holds, so what
# Playwright turns off is named again.
UNSEEN = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin"),
    "ThirdPartyStoragePartitioning",
)
# And what tests need: pictures that do not depend on which part of them was painted before, and no
# other host: who asks one fails. What is measured is painted as a visitor's browser paints it.
STEADY = (
    *ARGUMENTS,
    "--disable-partial-raster",
    f"--disable-features={','.join(UNSEEN)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
HELP = (
    "The browser tests need Chromium and found none. Install Chromium or Chrome (on Debian or "
    "Ubuntu: apt install chromium), or name one in CONVLENS_CHROMIUM, or leave these tests out "
    "with BROWSER=0."
)


def installed() -> str | None:
    """Return the path of a browser that is already here, or None."""
    named = os.environ.get("CONVLENS_CHROMIUM")
    found = [named] if named else [shutil.which(name) for name in NAMES]
    found += [path for path in MAC if Path(path).exists()]
    return next((path for path in found if path and Path(path).exists()), None)


def playwrights_own() -> str | None:
    """Return the path of the browser that Playwright keeps for itself, if it was downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str | None:
    """Return a browser's path, getting one where there is none; None when all ways failed."""
    if path := installed() or playwrights_own():
        return path
    print("No Chromium here: asking Playwright for its own ...", file=sys.stderr)  # noqa: T201
    if tried([sys.executable, "-m", "playwright", "install", "chromium"], 600):
        return playwrights_own()
    if can_install():
        print("Installing Debian's package chromium ...", file=sys.stderr)  # noqa: T201
        install("chromium", "fonts-liberation")
    return installed()


def main() -> None:
    """Print the path, or the sentence that says how to get a browser, and exit with 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--remember", type=Path, help="file that keeps the path for the next run")
    remember: Path | None = parser.parse_args().remember
    if remember and remember.exists() and Path(remember.read_text().strip()).exists():
        return
    path = find()
    if path is None:
        sys.exit(HELP)
    if remember:
        remember.write_text(path + "\n")
    print(path)  # noqa: T201


if __name__ == "__main__":
    main()
