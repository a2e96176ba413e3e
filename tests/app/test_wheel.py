"""The wheel carries the page and the weights: it serves the same from an empty folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.server import ROOT, running


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """A wheel built from this checkout, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run([*build, str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_a_wheel_serves_the_same_page_from_an_empty_folder(unpacked, tmp_path):
    environment = {"PYTHONPATH": str(unpacked), "PATH": os.environ["PATH"]}
    with (
        running() as here,
        running(folder=tmp_path, environment=environment) as there,
        httpx.Client(trust_env=False) as client,
    ):
        for path in (
            *("", "static/js/main.js", "static/samples.json", "api/models", "api/docs"),
            *("api/runs/shipped", "api/runs/shipped/weights?step=102"),
        ):
            assert client.get(there.url + path).content == client.get(here.url + path).content, path
        where = subprocess.run(
            [sys.executable, "-c", "import app; print(app.__file__)"],
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert Path(where.strip()).is_relative_to(unpacked), "it is the wheel that was served"
