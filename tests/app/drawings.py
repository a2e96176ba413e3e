"""Right requests, to compare wrong ones with."""

import io
import json

import numpy as np
from PIL import Image

TRACE = "/api/models/untrained/trace"
JSON = {"content-type": "application/json"}
SEVEN = {
    "strokes": [
        {"points": [[0.3, 0.25], [0.5, 0.24], [0.7, 0.25]], "width": 0.08},
        {"points": [[0.7, 0.25], [0.55, 0.5], [0.45, 0.8]], "width": 0.08, "erase": False},
    ],
    "center": True,
}
PIXELS = {"pixels": [int(v) for v in np.arange(784) % 256]}


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def png(size: tuple[int, int] = (60, 80), format: str = "PNG") -> bytes:
    """Dark ink on white paper: a thick vertical bar."""
    image = Image.new("L", size, 255)
    width, height = size
    image.paste(20, (width * 2 // 5, height // 5, width * 3 // 5, height * 4 // 5))
    file = io.BytesIO()
    image.save(file, format)
    return file.getvalue()
