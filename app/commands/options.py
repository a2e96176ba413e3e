"""The options of `convlens train` and `convlens evaluate`."""

from pathlib import Path
from typing import Annotated

import typer

from app.recipes import Optimiser as OptimiserName
from model.architectures import NETWORKS
from model.train.loss import Name as LossName
from model.train.recipe import RECIPES, Method

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="CONVLENS_DATA",
        metavar="DIR",
        help="Folder with MNIST's four files, packed or not. Without it they are downloaded once.",
        show_default=False,
    ),
]
Named = Annotated[
    str | None,
    typer.Argument(
        metavar="NETWORK",
        help=f"What to train: {', '.join(NETWORKS)}, or a .json file with a spec.",
        show_default="lenet",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Where the weights go. While unfinished, a checkpoint lies beside it.",
        show_default="NETWORK.safetensors here",
    ),
]
RecipeName = Annotated[
    str | None,
    typer.Option("--recipe", help=f"One of: {', '.join(RECIPES)}.", show_default="standard"),
]
Epochs = Annotated[
    int | None, typer.Option(min=1, help="Times every image is shown.", show_default="the recipe's")
]
BatchSize = Annotated[
    int | None, typer.Option(min=1, help="Images a step.", show_default="the recipe's")
]
Rate = Annotated[
    float | None,
    typer.Option(
        "--rate", help="Highest learning rate of the schedule.", show_default="the recipe's"
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        min=0, help="The same seed gives the same weights, bit for bit.", show_default="0"
    ),
]
Init = Annotated[
    Method | None, typer.Option("--init", help="How first weights are drawn.", show_default="he")
]
HeldOut = Annotated[
    int | None,
    typer.Option(min=1, help="Training images kept for validation only.", show_default="5000"),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        help="Processes that share the work; their number changes no bit of the result.",
        show_default="as many as there are cores",
    ),
]
RunsFolder = Annotated[
    Path | None,
    typer.Option(
        "--runs",
        envvar="CONVLENS_RUNS",
        metavar="FOLDER",
        help="Where its run folder is written, with metrics and history; `convlens runs` lists it.",
        show_default="that of this user",
    ),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with the unfinished training towards --out.")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Begin anew even if --out or its checkpoint exists.")
]
Optimiser = Annotated[
    OptimiserName | None,
    typer.Option(
        help="adamw decays weights apart from the gradient, adam through it.",
        show_default="the recipe's",
    ),
]
Momentum = Annotated[
    float | None, typer.Option(help="Of the optimiser momentum.", show_default="0.9")
]
WeightDecay = Annotated[float | None, typer.Option(help="0 for none.", show_default="the recipe's")]
Loss = Annotated[
    LossName | None, typer.Option(help="What a step makes smaller.", show_default="the recipe's")
]
Images = Annotated[
    int | None,
    typer.Option(min=0, help="Images that are learnt from; 0 for all.", show_default="all"),
]
Shuffled = Annotated[
    bool, typer.Option("--shuffled", help="Let all pixels change places, in all images alike.")
]
Pretrained = Annotated[
    str | None,
    typer.Option(
        "--pretrained",
        metavar="NAME_OR_FILE",
        help="Go on from the weights of a network: one that comes with Convlens, or a .safetensors "
        "file. Its layers with weights must have the same names and shapes; of the last one the "
        "classes that both have, by name, keep their weights.",
        show_default="first weights are drawn",
    ),
]
Augment = Annotated[
    bool | None,
    typer.Option(
        "--augment/--no-augment",
        help="Whether images are distorted a little, each time anew.",
        show_default="the recipe's",
    ),
]
