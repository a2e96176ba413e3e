"""Where a user's files lie, cached ones and others, by the convention of each system."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "convlens"


def cache_folder(
    platform: str = sys.platform,
    environment: Mapping[str, str] | None = None,
    home: Path | None = None,
) -> Path:
    """Name the folder that MNIST is kept in between runs; it need not exist yet.

    The arguments stand for the machine and are there for tests.
    """
    environment = os.environ if environment is None else environment
    home = Path.home() if home is None else home
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / NAME / "mnist"
    if platform == "darwin":
        return home / "Library" / "Caches" / NAME / "mnist"
    # The XDG base directory specification: a relative path is invalid and to be ignored.
    xdg = environment.get("XDG_CACHE_HOME", "")
    base = Path(xdg) if xdg and Path(xdg).is_absolute() else home / ".cache"
    return base / NAME / "mnist"


def data_folder(
    platform: str = sys.platform,
    environment: Mapping[str, str] | None = None,
    home: Path | None = None,
) -> Path:
    """Name the folder of what a user made and wants to keep; it need not exist yet."""
    environment = os.environ if environment is None else environment
    home = Path.home() if home is None else home
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / NAME
    if platform == "darwin":
        return home / "Library" / "Application Support" / NAME
    xdg = environment.get("XDG_DATA_HOME", "")
    return (Path(xdg) if xdg and Path(xdg).is_absolute() else home / ".local" / "share") / NAME
