"""What is said of a request: its head, its body as a whole, its questions, its parameters."""

from collections.abc import Mapping
from typing import Final

from app.words import FORMS, Sentence

_NAME_LAYER: Final = "Name one of: {layers}."
_PLACE: Final = "{layer} has {shape}: give {name} as a whole number from 0 to {last}."
_MOVE: Final = "Give {name} as a number from {least} to {most}."
_STEPS: Final = "Give {name} as a whole number from {least} to {most}."
_QUESTION: Final = (
    "Write NETWORK/QUESTION and its parameters as one would ask alone, for example lenet/trace. "
    "Questions are: {questions}."
)
_CHOICE: Final = "Give {name} as one of: {choices}."
_TWICE: Final = "The parameter {name} is there more than once."

REQUESTS: Final[Mapping[str, Sentence]] = {
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
    "wrong-origin": Sentence(
        "wrong-origin",
        "The live channel is for this server's own pages, and the request comes from another.",
        "If the page is yours, start the server with: convlens serve --allowed-origin ORIGIN (or "
        "set CONVLENS_ALLOWED_ORIGINS). Scripts send no Origin.",
    ),
    "not-upgraded": Sentence(
        "not-upgraded",
        "Under this path is the live channel, which this request does not open.",
        "Open a WebSocket that asks for the protocol {protocol}; behind a proxy, let it hand on "
        "Upgrade and Connection. POST api/questions answers the same without.",
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
    "many-channels": Sentence(
        "busy",
        "As many live channels are open as the server keeps.",
        "Ask with POST meanwhile, or close other pages of it.",
    ),
    "stopping": Sentence(
        "stopping", "The server is stopping.", "Send the request again when it is back."
    ),
    "no-section": Sentence(
        "not-found", "There is no operation of that name.", "Choose one of: {sections}."
    ),
    "unknown-lesson": Sentence(
        "unknown-lesson", "This server has no lesson of that name.", "It has: {lessons}."
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
    # About questions that are made.
    "unknown-kind": Sentence(
        "wrong-parameter", "There is no kind of question of this name.", "Choose of: {kinds}."
    ),
    "unknown-form": Sentence(
        "wrong-parameter", "Questions do not come in this form.", "Choose one of: {forms}."
    ),
    # About messages on a live channel.
    "out-of-step": Sentence(
        "out-of-step",
        "The message builds on strokes that the channel does not have.",
        "Send the whole drawing: keep 0, and all strokes.",
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
    "unnamed-json": Sentence(
        "wrong-content-type",
        "Only JSON is read here, and nothing says that the body is JSON.",
        "Send JSON, and say so with Content-Type: application/json.",
    ),
    "not-json": Sentence(
        "not-json",
        "It cannot be read as JSON{place}.",
        f"Send one JSON object in UTF-8. {FORMS}",
    ),
    "nested-too-deeply": Sentence(
        "not-json", "It is nested too deeply{place}.", f"Send one JSON object in UTF-8. {FORMS}"
    ),
    # About parameters of a query.
    "wrong-parameter": Sentence(
        "wrong-parameter",
        "A parameter has a value that it cannot have.",
        "Compare it with /api/docs.",
    ),
    "many-parameters": Sentence(
        "wrong-parameter",
        "The query has more than {most} parameters.",
        "Leave out those that the path does not take; /api/docs names the others.",
    ),
    "wrong-center": Sentence(
        "wrong-parameter",
        "center is neither true nor false.",
        "Write ?center=true or ?center=false.",
    ),
    "wrong-switch": Sentence(
        "wrong-parameter",
        "{name} is neither true nor false.",
        "Write ?{name}=true or ?{name}=false.",
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
    "several-choices": Sentence("wrong-parameter", _TWICE, _CHOICE),
    "unknown-choice": Sentence(
        "wrong-parameter", "The parameter {name} names nothing that there is.", _CHOICE
    ),
    "missing-target": Sentence(
        "wrong-parameter",
        "The parameter target is missing.",
        "Give the class that is to be learnt, as a whole number from 0 to {last}.",
    ),
    "unknown-weights": Sentence(
        "wrong-parameter",
        "The network has no parameter of this name.",
        "Name one of: {known}.",
    ),
    "no-index": Sentence(
        "wrong-parameter",
        "The parameter index names no weight.",
        "The parameter has {sizes} weights: give index as {count} whole numbers with commas "
        "between, from 0.",
    ),
    "large-layer": Sentence(
        "wrong-parameter",
        "The layer has more than {most} cells, too many to lay images out by.",
        "Name another one, further on.",
    ),
    "layer-overflows": Sentence(
        "wrong-parameter",
        "The numbers of this layer have grown beyond all bounds.",
        "Name another one, or a network with smaller weights.",
    ),
    "no-shares": Sentence(
        "wrong-parameter",
        "The parameter shares holds no shares.",
        "Give {least} to {most} numbers between 0 and 1, with commas between.",
    ),
    "other-sum": Sentence(
        "wrong-parameter",
        "The shares do not add up to 1.",
        "Divide each by the sum of all.",
    ),
    "no-target": Sentence(
        "wrong-parameter",
        "The network has no classes, so it can learn none.",
        "Ask a network that has classes.",
    ),
}
