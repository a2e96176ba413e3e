"""Where static/ and templates/ are: beside app/ in a checkout, inside it in a wheel."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@cache
def resource_folder(name: str) -> Path:
    """
    Find one of the folders that the page is made of.

    Parameters
    ----------
    name : str
        ``"static"`` or ``"templates"``.

    Raises
    ------
    FileNotFoundError
        When neither place has it: the installation is incomplete.
    """
    for parent in (_HERE, _HERE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    sentence = (
        f"Convlens is not completely installed: its folder {name}/ is missing. Install it again."
    )
    raise FileNotFoundError(sentence)
