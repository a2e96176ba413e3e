"""What can be set about trainings: where they are kept, how many and how large, who starts them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from model.data.folders import data_folder

_LEAST_TOKEN: Final = 16  # characters
_NUMBERS: Final = {
    "trainings": "trainings at once",
    "waiting": "trainings that wait for a place",
    "megabytes": "megabytes that all runs may take",
    "steps": "steps that a training may have",
    "minutes": "minutes that a training may take",
    "patience": "seconds that a training may hang before it is taken up again",
}


@dataclass(frozen=True, slots=True)
class Training:
    """
    What may be trained, where it is kept, and who may start it.

    Attributes
    ----------
    runs : the folder of runs; "" for that of this user.
    handwriting : the folder of drawings of one's own; "" for one beside the runs.
    data : a folder with sets of images, beside the one that MNIST is fetched to.
    token : what whoever changes something must send; "" lets nobody.
    open : whether everybody may start and stop trainings; never delete or fetch.
    trainings : so many at once.
    waiting : so many more may wait until a place is free.
    megabytes : so much may all runs take.
    steps, minutes : so long may one be.
    patience : seconds without a sign of life after which one is taken to hang.
    """

    runs: str = ""
    data: str = ""
    token: str = field(default="", repr=False)
    open: bool = False
    trainings: int = 1
    waiting: int = 8
    megabytes: int = 500
    steps: int = 200_000
    minutes: int = 240
    patience: int = 60
    handwriting: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        for name, what in _NUMBERS.items():
            if getattr(self, name) < (least := int(name != "waiting")):
                raise ValueError(f"There must be at least {least} of the {what}.")
        if self.token and (len(self.token) < _LEAST_TOKEN or not self.token.isascii()):
            raise ValueError(
                f"CONVLENS_TOKEN needs at least {_LEAST_TOKEN} letters and digits that nobody "
                "guesses; leave it out, and one is made."
            )

    @property
    def folder(self) -> Path:
        """Where runs are kept."""
        return Path(self.runs) if self.runs else data_folder() / "runs"

    @property
    def drawings(self) -> Path:
        """Where drawings of one's own are kept."""
        folder = self.folder.absolute()
        return Path(self.handwriting) if self.handwriting else folder.with_name("handwriting")

    def to_environment(self) -> dict[str, str]:
        """Write it for worker processes."""
        return {
            "CONVLENS_RUNS": self.runs,
            "CONVLENS_DATA": self.data,
            "CONVLENS_HANDWRITING": self.handwriting,
            "CONVLENS_TOKEN": self.token,
            "CONVLENS_OPEN_TRAINING": "1" if self.open else "",
            **{f"CONVLENS_TRAINING_{name.upper()}": str(getattr(self, name)) for name in _NUMBERS},
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read what `to_environment` wrote; what is absent keeps its default."""
        numbers: dict[str, int] = {}
        for name, what in _NUMBERS.items():
            said = environment.get(f"CONVLENS_TRAINING_{name.upper()}", "")
            if said and not (said.isascii() and said.isdigit()):
                raise ValueError(f"CONVLENS_TRAINING_{name.upper()} is a whole number: {what}.")
            numbers |= {name: int(said)} if said else {}
        return cls(
            runs=environment.get("CONVLENS_RUNS", ""),
            data=environment.get("CONVLENS_DATA", ""),
            handwriting=environment.get("CONVLENS_HANDWRITING", ""),
            token=environment.get("CONVLENS_TOKEN", ""),
            open=environment.get("CONVLENS_OPEN_TRAINING", "") not in ("", "0"),
            **numbers,
        )
