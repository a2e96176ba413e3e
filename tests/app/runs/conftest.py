"""A tiny network, a tiny set of images, and runs of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.runs.folder import Config, Run, Runs, now
from model.spec import InputSpec, NetworkSpec, dense, softmax
from model.train.recipe import PLAIN
from tests.made_up_mnist import write_mnist

TINY = NetworkSpec(
    id="tiny",
    title="Tiny",
    input=InputSpec(shape=(1, 28, 28), border=0),
    classes=tuple("0123456789"),
    layers=(dense("fc1", 10), softmax("softmax")),
)
RECIPE = replace(PLAIN, epochs=4, batch_size=10, held_out=40, peak=0.01)  # 20 steps an epoch


@pytest.fixture(scope="session")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one set in it, called blocks."""
    folder = tmp_path_factory.mktemp("sets")
    write_mnist(folder / "blocks", train=240, test=60)
    return folder


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path / "runs")


@pytest.fixture
def create(runs: Runs, sets: Path) -> Callable[..., Run]:
    """Make the folder of a run; what is said replaces its choices."""

    def make(recipe: dict[str, Any] | None = None, **more: Any) -> Run:
        config = Config(
            title="A run",
            network="tiny",
            spec=TINY,
            recipe=replace(RECIPE, **(recipe or {})),
            data="blocks",
            folder=str(sets),
            by="server",
            command="",
            created=now(),
        )
        return runs.create(replace(config, **more))

    return make
