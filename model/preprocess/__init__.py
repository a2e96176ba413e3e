"""Strokes and images from outside, made into what the networks read."""

from model.file_kinds import kind_of
from model.preprocess.images import preprocess_file, read_picture
from model.preprocess.kinds import ImageError
from model.preprocess.levels import read_levels
from model.preprocess.place import Preprocessed, preprocess_pixels, to_input
from model.preprocess.strokes import Stroke, preprocess_strokes
from model.preprocess.weigh import is_large, sample, unpack

__all__ = [
    "ImageError",
    "Preprocessed",
    "Stroke",
    "is_large",
    "kind_of",
    "preprocess_file",
    "preprocess_pixels",
    "preprocess_strokes",
    "read_levels",
    "read_picture",
    "sample",
    "to_input",
    "unpack",
]
