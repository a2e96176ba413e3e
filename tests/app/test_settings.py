from pathlib import Path

import pytest

from app.settings import Settings


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("/", ""),
        ("/sub", "/sub"),
        ("sub/", "/sub"),
        ("//a//b/", "/a/b"),
        ("/apis", "/apis"),
    ],
)
def test_a_root_path_begins_with_a_slash_and_ends_without(given, kept):
    assert Settings(root_path=given).root_path == kept


@pytest.mark.parametrize("path", ["/api", "/static/x", "healthz"])
def test_a_root_path_that_begins_as_ours_do_is_refused(path):
    with pytest.raises(ValueError, match="Choose another"):
        Settings(root_path=path)


def test_workers_learn_from_the_environment_what_the_command_line_said():
    settings = Settings(models=("lenet", str(Path("a b") / "net.safetensors")), root_path="/sub")
    assert Settings.from_environment(settings.to_environment()) == settings


def test_an_empty_environment_means_the_defaults():
    assert Settings.from_environment({}) == Settings()


def test_a_server_without_networks_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Settings(models=())
