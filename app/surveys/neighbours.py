"""Where a drawing lies among the images of a set, and which of them are nearest to it."""

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any, Final, NamedTuple

import numpy as np

from app.asking import Answer, server_timing
from app.bodies import JSON
from app.found import told
from app.models import Served
from app.reading import Source
from app.refusals import RefusalError, field_error, wrong_parameter
from app.surveys.crowds import Laid
from app.surveys.layout import MOST_CELLS
from app.wire import Array, Said
from model import NetworkSpec
from model.activations import Activations

MOST: Final = 100
USUAL: Final = 12


def layer_of(spec: NetworkSpec, said: str) -> str:
    """
    Choose the layer of a map: the one that is named, else what the scores are made from.

    Raises
    ------
    RefusalError
        Naming those there are, or saying that it has too many cells.
    """
    layer = said or spec.layer(spec.logits_layer).inputs[0]
    if layer not in spec.shapes:
        raise wrong_parameter("layer", "unknown-layer", {"layers": tuple(spec.shapes)})
    if int(np.prod(spec.shapes[layer])) > MOST_CELLS:
        raise wrong_parameter("layer", "large-layer", {"most": MOST_CELLS})
    return layer


class Wanted(NamedTuple):
    """What is looked for: among which images, how many; `about` names these."""

    served: Served
    laid: Laid
    about: Mapping[str, str]
    many: int
    form: str


def neighbours(source: Source, want: Wanted) -> Answer:
    """Preprocess, read, look for the nearest, encode."""
    served, (crowd, examples), layer = want.served, want.laid, want.about["layer"]
    started = perf_counter()
    edits, draw = source.look()
    if edits is not None:  # they make weights of which there is no map
        raise RefusalError("other-edits", errors=[field_error("other-edits", pointer="#/edits")])
    drawn = draw()
    image = drawn.input_of(served)
    preprocessed = perf_counter()
    activations = Activations(served.network, examples.images, layer)
    with np.errstate(all="ignore"):
        vector = served.network.read(image[None], layer).reshape(-1)
        found = crowd.nearest(vector, want.many, activations.at)
        place = crowd.principal.places(vector[None])[0, :2]
    read = perf_counter()
    named: dict[str, Array] = {
        "distances": found.distances,
        "place": place,
        "numbers": found.numbers,
        "labels": examples.labels[found.numbers].astype(np.uint8),
    }
    answer = told(served, named, want.about)
    said = Said.of(drawn.image)
    parts: Sequence[Any] = answer.tensors()
    encode = answer.encoder.json if want.form == JSON else answer.encoder.joined
    body = encode(parts, said)
    steps = {
        "preprocess": preprocessed - started,
        "forward": read - preprocessed,
        "encode": perf_counter() - read,
    }
    return Answer(body, served.weights.digest, server_timing(steps), ())
