"""Statements that want more than to read the dataset, and those that want more than their share."""

from pathlib import Path


def statements(name: str) -> list[str]:
    """The lines of a file but comments, a statement each."""
    text = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def written_out(line: str) -> str:
    """The statement of a line: after `py`, what Python makes of the rest."""
    return str(eval(line[3:])) if line.startswith("py ") else line
