"""A server whose folder of handwriting is its own, drawings for it, and MNIST made up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.settings import Settings
from app.training_settings import Training
from tests.app.local import Local
from tests.made_up_mnist import write_mnist

TOKEN = "a-token-that-nobody-guesses"
KNOWN = {"Convlens-Token": TOKEN}
SHAPES = {
    "4": [[[0.6, 0.8], [0.6, 0.2], [0.3, 0.6], [0.8, 0.6]]],
    "7": [[[0.2, 0.2], [0.8, 0.2], [0.4, 0.9]]],
    "★": [[[0.5, 0.1], [0.7, 0.9], [0.1, 0.4], [0.9, 0.4], [0.3, 0.9], [0.5, 0.1]]],
    "plus": [[[0.5, 0.1], [0.5, 0.9]], [[0.1, 0.5], [0.9, 0.5]]],
    "ß": [[[0.3, 0.9], [0.3, 0.2], [0.6, 0.2], [0.4, 0.5], [0.7, 0.7], [0.4, 0.9]]],
}
"""Signs, as strokes."""


class Hand:
    """A local server, its folders, and a pen."""

    def __init__(self, app: Local, place: Path) -> None:
        self.app, self.folder, self.runs = app, place / "handwriting", place / "runs"
        self._rng = np.random.default_rng(3)

    def ask(self, method: str, path: str, **more: Any) -> Any:
        return self.app.request(method, f"/api/handwriting{path}", headers=KNOWN, **more)

    def listed(self) -> dict[str, Any]:
        return self.ask("GET", "").json()

    def collect(self, *names: str) -> dict[str, int]:
        answer = self.ask("POST", "/classes", json={"names": names})
        assert answer.status_code == 200, answer.text
        return {one["name"]: one["number"] for one in answer.json()["classes"]}

    def draw(self, name: str, writer: str = "blue") -> dict[str, Any]:
        """Draw a sign, each time a little different."""
        label = next(c["number"] for c in self.listed()["classes"] if c["name"] == name)
        body = {"label": label, "writer": writer, "strokes": self.strokes(name)}
        answer = self.ask("POST", "/drawings", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def strokes(self, name: str) -> list[dict[str, Any]]:
        return [
            {"points": (np.array(line) + self._rng.normal(0, 0.02, (len(line), 2))).tolist()}
            for line in SHAPES[name]
        ]


@pytest.fixture
def hand(network_file: Path, tmp_path: Path) -> Iterator[Hand]:
    write_mnist(tmp_path / "sets" / "mnist")
    training = Training(
        runs=str(tmp_path / "runs"), data=str(tmp_path / "sets"), token=TOKEN, open=True
    )
    with Local(Settings(models=(str(network_file),), training=training)) as app:
        yield Hand(app, tmp_path)
