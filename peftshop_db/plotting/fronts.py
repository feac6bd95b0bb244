"""Fronts: every method, or every run, by score and cost, and the best score at a cost as steps."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import measures, scatter
from peftshop_db.plotting.figure import KeyEntry, Spec
from peftshop_db.plotting.measures import BASELINE
from peftshop_db.plotting.scatter import Scatter
from peftshop_db.selection import MEASURES, Result

if TYPE_CHECKING:
    import duckdb

COSTS = MEASURES[1:]
_METHODS = (
    "select dominance.method, dominance.score, dominance.value, dominance.is_on_front, "
    "dominance.dominated_by, dominance.metric_is_valid, "
    "score_intervals.score_low, score_intervals.score_high "
    "from dominance inner join score_intervals using (benchmark, method) "
    "where benchmark = ? and cost = ? and is_on_front is not null "
    "order by value, score desc, method"
)
_RUNS = (
    "select run.method, method_runs.experiment_name, run.score, run.value, run.is_on_front, "
    "dominating.experiment_name as dominated_by "
    "from run_dominance as run inner join method_runs using (file) "
    "left join method_runs as dominating on run.dominated_by = dominating.file "
    "where run.candidates = ? and run.benchmark = ? and run.cost = ? "
    "and run.is_on_front is not null order by run.value, run.score desc, run.file"
)


def panels(
    connection: "duckdb.DuckDBPyConnection", result: Result, highlight: Sequence[str]
) -> tuple[list[list[Spec]], float]:
    """A panel for each benchmark and cost of the rows, a row of panels for each cost.

    The rows' methods or runs get labels wherever there is room; those on the front in any case.
    """
    names = measures.names(connection)
    drawn: dict[str, list[Spec]] = {}
    for (cost, benchmark), selected in _by_panel(result).items():
        points, best_runs = _points(connection, result, benchmark, cost)
        if not points:
            continue
        marks = [measures.baseline(connection, benchmark, name) for name in ("score", cost)]
        baseline = None if None in marks else {"score": marks[0], "value": marks[1]}
        axes = scatter.axes(names, benchmark, cost, points, baseline)
        panel = Scatter(*axes, points, selected, baseline, best_runs, highlight)
        drawn.setdefault(cost, []).append(panel.specification(names.benchmark(benchmark)))
    if not drawn:
        raise UsageError("no method of the rows has both a score and the cost; there is no front")
    return list(drawn.values()), max(map(len, drawn.values())) * (scatter.WIDTH + 70)


def key(result: Result, highlight: Sequence[str], rows: Iterable[Sequence[Spec]]) -> list[KeyEntry]:
    """What the marks mean, those alone that are drawn."""
    has_status = any(column.name == "front_status" for column in result.columns)
    shown = [role for role in scatter.MEANING if role != "possible" or has_status]
    point = {"type": "point", "opacity": 1}
    entries = [KeyEntry(scatter.MEANING[role], point | scatter.MARKS[role]) for role in shown]
    drawn = str(list(rows))
    if highlight:
        front = scatter.highlighted(scatter.MARKS["front"])
        entries.append(KeyEntry("highlighted", point | front))
    if _shows_runs(result.columns):
        entries.append(KeyEntry("front of best runs", scatter.BEST_RUNS_SIGN))
    if BASELINE in drawn:
        entries.append(KeyEntry(BASELINE, point | scatter.BASELINE_MARK))
    if "score_low" in drawn:
        entries.append(KeyEntry("95% interval of the score", scatter.BAR))
    return entries


def _by_panel(result: Result) -> dict[tuple[str, str], dict[str, Mapping[str, Any]]]:
    """The rows by method or run, for each cost and benchmark."""
    names = [column.name for column in result.columns]
    cost = next((name for name in names if name in COSTS), "")
    panels: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for values in result.rows:
        row = dict(zip(names, values, strict=True))
        panel = panels.setdefault((row.get("cost") or cost, row["benchmark"]), {})
        panel[row.get("experiment_name") or row["method"]] = row
    return panels


def _shows_runs(columns: Sequence[Column]) -> bool:
    """Whether the rows are raw runs, of which a method may have several."""
    return {"experiment_name", "is_best_run"} <= {column.name for column in columns}


def _points(
    connection: "duckdb.DuckDBPyConnection", result: Result, benchmark: str, cost: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The panel's points; where they are runs, also each method's best run."""
    if not _shows_runs(result.columns):
        return _fetch(connection, _METHODS, benchmark, cost), []
    return (
        _fetch(connection, _RUNS, "all runs", benchmark, cost),
        _fetch(connection, _RUNS, "best runs", benchmark, cost),
    )


def _fetch(
    connection: "duckdb.DuckDBPyConnection", query: str, *parameters: str
) -> list[dict[str, Any]]:
    cursor = connection.execute(query, list(parameters))
    fields = [field for field, *_ in cursor.description]
    return [dict(zip(fields, row, strict=True)) for row in cursor.fetchall()]
