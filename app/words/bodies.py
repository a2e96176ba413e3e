"""What is said of the fields of a body, of edits, and of image files."""

from collections.abc import Mapping
from typing import Final

from app.numbers import grouped
from app.schemas import MAX_POINTS, MAX_STROKES, PIXELS
from app.words import FORMS, Sentence
from model.edits import EDIT_SENTENCES
from model.preprocess.kinds import IMAGE_SENTENCES

_NUMBER: Final = "Send a JSON number, without quotes."
_CLOSE: Final = "Leave out points that lie close together."


def _all(problem: str, sentences: Mapping[str, tuple[str, str]]) -> dict[str, Sentence]:
    """Give the engine's sentences, what is wrong and how to mend it, the problem they belong to."""
    return {kind: Sentence(problem, detail, mend) for kind, (detail, mend) in sentences.items()}


BODIES: Final[Mapping[str, Sentence]] = {
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
    "picture-of-input": Sentence(
        "wrong-field",
        "Numbers of an input are no drawing, and make no picture.",
        "Send strokes, pixels or an image file; operations take numbers as they are.",
    ),
    "reads-no-drawing": Sentence(
        "wrong-field",
        "{network} reads {shape}, which no drawing of 28×28 becomes.",
        'Send its input as it is: {{"input": [{count} numbers]}}.',
    ),
    # About edits; the words of those that cannot be made are the engine's.
    "no-edits": Sentence("wrong-field", "There are no edits.", "Send one, or leave edits out."),
    "no-choice": Sentence("wrong-field", "This is not to be chosen.", "Send one of: {choices}."),
    "not-below": Sentence("wrong-field", "The number is too large.", "Send one below {below}."),
    "long-text": Sentence(
        "wrong-field", "The text is too long.", "It may have {most} characters; shorten it."
    ),
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
    **_all("wrong-field", EDIT_SENTENCES),
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
    # About image files; the words are the engine's.
    "image-work": Sentence(
        "unreadable-image",
        "The picture takes too much work to unpack.",
        "Save it anew as PNG or JPEG, or scale it down.",
    ),
    **_all("unreadable-image", IMAGE_SENTENCES),
}
