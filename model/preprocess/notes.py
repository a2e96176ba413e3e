"""What is said of a reading that is not to be believed, or of a picture without ink."""

from collections.abc import Mapping
from typing import Final

NOTES: Final[Mapping[str, str]] = {
    "several": "These look like several digits. The largest is read; choose another on the pad.",
    "tiny": "Very small: the ink has too few pixels to be sure of its shape. Crop it or go nearer.",
    "small": "Very small: enlarged {times} times.",
    "even": "It has one brightness all over.",
    "faint": "Nothing in it stands out from the paper as the lines of a pen do.",
}
"""By kind; gaps stand in braces."""


class Note(str):
    """
    One of them as an English sentence, with its kind, so that others can word it anew.

    Attributes
    ----------
    kind
        One of `NOTES`.
    gaps
        What fills the gaps of the sentence.
    """

    kind: str
    gaps: dict[str, int]

    __slots__ = ("gaps", "kind")

    def __new__(cls, kind: str, **gaps: int) -> "Note":
        """Word a note."""
        note = super().__new__(cls, NOTES[kind].format(**gaps))
        note.kind, note.gaps = kind, gaps
        return note

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, int]]:
        """Make the same of it where it is copied."""
        return (self.kind,), self.gaps
