"""Rankings: methods in the view's order, with a dot for each measure and its interval."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import measures, theme
from peftshop_db.plotting.dots import DOT, FILLED, HOLLOW, NUMBERS, Dots
from peftshop_db.plotting.figure import KeyEntry, Spec, label_color
from peftshop_db.plotting.measures import BASELINE
from peftshop_db.selection import Result

if TYPE_CHECKING:
    import duckdb

_ONE, _MANY = 300, 170  # the width of a panel that is alone, and of one of several
_COUNTS = ("runs", "methods", "items", "steps")
_SPREAD = {"value": "best_run_value", "value_low": "lowest", "value_high": "highest"}
_CONTEXT = ("rank", "position", "number", "p_value", "p_value_holm", "baseline_score")


def shown(columns: Sequence[Column]) -> list[Column]:
    """The columns of numbers that are drawn: neither counts nor what goes beside another one."""
    return [
        column
        for column in columns
        if table.is_number(column)
        and column.unit not in _COUNTS
        and column.name not in _CONTEXT
        and not column.name.endswith(("_low", "_high"))
        and (column.unit or not column.name.startswith(("num_", "rated_", "ranked_")))
    ]


def panels(
    connection: "duckdb.DuckDBPyConnection", result: Result, highlight: Sequence[str]
) -> tuple[list[list[Spec]], float]:
    """Panels for each benchmark: a single measure's side by side, several measures' in a row."""
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    titles = measures.names(connection)
    drawn: list[list[Spec]] = []
    for benchmark in dict.fromkeys(row.get("benchmark") for row in rows):
        own = [row for row in rows if row.get("benchmark") == benchmark]
        drawn.append(_block(connection, titles, benchmark, own, result.columns, highlight))
    drawn = [block for block in drawn if block]
    if not drawn:
        raise UsageError("the rows hold no number to draw")
    most = max(map(len, drawn))
    if most == 1:
        return [[panel for row in drawn for panel in row]], len(drawn) * (_ONE + 170)
    return drawn, most * (_MANY + NUMBERS + 24) + 150


def key(result: Result, highlight: Sequence[str], rows: Sequence[Sequence[Spec]]) -> list[KeyEntry]:
    """What the marks mean, those alone that are drawn."""
    tied = _tied_column(result.columns)
    if tied:
        text = tied.removeprefix("is_").replace("_", " ")
        entries = [KeyEntry(text, DOT | FILLED), KeyEntry(f"not {text}", DOT | HOLLOW)]
    else:
        entries = []
    text = str(rows)
    bar = {"type": "tick", "orient": "horizontal", "color": theme.INTERVAL, "thickness": 3}
    if "score_high" in text:
        entries.append(KeyEntry("95% interval", bar))
    if "value_high" in text:
        entries += [KeyEntry("best run", DOT | FILLED), KeyEntry("all of its runs", bar)]
    if BASELINE in text:
        dash = {"type": "tick", "orient": "vertical", "color": theme.INK, "thickness": 1.5}
        entries.append(KeyEntry(BASELINE, dash))
    return entries


def _tied_column(columns: Sequence[Column]) -> str | None:
    return next((column.name for column in columns if column.name.startswith("is_tied")), None)


def _block(
    connection: "duckdb.DuckDBPyConnection",
    names: measures.Names,
    benchmark: str | None,
    rows: list[dict[str, Any]],
    columns: Sequence[Column],
    highlight: Sequence[str],
) -> list[Spec]:
    """A benchmark's panels, all with the same methods in the same order."""
    series: list[tuple[str, str, str, list[dict[str, Any]]]] = []
    if "best_run_value" in rows[0]:
        rows = [row | {new: row[old] for new, old in _SPREAD.items()} for row in rows]
    if "measure" in rows[0]:
        value = "stars" if "stars" in rows[0] else "value"
        kinds = sorted(
            dict.fromkeys(row["measure"] for row in rows), key=lambda name: name != "score"
        )
        for kind in kinds:
            label, unit = names.measure(benchmark, kind)
            own = [row for row in rows if row["measure"] == kind]
            series.append((value, label, "stars" if value == "stars" else unit, own))
    else:
        for column in shown(columns):
            series.append((column.name, *names.column(benchmark, column), rows))
    order = list(dict.fromkeys(row["method"] for _, _, _, own in series for row in own))
    ranks = _ranked(rows if "measure" not in rows[0] else [])
    width = _ONE if len(series) == 1 else _MANY
    tied = _tied_column(columns)
    panels = [
        Dots(field, label, unit, own, order, width, tied).specification(
            measures.baseline(connection, benchmark, field) if benchmark else None
        )
        for field, label, unit, own in series
        if any(row[field] is not None for row in own)
    ]
    for i, panel in enumerate(panels):
        axis: Spec = {"title": None, "domain": False, "ticks": False, "grid": True}
        axis |= {"labelColor": label_color(highlight)} if not i else {"labels": False}
        if ranks and not i:
            axis["labelExpr"] = f"{_expression(ranks)}[datum.label]"
        panel["encoding"]["y"] = {"field": "method", "sort": order, "scale": {"domain": order}}
        panel["encoding"]["y"]["axis"] = axis
        if benchmark and not i:
            panel["title"] = {"text": names.benchmark(benchmark)}
    return panels


def _ranked(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Methods with their rank before the name, marked where several share it."""
    if not rows or "rank" not in rows[0]:
        return {}
    ranks = [row["rank"] for row in rows]
    return {
        row["method"]: f"{'=' * (ranks.count(row['rank']) > 1)}{row['rank']}  {row['method']}"
        for row in rows
    }


def _expression(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
