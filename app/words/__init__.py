"""The words of refusals, in two tables: about requests, and about what is in their bodies."""

from typing import Final, NamedTuple

FORMS: Final = (
    'Send either {{"strokes": [{{"points": [[0.5, 0.2], [0.5, 0.8]]}}]}} or '
    '{{"pixels": [784 numbers]}}.'
)


class Sentence(NamedTuple):
    """What is wrong, and how to mend it; gaps stand in braces. `problem` is one of `PROBLEMS`."""

    problem: str
    detail: str
    mend: str
