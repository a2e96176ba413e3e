"""MNIST on its way here."""

from pathlib import Path

import pytest

from app.refusals import RefusalError
from app.runs import data
from app.training_settings import Training


def test_where_it_cannot_be_kept_that_is_said_and_nobody_is_held_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(data, "cache_folder", lambda: tmp_path / "sets" / "mnist")
    with monkeypatch.context() as patch:
        patch.setattr(data, "write_whole", full)
        with pytest.raises(RefusalError, match="cannot be written: No space left") as refusal:
            data.Data(Training()).fetch("mnist")
    assert refusal.value.kind == "sets-unwritable"
    monkeypatch.setattr(data, "download", lambda *_: None)
    assert data.Data(Training()).fetch("mnist").state in ("running", "done")
