import os
import socket
import subprocess
import sys
import time

import pytest

from app import __version__
from app.server import PortError, bind, url_of
from tests.server import ROOT, running


def convlens(*arguments):
    command = [sys.executable, "-m", "app", *arguments]
    wide = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=wide, timeout=60)


def assert_sentence(run, *words):
    """It failed, with one sentence and no traceback."""
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    for word in words:
        assert word in run.stderr


def test_it_says_which_version_it_is():
    assert convlens("--version").stdout == f"convlens {__version__}\n"


@pytest.mark.parametrize("arguments", [(), ("serve",), ("train",), ("evaluate",)])
def test_every_command_explains_itself(arguments):
    run = convlens(*arguments, "--help")
    assert run.returncode == 0
    assert "Usage" in run.stdout


def test_a_model_that_does_not_exist_is_a_sentence():
    assert_sentence(convlens("serve", "--model", "nothing"), "nothing", "lenet")
    assert_sentence(convlens("--model", "nothing.safetensors"), "nothing.safetensors")


@pytest.mark.parametrize("option", ["--host", "--root-path", "--model"])
def test_an_option_before_the_word_of_a_command_is_refused(option):
    run = convlens(option, "lenet", "serve")
    assert run.returncode == 2
    assert f"Write {option} behind serve, not before it." in " ".join(run.stderr.split())


def test_a_file_that_is_no_model_is_a_sentence(tmp_path, network_file):
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(network_file.read_bytes()[:5000])
    assert_sentence(convlens("serve", "--model", str(broken)), "broken.safetensors")
    assert_sentence(convlens("serve", "--model", str(tmp_path)), str(tmp_path))


def test_a_port_that_is_taken_is_a_sentence(network_file):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = convlens("serve", "--model", str(network_file), "--port", str(port))
    assert_sentence(run, f"Port {port} is taken", "--port")


def test_a_root_path_of_ours_is_a_sentence():
    assert_sentence(convlens("serve", "--root-path", "/api"), "/api", "/convlens")


def test_an_address_of_another_machine_is_a_sentence():
    with pytest.raises(PortError, match=r"no address 192\.0\.2\.1"):
        bind("192.0.2.1", 0)


def test_a_host_that_does_not_exist_is_a_sentence():
    for name in ("nothing.invalid", "a..b", "x" * 70):
        with pytest.raises(PortError, match="no host"):
            bind(name, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_the_url_is_one_that_this_machines_browser_can_open(host):
    with bind(host, 0) as listener:
        port = listener.getsockname()[1]
        assert url_of(listener, "/sub") in (
            f"http://127.0.0.1:{port}/sub/",
            f"http://[::1]:{port}/sub/",
        )


def test_it_says_where_it_is_and_ends_quietly_with_ctrl_c(network_file):
    with running("--model", str(network_file)) as one:
        assert one.output == f"Convlens is at {one.url} (ctrl-C stops it)"
        assert one.stop() == 0
        assert one.output.count("\n") == 0


def test_bare_it_serves_too(network_file):
    with running("--model", str(network_file), command=()) as one:
        assert one.stop() == 0


def test_the_browser_is_opened_once_the_page_answers(network_file, tmp_path):
    seen = tmp_path / "seen"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {seen}.new && mv {seen}.new {seen}\n')
    script.chmod(0o755)
    with running(
        "--model", str(network_file), "--open", environment={"BROWSER": str(script)}
    ) as one:
        for _ in range(200):
            if seen.exists():
                break
            time.sleep(0.05)
        url, _, token = seen.read_text().strip().partition("#token=")
        assert url == one.url
        assert len(token) >= 32, "whoever started it may change something"
