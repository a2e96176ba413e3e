"""The two commands on a fresh machine, whatever pip it brings and whatever was released since.

Each story begins with the files of this checkout in an empty folder and an environment that holds
nothing but one pip. The packages come from where this machine's pip has them from, and beside them
lie newer releases that do not work (`tomorrow.py`).
"""

import ensurepip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from packaging.utils import canonicalize_name

from tests.server import ROOT
from tests.setup.tomorrow import BESIDE, locked, write_releases

pytestmark = pytest.mark.setup

# Python 3.11.0 brings pip 22.3. What a later Python brings, no older pip can stand in for.
OLD = ("22.3", "23.0", "23.2") if sys.version_info < (3, 12) else (ensurepip.version(),)
LOCKS = ("requirements.txt", "requirements-dev.txt")
STEPS = {
    "run": ["Fetching and installing what the page needs"],
    "test-python": ["Fetching and installing what the tests and tools need"],
}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """This machine's environment with tomorrow's releases, and a place for wheels that is gone."""
    folder = tmp_path_factory.mktemp("tomorrow") / "wheels"
    locks = (*LOCKS, "requirements-node.txt")
    write_releases(folder, {one.name for lock in locks for one in locked(ROOT / lock)})
    places = f"{_links_of_this_machine()} {folder.as_uri()} {folder.as_uri()}-gone".strip()
    # A setting that many have in their own pip.conf, and one that only spares time here.
    return _plain() | {"PIP_FIND_LINKS": places, "PIP_USER": "1", "PIP_NO_COMPILE": "1"}


@pytest.fixture(scope="module")
def stories(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    machine: dict[str, str],
) -> Iterator[dict[str, Future[None]]]:
    """The story of each pip that is asked for, two at a time: they mostly unpack and wait."""
    wanted = (getattr(item, "callspec", None) for item in request.session.items)
    pips = [one.params["pip"] for one in wanted if one and "pip" in one.params]
    with ThreadPoolExecutor(2) as pool:
        yield {
            pip: pool.submit(both_commands, pip, clone(tmp_path_factory.mktemp("pip")), machine)
            for pip in pips
        }
        pool.shutdown(cancel_futures=True)


def clone(folder: Path) -> Path:
    """Copy what a clone of this checkout would hold, to a path with a space."""
    target = folder / "a fresh clone"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():  # one that was deleted is still listed
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def _plain() -> dict[str, str]:
    """The environment without what this very run of make and pytest has put there."""
    ours = ("MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTEST", "COV_", "PYTHONPATH")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return plain | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _links_of_this_machine() -> str:
    """Where pip is told to look beside the index: a setting of our own would replace it."""
    text = _said([sys.executable, "-m", "pip", "config", "list"])
    found = dict(re.findall(r"^(?:(.*)\.)find-links='(.*)'$", text, re.MULTILINE))
    return found.get(":env:") or found.get("install") or found.get("global") or ""


def _said(command: list[str | Path], **more: object) -> str:
    """Run a command to its good end and give what it printed, to either stream."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def _environment(checkout: Path, pip: str) -> Path:
    """Make an environment that holds this pip alone; name its Python."""
    _said([sys.executable, "-m", "venv", "--without-pip", checkout / ".venv"])
    python = checkout / ".venv" / "bin" / "python"
    quiet = ["-m", "pip", "--python", python, "install", "--quiet"]
    wanted = "pip" if pip == "newest" else f"pip=={pip}"
    _said([sys.executable, *quiet, wanted], env=_plain())
    return python


def _served(checkout: Path, machine: dict[str, str]) -> Iterator[str]:
    """The lines of `make run`, which is ended as ctrl-C does once it has said where it is."""
    process = subprocess.Popen(
        ["make", "run", "PORT=0"],
        cwd=checkout,
        env=machine,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            yield line.rstrip("\n")
            if found := re.search(r"http://\S+", line):
                with httpx.Client(trust_env=False) as client:
                    assert client.get(f"{found.group()}healthz").json()["status"] == "ok"
                os.killpg(process.pid, signal.SIGINT)


def _steps(lines: list[str]) -> list[str]:
    """What was said of setting up, without its sizes and times."""
    return [line.partition(" (")[0] for line in lines if "install" in line.lower()]


def _holds_exactly(python: Path, lock: Path, machine: dict[str, str]) -> None:
    """Nothing but what the lock says was installed, and nothing is missing from it."""
    assert "No broken requirements found." in _said([python, "-m", "pip", "check"], env=machine)
    listed = _said([python, "-m", "pip", "list", "--format", "json"], env=_plain())
    found = {canonicalize_name(one["name"]): one["version"] for one in json.loads(listed)}
    wanted = {canonicalize_name(one.name): str(one.specifier)[2:] for one in locked(lock)}
    assert {n: v for n, v in found.items() if n not in (*BESIDE, "convlens")} == wanted


def both_commands(pip: str, checkout: Path, machine: dict[str, str]) -> None:
    """Run them in an environment that holds this pip, and look at what was installed."""
    python = _environment(checkout, pip)
    lines = list(_served(checkout, machine))
    assert any(line.startswith("Convlens is at http://") for line in lines), "\n".join(lines)
    assert _steps(lines) == STEPS["run"], "one line says what is going on, and pip says nothing"
    assert "WARNING" not in "\n".join(lines)
    _holds_exactly(python, checkout / "requirements.txt", machine)

    some = ["make", "test-python", "PYTEST=tests/model/test_spec.py -q"]
    lines = _said(some, cwd=checkout, env=machine).splitlines()
    assert _steps(lines) == STEPS["test-python"]
    assert "WARNING" not in "\n".join(lines)
    _holds_exactly(python, checkout / "requirements-dev.txt", machine)


@pytest.mark.parametrize("pip", [*OLD, "newest"])
def test_both_commands_set_up_an_empty_environment_from_the_locks_alone(pip, stories):
    stories[pip].result()


def test_make_makes_the_environment_and_a_failure_is_told_in_pips_own_words(tmp_path, machine):
    checkout = clone(tmp_path)
    nowhere = machine | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (checkout / "gone").as_uri()}
    done = subprocess.run(
        ["make", "run"], cwd=checkout, env=nowhere, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Setting up, once: an environment in .venv" in done.stdout
    assert "ERROR: No matching distribution found for annotated-doc" in done.stderr
    assert "WARNING" in done.stderr, "the warnings say why"
    assert "Once it is mended, run make again." in done.stderr


def test_a_machine_without_node_gets_the_one_that_is_locked(tmp_path, machine):
    checkout = clone(tmp_path)
    _environment(checkout, "newest")
    without = machine | {"PATH": _path_without_node(checkout)}
    said = _said(["make", "node_modules/.installed"], cwd=checkout, env=without)
    assert "WARNING" not in said
    assert "No Node.js of at least 20 here" in said
    assert (checkout / "node_modules" / ".bin" / "tsc").exists()
    assert (checkout / ".venv" / "bin" / "node").exists()


def _path_without_node(checkout: Path) -> str:
    """A folder with links to all commands of this machine but those of Node.js."""
    folder = checkout.with_name("commands")
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for command in Path(place).iterdir() if Path(place).is_dir() else ():
            link = folder / command.name
            if command.name not in ("node", "nodejs", "npm", "npx") and not link.is_symlink():
                link.symlink_to(command)
    return str(folder)
