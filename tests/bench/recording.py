"""Measurements in CSV files under tests/bench/results/, from which docs/benchmarks.md is made."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file; none where there is no such file."""
    path = RESULTS / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def keep(name: str, row: Mapping[str, object], key: Sequence[str]) -> None:
    """Puts a row into a file, in the place of the one with the same key, in the key's order."""
    written = {column: _text(value) for column, value in row.items()}
    print(name, *written.values(), flush=True)
    others = [old for old in read(name) if any(old[part] != written[part] for part in key)]
    rows = sorted([*others, written], key=lambda item: [_order(item[part]) for part in key])
    with (RESULTS / f"{name}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(written), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _text(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.4g}" if value < 1000 else f"{value:.0f}"


def _order(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdigit() else (0, text)
