"""What the manual of the engine shows is what the engine does."""

import re
from pathlib import Path

README = Path(__file__).parents[2] / "model" / "README.md"


def test_the_examples_run_as_they_stand(capsys):
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    printed = capsys.readouterr().out.splitlines()
    claimed = re.findall(r"print\(.*\)  # (\(.*?\))", "\n".join(blocks))
    assert [line for line in printed if line.startswith("(")] == claimed


def test_every_file_of_the_engine_is_in_the_table():
    text = README.read_text()
    for path in README.parent.glob("*.py"):
        assert path.name == "__init__.py" or f"`{path.name}`" in text
