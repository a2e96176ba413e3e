"""What crosses the wire about surveys."""

from pydantic import Field

from app.schemas import TraceMetadata, Wire


class SurveyProgress(Wire):
    """How far a survey is that is being made; whoever asks again is given it when it is there."""

    set: str = Field(description="The set of images that it is made on.")
    done: int = Field(description="Images that were read, or other steps; 0 while it waits.")
    total: int = Field(description="Of how many; 0 while it waits.")


class MapMetadata(Wire):
    """What the map of a set says of itself; all of it as strings."""

    model: str
    weights: str = Field(description="SHA-256 of the weights that read.")
    set: str = Field(description="The set of images.")
    images: str = Field(description="How many.")
    layer: str = Field(description="Whose activations they are laid out by.")
    cells: str = Field(description="How many numbers that layer has, of which two are left.")
    variance: str = Field(description="Of all of them together.")
    exact: str = Field(description="How many components were found for certain.")


class UnitsMetadata(Wire):
    """What the count of units says of itself; all of it as strings."""

    model: str
    weights: str = Field(description="SHA-256 of the weights that read.")
    set: str = Field(description="The set of images.")
    images: str = Field(description="How many.")
    layers: str = Field(
        description="JSON: of the input and each layer its name; its sense (gate: of a relu, cells "
        "never above 0 are dead; sum: of a weighted sum, above or below; signed: of a curve like "
        "tanh; positive: never below 0 by its formula); the cells of each map; and of its "
        "histogram the width of a bin, which multiple of it is the first border, how many numbers "
        "are exactly 0 and in no bin, and how many are no finite number.",
    )
    parameters: str = Field(description="JSON: the same of the histogram of each parameter.")


class NeighboursMetadata(TraceMetadata):
    """What the neighbours of a drawing say of themselves, beside what a trace does."""

    set: str = Field(description="The set of images.")
    layer: str = Field(description="In which they are nearest.")


class ReadingsMetadata(Wire):
    """What the readings of a set say of themselves; all of it as strings."""

    model: str
    weights: str = Field(description="SHA-256 of the weights that read.")
    set: str = Field(description="The set of images.")
    images: str = Field(description="How many.")
    correct: str = Field(description="How many of them were read right.")
    loss: str = Field(description="The mean of `losses`.")
    threshold: str = Field(
        description="Below this energy a reading is not sure; nothing where none is known."
    )
    unsure: str = Field(description="How many energies lie below it.")
