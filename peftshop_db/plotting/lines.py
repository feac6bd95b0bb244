"""Lines: how each method's numbers moved from version to version, or in training step by step."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import looks, measures
from peftshop_db.plotting.figure import KeyEntry, Spec
from peftshop_db.plotting.line_panels import Panel
from peftshop_db.plotting.looks import Point
from peftshop_db.selection import MEASURES, Result
from peftshop_db.units import humanize

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]

AXES = {"version_order": "peft_version", "step": "step"}  # what lines run along: its labels
_TITLES = {"train_loss": "Training loss", "valid_score": "Validation score"}
_COSTS = MEASURES[2:]  # behind score and forgetting
_IN_A_ROW = 3
_MARGIN = 90  # of a panel: its axis, and what lies between it and the next


def axis(columns: Sequence[Column]) -> str | None:
    """The column that lines run along; None where the view has none."""
    return next((column.name for column in columns if column.name in AXES), None)


def panels(
    connection: "duckdb.DuckDBPyConnection", result: Result, highlight: Sequence[str]
) -> tuple[list[list[Spec]], float]:
    """Rows of panels for each benchmark, a panel for each number that some line has twice."""
    along = axis(result.columns) or ""
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    if len(_ticks(rows, along)) < 2:
        raise UsageError(
            f"the rows are of one {along.partition('_')[0]} alone, which makes no line; "
            "several come from: peftshop-db build OLD.json NEW.json --out DIR"
        )
    if along == "version_order" and not {"invalidated_by", "metric_is_valid"} & set(names):
        _invalidate(connection, rows)
    titles = measures.names(connection)
    drawn: list[list[Panel]] = []
    for benchmark in dict.fromkeys(row["benchmark"] for row in rows):
        own = [row for row in rows if row["benchmark"] == benchmark]
        # all benchmarks have the same versions, and each its own steps
        ticks = _ticks(rows if along == "version_order" else own, along)
        series = _series(titles, benchmark, own, result.columns, along)
        made = [
            Panel(label, unit, points, ticks, along == "version_order", is_linear, highlight)
            for label, unit, is_linear, points in series
        ]
        shown = [panel for panel in made if panel.is_drawable()]
        for panel in shown[:1]:
            panel.heading = titles.benchmark(benchmark)
        drawn += [shown[i : i + _IN_A_ROW] for i in range(0, len(shown), _IN_A_ROW)]
    if not drawn:
        raise UsageError("no number of the rows is there twice; there is no line to draw")
    width = max(sum(panel.full_width + _MARGIN for panel in row) for row in drawn)
    return [[panel.specification() for panel in row] for row in drawn], width


def _invalidate(connection: "duckdb.DuckDBPyConnection", rows: Sequence[Row]) -> None:
    """Tells rows of versions which of them have a forgetting that must not be used."""
    places = ("version_order", "benchmark", "method")
    query = f"select {', '.join(places)}, invalidated_by from history_scores"
    found = {tuple(held): caveat for *held, caveat in connection.execute(query).fetchall()}
    for row in rows:
        row["invalidated_by"] = found.get(tuple(row.get(name) for name in places))


def key(result: Result, highlight: Sequence[str], rows: Sequence[Sequence[Spec]]) -> list[KeyEntry]:
    """What the marks mean, those alone that are drawn."""
    drawn = str(rows)
    has_noise = any(column.name == "exceeds_noise" for column in result.columns)
    meaning = looks.MEANING | (looks.NOISE_MEANING if has_noise else {})
    return [
        KeyEntry(text, looks.sign(look))
        for look, text in meaning.items()
        if looks.described(look) in drawn
    ]


def _ticks(rows: Sequence[Row], along: str) -> dict[int, str]:
    return dict(sorted({row[along]: str(row[AXES[along]]) for row in rows}.items()))


def _series(
    titles: measures.Names,
    benchmark: str,
    rows: Sequence[Row],
    columns: Sequence[Column],
    along: str,
) -> Iterator[tuple[str, str, bool, list[Point]]]:
    """The numbers of a benchmark's rows: label, unit, whether it isn't a cost, and points."""
    if "measure" in rows[0]:
        for measure in (name for name in MEASURES if any(row["measure"] == name for row in rows)):
            own = [row for row in rows if row["measure"] == measure]
            label, unit = titles.measure(benchmark, measure)
            yield label, unit, measure not in _COSTS, _points(own, "value", unit, along)
        return
    for column in numbers(columns, along):
        label, unit = titles.column(benchmark, column)
        points = _points(rows, column.name, unit, along)
        yield _TITLES.get(column.name, label), unit, column.name not in _COSTS, points


def numbers(columns: Sequence[Column], along: str) -> list[Column]:
    """Of versions, the measures; of steps, every number but the step and the clock."""
    if along == "version_order":
        return [column for column in columns if column.name in MEASURES]
    others = [column for column in columns if column.name != along and column.unit != "seconds"]
    return [column for column in others if table.is_number(column)]


def _points(rows: Sequence[Row], field: str, unit: str, along: str) -> list[Point]:
    """A column's numbers, without what is missing."""
    scored = [row for row in rows if row.get("test_score") is not None and row["method"]]
    best = max(scored, key=lambda row: float(row["test_score"]), default={}).get("file")
    points = []
    for row in rows:
        if row[field] is None:
            continue
        method = row["method"] if "method" in row else row["subject"]
        is_valid = field != "forgetting" or not row.get("invalidated_by")
        points.append(
            Point(
                at=row[along],
                value=float(row[field]),
                line=row.get("file") or method,
                method=method or measures.BASELINE,
                run=row.get("experiment_name"),
                number=humanize(row[field], unit),
                is_valid=row.get("metric_is_valid", is_valid),
                is_other_run=bool(row.get("is_other_run")),
                exceeds_noise=row.get("exceeds_noise") if field == "score" else None,
                is_best=best is not None and row["file"] == best,
            )
        )
    return points
