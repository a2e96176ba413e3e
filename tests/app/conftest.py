"""A network that nobody trained, served in this process and by a real server."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from app.settings import Settings
from model import Network, load_network
from model.checkpoint import save
from model.lenet import LENET
from tests.app.drawings import JSON, SEVEN, body
from tests.app.local import Local
from tests.server import Server, running


@pytest.fixture(scope="session")
def network_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LeNet with random weights: tests of the server need no trained ones."""
    path = tmp_path_factory.mktemp("networks") / "untrained.safetensors"
    network = Network.initialise(LENET, np.random.default_rng(5))
    save(path, network, {"accuracy": "0.0975", "seed": "5"})
    return path


@pytest.fixture(scope="session")
def network(network_file: Path) -> Network:
    return load_network(network_file)


@pytest.fixture(scope="session")
def local(network_file: Path) -> Iterator[Local]:
    with Local(Settings(models=(str(network_file),))) as app:
        yield app


@pytest.fixture(scope="session")
def server(network_file: Path) -> Iterator[Server]:
    with running("--model", str(network_file)) as one:
        yield one


@pytest.fixture(scope="session")
def right(server: Server) -> bytes:
    """What HTTP answers to the trace of a seven."""
    answer = httpx.post(
        f"{server.url}api/models/untrained/trace",
        content=body({"strokes": SEVEN["strokes"]}),
        headers=JSON,
        trust_env=False,
    )
    return answer.content


@pytest.fixture
def quiet(server: Server) -> Iterator[Server]:
    """The server; whatever happens to it, nobody reads of it in the log."""
    said = len(server.lines)
    yield server
    assert server.lines[said:] == []
