"""Rankings: methods in the view's order, with a dot for each measure and its interval."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import measures, scales, theme
from peftshop_db.plotting.figure import KeyEntry, Spec, label_color
from peftshop_db.plotting.fronts import BASELINE
from peftshop_db.selection import Result

if TYPE_CHECKING:
    import duckdb

_STEP = 16
_ONE, _MANY = 300, 170  # the width of a panel that is alone, and of one of several
_NUMBERS = 62  # room for the numbers beside the dots
_COUNTS = ("runs", "methods", "items", "steps")
_CONTEXT = ("rank", "position", "number", "p_value", "p_value_holm", "baseline_score")
_DOT: Spec = {"type": "point", "opacity": 1, "size": 58, "strokeWidth": 1.5}


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
    return drawn, most * (_MANY + _NUMBERS + 24) + 150


def key(result: Result, highlight: Sequence[str], rows: Sequence[Sequence[Spec]]) -> list[KeyEntry]:
    """What the marks mean, those alone that are drawn."""
    tied = _tied_column(result.columns)
    if tied:
        text = tied.removeprefix("is_").replace("_", " ")
        entries = [KeyEntry(text, _DOT | _FILLED), KeyEntry(f"not {text}", _DOT | _HOLLOW)]
    else:
        entries = []
    text = str(rows)
    if "score_high" in text:
        bar = {"type": "tick", "orient": "horizontal", "color": theme.INTERVAL, "thickness": 3}
        entries.append(KeyEntry("95% interval", bar))
    if BASELINE in text:
        dash = {"type": "tick", "orient": "vertical", "color": theme.INK, "thickness": 1.5}
        entries.append(KeyEntry(BASELINE, dash))
    return entries


_FILLED: Spec = {"fill": theme.FRONT, "stroke": theme.FRONT}
_HOLLOW: Spec = {"fill": theme.PAPER, "stroke": theme.FAINT}


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
        _Dots(field, label, unit, own, order, width, tied).specification(
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


class _Dots:
    """A panel: one number of each method."""

    def __init__(
        self,
        field: str,
        label: str,
        unit: str,
        rows: Sequence[dict[str, Any]],
        order: Sequence[str],
        width: int,
        tied: str | None,
    ) -> None:
        self.field, self.label, self.unit, self.width, self.order = field, label, unit, width, order
        bounds = (f"{field}_low", f"{field}_high")
        self.bounds = bounds if any(row.get(bounds[0]) is not None for row in rows) else None
        self.values = []
        for row in rows:
            held = {"method": row["method"], field: row[field]}
            held["number"] = table.humanize(row[field], unit)
            for name in (*(self.bounds or ()), *([tied] if tied else [])):
                held[name] = row.get(name)
            self.values.append(held)
        self.tied = tied
        self.invalid = any(
            row.get("metric_is_valid") is False
            or (field == "forgetting_delta" and row.get("forgetting_is_valid") is False)
            for row in rows
        )

    def specification(self, baseline: float | None) -> Spec:
        held = [
            float(row[name])
            for row in self.values
            for name in (self.field, *(self.bounds or ()))
            if row[name] is not None
        ]
        centre = self._centre()
        title = self.label
        held += [baseline] if baseline is not None else []
        scale = scales.choose(
            self.field, title, self.unit, held, self.width, centre=centre, ticks=self.width // 55
        )
        color = {"titleColor": theme.INVALID, "titleFontWeight": "bold"} if self.invalid else {}
        shown = f"{scale.title} – invalid" if self.invalid else scale.title
        channel = scale.channel(
            title=_lines(shown, self.width), grid=False, labelFlush=True, **color
        )
        reference = {
            "data": {"values": [{"at": baseline, "name": BASELINE}]},
            "mark": {"type": "rule", "color": theme.INK, "strokeDash": [4, 3]},
            "encoding": {
                "x": channel | {"field": "at"},
                "y": {"value": 0},
                "y2": {"value": len(self.order) * _STEP},
            },
        }
        zero = {
            "data": {"values": [{"at": centre}]},
            "mark": {"type": "rule", "color": theme.FAINT},
            "encoding": {
                "x": channel | {"field": "at"},
                "y": {"value": 0},
                "y2": {"value": len(self.order) * _STEP},
            },
        }
        return {
            "width": self.width,
            "height": {"step": _STEP},
            "data": {"values": self.values},
            "encoding": {"x": channel},
            "layer": [
                *([zero] if centre is not None else []),
                *([reference] if baseline is not None else []),
                *self._interval(channel),
                *self._dots(),
                self._numbers(),
            ],
        }

    def _centre(self) -> float | None:
        """Where a difference or a ratio says that there is none."""
        return 0 if self.field.endswith("_delta") else 1 if self.field.endswith("_ratio") else None

    def _interval(self, channel: Spec) -> list[Spec]:
        if not self.bounds:
            return []
        low, high = self.bounds
        return [
            {
                "mark": {"type": "rule", "color": theme.INTERVAL, "strokeWidth": 3},
                "encoding": {"x": channel | {"field": low}, "x2": {"field": high}},
            }
        ]

    def _dots(self) -> list[Spec]:
        present = {"filter": f"isValid(datum['{self.field}'])"}
        tooltip = [{"field": "method"}, {"field": "number", "title": self.label}]
        looks = [(True, _FILLED), (False, _HOLLOW)] if self.tied else [(None, _FILLED)]
        return [
            {
                "transform": [
                    present,
                    *(
                        [{"filter": f"(datum['{self.tied}'] === true) === {str(is_tied).lower()}"}]
                        if self.tied
                        else []
                    ),
                ],
                "mark": _DOT | look,
                "encoding": {"tooltip": tooltip},
            }
            for is_tied, look in looks
        ]

    def _numbers(self) -> Spec:
        mark = {
            "type": "text",
            "align": "right",
            "fontSize": theme.SMALL_SIZE,
            "color": theme.MUTED,
        }
        place = {"value": self.width + _NUMBERS - 4}
        return {"mark": mark, "encoding": {"x": place, "text": {"field": "number"}}}


def _lines(title: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(title, max(width // 6, 12))
