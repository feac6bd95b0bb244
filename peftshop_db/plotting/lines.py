"""Lines: how each method's numbers moved from version to version, or in training step by step."""

import itertools
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import labels, measures, scales, theme
from peftshop_db.plotting.figure import KeyEntry, Spec
from peftshop_db.plotting.labels import Label
from peftshop_db.selection import MEASURES, Result

if TYPE_CHECKING:
    import duckdb

AXES = {"version_order": "peft_version", "step": "step"}  # what lines run along: its labels
_MOST_LABELS = 60
_IN_A_ROW = 3
_VERSIONS, _STEPS = (230, 560), (300, 260)  # width and height of a panel
_ROOM = 150  # for the labels at the lines' ends
_GAP = 11.5  # between neighbours of them
_MOVED: Spec = {"color": theme.FRONT, "strokeWidth": 1.5, "opacity": 1}
_STILL: Spec = {"color": theme.INTERVAL, "strokeWidth": 1.2, "opacity": 1}
_RUN: Spec = {"color": theme.FAINT, "strokeWidth": 0.9, "opacity": 0.7}
_CHOSEN: Spec = {"color": theme.HIGHLIGHT, "strokeWidth": 2.4, "opacity": 1}
_POINT: Spec = {"type": "point", "opacity": 1, "size": 34, "strokeWidth": 1.3}
_INVALID: Spec = {"fill": theme.PAPER, "stroke": theme.INVALID}
_NEW: Spec = {"shape": "triangle-up", "size": 52}
_OTHER_RUN: Spec = {"shape": "diamond", "size": 74}
_BOUNDARY = "measured anew from here: not comparable across this line"


def axis(columns: Sequence[Column]) -> str | None:
    """The column that lines run along; None where the view has none."""
    return next((column.name for column in columns if column.name in AXES), None)


def panels(
    connection: "duckdb.DuckDBPyConnection", result: Result, highlight: Sequence[str]
) -> tuple[list[list[Spec]], float]:
    """A row of panels for each benchmark, one for each number that some line has twice."""
    along = axis(result.columns) or ""
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    if len({row[along] for row in rows}) < 2:
        raise UsageError(
            f"the rows are of one {along.partition('_')[0]} alone, which makes no line; "
            "several come from: peftshop-db build OLD.json NEW.json --out DIR"
        )
    if along == "version_order" and "invalidated_by" not in names:
        _invalidate(connection, rows)
    titles = measures.names(connection)
    drawn: list[list[Spec]] = []
    for benchmark in dict.fromkeys(row["benchmark"] for row in rows):
        own = [row for row in rows if row["benchmark"] == benchmark]
        panels = [
            _Lines(along, column.name, *titles.column(benchmark, column), own, highlight)
            for column in numbers(result.columns, along)
        ]
        specs = [panel.specification() for panel in panels if panel.is_drawable()]
        if specs:
            for spec in specs:
                spec["title"] = {"text": titles.benchmark(benchmark)}
            drawn += [specs[i : i + _IN_A_ROW] for i in range(0, len(specs), _IN_A_ROW)]
    if not drawn:
        raise UsageError("no number of the rows is there twice; there is no line to draw")
    widths = [sum(panel["width"] + 70 for panel in row) for row in drawn]
    return drawn, max(widths)


def _invalidate(connection: "duckdb.DuckDBPyConnection", rows: list[dict[str, Any]]) -> None:
    """Tells rows of versions which of them have a forgetting that must not be used."""
    places = ("version_order", "benchmark", "method")
    query = f"select {', '.join(places)}, invalidated_by from history_scores"
    found = {tuple(held): caveat for *held, caveat in connection.execute(query).fetchall()}
    for row in rows:
        row["invalidated_by"] = found.get(tuple(row[name] for name in places))


def key(result: Result, highlight: Sequence[str], rows: Sequence[Sequence[Spec]]) -> list[KeyEntry]:
    """What the marks mean, those alone that are drawn."""
    filled = _POINT | {"fill": theme.FRONT, "stroke": theme.PAPER}
    if axis(result.columns) == "version_order":
        marks = {"moved": _sign(_MOVED), "as before": _sign(_STILL), "new": filled | _NEW}
        if any(column.name == "is_other_run" for column in result.columns):
            marks["another setting became the best run"] = filled | _OTHER_RUN
    else:
        marks = {"a run": _sign(_RUN)}
    if _BOUNDARY in str(rows):
        marks["invalid, not to be used"] = _POINT | _INVALID
    if highlight:
        marks["highlighted"] = _sign(_CHOSEN)
    return [KeyEntry(text, mark) for text, mark in marks.items()]


def _sign(look: Spec) -> Spec:
    line = {"type": "point", "shape": "stroke", "size": 200, "opacity": 1}
    return line | {"stroke": look["color"], "strokeWidth": look["strokeWidth"]}


def numbers(columns: Sequence[Column], along: str) -> list[Column]:
    """Of versions, the measures; of steps, every number but the step and the clock."""
    if along == "version_order":
        return [column for column in columns if column.name in MEASURES]
    others = [column for column in columns if column.name != along and column.unit != "seconds"]
    return [column for column in others if table.is_number(column)]


class _Lines:
    """A panel: one number of a benchmark's methods or runs, a line each."""

    def __init__(
        self,
        along: str,
        field: str,
        label: str,
        unit: str,
        rows: Sequence[dict[str, Any]],
        highlight: Sequence[str],
    ) -> None:
        self.along, self.field, self.highlight = along, field, highlight
        self.is_history = along == "version_order"
        self.width, self.height = _VERSIONS if self.is_history else _STEPS
        self.ticks = dict(sorted({row[along]: row[AXES[along]] for row in rows}.items()))
        self.lines: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            if row[field] is not None:
                line = row.get("file") or row["method"]
                self.lines.setdefault(line, []).append(self._point(row, unit))
        last = max(self.ticks)
        ended = [line for line in self.lines.values() if line[-1]["at"] == last]
        named = [line for line in ended if self.is_history or self._look(line) is _CHOSEN]
        self.named = sorted(named, key=lambda line: -line[-1]["value"])[:_MOST_LABELS]
        self.full_width = self.width + (_ROOM if self.named else 0)
        low, inset = min(self.ticks), 14 if self.is_history else 0
        per_pixel = (last - low) / (self.width - 2 * inset)
        end = low + (self.full_width - inset) * per_pixel
        self.domain = (low - inset * per_pixel, end)
        held = [point["value"] for line in self.lines.values() for point in line]
        self.y = scales.choose("value", label, unit, held or [0.0], self.height, linear=True)

    def _point(self, row: dict[str, Any], unit: str) -> dict[str, Any]:
        is_invalid = self.field == "forgetting" and row.get("invalidated_by") is not None
        return {
            "at": row[self.along],
            "value": float(row[self.field]),
            "method": row["method"],
            "run": row.get("experiment_name"),
            "number": table.humanize(row[self.field], unit),
            "is_invalid": is_invalid,
            "is_other_run": bool(row.get("is_other_run")),
        }

    def is_drawable(self) -> bool:
        return any(len(line) > 1 for line in self.lines.values())

    def specification(self) -> Spec:
        return {
            "width": self.full_width,
            "height": self.height,
            "encoding": {"x": self._x(), "y": self.y.channel(grid=True)},
            "layer": [
                *self._boundary(),
                *self._drawn_lines(),
                *(self._points() if self.is_history else []),
                *self._labels(),
            ],
        }

    def _x(self) -> Spec:
        low, high = min(self.ticks), max(self.ticks)
        scale = {"domain": list(self.domain), "nice": False, "zero": False}
        axis: Spec = {"grid": False, "domain": False, "titleAnchor": "start"}
        if self.is_history:
            names: list[Any] = [str(name) for name in self.ticks.values()]
            if len(set(names)) < len(names):
                names = [[name, f"version {at}"] for at, name in self.ticks.items()]
            axis |= {"title": "peft version", "values": list(self.ticks)}
            places = list(self.ticks)
            axis["labelExpr"] = f"{json.dumps(names)}[indexof({places}, datum.value)]"
        else:
            ticks = scales.choose("at", "", "", [low, high], self.width, padding=(0, 0), ticks=5)
            axis |= {"title": "step", "values": list(ticks.values)}
        return {"field": "at", "type": "quantitative", "scale": scale, "axis": axis}

    def _look(self, line: Sequence[dict[str, Any]]) -> Spec:
        if line[0]["method"] in self.highlight:
            return _CHOSEN
        if not self.is_history:
            return _RUN
        return _MOVED if len({point["value"] for point in line}) > 1 else _STILL

    def _drawn_lines(self) -> list[Spec]:
        """The lines, the emphasized on top; broken where a number changes its meaning."""
        drawn: list[Spec] = []
        for look in (_RUN, _STILL, _MOVED, _CHOSEN):
            for line in self.lines.values():
                for _, points in itertools.groupby(line, lambda point: point["is_invalid"]):
                    part = list(points)
                    if self._look(part) is look:
                        drawn.append({"data": {"values": part}, "mark": {"type": "line"} | look})
        return drawn

    def _points(self) -> list[Spec]:
        tooltip = [{"field": name} for name in ("method", "run", "number")]
        first = min(self.ticks)
        drawn: list[Spec] = []
        for line in self.lines.values():
            is_new = line[0]["at"] > first
            for point in line:
                shape = _OTHER_RUN if point["is_other_run"] else {}
                look = self._look(line)
                color = theme.FRONT if is_new and look is _STILL else look["color"]
                fill = _INVALID if point["is_invalid"] else {"fill": color, "stroke": theme.PAPER}
                mark = _POINT | (_NEW if is_new and point is line[0] else shape) | fill
                encoding = {"tooltip": tooltip}
                drawn.append({"data": {"values": [point]}, "mark": mark, "encoding": encoding})
        return drawn

    def _boundary(self) -> list[Spec]:
        """A line between the last invalid version and the first valid one after it."""
        states = {
            point["at"]: point["is_invalid"] for line in self.lines.values() for point in line
        }
        drawn: list[Spec] = []
        for before, after in itertools.pairwise(sorted(states)):
            if states[before] != states[after]:
                at = {"values": [{"at": (before + after) / 2, "text": _BOUNDARY}]}
                rule = {"type": "rule", "color": theme.INVALID, "strokeDash": [2, 3]}
                ends = {"y": {"value": 0}, "y2": {"value": self.height}}
                drawn.append({"data": at, "mark": rule, "encoding": ends})
                mark = {"type": "text", "angle": 270, "dy": -7, "align": "right"}
                mark |= {"color": theme.INVALID, "fontSize": theme.SMALL_SIZE}
                place = {"y": {"value": 4}, "text": {"field": "text"}}
                drawn.append({"data": at, "mark": mark, "encoding": place})
        return drawn

    def _labels(self) -> list[Spec]:
        """Names at the ends of lines, as many as there is room for."""
        heights = [self.height - self.y.position(line[-1]["value"]) for line in self.named]
        gap = min(_GAP, self.height / max(len(heights), 1))
        low, high = self.domain
        x = (max(self.ticks) - low) / (high - low) * self.full_width
        places = labels.spread(heights, gap, self.height)
        drawn: list[Spec] = []
        for line, at, place in zip(self.named, heights, places, strict=True):
            is_chosen = self._look(line) is _CHOSEN
            color = theme.HIGHLIGHT if is_chosen else theme.INK
            name = line[-1]["method"] if self.is_history else line[-1]["run"]
            label = Label(name, x, place, 0, color, theme.SMALL_SIZE, bold=is_chosen)
            drawn += [
                labels.line((x + 5, at, x + 22, place)),
                *labels.text(label, x + 25, place, "left"),
            ]
        return drawn
