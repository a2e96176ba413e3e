"""What is asked: layers and arrays, as safetensors or as JSON; no array is made too early."""

import io
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError
from pydantic_core import from_json

from app.operations.limits import MOST_HEADER, MOST_SIGNS, judge_input
from app.operations.schemas import LiveOperations, Wishes
from app.refusals import RefusalError, field_error
from app.schemas import Gap
from app.sentences import refusal_of
from model.safetensors_file import decode, read_header
from model.shapes import Shape
from model.spec import INPUT, GraphSpec

AnyArray = npt.NDArray[Any]

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}(\.[a-z]{1,20})?")
_DEEPEST: Final = 4  # axes that an array has at most
_SIZES: Final = {"F32": 4, "U8": 1}
_JSON_FIELDS: Final = ("input", "layers", "weights", *Wishes.model_fields)
_WEIGHTS: Final = ("LAYER.weight", "LAYER.bias")
_METADATA: Final = frozenset(LiveOperations.model_fields)

Said = TypeVar("Said", bound=Wishes)


class Sent(NamedTuple):
    """
    What was sent, before any array is made of it.

    Attributes
    ----------
    layers
        As JSON has them.
    shapes, kinds
        Of each array by its name; kinds as safetensors calls them.
    take
        Makes the array of a name.
    place
        Where "layers" or an array stands in the body: a JSON Pointer.
    said
        What else is said, as JSON has it: fields of `Wishes`, or of `LiveOperations`.
    """

    layers: Any
    shapes: Mapping[str, Shape]
    kinds: Mapping[str, str]
    take: Callable[[str], AnyArray]
    place: Callable[[str], str]
    said: Mapping[str, Any]

    def saying(self, schema: type[Said]) -> Said:
        """Hold what else is said to its schema; RefusalError, in sentences, where it is wrong."""
        fields = {name: self.said[name] for name in self.said if name in schema.model_fields}
        try:
            return schema.model_validate(fields)
        except ValidationError as error:
            raise refusal_of(error, schema) from None


def is_file(data: bytes) -> bool:
    """Tell the beginning of a safetensors file, the length of a header, from that of any JSON."""
    return data[8:9] == b"{" and data[4:8] == bytes(4)


def sent_as_safetensors(body: bytes) -> Sent:
    """
    Read the header; what is behind it when an array is taken.

    Raises
    ------
    RefusalError
        When it is none, is too long, or names no layers.
    """
    if int.from_bytes(body[:8], "little") > MOST_HEADER and body[8:9] == b"{":
        raise RefusalError("long-header", {"most": MOST_HEADER})
    try:
        header = read_header(io.BytesIO(body), len(body))
        texts = {
            name: text.encode()
            for name, text in header.metadata.items()
            if name in _METADATA or name == "layers"
        }
    except (ValueError, OverflowError, RecursionError):
        raise RefusalError("not-safetensors") from None
    if "layers" not in texts:
        raise wrong("no-layers", _in_file("layers"))

    @cache
    def arrays() -> Mapping[str, AnyArray]:
        try:
            return decode(body)[0]
        except ValueError:
            raise RefusalError("not-safetensors") from None

    told = {name: read_json(text) for name, text in texts.items()}
    layers = told.pop("layers")
    return Sent(layers, header.shapes, header.kinds, lambda name: arrays()[name], _in_file, told)


def sent_as_json(body: bytes) -> Sent:
    """
    Read a body of JSON.

    Raises
    ------
    RefusalError
        When it is none, or has other fields.
    """
    document = read_json(body)
    fields = document if isinstance(document, dict) else {}
    for name in fields:
        if name not in _JSON_FIELDS:
            raise _unknown(name)
    for name in ("layers", "input"):
        if name not in fields:
            raise wrong("no-layers" if name == "layers" else "missing", f"#/{name}")
    weights = fields.get("weights", {})
    if not isinstance(weights, dict):
        raise wrong("no-object", "#/weights")
    if INPUT in weights:
        raise wrong("surplus-array", f"#/weights/{INPUT}", {"arrays": _WEIGHTS})
    lists: dict[str, Any] = {INPUT: fields["input"], **weights}
    shapes = {name: _sizes(one) for name, one in lists.items()}

    def take(name: str) -> AnyArray:
        return _array(lists[name], shapes[name], name, _in_json(name))

    kinds = dict.fromkeys(lists, "F32")
    return Sent(fields["layers"], shapes, kinds, take, _in_json, fields)


