"""The command `convlens`: serve the page, and the commands of app/commands/."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from app import __version__, server
from app.commands import bench, runs, sentences, training
from app.commands.kinds import Command, Group
from app.console import printing, say
from app.lessons.mistakes import Mistake
from app.lessons.shelf import load_lessons
from app.models import load_models
from app.settings import LIVE_CHANNELS, Settings
from app.token import make_token
from model.architectures import NETWORKS

cli = typer.Typer(
    name="convlens",
    cls=Group,
    help="See every number inside a convolutional network, while you draw. Bare: serve the page.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_mistakes(mistakes: Sequence[Mistake]) -> None:
    """Say what is wrong with lessons, and that they are left out."""
    for mistake in mistakes:
        say(str(mistake), err=True, red=True)
    for file in dict.fromkeys(one.file for one in mistakes):
        say(f"{file} is left out until that is mended and the server is started again.", err=True)


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
AllowedOrigin = Annotated[
    list[str],
    typer.Option(
        metavar="ORIGIN",
        help="A page that may open live channels though it is not this server's, such as "
        "https://convlens.example: needed behind a proxy that keeps its name to itself. May be "
        "repeated; CONVLENS_ALLOWED_ORIGINS names more.",
    ),
]
TrustedProxy = Annotated[
    list[str],
    typer.Option(
        metavar="ADDRESS",
        help="A proxy, or a network of them, that is believed when it says in X-Forwarded-For and "
        "X-Forwarded-Host who asks, and by which name. May be repeated; CONVLENS_TRUSTED_PROXIES "
        "names more.",
    ),
]
LiveChannels = Annotated[
    int | None,
    typer.Option(
        min=0,
        help="Live channels that one address may have open at each worker process; pages beyond "
        f"them ask over plain HTTP, as all do with 0. {LIVE_CHANNELS}, if neither this nor "
        "CONVLENS_LIVE_CHANNELS says.",
    ),
]
FrameAncestors = Annotated[
    list[str],
    typer.Option(
        metavar="ORIGIN",
        help="Whose pages may show Convlens in a frame, such as https://school.example, or * for "
        "everybody; if you do not say, only pages at Convlens' own address. May be repeated; "
        "CONVLENS_FRAME_ANCESTORS names more, separated by commas.",
    ),
]
LessonsFolder = Annotated[
    str,
    typer.Option(
        "--lessons",
        metavar="FOLDER",
        help="A folder with lessons of your own, as text files; what is wrong with one is said, "
        "with file and line, and it is left out.",
    ),
]
RunsFolder = Annotated[
    str,
    typer.Option(
        "--runs",
        metavar="FOLDER",
        help="Where trainings are kept; CONVLENS_RUNS names it, too.",
        show_default="that of this user",
    ),
]
DataFolder = Annotated[
    str,
    typer.Option(
        "--data",
        metavar="FOLDER",
        help="A folder with sets of images to train with, each a folder of four files, or with the "
        "four files of one (as train and evaluate take it), beside the one that MNIST is fetched "
        "to; CONVLENS_DATA names it, too.",
    ),
]
HandwritingFolder = Annotated[
    str,
    typer.Option(
        "--handwriting",
        metavar="FOLDER",
        help="Where drawings of your own are kept; CONVLENS_HANDWRITING names it, too.",
        show_default="beside that of trainings",
    ),
]
Trainings = Annotated[
    int | None,
    typer.Option(min=1, max=64, help="Trainings at once.", show_default="1"),
]
OpenTraining = Annotated[
    bool,
    typer.Option(
        "--open-training",
        help="Let everybody who reaches the page start and stop trainings, without the token.",
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
    allowed_origin: AllowedOrigin = [],  # noqa: B006
    trusted_proxy: TrustedProxy = [],  # noqa: B006
    live_channels: LiveChannels = None,
    frame_ancestors: FrameAncestors = [],  # noqa: B006
    lessons: LessonsFolder = "",
    runs: RunsFolder = "",
    data: DataFolder = "",
    handwriting: HandwritingFolder = "",
    trainings: Trainings = None,
    open_training: OpenTraining = False,
) -> None:
    """Serve the page until ctrl-C."""
    try:
        more = Settings.from_environment(os.environ)
        settings = Settings(
            tuple(model),
            root_path,
            allowed_hosts=(*allowed_host, *more.allowed_hosts),
            allowed_origins=(*allowed_origin, *more.allowed_origins),
            trusted_proxies=(*trusted_proxy, *more.trusted_proxies),
            live_channels=more.live_channels if live_channels is None else live_channels,
            frame_ancestors=(*frame_ancestors, *more.frame_ancestors),
            lessons=lessons or more.lessons,
            training=replace(
                more.training,
                runs=runs or more.training.runs,
                data=data or more.training.data,
                handwriting=handwriting or more.training.handwriting,
                trainings=trainings or more.training.trainings,
                open=open_training or more.training.open,
                token=more.training.token or make_token(),
            ),
        )
        # asked here, where the person who named them is listening
        shown = {one.id: one.spec for one in load_models(settings.models) if one.shown}
        _say_mistakes(load_lessons(settings.lessons, shown).mistakes)
        listener = server.bind(host, port)
    except (ValueError, OSError) as error:
        sentences.fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(sentences.STOPPED) from None
    url = server.url_of(listener, settings.root_path)
    elsewhere = server.url_in_network(listener, settings.root_path)
    settings = replace(settings, elsewhere=elsewhere or "")

    def ready() -> None:
        say(f"Convlens is at {url} (ctrl-C stops it)")
        if elsewhere:
            say(f"Everybody in your network can reach it, at {elsewhere}")
        if sys.stdout.isatty() and not more.training.token:  # what is no terminal may be a log
            say(f"Trainings are started and data fetched with the token {settings.training.token}")
        if open:
            server.open_browser(f"{url}#token={settings.training.token}")  # early.js takes it out

    count = workers or server.usual_workers()
    if not server.run(settings, listener, workers=count, ready=ready):
        raise typer.Exit(1)


def _check_none_before(context: typer.Context) -> None:
    """Refuse options before the word of a command, which would never hear of them."""
    for name in context.params:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = name.replace("_", "-")
            context.fail(f"Write --{option} behind {context.invoked_subcommand}, not before it.")


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
    allowed_origin: AllowedOrigin = [],  # noqa: B006
    trusted_proxy: TrustedProxy = [],  # noqa: B006
    live_channels: LiveChannels = None,
    frame_ancestors: FrameAncestors = [],  # noqa: B006
    lessons: LessonsFolder = "",
    runs: RunsFolder = "",
    data: DataFolder = "",
    handwriting: HandwritingFolder = "",
    trainings: Trainings = None,
    open_training: OpenTraining = False,
    version: Version = False,
) -> None:
    """See every number inside a convolutional network, while you draw. Bare: serve the page."""
    if context.invoked_subcommand is not None:
        _check_none_before(context)
    else:
        hosts, origins = allowed_host, allowed_origin
        serve(
            host,
            port,
            open,
            model,
            workers,
            root_path,
            hosts,
            origins,
            trusted_proxy,
            live_channels,
            frame_ancestors,
            lessons,
            runs,
            data,
            handwriting,
            trainings,
            open_training,
        )


training.register(cli)  # after serve, as --help lists them
runs.register(cli)
bench.register(cli)


def main() -> None:
    """Run the command line."""
    with printing():
        cli()
