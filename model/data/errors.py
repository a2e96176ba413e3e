"""The one error of this room."""


class MnistError(Exception):
    """What is wrong with the data, in a sentence that names the file and says how to mend it."""
