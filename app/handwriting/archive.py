"""Drawings to be taken away: as IDX files that a training takes, and as pictures."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

from PIL import Image

from app.handwriting.folder import Classes, Kept
from app.handwriting.made import RULE, held_out, images

_WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the same drawings give the same file
_ABOUT: Final = """Drawings in the format of MNIST: 28 x 28 bytes each, 255 is ink.

train-…         to learn from
t10k-…          held out
classes.txt     what the labels 0, 1, 2, … are called
t10k-writers    who wrote each of those held out, as a colour

{rule}

    convlens train lenet --recipe plain --held-out {few} --data handwriting
    convlens evaluate --model lenet.safetensors --data handwriting
"""


def idx_archive(files: Mapping[str, bytes]) -> bytes:
    """Pack the files of a set, in a folder."""
    count = int.from_bytes(files["train-labels-idx1-ubyte"][4:8], "big")
    about = _ABOUT.format(rule=RULE, few=usual_held_out(count)).encode()
    inside = {"README.txt": about, **files}
    return _packed({f"handwriting/{name}": content for name, content in inside.items()})


def usual_held_out(count: int) -> int:
    """Choose how many of so many images to learn from are validated with, if nobody says."""
    return max(1, round(count / 10))


def png_archive(drawings: Sequence[Kept], classes: Classes) -> bytes:
    """Pack each drawing as a picture: ink is white on black, as in MNIST."""
    held = held_out(drawings)
    found = {}
    for one, image in zip(drawings, images(drawings), strict=True):
        part = "held-out" if one.id in held else "learnt"
        name = "".join(c if c.isalnum() else "_" for c in classes.names.get(one.label, ""))
        file = io.BytesIO()
        Image.fromarray(image).save(file, "PNG")
        found[f"{part}/{one.label:02}-{name}/{one.id}-{one.writer}.png"] = file.getvalue()
    return _packed(found)


def _packed(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
