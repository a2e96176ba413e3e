"""The manual of the engine names all of its files; tests/test_readmes.py runs what it shows."""

from pathlib import Path

README = Path(__file__).parents[2] / "model" / "README.md"


def test_every_file_of_the_engine_is_in_the_table():
    text = README.read_text()
    for path in README.parent.glob("*.py"):
        assert path.name == "__init__.py" or f"`{path.name}`" in text
