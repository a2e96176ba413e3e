"""What is said of graphs of operations, of their arrays, and of what they would cost."""

from collections.abc import Mapping
from typing import Final

from app.words import Sentence
from model.spec_words import SPEC_WORDS

_LAYERS: Final = (
    'Send layers as /api/docs shows them, for example [{{"name": "relu", "kind": "relu", '
    '"inputs": []}}].'
)
_KINDS: Final = "The kinds of layers and their fields are on /api/docs."
_SMALLER: Final = "Send a smaller picture, fewer maps, or fewer layers."

OPERATIONS: Final[Mapping[str, Sentence]] = {
    # About the body as a whole.
    "unnamed-operations": Sentence(
        "wrong-content-type",
        "Nothing says in which form the operations are.",
        "Say with Content-Type what the body is, one of: {types}.",
    ),
    "operations-too-large": Sentence(
        "too-large",
        "Operations with their arrays may have at most {megabytes} MB.",
        "Send the picture as bytes (uint8), or smaller, or fewer weights.",
    ),
    "not-safetensors": Sentence(
        "not-safetensors",
        "It cannot be read as safetensors.",
        "Write it with a library for safetensors, as /api/docs shows; or send JSON and say so with "
        "Content-Type.",
    ),
    "long-header": Sentence(
        "not-safetensors",
        "The header of the file has more than {most} bytes.",
        "Send fewer arrays, and of the metadata only the layers.",
    ),
    "operations-not-json": Sentence("not-json", "The layers cannot be read as JSON.", _LAYERS),
    "much-json": Sentence(
        "wrong-field",
        "The JSON holds the sign {sign} more than {most} times.",
        "Send less, or the arrays of operations as safetensors.",
    ),
    # About the file of a network.
    "spec-not-json": Sentence(
        "not-json",
        "This is no network: it cannot be read as JSON.",
        "Take a file that was saved here, or one that convlens train takes.",
    ),
    "spec-too-large": Sentence(
        "too-large",
        "The file of a network without weights has at most {megabytes} MB.",
        "Take the one that ends in .json, not the weights.",
    ),
    "few-classes": Sentence(
        "wrong-field",
        "The network tells {count} classes apart, and there are {least} digits.",
        "Give it a class for each of them, and its last layer as many units.",
    ),
    "other-image": Sentence(
        "wrong-field",
        "The network reads {shape}; with a border of {border}, MNIST's images have {side} rows and "
        "columns.",
        "Give the input the shape [1, {side}, {side}].",
    ),
    # About the layers.
    "no-layers": Sentence("wrong-field", "There are no layers.", _LAYERS),
    "long-layers": Sentence(
        "wrong-field",
        "The layers hold more than {most} names and numbers together.",
        "Send fewer layers, or fewer connections.",
    ),
    "odd-name": Sentence(
        "wrong-field",
        "The layers hold a text that is no name.",
        "Names start with a letter and go on with letters, digits, - or _ (40 at most).",
    ),
    **{
        f"graph-{kind}": Sentence("wrong-field", sentence, _KINDS)
        for kind, sentence in SPEC_WORDS.items()
    },
    # About the arrays.
    "no-array": Sentence("wrong-field", "The array {array} is missing.", "Send it, too."),
    "no-maps": Sentence(
        "wrong-field",
        "The input is no maps of numbers.",
        "Send channels of rows of numbers, one channel for a grey picture: three axes, none of "
        "them empty.",
    ),
    "array-kind": Sentence(
        "wrong-field",
        "The array {array} holds numbers of a type that is not read here.",
        "Send float32; the input may be uint8, too.",
    ),
    "array-sizes": Sentence(
        "wrong-field",
        "The array {array} has other sizes than its layer needs.",
        "Its sizes must be {sizes}.",
    ),
    "array-ragged": Sentence(
        "wrong-field",
        "The lists of {array} are not equally long.",
        "Give all lists of one level as many parts.",
    ),
    "array-numbers": Sentence(
        "wrong-field",
        "The array {array} holds something that is no number.",
        "Send JSON numbers without quotes, in lists in lists.",
    ),
    "array-infinite": Sentence(
        "wrong-field",
        "The array {array} holds a number that is not finite as float32.",
        "Send numbers of at most 3.4e38, and no NaN.",
    ),
    "surplus-array": Sentence(
        "wrong-field", "An array belongs to no layer.", "The arrays here are: {arrays}."
    ),
    # About what is wished.
    "no-method": Sentence(
        "wrong-field",
        "Weights are not drawn so.",
        "Send as method one of: he, glorot, normal, zeros, equal.",
    ),
    "no-units": Sentence(
        "wrong-field",
        "Gradients are those of a target among units, and the last layer gives {shape}.",
        "Put a flatten or dense layer last, or leave out gradients.",
    ),
    "no-such-unit": Sentence(
        "wrong-field",
        "The last layer has no unit of this number.",
        "Send a whole number from 0 to {last}.",
    ),
    "no-moves": Sentence(
        "wrong-field", "There are no moves.", "Send up to {most}, or leave moves out."
    ),
    "many-moves": Sentence(
        "wrong-field", "These are more than {most} moves.", "Send fewer, and the rest after them."
    ),
    # About the channel.
    "input-not-kept": Sentence(
        "out-of-step",
        "The channel does not have the input of that message.",
        "Send it again, as the array input.",
    ),
    # About what it would cost.
    "large-operand": Sentence(
        "too-dear",
        "The input has {count} bytes; {most} at most.",
        "Send it as bytes (uint8), or smaller.",
    ),
    "many-layers": Sentence(
        "too-dear", "These are {count} layers; {most} at most.", "Send fewer layers."
    ),
    "many-weights": Sentence(
        "too-dear",
        "The layers have {count} weights and biases to draw; {most} at most.",
        "Take fewer units or maps, or make the maps smaller before a fully connected layer reads "
        "them.",
    ),
    "many-steps": Sentence(
        "too-dear",
        "The layers would take {count} steps one after the other, three for each filter with "
        "connections, one for each cell of a window that is gone through by itself; {most} at "
        "most.",
        "Send smaller windows, or fewer filters with connections.",
    ),
    "many-multiply-adds": Sentence(
        "too-dear", "The layers would multiply and add {count} times; {most} at most.", _SMALLER
    ),
    "many-cells-read": Sentence(
        "too-dear",
        "The layers would read {count} cells, those of windows that overlap again and again; "
        "{most} at most.",
        "Send a smaller picture, smaller windows, or fewer layers.",
    ),
    "many-cells-held": Sentence(
        "too-dear",
        "{count} numbers would be held at once, the windows of a convolution among them; {most} at "
        "most.",
        "Send a smaller picture, fewer maps, or a smaller kernel.",
    ),
    "long-answer": Sentence(
        "too-dear", "The answer would have {count} bytes; {most} at most.", _SMALLER
    ),
    "long-json-answer": Sentence(
        "too-dear",
        "As JSON the answer might have {count} bytes; {most} at most.",
        "Ask for safetensors with Accept, or send a smaller picture.",
    ),
}
