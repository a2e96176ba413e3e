"""An index that is one day ahead: a newer release of all that is locked, and none of them works.

Whatever looks a package up by its name alone gets one of these and fails; whatever installs what
the locks say never meets them.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

NEWER = "99999.0"
BESIDE = ("pip", "setuptools", "wheel")  # what an installer brings of itself


def locked(lock: Path) -> Iterator[Requirement]:
    """The requirements of a lock that hold on this machine, without their hashes."""
    for line in lock.read_text().splitlines():
        if found := re.match(r"[^\s#].*==[^\\]+", line):
            wanted = Requirement(found.group())
            if wanted.marker is None or wanted.marker.evaluate():
                yield wanted


def write_releases(folder: Path, names: set[str]) -> None:
    """Write a wheel without any module for each name, with every extra that somebody could ask."""
    folder.mkdir()
    for name in names | set(BESIDE):
        written = re.sub(r"[-_.]+", "_", name)
        about = f"{written}-{NEWER}.dist-info"
        with zipfile.ZipFile(folder / f"{written}-{NEWER}-py3-none-any.whl", "w") as wheel:
            facts = f"Metadata-Version: 2.1\nName: {name}\nVersion: {NEWER}\nProvides-Extra: toml\n"
            wheel.writestr(f"{about}/METADATA", facts)
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")
