"""What the READMEs show is what happens: Python runs as it stands, commands have those options.

A Python block runs alone, in an empty folder, as a reader would paste it. Shell lines are taken
word by word: `convlens` and `python -m` are held to their own options, `curl` is asked of a real
server, and only what begins with a word of `LEFT_OUT` is not looked at.
"""

import os
import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import NamedTuple

import httpx
import numpy as np
import pytest
import typer
from PIL import Image

from app.cli import cli
from model.lenet import LENET
from model.network import Network
from tests.made_up_mnist import write_mnist
from tests.server import ROOT, running

LEFT_OUT = ("make", "py", r".venv\Scripts\pip", r".venv\Scripts\convlens")
RECIPES = {  # they change a checkout; tests/browser/test_manual.py follows them
    f"A {what} of your own"
    for what in ("layer kind", "quantity", "feature", "page", "section", "lesson")
}
READMES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {"node_modules", ".venv"} & set(path.relative_to(ROOT).parts)
)
ADDRESS = re.compile(r"(?:localhost|127\.0\.0\.1):8000")


class Block(NamedTuple):
    """A fenced block, and the heading that it stands under."""

    readme: str
    heading: str
    language: str
    file: str
    """That it is to be written to, or changes; or nothing."""
    text: str


def blocks(readme: Path):
    text, heading = readme.read_text("utf-8"), ""
    pattern = r"^#+ (.*?)$|^( *)```(\w+) ?([^\n]*)\n(.*?)^\2```$"
    for found in re.finditer(pattern, text, re.DOTALL | re.MULTILINE):
        heading = found[1] or heading
        if found[3]:
            inner = re.sub(rf"^{found[2]}", "", found[5], flags=re.MULTILINE)
            yield Block(str(readme.relative_to(ROOT)), heading, found[3], found[4], inner)


ALL = [block for readme in READMES for block in blocks(readme)]
PYTHON = [block for block in ALL if block.language == "python" and block.heading not in RECIPES]
SHELL = [block for block in ALL if block.language == "sh"]


def commands(block: Block):
    """The lines of a shell block as words, without comments; a line may go on after a backslash."""
    for line in block.text.replace("\\\n", " ").splitlines():
        if words := shlex.split(line.replace("\\", "\\\\"), comments=True):
            yield words


def name(block: Block) -> str:
    return f"{block.readme}: {block.heading}"


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """A reader's environment: a cache with a small MNIST, of which 5,000 are held out."""
    cache = tmp_path_factory.mktemp("cache")
    write_mnist(cache / "convlens" / "mnist", train=5060, test=60)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CONVLENS", "PYTHONPATH"))}
    homes = {"XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(cache / "data")}
    return kept | homes | {"NO_PROXY": "*", "no_proxy": "*"}


@pytest.fixture(scope="module")
def served(reader):
    """The server that a block speaks of as localhost:8000; it has a small MNIST."""
    with running(environment={"XDG_CACHE_HOME": reader["XDG_CACHE_HOME"]}) as server:
        yield server


@pytest.fixture
def folder(tmp_path):
    """An empty folder, but for the files that readers are said to have already."""
    network = Network.initialise(LENET, np.random.default_rng(0))
    np.savez(tmp_path / "theirs.npz", **network.parameters)
    Image.new("L", (40, 60), 255).save(tmp_path / "digit.jpg")
    return tmp_path


@pytest.mark.parametrize("block", PYTHON, ids=name)
def test_a_python_block_runs_as_it_stands(block, folder, reader, request):
    text = block.text
    if ADDRESS.search(text):
        text = ADDRESS.sub(f"127.0.0.1:{request.getfixturevalue('served').port}", text)
    (folder / "block.py").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "block.py"],
        cwd=folder, env=reader, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    claimed = re.findall(r"^print\(.*\)  # (\(.*?\)|int32)", text, re.MULTILINE)
    said = [line for line in done.stdout.splitlines() if line.startswith(("(", "int"))]
    assert said == claimed


