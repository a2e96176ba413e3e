import json
import subprocess
import sys

import numpy as np

from model import Network
from model.checkpoint import save
from model.spec import InputSpec, NetworkSpec, dense


def bench(*options: str) -> str:
    command = [sys.executable, "-m", "app", "bench", "--rounds", "1", *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_it_measures_single_images_batches_and_training() -> None:
    said = json.loads(bench("--json", "--workers", "2"))
    assert set(said["environment"]) == {"numpy", "blas", "cores"}
    assert list(said["images_per_second"]) == [
        "one image, everything kept",
        "one image, every tensor read",
        "batch of 64, bytes to logits",
        "batch of 1,000, bytes to logits",
        "training, 1 worker",
        "training, 2 workers",
    ]
    assert all(rate > 0 for rate in said["images_per_second"].values())


def test_people_get_a_table() -> None:
    said = bench("--workers", "1")
    assert "images a second" in said
    assert "training, 1 worker" in said
    assert "NumPy" in said


def test_a_network_without_classes_is_refused_in_a_sentence(tmp_path) -> None:
    layers = (dense("fc", 3),)
    spec = NetworkSpec("none", "Nameless", InputSpec((1, 28, 28), border=0), (), layers)
    path = tmp_path / "none.safetensors"
    save(path, Network.initialise(spec, np.random.default_rng(0)))
    for command in ("bench", "evaluate"):
        words = [sys.executable, "-m", "app", command, "--model", str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (done.returncode, "Nameless has no classes, so" in done.stderr) == (1, True)


def test_a_network_that_is_not_there_is_a_sentence() -> None:
    command = [sys.executable, "-m", "app", "bench", "--model", "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "nothing" in done.stderr
    assert "Traceback" not in done.stderr
