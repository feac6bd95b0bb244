"""A panel of a ranking: one number of each method as dots, with intervals and a reference."""

import json
import textwrap
from collections.abc import Sequence
from typing import Any

from peftshop_db.plotting import scales, theme
from peftshop_db.plotting.figure import Spec
from peftshop_db.plotting.measures import BASELINE
from peftshop_db.units import humanize

DOT: Spec = {"type": "point", "opacity": 1, "size": 58, "strokeWidth": 1.5}
FILLED: Spec = {"fill": theme.FRONT, "stroke": theme.FRONT}
HOLLOW: Spec = {"fill": theme.PAPER, "stroke": theme.FAINT}
CHOSEN: Spec = {"fill": theme.HIGHLIGHT, "stroke": theme.HIGHLIGHT}
# how a method looks that is tied, is not, and was not tested
TIES: Sequence[tuple[bool | None, Spec]] = (
    (True, FILLED),
    (False, HOLLOW),
    (None, {"shape": "square", "size": 34, "fill": theme.FAINT, "stroke": theme.FAINT}),
)
_REFERENCE: Spec = {"color": theme.INK, "strokeDash": [4, 3]}
_STEP = 16


class Dots:
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
        highlight: Sequence[str],
    ) -> None:
        self.field, self.label, self.unit, self.width, self.order = field, label, unit, width, order
        bounds = ("lowest", "highest") if field == "median" else (f"{field}_low", f"{field}_high")
        self.bounds = bounds if any(row.get(bounds[0]) is not None for row in rows) else None
        self.values = []
        for row in rows:
            held = {"method": row["method"], field: row[field]}
            held["number"] = humanize(row[field], unit)
            for name in (*(self.bounds or ()), *([tied] if tied else [])):
                held[name] = row.get(name)
            self.values.append(held)
        self.tied, self.highlight = tied, highlight
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
            self.field,
            title,
            self.unit,
            held,
            self.width,
            centre=centre,
            ticks=5 if self.unit == "stars" else max(3, self.width // 55),
        )
        color = {"titleColor": theme.INVALID, "titleFontWeight": "bold"} if self.invalid else {}
        shown = f"{scale.title} – invalid" if self.invalid else scale.title
        channel = scale.channel(
            title=_lines(shown, self.width), grid=False, labelFlush=True, **color
        )
        return {
            "width": self.width,
            "height": {"step": _STEP},
            "data": {"values": self.values},
            "encoding": {"x": channel},
            "layer": [
                *self._line(channel, centre, {"color": theme.FAINT}),
                *self._line(channel, baseline, _REFERENCE, BASELINE),
                *self._interval(channel),
                *self._dots(),
                self._numbers(),
            ],
        }

    def _line(self, channel: Spec, at: float | None, look: Spec, name: str = "") -> list[Spec]:
        """A line through all rows, if there is a value for it."""
        if at is None:
            return []
        ends = {"y": {"value": 0}, "y2": {"value": len(self.order) * _STEP}}
        return [
            {
                "data": {"values": [{"at": at} | ({"name": name} if name else {})]},
                "mark": {"type": "rule"} | look,
                "encoding": {"x": channel | {"field": "at"}} | ends,
            }
        ]

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
        looks = TIES if self.tied else [(None, FILLED)]
        return [
            {
                "transform": [present, *self._has(is_tied)],
                "mark": DOT | look,
                "encoding": {"tooltip": tooltip} | self._chosen(look),
            }
            for is_tied, look in looks
        ]

    def _chosen(self, look: Spec) -> Spec:
        """The colours of highlighted methods: a hollow dot stays hollow."""
        if not self.highlight:
            return {}
        chosen = {"field": "method", "oneOf": list(self.highlight)}
        channels = [name for name in ("fill", "stroke") if look[name] != theme.PAPER]
        return {
            name: {"condition": {"test": chosen, "value": CHOSEN[name]}, "value": look[name]}
            for name in channels
        }

    def _has(self, is_tied: bool | None) -> list[Spec]:
        """A filter for the methods that are tied, are not, or were not tested."""
        if not self.tied:
            return []
        return [{"filter": f"datum['{self.tied}'] === {json.dumps(is_tied)}"}]

    def _numbers(self) -> Spec:
        mark = {
            "type": "text",
            "align": "right",
            "fontSize": theme.SMALL_SIZE,
            "color": theme.MUTED,
        }
        widest = max(theme.text_width(row["number"], theme.SMALL_SIZE) for row in self.values)
        place = {"value": round(self.width + 8 + widest)}
        return {"mark": mark, "encoding": {"x": place, "text": {"field": "number"}}}


def _lines(title: str, width: int) -> list[str]:
    return textwrap.wrap(title, max(width // 6, 12))
