"""What OpenAPI says of steps of training on a drawing."""

from typing import Any, Final

from app import scores
from app.bodies import JSON
from app.cells import PLACES
from app.models import NPZ
from app.openapi import SCHEMAS, problems, query
from app.openapi_more import like_a_trace
from app.schemas import GradientMetadata, ScoreSteps, StepMetadata
from app.stepping import LIMITS, LOSSES, MOST_STEPS, OPTIMISERS, RATE
from model.train.scores import BOTH


def _number(name: str, about: str, default: float | None = None) -> dict[str, Any]:
    least, most = LIMITS[name]
    usual = {} if default is None else {"default": default}
    return query(name, {"type": "number", "minimum": least, "maximum": most, **usual}, about)


STEPPING: Final[list[dict[str, Any]]] = [
    query(
        "target",
        {"type": "integer", "minimum": 0},
        "The class that is to be learnt: its place, from 0.",
        needed=True,
    ),
    query(
        "loss",
        {"type": "string", "enum": list(LOSSES), "default": LOSSES[0]},
        "What is made smaller: the cross-entropy and the hinge (Weston and Watkins) of the scores, "
        "or ½ Σ (target - output)² of the last layer.",
    ),
    query(
        "optimiser",
        {"type": "string", "enum": list(OPTIMISERS), "default": next(iter(OPTIMISERS))},
        "How gradients change weights. `momentum` is `sgd` that keeps a velocity; with a decay "
        "`adam` is AdamW.",
    ),
    _number("rate", "The learning rate of every step.", RATE),
    _number(
        "momentum",
        "When it is left out 0 for `sgd`, 0.9 for `momentum`, and for `adam`, whose beta1 it is.",
    ),
    _number("decay", "Weight decay, of weights alone and not of biases.", 0.0),
]

_STEPS: Final = query(
    "steps",
    {"type": "integer", "minimum": 1, "maximum": MOST_STEPS, "default": 1},
    "How many steps are taken; large networks take fewer at once, which a refusal says.",
)

STEP: Final = like_a_trace(
    "`losses` (steps + 1) of this drawing before and after each step, and what the last layer then "
    "said (`outputs`); `tenfold`, the loss after one step at ten times the rate: float64. The loss "
    "before is the sum of `loss/amounts` × `loss/factors` (float64), one for each of the classes "
    "`loss/classes` that count in it, of which the answer says `loss/read`. "
    "`gradient/NAME` is the gradient of the loss before the first step for `input`, each layer and "
    "each parameter (`gradient/conv1.weight`), `change/NAME` what all steps together added to a "
    "parameter, `after/NAME` what a layer then says of the drawing. Of ten other digits, `others/"
    "images` (10, 28, 28) with `others/labels`, it says the loss and the share of the right class "
    "(`others/losses`, `others/shares`, float64) after so many steps as `others/moments` names; "
    "where a network does not tell digits apart there are none. What grows beyond all numbers is "
    "infinite or NaN, in JSON null.",
    StepMetadata,
    ["losses", "outputs", "tenfold", "gradient/input", "after/input"],
    [*STEPPING, _STEPS],
    (NPZ,),
)

GRADIENT: Final = like_a_trace(
    "Float64: the `value` of the cell or weight, its `gradient` as backward computes it, and the "
    "`sum` of its terms; of each term the gradient `terms/above`, the `terms/factor` and the "
    "`terms/product`; `readers/sum`, what each reader sends back. Whole numbers: `terms/reader`, "
    "the place of the reader in the metadata; `terms/cell` (terms, 3), the channel, row and column "
    "of the number above in that layer; `terms/source` (terms, 4), the index of the weight that "
    "the factor is, or of the cell below that a weight meets, filled up with -1. "
    "`nudge/epsilon`, the `nudge/losses` with so much less and more, their `nudge/quotient`, how "
    "far off rounding may put it (`nudge/bound`), and how many corners lie between "
    "(`nudge/crossed`). Of a weight also `update/weight` (steps + 1) and of each step "
    "`update/gradient`, `update/decay`, `update/change`, and `update/velocity` of sgd, or "
    "`update/first` and `update/second` of adam, with `.before` and of adam `.corrected`.",
    GradientMetadata,
    ["value", "gradient", "sum", "terms/product", "nudge/quotient"],
    [
        *STEPPING,
        _STEPS,
        query("layer", {"type": "string", "minLength": 1}, "The layer of a cell; or `input`."),
        *(
            query(name, {"type": "integer", "minimum": 0}, f"The {name} of the cell.")
            for name in PLACES
        ),
        query(
            "parameter",
            {"type": "string", "minLength": 1},
            "The parameter of a weight, as `conv1.weight`, instead of a layer.",
        ),
        query(
            "index",
            {"type": "string"},
            "The place of the weight in it, whole numbers with commas between: `3,0,2,4`.",
        ),
    ],
)

SCORES: Final[dict[str, Any]] = {
    "parameters": [
        query(
            "shares",
            {"type": "string", "pattern": r"^0\.\d+(,0\.\d+)+$", "example": "0.2,0.4,0.1,0.3"},
            "The shares that the scores have at first, with commas between; they add up to 1.",
            needed=True,
        ),
        query(
            "target",
            {"type": "integer", "minimum": 0, "maximum": scores.CLASSES[1] - 1, "default": 0},
            "The place of the right class, from 0.",
        ),
        query(
            "loss",
            {"type": "string", "enum": list(BOTH), "default": BOTH[0]},
            "Whose gradient the steps go down.",
        ),
        query(
            "rate",
            {
                "type": "number",
                "minimum": scores.RATES[0],
                "maximum": scores.RATES[1],
                "default": scores.RATE,
            },
            "The learning rate.",
        ),
        query(
            "steps",
            {"type": "integer", "minimum": 0, "maximum": scores.MOST_STEPS, "default": 0},
            "How many steps are taken.",
        ),
    ],
    "responses": {
        200: {
            "description": "How the scores stand before the first step, and after each.",
            "content": {JSON: {"schema": {"$ref": SCHEMAS + ScoreSteps.__name__}}},
        },
        **problems("wrong-parameter"),
    },
}
