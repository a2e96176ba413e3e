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


def test_workers_learn_who_may_open_channels_too():
    settings = Settings(
        allowed_hosts=("one.example",),
        allowed_origins=("https://One.example:443/", "http://two.example:8080"),
        trusted_proxies=("127.0.0.1", "10.1.2.3/8", "::1"),
        live_channels=3,
    )
    assert settings.allowed_origins == ("https://one.example:443", "http://two.example:8080")
    assert settings.trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8", "::1/128")
    assert Settings.from_environment(settings.to_environment()) == settings


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"allowed_origins": ("one.example",)}, "An allowed origin is"),
        ({"allowed_origins": ("https://one.example/page",)}, "An allowed origin is"),
        ({"allowed_origins": ("https://one.example:port",)}, "An allowed origin is"),
        ({"trusted_proxies": ("one.example",)}, "A trusted proxy is"),
        ({"trusted_proxies": ("10.0.0.0/99",)}, "A trusted proxy is"),
    ],
)
def test_what_is_no_origin_and_no_proxy_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=f"{sentence} .* Name each by itself"):
        Settings(**wrong)


def test_a_number_of_channels_that_is_none_is_refused():
    with pytest.raises(ValueError, match="CONVLENS_LIVE_CHANNELS is a whole number"):
        Settings.from_environment({"CONVLENS_LIVE_CHANNELS": "many"})


def test_an_empty_environment_means_the_defaults():
    assert Settings.from_environment({}) == Settings()


def test_a_server_without_networks_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Settings(models=())