def test_only_recipes_that_a_test_follows_change_a_checkout():
    changing = [block for block in ALL if block.file]
    assert {block.heading for block in changing} == RECIPES
    known = {"python", "sh", "js", "html", "css", "diff", "text", "nginx"}
    assert {block.language for block in ALL} == known


def test_what_is_left_out_is_a_short_list_and_all_of_it_is_there():
    firsts = {words[0] for block in SHELL for words in commands(block)}
    assert set(LEFT_OUT) <= firsts
    assert len(LEFT_OUT) <= 10


def check_convlens(words):
    """Hold the words to the command line's own options, without running anything."""
    group = typer.main.get_command(cli)
    context = group.make_context("convlens", list(words), resilient_parsing=False)
    if rest := [*context._protected_args, *context.args]:
        command = group.commands[rest[0]]
        command.make_context(rest[0], rest[1:], parent=context)


def check_module(words):
    """Hold `python -m module --option …` to the options that its help names."""
    module, *rest = words
    if module == "app":
        return check_convlens(rest)
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for option in (word for word in rest if word.startswith("-")):
        assert re.search(rf"{option}\b", done.stdout), f"{module} has no {option}"
    return None


def ask(words, folder, address):
    """Do what curl would do with these words; an option that is not known here is refused."""
    parser = ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("-d", dest="text")
    parser.add_argument("--data-binary", dest="file")
    parser.add_argument("-o", dest="out")
    asked = parser.parse_args(words)
    content = (folder / asked.file.removeprefix("@")).read_bytes() if asked.file else asked.text
    url = ADDRESS.sub(address, asked.url)
    headers = dict(header.split(": ") for header in asked.headers)
    with httpx.Client(trust_env=False) as client:
        answer = client.request(
            "GET" if content is None else "POST",
            url if "//" in url else f"http://{url}",
            headers=headers,
            content=content,
        )
    assert answer.is_success, answer.text
    assert answer.content


@pytest.mark.parametrize("block", SHELL, ids=name)
def test_a_shell_block_has_commands_and_options_that_there_are(block, folder, request):
    for first, *words in commands(block):
        program = Path(first).name if "\\" not in first else first
        if first in LEFT_OUT:
            continue
        if program == "convlens":
            check_convlens(words)
        elif program == "python" and words[0] == "-m":
            check_module(words[1:])
        elif program == "python":
            text = (ROOT / block.readme).read_text("utf-8")
            assert f"Save this as `{words[0]}`" in text, f"nothing says what {words[0]} is"
        elif program == "curl":
            ask(words, folder, f"127.0.0.1:{request.getfixturevalue('served').port}")
        else:
            pytest.fail(f"nobody holds {first} to anything")


def test_a_network_of_your_own_is_made_trained_and_shown_as_written(folder, reader):
    """The script and the three commands, in order; only the images are few, and the epochs one."""
    script, shell = (
        next(b for b in ALL if b.heading == "A network of your own" and b.language == language)
        for language in ("python", "sh")
    )
    (folder / "skip.py").write_text(script.text, "utf-8")
    first, second, third = commands(shell)
    run = {"cwd": folder, "env": reader, "check": True, "capture_output": True, "text": True}
    subprocess.run([sys.executable, *first[1:]], **run)
    subprocess.run([sys.executable, "-m", "app", *second[1:], "--epochs", "1"], **run)
    assert (second[0], third[0]) == ("convlens", "convlens")
    with running(*third[1:], command=(), folder=folder) as server:
        spec = httpx.get(f"{server.url}api/models/skip", trust_env=False).json()
    assert [layer["name"] for layer in spec["layers"]][3] == "sum"


@pytest.mark.parametrize("theirs", ["model.py", "model/__init__.py", "model/readme.txt"])
def test_somebody_elses_model_is_named_by_the_command(tmp_path, theirs):
    path = tmp_path / theirs
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "app", "--version"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if theirs.endswith("readme.txt"):  # a folder without Python in it stands in nobody's way
        assert (done.returncode, done.stderr) == (0, "")
        return
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"Python finds {path} where Convlens's own package model belongs" in done.stderr
