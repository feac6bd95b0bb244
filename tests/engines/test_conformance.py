"""Every view gives on every engine what it gives on DuckDB, value by value.

Each engine runs the very script that `export-sql` prints. On the shipped file tables are declared
over exported Parquet, on the others over the dataset's own files, some of them partitioned.
`pytest -m slow tests/engines --record-engines` writes what held to results.csv, from which
docs/engines.md is made.
"""

import csv
import math
from pathlib import Path
from typing import Any

import pytest

from peftshop_db import dataset, sqlfiles
from tests.commands import peftshop
from tests.engines import runners
from tests.engines.runners import Engine, Row

DATA = ("shipped", "small", "odd_names", "empty")
RESULTS = Path(__file__).parent / "results.csv"
CASES = [
    pytest.param(
        engine,
        data,
        id=f"{engine}-{data}",
        marks=() if (engine, data) == ("sqlite", "shipped") else pytest.mark.slow,
    )
    for engine in runners.ENGINES
    for data in DATA
]


@pytest.mark.parametrize(("engine", "data"), CASES)
def test_every_view_equals_duckdb(engine: str, data: str, request: pytest.FixtureRequest) -> None:
    runners.require(engine)
    folder: Path = request.getfixturevalue(data)
    arguments = ["export-sql", "--dialect", engine]
    if data == "shipped" and engine not in ("postgres", "sqlite"):
        arguments += ["--parquet", str(request.getfixturevalue("exported"))]
    printed = peftshop(*arguments, db=folder)
    assert printed.returncode == 0, printed.stderr
    runner = runners.ENGINES[engine]
    wrong: dict[str, str] = {}
    with (
        dataset.connect(folder / dataset.FILE_NAME) as connection,
        runner.run(printed.stdout) as ask,
    ):
        for name in sqlfiles.views():
            expected = connection.execute(f"from {name}").fetchall()
            if difference := find_difference(ask(f"select * from {name}"), expected, runner):
                wrong[name] = difference
    if request.config.getoption("--record-engines"):
        record(runner, data, wrong)
    assert not wrong


def find_difference(found: list[Row], expected: list[Row], engine: Engine) -> str | None:
    if not engine.has_booleans:
        expected = [tuple(map(_without_boolean, row)) for row in expected]
    if not engine.keeps_order:
        found, expected = sorted(found, key=_sort_key), sorted(expected, key=_sort_key)
    if len(found) != len(expected):
        return f"{len(found)} rows, not {len(expected)}"
    for number, (row, wanted) in enumerate(zip(found, expected, strict=True)):
        if len(row) != len(wanted) or not all(map(equal, row, wanted)):
            return f"row {number}: {row}, not {wanted}"
    return None


def equal(found: Any, expected: Any) -> bool:
    if isinstance(expected, float) and isinstance(found, float):
        return math.isclose(found, expected, rel_tol=1e-12)
    return type(found) is type(expected) and found == expected


@pytest.mark.parametrize(
    ("engine", "found", "expected", "is_equal"),
    [
        ("duckdb", [(1, "a"), (None, 0.1)], [(1, "a"), (None, 0.1 + 1e-15)], True),
        ("duckdb", [(0.1,)], [(0.1 + 1e-12,)], False),
        ("duckdb", [(1,)], [(1.0,)], False),
        ("duckdb", [(1,)], [(True,)], False),
        ("sqlite", [(1,)], [(True,)], True),
        ("sqlite", [(None,)], [(False,)], False),
        ("duckdb", [("",)], [(None,)], False),
        ("duckdb", [(1,), (2,)], [(2,), (1,)], False),
        ("datafusion", [(1,), (2,)], [(2,), (1,)], True),
        ("datafusion", [(1,), (1,)], [(1,), (2,)], False),
        ("duckdb", [(1,)], [(1,), (1,)], False),
    ],
)
def test_differences_are_seen(
    engine: str, found: list[Row], expected: list[Row], is_equal: bool
) -> None:
    difference = find_difference(found, expected, runners.ENGINES[engine])
    assert (difference is None) == is_equal


def _without_boolean(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _sort_key(row: Row) -> list[tuple[bool, str]]:
    # doubles last: their last digits may differ
    rounded = [f"{value:.9g}" if isinstance(value, float) else str(value) for value in row]
    return [(value is None, text) for value, text in zip(row, rounded, strict=True)]


def record(engine: Engine, data: str, wrong: dict[str, str]) -> None:
    """Notes for each view on which data an engine gave the right answer."""
    rows = read_results()
    for view in sqlfiles.views():
        held = set(rows.get((view, engine.name), {}).get("equal_on", "").split()) - {data}
        if view not in wrong:
            held.add(data)
        kept = " ".join(name for name in DATA if name in held)
        row = {"view": view, "engine": engine.name, "version": engine.version(), "equal_on": kept}
        rows[view, engine.name] = row
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for key, row in sorted(rows.items()) if key[0] in sqlfiles.views())


def read_results() -> dict[tuple[str, str], dict[str, str]]:
    """What was recorded, by view and engine."""
    if not RESULTS.exists():
        return {}
    with RESULTS.open(newline="", encoding="utf-8") as file:
        return {(row["view"], row["engine"]): row for row in csv.DictReader(file)}
