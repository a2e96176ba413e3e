"""The cache folder follows each system's convention."""

from pathlib import Path

import pytest

from model.data.folders import cache_folder, data_folder

HOME = Path("/home/ada")


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, HOME / ".cache/convlens/mnist"),
        ("linux", {"XDG_CACHE_HOME": "/var/cache/ada"}, Path("/var/cache/ada/convlens/mnist")),
        ("linux", {"XDG_CACHE_HOME": "relative"}, HOME / ".cache/convlens/mnist"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, HOME / "Library/Caches/convlens/mnist"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/convlens/mnist")),
        ("win32", {}, HOME / "AppData/Local/convlens/mnist"),
    ],
)
def test_the_cache_lies_where_the_system_keeps_caches(
    platform: str, environment: dict[str, str], expected: Path
) -> None:
    assert cache_folder(platform, environment, HOME) == expected


def test_this_machine_has_a_cache_folder() -> None:
    assert cache_folder().name == "mnist"


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, HOME / ".local/share/convlens"),
        ("linux", {"XDG_DATA_HOME": "/srv/ada"}, Path("/srv/ada/convlens")),
        ("linux", {"XDG_DATA_HOME": "relative"}, HOME / ".local/share/convlens"),
        ("darwin", {}, HOME / "Library/Application Support/convlens"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/convlens")),
        ("win32", {}, HOME / "AppData/Local/convlens"),
    ],
)
def test_what_a_user_keeps_lies_where_the_system_keeps_data(
    platform: str, environment: dict[str, str], expected: Path
) -> None:
    assert data_folder(platform, environment, HOME) == expected
