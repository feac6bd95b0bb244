"""Rankings: methods in the view's order, with a dot for each measure and its interval."""

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import measures, theme
from peftshop_db.plotting.dots import CHOSEN, DOT, FILLED, TIES, Dots
from peftshop_db.plotting.figure import KeyEntry, Spec, label_look
from peftshop_db.plotting.measures import BASELINE
from peftshop_db.selection import Result

if TYPE_CHECKING:
    import duckdb

_ONE, _MANY = 340, 120  # the width of a panel that is alone, and of one of several
_IN_A_ROW = 6
_COUNTS = ("runs", "methods", "items", "steps", "benchmarks", "backends")
_OF_A_MEASURE = ("stars", "value", "median")  # what is drawn of rows that name their measure
_OTHER_BUDGET: Spec = {
    "subtitle": "Another number of training steps than full fine-tuning, see below",
    "subtitleColor": theme.INVALID,
    "subtitleFontWeight": "bold",
}
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
    """A block for each benchmark: one panel for each number, with the methods at its left."""
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    titles = measures.names(connection)
    blocks: list[list[Spec]] = []
    for benchmark in dict.fromkeys(row.get("benchmark") for row in rows):
        own = [row for row in rows if row.get("benchmark") == benchmark]
        blocks.append(_panels(connection, titles, benchmark, own, result.columns, highlight))
    blocks = [block for block in blocks if block]
    if not blocks:
        raise UsageError("the rows hold no number to draw")
    most = max(map(len, blocks))
    if most == 1:
        return [[panel for block in blocks for panel in block]], len(blocks) * (_ONE + 190)
    return [[_block(block)] for block in blocks], min(most, _IN_A_ROW) * (_MANY + 75) + 150


def key(result: Result, highlight: Sequence[str], rows: Sequence[Sequence[Spec]]) -> list[KeyEntry]:
    """What the marks mean, those alone that are drawn."""
    tied = _tied_column(result.columns)
    text = str(rows)
    entries = [KeyEntry("highlighted", DOT | CHOSEN)] if highlight else []
    if tied:
        words = tied.removeprefix("is_").replace("_", " ")
        held = [row[[column.name for column in result.columns].index(tied)] for row in result.rows]
        meaning = {True: words, False: f"not {words}", None: "not tested"}
        entries += [KeyEntry(meaning[tie], DOT | look) for tie, look in TIES if tie in held]
    for name, meant in (("score_high", "95% interval"), ("highest", "median, lowest to highest")):
        if f"'field': '{name}'" in text:
            bar = {"type": "tick", "orient": "horizontal", "color": theme.INTERVAL, "thickness": 3}
            entries.append(KeyEntry(meant, bar, {} if name == "score_high" else DOT | FILLED))
    if f"'name': '{BASELINE}'" in text:
        dash = {"type": "tick", "orient": "vertical", "color": theme.INK, "size": 14}
        entries.append(KeyEntry(BASELINE, dash | {"thickness": 1.5}))
    return entries


def _tied_column(columns: Sequence[Column]) -> str | None:
    return next((column.name for column in columns if column.name.startswith("is_tied")), None)


def _block(panels: Sequence[Spec]) -> Spec:
    """Panels side by side, in rows of about one length, under the title of the first."""
    in_a_row = math.ceil(len(panels) / math.ceil(len(panels) / _IN_A_ROW))
    rows = [list(panels[i : i + in_a_row]) for i in range(0, len(panels), in_a_row)]
    for row in rows:
        row[0]["encoding"]["y"]["axis"] |= {"labels": True}
    title = {"title": panels[0].pop("title")} if "title" in panels[0] else {}
    return title | {"vconcat": [{"hconcat": row} for row in rows]}


def _series(
    names: measures.Names,
    benchmark: str | None,
    rows: list[dict[str, Any]],
    columns: Sequence[Column],
) -> list[tuple[str, str, str, str, list[dict[str, Any]]]]:
    """The numbers to draw: each one's column, measure, label, unit and rows."""
    if "measure" not in rows[0]:
        drawn = [(column.name, *names.column(benchmark, column)) for column in shown(columns)]
        return [(name, name, label, unit, rows) for name, label, unit in drawn]
    value = next(name for name in _OF_A_MEASURE if name in rows[0])
    kinds = sorted({row["measure"] for row in rows}, key=lambda name: (name != "score", name))
    series = []
    for kind in kinds:
        label, unit = names.measure(benchmark, kind)
        own = [row for row in rows if row["measure"] == kind]
        series.append((value, kind, label, "stars" if value == "stars" else unit, own))
    return series


def _panels(
    connection: "duckdb.DuckDBPyConnection",
    names: measures.Names,
    benchmark: str | None,
    rows: list[dict[str, Any]],
    columns: Sequence[Column],
    highlight: Sequence[str],
) -> list[Spec]:
    """A benchmark's panels, all with the same methods in the same order."""
    series = _series(names, benchmark, rows, columns)
    order = list(dict.fromkeys(row["method"] for *_, own in series for row in own))
    ranks = _ranked(rows if "measure" not in rows[0] else [])
    width = _ONE if len(series) == 1 else _MANY
    tied = _tied_column(columns)
    panels = [
        Dots(field, label, unit, own, order, width, tied, highlight).specification(
            measures.baseline(connection, benchmark, measure)
            if benchmark and field in ("value", measure)
            else None
        )
        for field, measure, label, unit, own in series
        if any(row[field] is not None for row in own)
    ]
    for i, panel in enumerate(panels):
        axis: Spec = {"title": None, "domain": False, "ticks": False, "grid": True}
        axis |= label_look(highlight) | {"labels": not i}
        if ranks:
            axis["labelExpr"] = f"{json.dumps(ranks, ensure_ascii=False)}[datum.label]"
        panel["encoding"]["y"] = {"field": "method", "sort": order, "scale": {"domain": order}}
        panel["encoding"]["y"]["axis"] = axis
        if benchmark and not i:
            panel["title"] = {"text": names.benchmark(benchmark)}
            if any(row.get("is_budget_matched") is False for row in rows):
                panel["title"] |= _OTHER_BUDGET
    return panels


def _ranked(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Methods with their rank before the name, marked where several share it."""
    if not rows or "rank" not in rows[0]:
        return {}
    ranks = [row["rank"] for row in rows]
    return {
        row["method"]: f"{'=' * (ranks.count(row['rank']) > 1)}{row['rank']}\u2002{row['method']}"
        for row in rows
    }
