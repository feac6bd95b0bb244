"""A panel of a front: points by score and one cost, with the front as steps."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from peftshop_db.plotting import labels, scales, theme
from peftshop_db.plotting.figure import Spec
from peftshop_db.plotting.labels import Label
from peftshop_db.plotting.measures import BASELINE, Names
from peftshop_db.plotting.scales import Scale
from peftshop_db.units import humanize

WIDTH, HEIGHT = 520, 390
_ROOM = (0.25, 0.06)  # below the least cost, for labels of the front, and above the largest
_RADIUS = 4.5
_INVALID: Spec = {
    "subtitle": "Invalid: this measure must not be used, see below",
    "subtitleColor": theme.INVALID,
    "subtitleFontWeight": "bold",
}
# how a point of each role is drawn: the mark's properties in Vega-Lite
MARKS: dict[str, Spec] = {
    "dominated": {"filled": False, "stroke": theme.FAINT, "strokeWidth": 1.3, "size": 42},
    "possible": {"fill": theme.POSSIBLE, "stroke": theme.FRONT, "strokeWidth": 1.3, "size": 60},
    "front": {"fill": theme.FRONT, "stroke": theme.PAPER, "strokeWidth": 1, "size": 72},
}
MEANING = {
    "front": "on the front",
    "possible": "not clearly dominated",
    "dominated": "dominated",
}
BASELINE_MARK: Spec = {
    "shape": "diamond",
    "fill": theme.PAPER,
    "stroke": theme.INK,
    "strokeWidth": 1.6,
    "size": 85,
}
BAR: Spec = {
    "type": "tick",
    "orient": "vertical",
    "color": theme.INTERVAL,
    "thickness": 1.6,
    "size": 16,
}
_BEST_RUNS: Spec = {"color": theme.MUTED, "strokeWidth": 1.3, "strokeDash": [4, 3]}
BEST_RUNS_SIGN: Spec = {
    "type": "point",
    "shape": "stroke",
    "stroke": theme.MUTED,
    "strokeWidth": 1.3,
    "strokeDash": [4, 3],
    "size": 200,
    "opacity": 1,
}


def highlighted(mark: Spec) -> Spec:
    """A point's mark in the colour of what the reader asked to see."""
    color = {"stroke": theme.HIGHLIGHT}
    return mark | ({"fill": theme.HIGHLIGHT, "stroke": theme.PAPER} if "fill" in mark else color)


def axes(
    names: Names,
    benchmark: str,
    cost: str,
    points: Sequence[Mapping[str, Any]],
    baseline: Mapping[str, Any] | None,
) -> tuple[Scale, Scale, str]:
    """The cost's scale, the score's, which hold all points, and the cost's unit."""
    shown = [*points, *([baseline] if baseline else [])]
    label, unit = names.measure(benchmark, cost)
    costs = [float(point["value"]) for point in shown]
    x = scales.choose("value", label, unit, costs, WIDTH, padding=_ROOM)
    label, score_unit = names.measure(benchmark, "score")
    bounds = [point.get(name) for point in shown for name in ("score_low", "score_high")]
    held = [point["score"] for point in shown] + [bound for bound in bounds if bound]
    return x, scales.choose("score", label, score_unit, held, HEIGHT, linear=True), unit


