"""The command `convlens`: serve the page, and the commands of app/commands/."""

import os
from typing import Annotated

import typer

from app import __version__, server
from app.commands import bench, sentences, training
from app.commands.kinds import Command, Group
from app.console import printing, say
from app.models import load_models
from app.settings import Settings
from model.architectures import NETWORKS

cli = typer.Typer(
    name="convlens",
    cls=Group,
    help="See every number inside a convolutional network, while you draw. Bare: serve the page.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        say(f"convlens {__version__}")
        raise typer.Exit


Host = Annotated[
    str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in too.")
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]
Open = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
Model = Annotated[
    list[str],
    typer.Option(
        "--model",
        metavar="NAME_OR_FILE",
        help="A network that comes with Convlens, or a .safetensors file. May be repeated: the "
        "first is shown, ?model= in the link chooses another.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        help="Processes that answer. One serves a class of thirty that draws all at once, two one "
        f"of sixty. Here {server.usual_workers()}, if you do not say.",
    ),
]
RootPath = Annotated[
    str, typer.Option(help="The path under which a proxy publishes the page, such as /convlens.")
]
AllowedHost = Annotated[
    list[str],
    typer.Option(
        metavar="NAME",
        help="A name under which a proxy publishes the page, such as convlens.example. May be "
        "repeated; CONVLENS_ALLOWED_HOSTS names more, separated by commas.",
    ),
]
Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_say_version, is_eager=True, help="Say which version it is."
    ),
]


@cli.command(cls=Command)
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    open: Open = False,
    model: Model = list(NETWORKS),  # noqa: B006 - typer reads it, nobody changes it
    workers: Workers = None,
    root_path: RootPath = "",
    allowed_host: AllowedHost = [],  # noqa: B006
) -> None:
    """Serve the page until ctrl-C."""
    try:
        more_hosts = Settings.from_environment(os.environ).allowed_hosts
        settings = Settings(tuple(model), root_path, (*allowed_host, *more_hosts))
        load_models(settings.models)  # asked here, where the person who named them is listening
        listener = server.bind(host, port)
    except (ValueError, OSError) as error:
        sentences.fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(sentences.STOPPED) from None
    url = server.url_of(listener, settings.root_path)
    elsewhere = server.url_in_network(listener, settings.root_path)

    def ready() -> None:
        say(f"Convlens is at {url} (ctrl-C stops it)")
        if elsewhere:
            say(f"Everybody in your network can reach it, at {elsewhere}")
        if open:
            server.open_browser(url)

    count = workers or server.usual_workers()
    if not server.run(settings, listener, workers=count, ready=ready):
        raise typer.Exit(1)


@cli.callback(invoke_without_command=True)
def bare(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    open: Open = False,
    model: Model = list(NETWORKS),  # noqa: B006 - typer reads it, nobody changes it
    workers: Workers = None,
    root_path: RootPath = "",
    allowed_host: AllowedHost = [],  # noqa: B006
    version: Version = False,
) -> None:
    """See every number inside a convolutional network, while you draw. Bare: serve the page."""
    if context.invoked_subcommand is None:
        serve(host, port, open, model, workers, root_path, allowed_host)


training.register(cli)  # after serve, as --help lists them
bench.register(cli)


def main() -> None:
    """Run the command line."""
    with printing():
        cli()
