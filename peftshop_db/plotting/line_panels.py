"""A panel of lines: one number of a benchmark's methods or runs, along versions or steps."""

import itertools
import json
from collections.abc import Mapping, Sequence

from peftshop_db.plotting import labels, looks, scales, theme
from peftshop_db.plotting.figure import Spec
from peftshop_db.plotting.labels import Label
from peftshop_db.plotting.looks import Point
from peftshop_db.plotting.measures import BASELINE

_VERSIONS_HEIGHT, _STEPS_HEIGHT = 560, 260
_NARROWEST, _PER_VERSION, _WIDEST = 230, 78, 1200  # of a panel of versions
_STEPS_WIDTH = 300
_INSET = 14  # of the first and the last version
_ROOM = 150  # for the labels at the lines' ends
_GAP = 11.5  # between neighbours of them
_MOST_LABELS = 60
_LEAST = 0.01  # of a number: what counts as moved


class Panel:
    """The panel; its heading may be set before it is drawn."""

    def __init__(
        self,
        label: str,
        unit: str,
        points: Sequence[Point],
        ticks: Mapping[int, str],
        is_history: bool,
        is_linear: bool,
        highlight: Sequence[str],
    ) -> None:
        self.heading = ""
        self.ticks, self.is_history, self.highlight = ticks, is_history, highlight
        self.all_points = points
        self.places = {at: place for place, at in enumerate(ticks)}
        self.valid = {point.at: point.is_valid for point in points}
        # what must not be used is not drawn, and sets no scale
        self.lines: dict[str, list[Point]] = {}
        for point in points:
            if point.is_valid:
                self.lines.setdefault(point.line, []).append(point)
        low, high = min(ticks), max(ticks)
        self.height = _VERSIONS_HEIGHT if is_history else _STEPS_HEIGHT
        versions = min(max(_PER_VERSION * len(ticks), _NARROWEST), _WIDEST)
        self.width = versions if is_history else _STEPS_WIDTH
        inset = _INSET * (high - low) / (self.width - 2 * _INSET) if is_history else 0
        self.domain = (low - inset, high + inset)
        self.looks = {name: self._look(line) for name, line in self.lines.items()}
        self.styles = self._styles()
        self.named = self._named(high)
        self.full_width = self.width + (_ROOM if self.named else 0)
        values = [point.value for line in self.lines.values() for point in line]
        shown = values if is_history else self._without_start(low, high)
        title = label if len(shown) == len(values) else f"{label}, the start cut off"
        self.y = scales.choose("value", title, unit, shown or [0.0], self.height, linear=is_linear)

    def is_drawable(self) -> bool:
        lines = [point.line for point in self.all_points]
        return len(lines) > len(set(lines))

    def specification(self) -> Spec:
        heading = {"title": {"text": self.heading}} if self.heading else {}
        return heading | {
            "width": self.width,
            "height": self.height,
            "encoding": {"x": self._x(), "y": self.y.channel(grid=True)},
            "layer": [
                *self._bands(),
                *self._drawn_lines(),
                *(self._points() if self.is_history else []),
                *self._labels(),
            ],
        }

    def _look(self, line: Sequence[Point]) -> str:
        if line[0].method in self.highlight:
            return looks.CHOSEN
        if line[0].method == BASELINE:
            return BASELINE
        if not self.is_history:
            alone = line[0].is_best and not self.highlight and len(self.lines) > len(looks.APART)
            return looks.BEST if alone else looks.RUN
        known = [point.exceeds_noise for point in line if point.exceeds_noise is not None]
        steps = itertools.pairwise(point.value for point in line)
        moved = any(known) if known else any(abs(b - a) > _LEAST * abs(a) for a, b in steps)
        return looks.MOVED if moved else looks.STILL

    def _styles(self) -> dict[str, Spec]:
        """How each line is drawn: by its look, or apart from the others where they are few."""
        runs = [name for name, look in self.looks.items() if look == looks.RUN]
        apart = dict(zip(runs, looks.APART, strict=False)) if len(runs) <= len(looks.APART) else {}
        return {name: apart.get(name, looks.LOOKS[look]) for name, look in self.looks.items()}

    def _named(self, last: int) -> list[list[Point]]:
        """The lines that get a label, the highest first."""
        ended = [line for line in self.lines.values() if line[-1].at == last or not self.is_history]
        if not self.is_history and len(self.lines) > len(looks.APART):
            ended = [line for line in ended if self.looks[line[0].line] != looks.RUN]
        return sorted(ended, key=lambda line: -line[-1].value)[:_MOST_LABELS]

    def _without_start(self, low: int, high: int) -> list[float]:
        """All values but those of the first quarter that would flatten the rest."""
        start = low + (high - low) / 4
        points = [point for line in self.lines.values() for point in line]
        late = [point.value for point in points if point.at >= start]
        least, most = min(late, default=0.0), max(late, default=0.0)
        span = most - least
        held = [point.value for point in points if least - span <= point.value <= most + span]
        return held if span else [point.value for point in points]

    def _x(self) -> Spec:
        scale = {"domain": list(self.domain), "nice": False, "zero": False}
        axis: Spec = {"grid": False, "domain": False, "titleAnchor": "start"}
        if self.is_history:
            names: list[str | list[str]] = list(self.ticks.values())
            if len(set(self.ticks.values())) < len(names):
                names = [[name, f"version {at}"] for at, name in self.ticks.items()]
            axis |= {"title": "peft version", "values": list(self.ticks)}
            places = list(self.ticks)
            axis["labelExpr"] = f"{json.dumps(names)}[indexof({places}, datum.value)]"
        else:
            ticks = scales.choose("at", "", "", self.domain, self.width, padding=(0, 0), ticks=5)
            axis |= {"title": "Step", "values": list(ticks.values)}
        return {"field": "at", "type": "quantitative", "scale": scale, "axis": axis}

    def _drawn_lines(self) -> list[Spec]:
        """The lines, broken where a version or a valid number is missing."""
        drawn: list[Spec] = []
        for look, name in itertools.product(looks.LOOKS, self.lines):
            if self.looks[name] == look:
                style = self.styles[name]
                says = {"description": look} if style is looks.LOOKS[look] else {}
                mark: Spec = {"type": "line", "clip": True, "opacity": 1} | says
                for part in self._parts(self.lines[name]):
                    values = [{"at": p.at, "value": p.value, "method": p.method} for p in part]
                    drawn.append({"data": {"values": values}, "mark": mark | style})
        return drawn

    def _parts(self, line: Sequence[Point]) -> list[list[Point]]:
        parts = [[line[0]]]
        for before, point in itertools.pairwise(line):
            follows = self.places[point.at] == self.places[before.at] + 1
            if follows or not self.is_history:
                parts[-1].append(point)
            else:
                parts.append([point])
        return parts

    def _points(self) -> list[Spec]:
        first = min(self.ticks)
        since = {point.line: point.at for point in reversed(self.all_points)}
        drawn: list[Spec] = []
        for point in itertools.chain.from_iterable(self.lines.values()):
            is_new = point.at == since[point.line] != first
            says = looks.NEW if is_new else looks.OTHER_RUN if point.is_other_run else ""
            color = self.styles[point.line]["color"]
            if is_new and self.looks[point.line] == looks.STILL:
                color = theme.FRONT
            mark = looks.POINT | {"fill": color, "stroke": theme.PAPER}
            mark |= looks.SHAPES[says] | {"description": says} if says else {}
            value = {"method": point.method, "run": point.run, "number": point.number}
            drawn.append(
                {
                    "data": {"values": [value | {"at": point.at, "value": point.value}]},
                    "mark": mark,
                    "encoding": {"tooltip": [{"field": name} for name in value]},
                }
            )
        return drawn

    def _bands(self) -> list[Spec]:
        """A shade over the versions whose numbers must not be used, which are not drawn."""
        bounds = [a + (b - a) / 2 for a, b in itertools.pairwise(sorted(self.valid))]
        edges = [self.domain[0], *bounds, self.domain[1]]
        drawn: list[Spec] = []
        spans = zip(sorted(self.valid.items()), itertools.pairwise(edges), strict=True)
        for is_valid, group in itertools.groupby(spans, lambda span: span[0][1]):
            if not is_valid:
                parts = [edge for _, pair in group for edge in pair]
                band = {"data": {"values": [{"at": min(parts), "end": max(parts)}]}}
                mark = {"type": "rect", "description": looks.INVALID} | looks.BAND
                ends = {"x2": {"field": "end"}, "y": {"value": 0}, "y2": {"value": self.height}}
                drawn.append(band | {"mark": mark, "encoding": ends})
        return drawn

    def _labels(self) -> list[Spec]:
        """Names at the ends of lines, as many as there is room for."""
        heights = [self.height - self.y.position(line[-1].value) for line in self.named]
        gap = min(_GAP, self.height / max(len(heights), 1))
        low, high = self.domain
        places = labels.spread(heights, gap, self.height)
        drawn: list[Spec] = []
        for line, at, place in zip(self.named, heights, places, strict=True):
            x = (line[-1].at - low) / (high - low) * self.width
            color = self.styles[line[0].line]["color"]
            color = theme.INK if color == theme.INTERVAL else color
            name = line[-1].method if self.is_history else line[-1].run or line[-1].method
            is_bold = self.looks[line[0].line] == looks.CHOSEN
            label = Label(name, x, place, 0, color, theme.SMALL_SIZE, bold=is_bold)
            drawn += [
                labels.line((x + 5, at, self.width + 22, place)),
                *labels.text(label, self.width + 25, place, "left"),
            ]
        return drawn
