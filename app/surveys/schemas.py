"""What crosses the wire about surveys."""

from pydantic import Field

from app.schemas import Wire


class SurveyProgress(Wire):
    """How far a survey is that is being made; whoever asks again is given it when it is there."""

    set: str = Field(description="The set of images that it is made on.")
    done: int = Field(description="Images that were read, or other steps; 0 while it waits.")
    total: int = Field(description="Of how many; 0 while it waits.")


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