class Scatter:
    """One benchmark's methods or runs by score and one cost."""

    def __init__(
        self,
        x: Scale,
        y: Scale,
        unit: str,
        points: list[dict[str, Any]],
        selected: Mapping[str, Mapping[str, Any]],
        baseline: dict[str, Any] | None,
        best_runs: Sequence[Mapping[str, Any]],
        highlight: Sequence[str],
    ) -> None:
        self.x, self.y, self.points, self.selected = x, y, points, selected
        self.baseline, self.best_runs, self.highlight = baseline, best_runs, highlight
        self.is_valid = all(point.pop("metric_is_valid", None) is not False for point in points)
        for point in points:
            self._describe(point, unit)

    def _describe(self, point: dict[str, Any], unit: str) -> None:
        """Adds the role of a point, and its cost in words."""
        row = self._row(point)
        possible = row.get("front_status") == "not_clearly_dominated"
        point["role"] = "front" if point["is_on_front"] else "possible" if possible else "dominated"
        point["cost"] = humanize(point["value"], unit)
        if row.get("front_probability") is not None:
            point["front_probability"] = row["front_probability"]

    def _row(self, point: Mapping[str, Any]) -> Mapping[str, Any]:
        """The view's row of a point; none where the view hasn't selected it."""
        return self.selected.get(point.get("experiment_name") or point["method"], {})

    def specification(self, title: str) -> Spec:
        return {
            "title": {"text": title} | ({} if self.is_valid else _INVALID),
            "width": WIDTH,
            "height": HEIGHT,
            "data": {"values": self.points},
            "encoding": {
                "x": self.x.channel(title=f"{self.x.title}, less is better", grid=True),
                "y": self.y.channel(grid=True),
            },
            "layer": [
                *self._intervals(),
                *self._baseline_line(),
                *self._staircases(),
                *self._marks(),
                *labels.layers(self._labels(), self._obstacles(), self._reference(), WIDTH, HEIGHT),
            ],
        }

    def _intervals(self) -> list[Spec]:
        if all(point.get("score_low") is None for point in self.points):
            return []
        bounds = {"y": {"field": "score_low"}, "y2": {"field": "score_high"}}
        return [
            {
                "transform": [{"filter": "isValid(datum.score_low)"}],
                "mark": {"type": "rule", "color": theme.INTERVAL},
                "encoding": {"y": self.y.channel() | bounds["y"], "y2": bounds["y2"]},
            }
        ]

    def _steps(self, points: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
        """Cost and score of the front's members, cheapest first, and the front's end: the best
        score holds for every larger cost."""
        front = [(point["value"], point["score"]) for point in points if point["is_on_front"]]
        steps = list(dict.fromkeys(front))
        return [*steps, (self.x.domain[1], steps[-1][1])]

    def _staircases(self) -> list[Spec]:
        dash = {} if self.is_valid else {"strokeDash": [5, 4]}
        drawn = [(self.points, {"color": theme.FRONT, "strokeWidth": 1.6} | dash)]
        if self.best_runs:
            drawn.append((list(map(dict, self.best_runs)), _BEST_RUNS))
        return [
            {
                "data": {
                    "values": [{"value": cost, "score": score} for cost, score in self._steps(of)]
                },
                "mark": {"type": "line", "interpolate": "step-after"} | look,
            }
            for of, look in drawn
        ]

    def _baseline_line(self) -> list[Spec]:
        if not self.baseline:
            return []
        return [
            {
                "data": {"values": [self.baseline]},
                "mark": {"type": "rule", "color": theme.FAINT, "strokeDash": [2, 4]},
                "encoding": {"x": {"value": 0}, "x2": {"value": WIDTH}},
            }
        ]

    def _marks(self) -> list[Spec]:
        marks: list[Spec] = []
        for role, chosen in itertools.product(MARKS, (False, True)):
            points = [
                point
                for point in self.points
                if point["role"] == role and (point["method"] in self.highlight) is chosen
            ]
            look = highlighted(MARKS[role]) if chosen else MARKS[role]
            if points:
                marks.append(_points(points, look) | {"encoding": {"tooltip": self._tooltip()}})
        return marks + ([_points([self.baseline], BASELINE_MARK)] if self.baseline else [])

    def _tooltip(self) -> list[Spec]:
        fields = {name for point in self.points for name in point}
        shown = [
            {"field": "method", "title": "method"},
            {"field": "experiment_name", "title": "run"},
            {"field": "score", "title": "score", "format": ".4f"},
            {"field": "cost", "title": self.x.title.partition(" (")[0]},
            {"field": "dominated_by", "title": "dominated by"},
            {"field": "front_probability", "title": "probability of the front", "format": ".3f"},
        ]
        return [entry for entry in shown if entry["field"] in fields]

    def _labels(self) -> list[Label]:
        """The most important first: on the front, highlighted, full fine-tuning, and the others
        where there is room."""
        found = [self._label(point) for point in self.points]
        if self.baseline:
            found.append(Label(BASELINE, *self._pixels(self.baseline), rank=3))
        return found

    def _label(self, point: Mapping[str, Any]) -> Label:
        is_chosen = point["method"] in self.highlight
        is_front = point["role"] == "front" and bool(self._row(point))
        is_possible = point["role"] == "possible"
        stands_out = is_chosen or is_front
        ranks = ((is_chosen and is_front, 0), (is_front, 1), (is_chosen, 2), (is_possible, 4))
        return Label(
            point.get("experiment_name", point["method"]) if stands_out else point["method"],
            *self._pixels(point),
            rank=next((rank for holds, rank in ranks if holds), 5),
            color=theme.HIGHLIGHT if is_chosen else theme.INK if is_front else theme.MUTED,
            size=theme.TEXT_SIZE if stands_out else theme.SMALL_SIZE,
            bold=stands_out,
            may_move=stands_out or is_possible,
        )

    def _obstacles(self) -> list[labels.Box]:
        shown = [*self.points, *([self.baseline] if self.baseline else [])]
        centres = [self._pixels(point) for point in shown]
        boxes = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in centres]
        steps = [{"value": cost, "score": score} for cost, score in self._steps(self.points)]
        for (x, y), (next_x, next_y) in itertools.pairwise(map(self._pixels, steps)):
            boxes.append((x, y - 1, next_x, y + 1))
            boxes.append((next_x - 1, next_y, next_x + 1, y))
        return boxes

    def _reference(self) -> list[labels.Box]:
        """The line through full fine-tuning."""
        if not self.baseline:
            return []
        _, y = self._pixels(self.baseline)
        return [(0, y - 1, WIDTH, y + 1)]

    def _pixels(self, point: Mapping[str, Any]) -> tuple[float, float]:
        return self.x.position(point["value"]), HEIGHT - self.y.position(point["score"])


def _points(points: Sequence[object], look: Spec) -> Spec:
    return {"data": {"values": list(points)}, "mark": {"type": "point", "opacity": 1} | look}
