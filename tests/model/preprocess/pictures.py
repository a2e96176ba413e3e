"""Pictures as people would send them, made for tests."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

INK = ((60, 40), (140, 40), (70, 160))
"""A 7, in 200×200: asymmetric, so that a turned one is seen to be turned."""


def seven(size=200, width=16):
    """(size, size) float, 0 = paper, 1 = ink."""
    image = Image.new("L", (size * 4, size * 4))
    points = [(x * size / 50, y * size / 50) for x, y in INK]
    draw = ImageDraw.Draw(image)
    draw.line(points, fill=255, width=width * 4, joint="curve")
    return np.asarray(image.reduce(4), float) / 255


def grey(values):
    return Image.fromarray(np.clip(np.round(values * 255), 0, 255).astype(np.uint8))


def encode(image, kind="PNG", **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