def input_shape(sent: Sent) -> tuple[int, int, int]:
    """
    Judge the shape of the input.

    Raises
    ------
    RefusalError
        When there is none, or it is no maps, or too large.
    """
    shape = sent.shapes.get(INPUT)
    place = sent.place(INPUT)
    if shape is None:
        raise wrong("no-array", place, {"array": INPUT})
    if sent.kinds[INPUT] not in _SIZES:
        raise wrong("array-kind", place, {"array": INPUT})
    if len(shape) != 3 or not all(shape):
        raise wrong("no-maps", place)
    judge_input(shape, _SIZES[sent.kinds[INPUT]])
    channels, rows, columns = shape
    return channels, rows, columns


def judge_arrays(sent: Sent, spec: GraphSpec, *, drawn: bool) -> None:
    """
    Hold the names, kinds and shapes of the arrays to those of a graph.

    Parameters
    ----------
    drawn
        Whether weights that are missing are drawn.

    Raises
    ------
    RefusalError
        Saying which array is missing, is too many, or is another one.
    """
    needed = {INPUT: spec.shape, **spec.parameter_shapes}
    for name, shape in needed.items():
        place = sent.place(name)
        gaps: dict[str, Gap] = {"array": name, "sizes": shape}
        if name not in sent.shapes:
            if drawn:
                continue
            raise wrong("no-array", place, {"array": name})
        if sent.kinds[name] != "F32" and name != INPUT:
            raise wrong("array-kind", place, {"array": name})
        if sent.shapes[name] != shape:
            raise wrong("array-sizes", place, gaps)
    for name in sent.shapes:
        if name not in needed:
            plain = _PLAIN.fullmatch(name) is not None
            place = sent.place(name) if plain else sent.place("")
            raise wrong("surplus-array", place, {"arrays": tuple(needed)})


def floats(sent: Sent, name: str) -> AnyArray:
    """
    Make an array of float32; of bytes each becomes a share of 255.

    Raises
    ------
    RefusalError
        When a number of it is not finite in float32.
    """
    array = sent.take(name)
    if array.dtype == np.uint8:
        return array.astype(np.float32) / np.float32(255)
    with np.errstate(over="ignore"):
        values = array.astype(np.float32, copy=False)
    if not np.isfinite(values).all():
        raise wrong("array-infinite", sent.place(name), {"array": name})
    return values


def read_json(text: bytes, otherwise: str = "operations-not-json") -> Any:
    """
    Read JSON that holds no more signs than a body may.

    Raises
    ------
    RefusalError
        When it holds more, or is no JSON, which is refused with the sentence `otherwise`.
    """
    codes = np.frombuffer(text, np.uint8)
    for sign, most in MOST_SIGNS.items():
        if np.count_nonzero(codes == ord(sign)) > most:
            raise RefusalError("much-json", {"sign": sign, "most": most})
    try:
        return from_json(text, allow_inf_nan=True)
    except ValueError:
        raise RefusalError(otherwise) from None


def wrong(kind: str, place: str, gaps: Mapping[str, Gap] | None = None) -> RefusalError:
    """Refuse something in the body."""
    return RefusalError(kind, gaps, errors=[field_error(kind, gaps, pointer=place)])


def _in_file(name: str) -> str:
    return "#/__metadata__/layers" if name == "layers" else f"#/{name}".rstrip("/")


def _in_json(name: str) -> str:
    return f"#/{name}" if name in ("layers", INPUT) else f"#/weights/{name}".rstrip("/")


def _unknown(name: str) -> RefusalError:
    plain = _PLAIN.fullmatch(name) is not None
    kind = "unknown-field" if plain else "unknown-odd-field"
    return wrong(kind, f"#/{name}" if plain else "#", {"fields": _JSON_FIELDS})


def _sizes(lists: Any) -> Shape:
    """Tell the shape of lists in lists from the first of each; whether it is right is not known."""
    sizes: list[int] = []
    while isinstance(lists, list) and len(sizes) <= _DEEPEST:
        sizes.append(len(lists))
        lists = lists[0] if lists else None
    return tuple(sizes)


def _array(lists: Any, shape: Shape, name: str, place: str) -> AnyArray:
    """Make lists in lists of this shape an array of float64."""
    level = [lists]
    for size in shape:
        if not all(isinstance(one, list) and len(one) == size for one in level):
            raise wrong("array-ragged", place, {"array": name})
        level = list(chain.from_iterable(level))
    if not {float, int}.issuperset(map(type, level)):
        raise wrong("array-numbers", place, {"array": name})
    try:
        return np.array(level, np.float64).reshape(shape)
    except OverflowError:  # a whole number of hundreds of digits
        raise wrong("array-infinite", place, {"array": name}) from None
