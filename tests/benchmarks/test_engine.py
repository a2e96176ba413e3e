"""What is told to whom where NumPy is kept from AVX-512."""

import json
from types import SimpleNamespace

import pytest

from benchmarks import engine

ASKED = "batch of 64, bytes to logits"


@pytest.fixture(params=[None, "SkylakeX", "SAPPHIRERAPIDS", "Haswell", "zen"])
def chosen(request, monkeypatch):
    for name in ("OPENBLAS_CORETYPE", *engine.LIMITS):
        monkeypatch.delenv(name, raising=False)
    if request.param:
        monkeypatch.setenv("OPENBLAS_CORETYPE", request.param)
    return request.param


def limited(chosen):
    return chosen in ("Haswell", "zen")


def test_the_child_that_measures_pytorch_is_limited_as_numpy_is(chosen, monkeypatch):
    told = {}

    def run(command, *, env, **_):
        told.update(env)
        said = json.dumps({"kernels": "K", "torch": "T", "rows": []})
        return SimpleNamespace(stdout=said)

    monkeypatch.setattr(engine.subprocess, "run", run)
    _, notes = engine.in_a_process(1, 5)
    assert told.get("OPENBLAS_CORETYPE") == chosen
    limits = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}
    assert {n: told[n] for n in limits if n in told} == (limits if limited(chosen) else {})
    assert ("ONNX Runtime" in notes.get("unlimited", "")) == limited(chosen)
    assert (notes["BLAS for"], notes["PyTorch for"]) == ("K", "T")


def test_what_onnx_runtime_does_is_marked_then_as_unlimited(chosen):
    found = {"": [10.0, 12.0], "PyTorch": [5.0, 3.0], "ONNX Runtime": [10.0, 6.0]}
    torch, onnx = engine._rows(ASKED, 1, found)
    assert torch.name == f"{ASKED} : PyTorch"
    assert onnx.name == f"{ASKED} : ONNX Runtime" + ", unlimited" * limited(chosen)
    assert (torch.ratio, torch.times) == (3, 3.5)
    assert (onnx.ratio, onnx.times) == (1.5, 1.15)
