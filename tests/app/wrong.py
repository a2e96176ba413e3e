"""Wrong bodies by what is wrong with them, each with the refusal that it deserves."""

import io
import struct
import zlib

from PIL import Image

from tests.app.drawings import PIXELS, SEVEN, body, png

SECRET = "xyzzy-98431"


def stroke(**changes):
    return body({"strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]], **changes}]})


def points(text):
    return f'{{"strokes": [{{"points": {text}}}]}}'.encode()


def pixels(first):
    return f'{{"pixels": [{first}{", 0" * 783}]}}'.encode()


def names(count):
    return (
        "{" + ", ".join(f'"{i:x}": 1' for i in range(count))[:900_000].rsplit(",", 1)[0] + "}"
    ).encode()


def huge_png():
    """The header of an image of 50,000 × 50,000 and a little of its data."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(50_001))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def animated_gif():
    file = io.BytesIO()
    Image.new("L", (20, 20), 255).save(file, "GIF")
    return file.getvalue()


# what is wrong: (body, status, what the sentence must speak of, the field it points to)
BODIES = {
    "an empty body": (b"", 400, "JSON", None),
    "not JSON": (b"strokes, please: " + SECRET.encode(), 400, "JSON", None),
    "half a JSON": (body(SEVEN)[:50], 400, "JSON", None),
    "invalid UTF-8": (b'{"strokes": "\xff\xfe"}', 400, "UTF-8", None),
    "nested 50,000 deep": (b"[" * 50_000, 400, "nested", None),
    "nested in a field": (b'{"strokes": ' + b'{"a":' * 5000, 400, "nested", None),
    "a list": (body([SEVEN]), 422, "strokes", "#"),
    "null": (b"null", 422, "strokes", "#"),
    "an empty object": (b"{}", 422, "neither", "#"),
    "an unknown field": (body({**SEVEN, "colour": SECRET}), 422, "unknown", "#/colour"),
    "an unknown field of a stroke": (stroke(color=SECRET), 422, "width", "#/strokes/0/color"),
    "an unknown field with an odd name": (body({**SEVEN, f"<b>{SECRET}": 1}), 422, "unknown", "#"),
    "both strokes and pixels": (body({**SEVEN, **PIXELS}), 422, "both", "#/pixels"),
    "pixels to be centred": (body({**PIXELS, "center": True}), 422, "unknown", "#/center"),
    "783 pixels": (body({"pixels": [0] * 783}), 422, "784", "#/pixels"),
    "785 pixels": (body({"pixels": [0] * 785}), 422, "784", "#/pixels"),
    "pixels in rows": (body({"pixels": [[0] * 28] * 28}), 422, "one list", "#/pixels/0"),
    "pixels as text": (body({"pixels": SECRET}), 422, "list", "#/pixels"),
    "a pixel of NaN": (pixels("NaN"), 422, "NaN", "#/pixels/0"),
    "a pixel of Infinity": (pixels("Infinity"), 422, "Infinity", "#/pixels/0"),
    "a pixel of 256": (pixels("256"), 422, "at most 255", "#/pixels/0"),
    "a pixel below 0": (pixels("-0.5"), 422, "at least 0", "#/pixels/0"),
    "a pixel that is true": (pixels("true"), 422, "number", "#/pixels/0"),
    "a pixel as text": (pixels(f'"{SECRET}"'), 422, "number", "#/pixels/0"),
    "a pixel of null": (pixels("null"), 422, "number", "#/pixels/0"),
    "a pixel of 400 digits": (pixels("9" * 400), 422, "finite", "#/pixels/0"),
    "no strokes": (body({"strokes": []}), 422, "no strokes", "#/strokes"),
    "strokes of null": (body({"strokes": None}), 422, "list", "#/strokes"),
    "10,000 strokes": (
        body({"strokes": [{"points": [[0.5, 0.5]]}] * 10_000}),
        422,
        "1\u202f000 strokes",
        "#",
    ),
    "1,001 strokes": (
        body({"strokes": [{"points": [[0.5, 0.5]]}] * 1_001}),
        422,
        "more than 1\u202f000 strokes",
        "#/strokes",
    ),
    # What no drawing can hold is told from counts, whatever else is wrong with it.
    "100,000 unknown names": (names(100_000), 422, "more names", "#"),
    "100,000 unknown names of a stroke": (
        b'{"strokes": [' + names(100_000) + b"]}",
        422,
        "more names",
        "#",
    ),
    "one name 100,000 times": (b'{"a": 1' + b',"a":1' * 100_000 + b"}", 422, "more names", "#"),
    "300,000 empty lists": (b'{"strokes": [[]' + b",[]" * 300_000 + b"]}", 422, "more lists", "#"),
    "lists in lists": (
        b'{"pixels": [0' + (b",[" + b"[" * 100 + b"]" * 101) * 2_000 + b"]}",
        422,
        "more lists",
        "#",
    ),
    "300,000 empty objects": (b"[{}" + b",{}" * 300_000 + b"]", 422, "more objects", "#"),
    "400,000 pixels": (pixels("0")[:-2] + b",0" * 400_000 + b"]}", 422, "more values", "#"),
    "20,001 points in a stroke": (
        body({"strokes": [{"points": [[0.5, 0.5]] * 20_001}]}),
        422,
        "20\u202f000 points",
        "#/strokes/0/points",
    ),
    "40,000 points together": (
        body({"strokes": [{"points": [[0.5, 0.5]] * 400}] * 100}),
        422,
        "20\u202f000 points",
        "#",
    ),
    "a stroke without points": (points("[]"), 422, "no points", "#/strokes/0/points"),
    "a stroke without the field": (body({"strokes": [{}]}), 422, "missing", "#/strokes/0/points"),
    "a stroke that is a list": (body({"strokes": [[[0, 0]]]}), 422, "object", "#/strokes/0"),
    "a point of three": (points("[[0, 0, 0]]"), 422, "[x, y]", "#/strokes/0/points/0"),
    "a point of one": (points("[[0]]"), 422, "[x, y]", "#/strokes/0/points/0/1"),
    "a point of NaN": (points("[[0.5, NaN]]"), 422, "NaN", "#/strokes/0/points/0/1"),
    "a point of -Infinity": (points("[[-Infinity, 0]]"), 422, "NaN", "#/strokes/0/points/0/0"),
    "a point of 1e999": (points("[[1e999, 0]]"), 422, "finite", "#/strokes/0/points/0/0"),
    "a point far off the pad": (points("[[2.001, 0]]"), 422, "at most 2", "#/strokes/0/points/0/0"),
    "a point far off the other way": (
        points("[[0, -1.001]]"),
        422,
        "at least -1",
        "#/strokes/0/points/0/1",
    ),
    "a width of 0": (stroke(width=0), 422, "above 0", "#/strokes/0/width"),
    "a width of 1.5": (stroke(width=1.5), 422, "at most 1", "#/strokes/0/width"),
    "a width as text": (stroke(width="0.1"), 422, "quotes", "#/strokes/0/width"),
    "a width of null": (stroke(width=None), 422, "number", "#/strokes/0/width"),
    "erase as a number": (stroke(erase=1), 422, "true or false", "#/strokes/0/erase"),
    "center as text": (body({**SEVEN, "center": "no"}), 422, "true or false", "#/center"),
}

FILES = {
    "no image": (b"GIF? " + SECRET.encode() * 20, 422),
    "an empty file": (b"", 422),
    "an image cut short": (png()[:60], 422),
    "an image of 50,000 × 50,000": (huge_png(), 422),
    "an image of another kind": (animated_gif(), 422),
}
