"""What crosses the wire about runs and sets of images."""

from typing import Any, Literal

from pydantic import Field

from app.recipes import Optimiser
from app.runs.folder import State
from app.runs.wishes import Wish
from app.schemas import Wire
from model.train.loss import Name as Loss
from model.train.recipe import MOST_SEED, Method, Schedule


class RunRecipe(Wire):
    """How a network is trained. In a request what is left out is as in the recipe named."""

    recipe: Literal["plain", "standard", "tanh", "best"] | None = Field(
        default=None, description="Where the choices come from that are not made here; else plain."
    )
    epochs: int | None = Field(default=None, ge=1, le=1000)
    batch_size: int | None = Field(default=None, ge=1, le=1024, description="Images a step.")
    optimiser: Optimiser | None = Field(
        default=None, description="adamw decays weights apart from the gradient, adam through it."
    )
    momentum: float | None = Field(
        default=None, ge=0, lt=1, description="Of the optimiser momentum; else 0.9."
    )
    rate: float | None = Field(
        default=None, gt=0, lt=100, description="The highest learning rate of the schedule."
    )
    weight_decay: float | None = Field(default=None, ge=0, lt=1)
    dropout: float | None = Field(
        default=None,
        ge=0,
        lt=1,
        description="The share of cells that a step drops before the last layer with weights.",
    )
    schedule: Schedule | None = None
    warm_up: float | None = Field(
        default=None, ge=0, lt=1, description="The share of all steps in which the rate climbs."
    )
    loss: Loss | None = None
    initial: Method | None = Field(default=None, description="What first weights are.")
    augmentation: bool | None = Field(
        default=None, description="Whether images are distorted a little, each time anew."
    )
    average: float | None = Field(
        default=None, ge=0, lt=1, description="Decay of a running mean of the weights; 0: none."
    )
    images: int | None = Field(
        default=None, ge=0, le=10_000_000, description="Images that are learnt from; 0 for all."
    )
    shuffled: bool | None = Field(
        default=None, description="Whether all pixels change places, in all images alike."
    )
    held_out: int | None = Field(
        default=None, ge=1, le=10_000_000, description="Images that are only validated with."
    )
    seed: int | None = Field(default=None, ge=0, le=MOST_SEED)


MOST_BESIDE = 10_000


class RunHandwriting(Wire):
    """The drawings of `api/handwriting` as they are now, and what is learnt from beside them."""

    mnist: int = Field(
        default=0,
        ge=0,
        le=MOST_BESIDE,
        description="So many images of MNIST, always the same; its ten classes join those drawn.",
    )


class RunBody(Wire):
    """A training that is to begin."""

    like: str | None = Field(
        default=None,
        description="The id of a run that is to be repeated, but for what else is said here.",
    )
    network: str | None = Field(
        default=None, description="An architecture that comes along, by name; else lenet."
    )
    spec: dict[str, Any] | None = Field(
        default=None, description="Another architecture, as `POST /api/specs` takes it."
    )
    data: str | None = Field(
        default=None, description="The id of a set in `/api/data`; else mnist."
    )
    handwriting: RunHandwriting | None = Field(
        default=None,
        description="Learn from one's own drawings instead of a set; this needs the token, always.",
    )
    pretrained: str | None = Field(
        default=None,
        description="Go on from the weights of a network that comes along, by name, instead of "
        "drawing them; of its last layer those of classes that both have. Empty for none.",
    )
    title: str = Field(default="", max_length=100)
    recipe: RunRecipe = RunRecipe()
    workers: int | None = Field(
        default=None,
        ge=1,
        le=64,
        description="Processes that share the work; else one core is left to the server.",
    )


class WishBody(Wire):
    """What somebody wishes of a run that is trained."""

    wish: Wish = Field(description="step makes one batch, and stands still after it.")


class RunSummary(Wire):
    """A run: what it was asked to be, and how far it is."""

    id: str
    title: str
    network: str = Field(description="The architecture, by name.")
    data: str = Field(description="The id of the set of images.")
    by: Literal["server", "command"]
    created: str = Field(description="ISO 8601.")
    state: State
    sentence: str = Field(description="What there is to say about that, in English; often nothing.")
    step: int
    steps: int
    epoch: float
    seconds: float = Field(description="In which it learnt.")
    loss: float | None = Field(description="Of the last batch.")
    accuracy: float | None = Field(description="Of the last batch.")
    train_accuracy: float | None
    validation_accuracy: float | None
    test_accuracy: float | None = Field(description="Known at its end.")
    restarts: int
    stepped: int = Field(description="Single steps that were wished for and made.")
    bytes: int


