"""What is said of somebody's own drawings: who may, what cannot be, what has no room."""

from collections.abc import Mapping
from typing import Final

from app.words import Sentence

HANDWRITING: Final[Mapping[str, Sentence]] = {
    "private": Sentence(
        "forbidden",
        "This is somebody's handwriting, which is shown to nobody else.",
        "Send the token that the server printed in its terminal when it started, as the header "
        "Convlens-Token.",
    ),
    "no-class": Sentence(
        "no-drawing",
        "No class of this number is collected.",
        "GET api/handwriting lists those that are.",
    ),
    "no-drawing-here": Sentence(
        "no-drawing",
        "No drawing of this id is kept.",
        "GET api/handwriting lists those that are.",
    ),
    "no-figures": Sentence(
        "no-drawing",
        "There are no figures of this training.",
        "They are there once a training on handwriting is finished, until the handwriting is "
        "deleted.",
    ),
    "no-frozen-set": Sentence(
        "no-drawing",
        "The drawings that this training learnt from are kept no more.",
        "Begin another one from the drawings that there are.",
    ),
    "class-name": Sentence(
        "wrong-field",
        "This is no name for a class.",
        "Give one line of up to {most} signs that can be seen.",
    ),
    "handwriting-not-json": Sentence(
        "not-json", "This cannot be read as JSON.", "Send an object as /api/docs has it."
    ),
    "no-names": Sentence("wrong-field", "No class is named.", "Name one at least."),
    "no-ink": Sentence("wrong-field", "The drawing leaves no ink.", "Draw something on the pad."),
    "not-sure": Sentence(
        "wrong-parameter",
        "This deletes every drawing for good.",
        "Say sure=true if that is what is wanted.",
    ),
    "few-drawings": Sentence(
        "few-drawings",
        "Of {names} there is one drawing only, and one is needed to learn from and another one "
        "to judge with.",
        "Draw more of each, or delete it.",
    ),
    "few-drawn-classes": Sentence(
        "few-drawings",
        "There are too few classes with drawings to tell apart.",
        "Draw at least two drawings of two classes; beside MNIST one class is enough.",
    ),
    "no-mnist-beside": Sentence(
        "few-drawings",
        "MNIST is not on the server's machine, so that nothing of it can be learnt beside.",
        "Fetch it first, or learn from the drawings alone.",
    ),
    "many-classes": Sentence(
        "handwriting-full",
        "At most {most} classes are collected.",
        "Delete one that is needed no more.",
    ),
    "many-drawings": Sentence(
        "handwriting-full", "At most {most} drawings are kept.", "Delete some first."
    ),
    "handwriting-full": Sentence(
        "handwriting-full",
        "The folder of handwriting may take {most} MB, and this would be more.",
        "Delete some drawings first.",
    ),
    "handwriting-damaged": Sentence(
        "handwriting-full",
        "A file in the folder of handwriting is damaged.",
        "Delete that drawing, or all of them.",
    ),
    "handwriting-unwritable": Sentence(
        "handwriting-full",
        "The folder of handwriting cannot be written: {why}.",
        "Make room on its disk, or start the server with another --handwriting FOLDER.",
    ),
}
