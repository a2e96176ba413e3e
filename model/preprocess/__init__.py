"""Strokes and images from outside, made into what the networks read."""

from model.preprocess.images import preprocess_file
from model.preprocess.kinds import ImageError
from model.preprocess.place import Preprocessed, preprocess_pixels, to_input
from model.preprocess.strokes import Stroke, preprocess_strokes

__all__ = [
    "ImageError",
    "Preprocessed",
    "Stroke",
    "preprocess_file",
    "preprocess_pixels",
    "preprocess_strokes",
    "to_input",
]