class RunStatus(Wire):
    """How far a run is: an event `status` of its stream."""

    state: State
    step: int
    steps: int
    epoch: float
    seconds: float
    loss: float | None
    accuracy: float | None
    train_accuracy: float | None
    validation_accuracy: float | None
    test_accuracy: float | None
    sentence: str
    restarts: int
    stepped: int


class RunLine(Wire):
    """A line of a run's metrics: an event `metrics` of its stream; null is no number any more."""

    kind: Literal["step", "evaluation", "result"]
    step: int
    epoch: float
    seconds: float
    loss: float | None = Field(default=None, description="Mean over the steps since the last line.")
    accuracy: float | None = None
    rate: float | None = None
    gradients: dict[str, float | None] | None = Field(
        default=None, description="Of each layer: the root of the sum of all squares."
    )
    train_loss: float | None = None
    train_accuracy: float | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    confusion: tuple[tuple[int, ...], ...] | None = Field(
        default=None, description="Of images held out: by true class, then by what was said."
    )
    test_loss: float | None = None
    test_accuracy: float | None = None
    shifted_accuracy: float | None = Field(
        default=None, description="Of images held out, each moved by up to four pixels."
    )


class RunList(Wire):
    """All runs, the newest first, and how much room they take."""

    runs: tuple[RunSummary, ...]
    bytes: int
    most_bytes: int
    may_go: tuple[str, ...] = Field(
        description="Those that have ended, the oldest first: to be deleted when room is short."
    )
    open: bool = Field(description="Whether everybody may start and stop trainings.")


class RunWeights(Wire):
    """A network that a run kept."""

    step: int
    sha256: str = Field(description="What `?weights=` takes, beside the id in `model`.")


class Run(RunSummary):
    """Everything about a run but its metrics."""

    model: str = Field(description="The id under which its networks are asked about drawings.")
    classes: tuple[str, ...]
    recipe: RunRecipe
    handwriting: bool = Field(description="Whether it learnt from drawings of somebody's own.")
    pretrained: str = Field(description="The network whose weights it began with, if any.")
    command: str = Field(description="What repeats it in a terminal, where something does.")
    history: tuple[RunWeights, ...] = Field(description="Networks that are kept for good.")
    latest: RunWeights | None = Field(description="The last that can be looked at.")


class RecipeList(Wire):
    """What a training can begin with."""

    recipes: tuple[RunRecipe, ...] = Field(description="Each with every choice that it makes.")
    networks: tuple[str, ...] = Field(description="Architectures that come along, by name.")
    open: bool = Field(description="Whether everybody may start and stop trainings.")


class ExperimentRun(Wire):
    """One training of an experiment, and what came out of it."""

    name: str
    body: RunBody = Field(description="What `POST /api/runs` takes to begin it, seed 0.")
    figures: dict[str, tuple[float, ...]] = Field(
        description="What came out, each with every seed: `train_accuracy`, "
        "`validation_accuracy`, `test_accuracy`, `shifted_accuracy` where images may be moved, and "
        "`gap`, the first less the second. Nothing where it was not trained."
    )


class Experiment(Wire):
    """Trainings that are the same but for one thing."""

    id: str
    changed: tuple[str, ...] = Field(description="In what they differ, as differences say it.")
    judged: Literal["validation_accuracy", "shifted_accuracy", "gap"] = Field(
        description="The figure that is looked at."
    )
    runs: tuple[ExperimentRun, ...]
    ordered: tuple[tuple[str, str], ...] = Field(
        description="Pairs of runs of which the first had the larger figure with every seed; of "
        "others there is no clear difference."
    )


class ExperimentList(Wire):
    """Ready-made experiments, and with which seeds and which NumPy they were tried."""

    experiments: tuple[Experiment, ...]
    seeds: tuple[int, ...]
    numpy: str


class RunDifference(Wire):
    """One thing in which two runs were asked to differ."""

    name: str
    one: Any
    other: Any


class DataPart(Wire):
    """The images of one part of a set."""

    train: int
    test: int


class DataSet(Wire):
    """A set of images on the server's machine."""

    id: str
    title: str
    classes: tuple[str, ...]
    images: DataPart | None
    strokes: bool = Field(description="Whether its images are made of strokes, as drawings are.")
    transposed: bool = Field(description="Whether they lie transposed, and are turned.")
    problem: str = Field(description="Why it cannot be trained with; nothing when it can.")


class DataFetch(Wire):
    """A set on its way here."""

    state: Literal["none", "running", "done", "failed"] = "none"
    file: str = ""
    done: int = Field(default=0, description="Bytes of that file.")
    total: int = Field(default=0, description="Bytes that it has; 0 when nobody knows.")
    sentence: str = Field(default="", description="Why it failed, and what to do.")


class DataList(Wire):
    """The sets that are here, and the one that is being fetched."""

    sets: tuple[DataSet, ...]
    fetch: DataFetch
