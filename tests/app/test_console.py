"""What the commands print elsewhere: in another encoding, on a full disk, after ctrl-C."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_up_mnist import write_mnist
from tests.server import ROOT

CONVLENS = (sys.executable, "-m", "app")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mnist(tmp_path_factory.mktemp("mnist"), train=20, test=30)


def printed(
    *words: object, encoding: str, code: int = 0, program: tuple[str, ...] = ("-m", "app")
) -> tuple[str, str]:
    """What a command writes to a file or a pipe of this encoding, decoded strictly."""
    done = subprocess.run(
        [sys.executable, *program, *map(str, words)],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "90"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout.decode(encoding), done.stderr.decode(encoding)


def shape(text: str) -> list[list[str]]:
    """The words and numbers of each line, without what lines and other characters are drawn by."""
    kept = "".join(
        one if one.isascii() and (one.isalnum() or one in "\n%") else " " for one in text
    )
    return [line.split() for line in kept.split("\n")]


@pytest.fixture(scope="module")
def as_it_is(data: Path) -> str:
    """What an evaluation prints where everything can be printed."""
    return printed("evaluate", "--data", data, encoding="utf-8")[0]


@pytest.mark.parametrize("encoding", ["cp932", "cp949", "cp850", "ascii"])
def test_an_evaluation_is_whole_in_any_encoding(data, as_it_is, encoding) -> None:
    text, errors = printed("evaluate", "--data", data, encoding=encoding)
    assert errors == ""
    assert "?" not in text.replace("how many are right?", "")
    assert "Expected calibration error" in text
    assert shape(text) == shape(as_it_is)


def test_a_refusal_is_whole_in_ascii(tmp_path) -> None:
    folder = write_mnist(tmp_path, train=3, test=3)
    (folder / "t10k-images-idx3-ubyte").write_bytes(bytes([0, 0, 8, 3, *[0, 0, 0, 9] * 3]))
    _, said = printed("evaluate", "--data", folder, encoding="ascii", code=1)
    assert "is truncated: its header announces 9 x 9 x 9 = 729 bytes" in said


def test_help_is_whole_in_ascii_and_no_flag_asks_for_a_value() -> None:
    """Of all commands in one process: to load the program takes longer than to print."""
    commands = ("", "serve", "train", "bench")
    program = f"""
import sys
from app.__main__ import main
for command in {commands}:
    sys.argv = ["convlens", *command.split(), "--help"]
    try:
        main()
    except SystemExit as end:
        assert not end.code, command
"""
    text, _ = printed(encoding="ascii", program=("-c", program))
    helps = re.split(r"(?m)^ Usage: ", text)[1:]
    assert [one.split()[:2][-1] for one in helps] == ["[OPTIONS]", *commands[1:]]
    for one in helps:
        assert "--help" in one
        assert "<bool>" not in one
        assert "?" not in one.replace("?model=", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_under_the_output_is_a_sentence(data) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*CONVLENS, "evaluate", "--data", str(data)],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "What was to be printed could not be written: No space left on device.\n"


def test_a_reader_who_has_had_enough_is_no_failure(data) -> None:
    command = f"{sys.executable} -m app evaluate --data {data} | true"
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not for Windows")
@pytest.mark.parametrize("module", ["typer", "numpy", "pydantic", "safetensors"])
def test_ctrl_c_while_the_command_is_being_loaded_is_a_quiet_end(module) -> None:
    """The moment is told by Python's own log of what it has imported, not by a clock."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # not deaf, as a shell's are
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "app", "serve", "--port", "0"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    assert process.stderr is not None
    with process:
        for line in process.stderr:
            if line.rsplit("|", 1)[-1].strip() == module:
                break
        else:
            pytest.fail(f"{module} was never imported")
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    said = [line for line in stderr.splitlines() if not line.startswith("import time:")]
    assert said == []
    # On a busy machine the signal may come so late that it stops the server.
    assert process.returncode in (-signal.SIGINT, 130) or stdout.startswith("Convlens is at")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not for Windows")
def test_ctrl_c_while_worker_processes_are_being_loaded_is_a_quiet_end_too() -> None:
    """A terminal sends it to all of them at once; the second import of uvicorn is a worker's."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "app", "serve", "--port", "0", "--workers", "2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    assert process.stderr is not None
    with process:
        seen = 0
        while seen < 2:
            line = process.stderr.readline()
            assert line, "no worker was started"
            seen += line.rsplit("|", 1)[-1].strip() == "uvicorn.config"
        os.killpg(process.pid, signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert [line for line in stderr.splitlines() if not line.startswith("import time:")] == []
