"""What is wrong with a lesson's file, each a sentence that names file and line."""

from typing import NamedTuple


class Mistake(NamedTuple):
    """A sentence about one line of a file."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.says}"


class Mistakes:
    """All that was found in one file so far, in no order."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Mistake] = []

    def add(self, line: int, says: str) -> None:
        """Keep one, and read on."""
        self._found.append(Mistake(self.file, line, says))

    def all(self) -> tuple[Mistake, ...]:
        """In the order of their lines."""
        return tuple(sorted(self._found))


class LessonError(ValueError):
    """A file is no lesson; its text is all that is wrong with it, a line each."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes
