"""Fronts: every method by score and cost, and what score is to be had at a cost as steps."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import labels, measures, scales, theme
from peftshop_db.plotting.figure import KeyEntry, Spec
from peftshop_db.plotting.scales import Scale
from peftshop_db.selection import MEASURES, Result

if TYPE_CHECKING:
    import duckdb

WIDTH, HEIGHT = 500, 380
COSTS = MEASURES[1:]
BASELINE = "full fine-tuning"
_RADIUS = 4.5
_POINTS = (
    "select dominance.method, dominance.score, dominance.value, dominance.is_on_front, "
    "dominance.dominated_by, dominance.metric_is_valid, "
    "score_intervals.score_low, score_intervals.score_high "
    "from dominance inner join score_intervals using (benchmark, method) "
    "where benchmark = ? and cost = ? and is_on_front is not null "
    "order by value, score desc, method"
)
# how a point of each role is drawn: the mark's properties in Vega-Lite
_MARKS: dict[str, Spec] = {
    "dominated": {"filled": False, "stroke": theme.FAINT, "strokeWidth": 1.3, "size": 42},
    "possible": {"fill": theme.POSSIBLE, "stroke": theme.FRONT, "strokeWidth": 1.3, "size": 60},
    "front": {"fill": theme.FRONT, "stroke": theme.PAPER, "strokeWidth": 1, "size": 72},
}
_MEANING = {
    "front": "on the front",
    "possible": "not clearly dominated",
    "dominated": "dominated",
}


def panels(
    connection: "duckdb.DuckDBPyConnection", result: Result, highlight: Sequence[str]
) -> tuple[list[list[Spec]], float]:
    """A panel for each benchmark and cost of the rows, a row of panels for each cost.

    The rows' methods get labels wherever there is room; those on the front in any case.
    """
    places = {column.name: i for i, column in enumerate(result.columns)}
    cost_of = _cost_of(result.columns)
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in result.rows:
        named = {name: row[i] for name, i in places.items()}
        rows.setdefault((named.get("cost") or cost_of, named["benchmark"]), []).append(named)
    names = measures.names(connection)
    drawn: dict[str, list[Spec]] = {}
    for (cost, benchmark), selected in rows.items():
        panel = _Panel(connection, names, benchmark, cost, selected, highlight)
        if panel.points:
            drawn.setdefault(cost, []).append(panel.specification())
    if not drawn:
        raise UsageError("no method of the rows has both a score and the cost; there is no front")
    return list(drawn.values()), max(map(len, drawn.values())) * (WIDTH + 70)


def key(result: Result, highlight: Sequence[str], rows: Iterable[Sequence[Spec]]) -> list[KeyEntry]:
    """What the marks mean, those alone that are drawn."""
    shown = [role for role in _MEANING if role != "possible" or _has_status(result)]
    point = {"type": "point", "opacity": 1}
    entries = [KeyEntry(_MEANING[role], point | _MARKS[role]) for role in shown]
    drawn = str(list(rows))
    if highlight:
        entries.append(KeyEntry("highlighted", point | _highlight(_MARKS["front"])))
    if BASELINE in drawn:
        entries.append(KeyEntry(BASELINE, point | _BASELINE_MARK))
    if "score_low" in drawn:
        entries.append(KeyEntry("95% interval of the score", _BAR))
    return entries


_BASELINE_MARK: Spec = {
    "shape": "diamond",
    "fill": theme.PAPER,
    "stroke": theme.INK,
    "strokeWidth": 1.6,
    "size": 85,
}
_BAR: Spec = {"type": "tick", "orient": "vertical", "color": theme.INTERVAL, "thickness": 1.6}


def _cost_of(columns: Sequence[Column]) -> str:
    return next((column.name for column in columns if column.name in COSTS), "")


def _has_status(result: Result) -> bool:
    return any(column.name == "front_status" for column in result.columns)


def _highlight(mark: Spec) -> Spec:
    color = {"stroke": theme.HIGHLIGHT}
    return mark | ({"fill": theme.HIGHLIGHT, "stroke": theme.PAPER} if "fill" in mark else color)


class _Panel:
    """One benchmark's methods by score and one cost."""

    def __init__(
        self,
        connection: "duckdb.DuckDBPyConnection",
        names: measures.Names,
        benchmark: str,
        cost: str,
        selected: Sequence[Mapping[str, Any]],
        highlight: Sequence[str],
    ) -> None:
        self.title = names.benchmark(benchmark)
        cursor = connection.execute(_POINTS, [benchmark, cost])
        fields = [field for field, *_ in cursor.description]
        self.points = [dict(zip(fields, row, strict=True)) for row in cursor.fetchall()]
        self.selected = {row["method"]: row for row in selected}
        self.highlight = highlight
        self.is_valid = all(point["metric_is_valid"] is not False for point in self.points)
        marks = [measures.baseline(connection, benchmark, name) for name in ("score", cost)]
        self.baseline = None if None in marks else {"score": marks[0], "value": marks[1]}
        self._choose_scales(names, benchmark, cost)
        for point in self.points:
            self._describe(point)

    def _choose_scales(self, names: measures.Names, benchmark: str, cost: str) -> None:
        shown = [*self.points, *([self.baseline] if self.baseline else [])]
        label, self.unit = names.measure(benchmark, cost)
        less = "less is better"
        self.x = scales.choose(
            "value", label, self.unit, [float(point["value"]) for point in shown], WIDTH
        )
        self.x_title = f"{self.x.title}, {less}" if shown else less
        label, unit = names.measure(benchmark, "score")
        bounds = [point.get(name) for point in shown for name in ("score_low", "score_high")]
        held = [point["score"] for point in shown] + [bound for bound in bounds if bound]
        self.y = scales.choose("score", label, unit, held, HEIGHT, linear=True)

    def _describe(self, point: dict[str, Any]) -> None:
        """Adds the role of a point, and its cost in words."""
        status = self.selected.get(point["method"], {}).get("front_status")
        possible = status == "not_clearly_dominated"
        role = "front" if point["is_on_front"] else "possible" if possible else "dominated"
        point["role"] = role
        point["cost"] = table.humanize(point["value"], self.unit)
        probability = self.selected.get(point["method"], {}).get("front_probability")
        if probability is not None:
            point["front_probability"] = probability
        del point["metric_is_valid"]

    def specification(self) -> Spec:
        title: Spec = {"text": self.title}
        if not self.is_valid:
            title |= {
                "subtitle": "Invalid: this measure must not be used, see below",
                "subtitleColor": theme.INVALID,
                "subtitleFontWeight": "bold",
            }
        return {
            "title": title,
            "width": WIDTH,
            "height": HEIGHT,
            "data": {"values": self.points},
            "encoding": {
                "x": self.x.channel(title=self.x_title, grid=True),
                "y": self.y.channel(grid=True),
            },
            "layer": [
                *self._intervals(),
                *self._baseline_lines(),
                self._staircase(),
                *self._marks(),
                *self._labels(),
            ],
        }

    def _intervals(self) -> list[Spec]:
        if all(point["score_low"] is None for point in self.points):
            return []
        bounds = {"y": {"field": "score_low"}, "y2": {"field": "score_high"}}
        return [
            {
                "transform": [{"filter": "isValid(datum.score_low)"}],
                "mark": {"type": "rule", "color": theme.INTERVAL},
                "encoding": {"y": self.y.channel() | bounds["y"], "y2": bounds["y2"]},
            }
        ]

    def steps(self) -> list[tuple[float, float]]:
        """Cost and score of the front's members, cheapest first, and the front's end: the best
        score holds for every larger cost."""
        front = [(point["value"], point["score"]) for point in self.points if point["is_on_front"]]
        steps = list(dict.fromkeys(front))
        return [*steps, (self.x.domain[1], steps[-1][1])]

    def _staircase(self) -> Spec:
        dash = {} if self.is_valid else {"strokeDash": [5, 4]}
        return {
            "data": {"values": [{"value": cost, "score": score} for cost, score in self.steps()]},
            "mark": {
                "type": "line",
                "interpolate": "step-after",
                "color": theme.FRONT,
                "strokeWidth": 1.6,
                **dash,
            },
        }

    def _baseline_lines(self) -> list[Spec]:
        if not self.baseline:
            return []
        line = {"type": "rule", "color": theme.FAINT, "strokeDash": [2, 4]}
        return [
            {
                "data": {"values": [self.baseline]},
                "mark": line,
                "encoding": {"x": {"value": 0}, "x2": {"value": WIDTH}},
            }
        ]

    def _marks(self) -> list[Spec]:
        tooltip = [
            {"field": "method", "title": "method"},
            {"field": "score", "title": "score", "format": ".4f"},
            {"field": "cost", "title": self.x.title.partition(" (")[0]},
            {"field": "dominated_by", "title": "dominated by"},
        ]
        if any("front_probability" in point for point in self.points):
            probability = {"title": "probability of the front", "format": ".3f"}
            tooltip.append({"field": "front_probability"} | probability)
        layers: list[Spec] = []
        for role, mark in _MARKS.items():
            for chosen in (False, True):
                points = [
                    point
                    for point in self.points
                    if point["role"] == role and (point["method"] in self.highlight) is chosen
                ]
                if points:
                    drawn = {"type": "point", "opacity": 1} | (_highlight(mark) if chosen else mark)
                    layers.append(
                        {
                            "data": {"values": points},
                            "mark": drawn,
                            "encoding": {"tooltip": tooltip},
                        }
                    )
        if self.baseline:
            layers.append(
                {
                    "data": {"values": [self.baseline]},
                    "mark": {"type": "point", "opacity": 1} | _BASELINE_MARK,
                }
            )
        return layers

    def _labels(self) -> list[Spec]:
        texts = self._texts()
        wanted = [
            labels.Wanted(
                *_pixels(self.x, self.y, text),
                theme.text_width(text["text"], text["size"], text["bold"]) + 3,
                text["size"] + 3,
                text["may_move"],
            )
            for text in texts
        ]
        layers: list[Spec] = []
        placed = labels.place(wanted, self._obstacles(), WIDTH, HEIGHT)
        for text, point, place in zip(texts, wanted, placed, strict=True):
            if place is None:
                continue
            if place.is_moved:
                layers.insert(0, _leader(point, place))
            layers.append(
                {
                    "data": {"values": [{"text": text["text"]}]},
                    "mark": {
                        "type": "text",
                        "align": place.align,
                        "baseline": "middle",
                        "fontSize": text["size"],
                        "fontWeight": "bold" if text["bold"] else "normal",
                        "color": text["color"],
                    },
                    "encoding": {
                        "x": {"value": round(place.x, 2)},
                        "y": {"value": round(place.y, 2)},
                        "text": {"field": "text"},
                    },
                }
            )
        return layers

    def _texts(self) -> list[dict[str, Any]]:
        """The labels, the most important first: highlighted, on the front, full fine-tuning, and
        the others of the view's rows where there is room."""
        texts = []
        for point in self.points:
            is_chosen = point["method"] in self.highlight
            is_front = point["role"] == "front" and point["method"] in self.selected
            is_possible = point["role"] == "possible"
            color = {True: theme.HIGHLIGHT, False: theme.INK if is_front else theme.MUTED}
            texts.append(
                {
                    "score": point["score"],
                    "value": point["value"],
                    "text": point["method"],
                    "size": theme.TEXT_SIZE if is_chosen or is_front else theme.SMALL_SIZE,
                    "bold": is_chosen or is_front,
                    "may_move": is_chosen or is_front or is_possible,
                    "color": color[is_chosen],
                    "place": 0 if is_chosen else 1 if is_front else 3 if is_possible else 4,
                }
            )
        if self.baseline:
            look = {"size": theme.TEXT_SIZE, "bold": False, "may_move": True, "color": theme.INK}
            texts.append(self.baseline | {"text": BASELINE, "place": 2} | look)
        return sorted(texts, key=lambda text: (text["place"], -text["score"]))

    def _obstacles(self) -> list[labels.Box]:
        shown = [*self.points, *([self.baseline] if self.baseline else [])]
        centres = [_pixels(self.x, self.y, point) for point in shown]
        boxes = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in centres]
        corners = [
            _pixels(self.x, self.y, {"value": cost, "score": score}) for cost, score in self.steps()
        ]
        for (x, y), (next_x, next_y) in itertools.pairwise(corners):
            boxes.append((x, y - 1, next_x, y + 1))
            boxes.append((next_x - 1, next_y, next_x + 1, y))
        return boxes


def _pixels(x: Scale, y: Scale, point: Mapping[str, Any]) -> tuple[float, float]:
    return x.position(point["value"]), HEIGHT - y.position(point["score"])


def _leader(point: labels.Wanted, place: labels.Placed) -> Spec:
    left, top, right, bottom = place.box
    ends = {
        "x": {"value": round(point.x, 2)},
        "y": {"value": round(point.y, 2)},
        "x2": {"value": round(min(max(point.x, left), right), 2)},
        "y2": {"value": round(min(max(point.y, top + 2), bottom - 2), 2)},
    }
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": theme.FAINT, "strokeWidth": 0.8},
        "encoding": ends,
    }
