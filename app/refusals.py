"""Every sentence that refuses something: its kind, its words, and what stands in their gaps.

An answer carries the kind and what fills the gaps beside the English sentence, so that a reader can
word it anew, in another language for example. /api/docs lists this table.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.numbers import grouped
from app.schemas import MAX_POINTS, MAX_STROKES, PIXELS, FieldError, Gap
from model.edits import EDIT_SENTENCES
from model.preprocess.kinds import IMAGE_SENTENCES
from model.shapes import in_words


class Sentence(NamedTuple):
    """What is wrong, and how to mend it; gaps stand in braces. `problem` is one of `PROBLEMS`."""

    problem: str
    detail: str
    mend: str


FORMS: Final = (
    'Send either {{"strokes": [{{"points": [[0.5, 0.2], [0.5, 0.8]]}}]}} or '
    '{{"pixels": [784 numbers]}}.'
)
_NUMBER: Final = "Send a JSON number, without quotes."
_NAME_LAYER: Final = "Name one of: {layers}."
_PLACE: Final = "{layer} has {shape}: give {name} as a whole number from 0 to {last}."
_MOVE: Final = "Give {name} as a number from {least} to {most}."
_STEPS: Final = "Give {name} as a whole number from {least} to {most}."
_CLOSE: Final = "Leave out points that lie close together."
_QUESTION: Final = (
    "Write NETWORK/QUESTION and its parameters as one would ask alone, for example lenet/trace. "
    "Questions are: {questions}."
)
_TWICE: Final = "The parameter {name} is there more than once."

SENTENCES: Final[Mapping[str, Sentence]] = {
    # About the request as a whole.
    "not-http": Sentence("not-http", "This cannot be read as HTTP.", "Check the client."),
    "head-too-large": Sentence(
        "head-too-large",
        "The first line and the headers may have {bytes} bytes together.",
        "Leave out cookies and long queries.",
    ),
    "head-too-slow": Sentence(
        "too-slow", "The headers did not come within {seconds} seconds.", "Send them again."
    ),
    "wrong-host": Sentence(
        "wrong-host",
        "This server does not answer under the name in the address.",
        "Open it as localhost or 127.0.0.1; or, if the name is right, start it with: convlens "
        "serve --allowed-host NAME (or set CONVLENS_ALLOWED_HOSTS).",
    ),
    "not-found": Sentence(
        "not-found",
        "Nothing answers under this path.",
        "The page /api/docs lists the paths that exist.",
    ),
    "wrong-method": Sentence(
        "wrong-method", "This path answers {methods} only.", "Send the request with that method."
    ),
    "not-acceptable": Sentence(
        "not-acceptable", "The answer comes as one of: {forms}.", "Name one of them in Accept."
    ),
    "failure": Sentence(
        "failure",
        "The server made a mistake and has logged it.",
        "Other requests are not affected.",
    ),
    "unanswered": Sentence(
        "failure",
        "The server could not answer this request.",
        "Its log says why; please report it.",
    ),
    "busy": Sentence(
        "busy", "More is asked of this server than it can answer.", "Ask again in a second."
    ),
    "too-many-bodies": Sentence(
        "busy", "The server holds as many bodies as it can.", "Send yours again in a moment."
    ),
    "stopping": Sentence(
        "stopping", "The server is stopping.", "Send the request again when it is back."
    ),
    "unknown-model": Sentence(
        "unknown-model", "This server has no network of that name.", "It has: {networks}."
    ),
    "not-shown": Sentence(
        "unknown-model",
        "The page cannot show this network: it reads no drawings of 28×28, or has no classes.",
        "Its numbers are under api/models/{network}; the page shows: {networks}.",
    ),
    "other-weights": Sentence(
        "other-weights",
        "These weights are not served, or no more.",
        "Ask for the network's spec again: its field sha256 names those that are. Weights that "
        "edits made are made again by sending the edits: to api/models/{network}/variants, or with "
        "the question.",
    ),
    # About several questions in one request.
    "no-questions": Sentence(
        "wrong-parameter", "The parameter ask is missing.", f"{_QUESTION} It may be there again."
    ),
    "many-questions": Sentence(
        "wrong-parameter", "There are more than {most} questions.", "Send them in two requests."
    ),
    "no-question": Sentence("wrong-parameter", "This is no question.", _QUESTION),
    "misplaced-parameter": Sentence(
        "wrong-parameter",
        "The parameter {name} is about the drawing, which all questions share.",
        "Write it beside ask, not in it.",
    ),
    # About a body as a whole.
    "body-too-slow": Sentence(
        "too-slow",
        "The body did not come in full within {seconds} seconds, or others needed the room.",
        "Send it again, over a faster network or smaller.",
    ),
    "json-too-large": Sentence(
        "too-large",
        "A JSON body may have at most {megabytes} MB.",
        "Send fewer points, or the drawing as pixels.",
    ),
    "image-too-large": Sentence(
        "too-large",
        "An image file may have at most {megabytes} MB.",
        "Make the image smaller; 1\u202f000 pixels a side are plenty.",
    ),
    "encoded-body": Sentence(
        "wrong-content-type",
        "The body is compressed.",
        "Send the body as it is, without Content-Encoding.",
    ),
    "unnamed-body": Sentence(
        "wrong-content-type",
        "Nothing says what the body is.",
        "Say with Content-Type what the body is, one of: {types}. Of a picture the first bytes "
        "tell it, too.",
    ),
    "not-json": Sentence(
        "not-json",
        "It cannot be read as JSON{place}.",
        f"Send one JSON object in UTF-8. {FORMS}",
    ),
    "nested-too-deeply": Sentence(
        "not-json", "It is nested too deeply{place}.", f"Send one JSON object in UTF-8. {FORMS}"
    ),
    # About fields of a body.
    "no-drawing": Sentence("wrong-field", "There are neither strokes nor pixels.", FORMS),
    "two-drawings": Sentence(
        "wrong-field",
        "There are both {first} and {second}.",
        FORMS,
    ),
    "no-input": Sentence(
        "wrong-field", "There are no numbers.", "Send as many as the network's input has."
    ),
    "other-input": Sentence(
        "wrong-field",
        "{network} reads {shape}, and these are other numbers.",
        "Send {count} numbers in C order.",
    ),
    "no-pixels": Sentence(
        "wrong-field",
        "Numbers of an input are read as they are; only a drawing can be moved.",
        "Send strokes or pixels, or move the numbers yourself.",
    ),
    "reads-no-drawing": Sentence(
        "wrong-field",
        "{network} reads {shape}, which no drawing of 28×28 becomes.",
        'Send its input as it is: {{"input": [{count} numbers]}}.',
    ),
    # About edits; the words of those that cannot be made are the engine's.
    "no-edits": Sentence("wrong-field", "There are no edits.", "Send one, or leave edits out."),
    "no-verb": Sentence("wrong-field", "This is no edit.", "Send one of: set, scale, add."),
    "no-text": Sentence("wrong-field", "This is not a text.", "Send a JSON string."),
    "no-whole-number": Sentence(
        "wrong-field", "This is not a whole number.", "Send one without point or quotes."
    ),
    "no-values": Sentence("wrong-field", "There are no values.", "Send one number or more."),
    "long-place": Sentence(
        "wrong-field", "No parameter has so many sizes.", "Send four whole numbers at most."
    ),
    "other-edits": Sentence(
        "wrong-field",
        "These edits make other weights than those that are named.",
        "Send the edits that made them, in their order, or leave out weights.",
    ),
    "not-to-be-edited": Sentence(
        "wrong-field",
        "A network whose weights have more than {megabytes} MB is not edited here.",
        "Serve the other weights as a file: convlens --model FILE.",
    ),
    **{
        kind: Sentence("wrong-field", detail, mend)
        for kind, (detail, mend) in EDIT_SENTENCES.items()
    },
    "too-much": Sentence(
        "wrong-field",
        f"The body holds more {{what}} than a drawing of {grouped(MAX_STROKES)} strokes and "
        f"{grouped(MAX_POINTS)} points can have.",
        "Send only the fields on /api/docs, and leave out points that lie close together; or send "
        "the drawing as pixels or as an image.",
    ),
    "unknown-field": Sentence(
        "wrong-field",
        "This field is unknown.",
        "Leave it out. The fields here are: {fields}.",
    ),
    "unknown-odd-field": Sentence(
        "wrong-field",
        "A field of this object is unknown.",
        "Leave it out. The fields here are: {fields}.",
    ),
    "missing": Sentence("wrong-field", "This field is missing.", "Add it."),
    "no-number": Sentence("wrong-field", "This is not a number.", _NUMBER),
    "not-finite": Sentence(
        "wrong-field",
        "NaN, Infinity and numbers too large for a float are not allowed.",
        "Send a finite number; leave out points that are not known.",
    ),
    "no-boolean": Sentence(
        "wrong-field", "This is neither true nor false.", "Send true or false, without quotes."
    ),
    "no-list": Sentence("wrong-field", "This is not a list.", "Send a JSON array."),
    "no-object": Sentence("wrong-field", "This is not an object.", "Send a JSON object."),
    "no-point": Sentence(
        "wrong-field", "This is not a pair of numbers.", "Send a point as [x, y]."
    ),
    "odd-point": Sentence(
        "wrong-field", "A point does not have two numbers.", "Send a point as [x, y]."
    ),
    "no-pixel": Sentence(
        "wrong-field",
        "A pixel is not a number.",
        f"Send {PIXELS} JSON numbers without quotes in one list, row by row.",
    ),
    "not-above": Sentence(
        "wrong-field", "This number is too small.", "Send a number above {above}."
    ),
    "too-small": Sentence(
        "wrong-field", "This number is too small.", "Send a number of at least {least}."
    ),
    "too-large": Sentence(
        "wrong-field", "This number is too large.", "Send a number of at most {most}."
    ),
    "no-strokes": Sentence(
        "wrong-field", "There are no strokes.", "Send at least one; for an empty pad send nothing."
    ),
    "many-strokes": Sentence(
        "wrong-field",
        f"There are more than {grouped(MAX_STROKES)} strokes.",
        "Join strokes, or send the drawing as pixels or as an image.",
    ),
    "no-points": Sentence(
        "wrong-field",
        "A stroke has no points.",
        "Leave the stroke out, or give it at least one.",
    ),
    "many-points": Sentence(
        "wrong-field", f"A stroke has more than {grouped(MAX_POINTS)} points.", _CLOSE
    ),
    "many-points-together": Sentence(
        "wrong-field", f"The strokes have more than {grouped(MAX_POINTS)} points together.", _CLOSE
    ),
    "few-pixels": Sentence(
        "wrong-field",
        f"There are fewer than {PIXELS} pixels.",
        f"Send all {PIXELS} of the 28×28 image, row by row.",
    ),
    "many-pixels": Sentence(
        "wrong-field",
        f"There are more than {PIXELS} pixels.",
        f"Send exactly the {PIXELS} of the 28×28 image, row by row.",
    ),
    "unforeseen": Sentence(
        "wrong-field",
        "This value is not what is expected here.",
        "Compare it with the schema on /api/docs.",
    ),
    # About parameters of a query.
    "wrong-parameter": Sentence(
        "wrong-parameter",
        "A parameter has a value that it cannot have.",
        "Compare it with /api/docs.",
    ),
    "wrong-center": Sentence(
        "wrong-parameter",
        "center is neither true nor false.",
        "Write ?center=true or ?center=false.",
    ),
    "wrong-digit": Sentence(
        "wrong-parameter",
        "digit is no place in a row.",
        "Write ?digit=0 for the first of several digits.",
    ),
    "no-layer": Sentence("wrong-parameter", "The parameter layer is missing.", _NAME_LAYER),
    "several-layers": Sentence(
        "wrong-parameter", "The parameter layer is there more than once.", _NAME_LAYER
    ),
    "unknown-layer": Sentence(
        "wrong-parameter", "The network has no layer of this name.", _NAME_LAYER
    ),
    "no-channel": Sentence("wrong-parameter", "The parameter channel is missing.", _PLACE),
    "several-places": Sentence("wrong-parameter", _TWICE, _PLACE),
    "no-place": Sentence("wrong-parameter", "The parameter {name} is no whole number.", _PLACE),
    "no-such-place": Sentence("wrong-parameter", "The layer has no such {name}.", _PLACE),
    "only-place": Sentence(
        "wrong-parameter",
        "The layer has only one {name}.",
        "{layer} has {shape}: {name} can only be 0 there.",
    ),
    "several-moves": Sentence("wrong-parameter", _TWICE, _MOVE),
    "no-move": Sentence("wrong-parameter", "The parameter {name} is no number.", _MOVE),
    "too-far": Sentence("wrong-parameter", "The parameter {name} is out of its range.", _MOVE),
    "several-steps": Sentence("wrong-parameter", _TWICE, _STEPS),
    "no-steps": Sentence("wrong-parameter", "The parameter {name} is no whole number.", _STEPS),
    "too-many-steps": Sentence(
        "wrong-parameter", "The parameter {name} is out of its range.", _STEPS
    ),
    # About image files; the words are the engine's.
    "image-work": Sentence(
        "unreadable-image",
        "The picture takes too much work to unpack.",
        "Save it anew as PNG or JPEG, or scale it down.",
    ),
    **{
        kind: Sentence("unreadable-image", detail, mend)
        for kind, (detail, mend) in IMAGE_SENTENCES.items()
    },
}

_SPOKEN: Final[Mapping[str, Callable[[Any], str]]] = {
    "shape": lambda shape: in_words(tuple(shape)),
    "place": lambda place: " (at line {} column {})".format(*place) if place else "",
}
"""How a gap of this name is filled, where it is neither a text, a number nor a list of names."""


def words(kind: str, gaps: Mapping[str, Gap]) -> tuple[str, str]:
    """What is wrong and how to mend it, in English."""
    spoken = {name: _spoken(name, gap) for name, gap in gaps.items()}
    sentence = SENTENCES[kind]
    return sentence.detail.format(**spoken), sentence.mend.format(**spoken)


def _spoken(name: str, gap: Any) -> str:
    if name in _SPOKEN:
        return _SPOKEN[name](gap)
    if isinstance(gap, tuple):
        return ", ".join(map(str, gap))
    if isinstance(gap, int):
        return grouped(gap)
    return f"{gap:g}" if isinstance(gap, float) else str(gap)


class RefusalError(Exception):
    """
    A request cannot be served, for a reason that its sender can act on.

    Parameters
    ----------
    kind : str
        One of `SENTENCES`.
    gaps : Mapping of str to str, number or list
        What stands in the gaps of the sentence; never what was sent.
    errors : sequence of FieldError
        What is wrong with single fields.
    where, rest : str
        What stands before and after the sentence: a field, and how many more are wrong.
    headers : Mapping of str to str
        More headers for the answer.
    """

    def __init__(
        self,
        kind: str,
        gaps: Mapping[str, Gap] | None = None,
        *,
        errors: Sequence[FieldError] = (),
        where: str = "",
        rest: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind, self.gaps = kind, dict(gaps or {})
        self.detail = f"{where}{' '.join(words(kind, self.gaps))}{rest}"
        super().__init__(self.detail)
        self.problem = SENTENCES[kind].problem
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def within(self, where: str) -> "RefusalError":
        """The same, said of one of several things that were asked."""
        return RefusalError(
            self.kind, self.gaps, errors=self.errors, where=where, headers=self.headers
        )


def field_error(
    kind: str,
    gaps: Mapping[str, Gap] | None = None,
    *,
    pointer: str | None = None,
    parameter: str | None = None,
) -> FieldError:
    """Say what is wrong with a field of the body, or with a parameter of the query."""
    detail, mend = words(kind, gaps or {})
    return FieldError(
        pointer=pointer,
        parameter=parameter,
        kind=kind,
        parameters=dict(gaps or {}),
        detail=detail,
        mend=mend,
    )


def wrong_parameter(
    parameter: str, kind: str, gaps: Mapping[str, Gap] | None = None
) -> RefusalError:
    """Refuse a parameter of the query: what is wrong with it, and what to give instead."""
    return RefusalError(kind, gaps, errors=[field_error(kind, gaps, parameter=parameter)])
