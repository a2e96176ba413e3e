"""`convlens runs`: lists, shows and compares trainings."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.commands import sentences
from app.commands.kinds import Command
from app.commands.progress import duration
from app.console import say
from app.runs import schemas
from app.runs.compare import differences
from app.runs.folder import Run, Runs
from app.runs.metrics import Line, read
from app.runs.shelf import described, listed
from model.data.folders import data_folder

Folder = Annotated[
    Path | None,
    typer.Option(
        "--runs",
        envvar="CONVLENS_RUNS",
        metavar="FOLDER",
        help="The folder of runs.",
        show_default="that of this user",
    ),
]
Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID [OTHER]]",
        help="A run to show, or two to compare; else all are listed.",
        show_default=False,
    ),
]


def runs(
    ids: Ids = None,
    folder: Folder = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document for scripts.")
    ] = False,
) -> None:
    """List trainings, those of the page too; show one, or compare two.

    A run is a folder: config.json, metrics.csv, metrics.jsonl, the networks of
    its history, and weights.safetensors at its end.
    """
    place = Runs(folder or data_folder() / "runs")
    with sentences.told():
        if ids and len(ids) > 2:
            raise ValueError("Name one run to show, or two to compare.")
        found = [_find(place, id) for id in ids or ()]
        if not found:
            _list(place, as_json=as_json)
        elif len(found) == 1:
            _show(found[0], as_json=as_json)
        else:
            _compare(found[0], found[1], as_json=as_json)


def _find(place: Runs, id: str) -> Run:
    run = place.find(id)
    if run is None:
        raise ValueError(f"There is no run {id!r} in {place.path}; convlens runs lists them.")
    return run


def _list(place: Runs, *, as_json: bool) -> None:
    found = listed(place)
    if as_json:
        say(json.dumps([one.model_dump() for one in found]))
        return
    if not found:
        say(f"There are no runs in {place.path}.")
        return
    table = Table()
    for name in ("run", "what", "data", "state", "steps", "validation", "test", "time", "MB"):
        table.add_column(name, justify="left" if name in ("run", "what", "data") else "right")
    for one in found:
        table.add_row(*_row(one))
    _print(table)
    say(f"They take {sum(one.bytes for one in found) / 1e6:.0f} MB in {place.path}.")


def _print(table: Table) -> None:
    """Print a table with the titles that people gave as they are."""
    Console(markup=False, emoji=False).print(table)


def _row(one: schemas.RunSummary) -> tuple[str, ...]:
    return (
        *(one.id, one.title, one.data, one.state, f"{one.step:,}/{one.steps:,}"),
        *(_share(one.validation_accuracy), _share(one.test_accuracy)),
        *(duration(one.seconds), f"{one.bytes / 1e6:.1f}"),
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2%}"


def _evaluations(run: Run) -> list[Line]:
    lines = read(run.metrics) if run.metrics.exists() else []
    return [line for line in lines if line["kind"] == "evaluation"]


def _show(run: Run, *, as_json: bool) -> None:
    about, lines = described(run), _evaluations(run)
    if as_json:
        say(json.dumps({**about.model_dump(), "evaluations": lines}))
        return
    say(f"{about.id}: {about.title} on {about.data}, {about.state}. {about.sentence}".rstrip())
    chosen = about.recipe.model_dump(exclude_none=True)
    say(", ".join(f"{name} {value}" for name, value in chosen.items()))
    if about.command:
        say(about.command)
    table = Table()
    for name in ("epoch", "step", "loss: learnt", "held out", "right: learnt", "held out"):
        table.add_column(name, justify="right")
    for line in lines:
        losses = (line["train_loss"], line["validation_loss"])
        table.add_row(
            f"{line['epoch']:g}",
            f"{line['step']:,}",
            *("–" if loss is None else f"{loss:.4f}" for loss in losses),
            *(_share(line[name]) for name in ("train_accuracy", "validation_accuracy")),
        )
    _print(table)
    say(f"Its files are in {run.path}.")


def _compare(one: Run, other: Run, *, as_json: bool) -> None:
    found = differences(one.config, other.config)
    results = [_result(run) for run in (one, other)]
    if as_json:
        pairs = {name: list(pair) for name, pair in found.items()}
        say(json.dumps({"differences": pairs, "results": results}, default=asdict))
        return
    table = Table()
    for name in ("", one.id, other.id):
        table.add_column(name)
    for name, pair in found.items():
        table.add_row(name, *map(str, pair))
    table.add_section()
    for name in results[0]:
        table.add_row(name.replace("_", " "), *(_share(result[name]) for result in results))
    _print(table)
    if not found:
        say("They were asked to be the same training.")


def _result(run: Run) -> dict[str, Any]:
    names = ("train_accuracy", "validation_accuracy", "test_accuracy")
    return {name: getattr(run.status, name) for name in names}


def register(cli: typer.Typer) -> None:
    """Add the command of this file."""
    cli.command(cls=Command)(runs)
