"""A picture: panels below a title and a key, above a caption; as one Vega-Lite specification."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from peftshop_db.plotting import theme

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_LINE = 15
_NARROWEST = 420


@dataclass(frozen=True)
class KeyEntry:
    """What a mark means: its properties in Vega-Lite, and those of a sign that is drawn on it."""

    text: str
    mark: Spec
    sign: Spec = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """A picture of a view.

    Attributes:
        title: the view's question.
        caption: what to know before using the numbers, a paragraph each.
        key: what the marks mean.
        rows: panels of Vega-Lite, row by row.
        width: about how wide the panels are together, in pixels.
    """

    title: str
    caption: Sequence[str]
    key: Sequence[KeyEntry]
    rows: Sequence[Sequence[Spec]]
    width: float

    def specification(self) -> Spec:
        """The picture as a Vega-Lite specification, title and caption included."""
        width = max(self.width, _NARROWEST)
        return self._frame() | {
            "title": {
                "text": _wrap(self.title, width, 15),
                "fontSize": 15,
                "offset": 14,
            },
            "vconcat": [*self._parts(), *self._caption(width)],
        }

    def drawing(self) -> Spec:
        """The panels and the key alone, on no background, for a page that has the rest."""
        return self._frame() | {"background": None, "vconcat": self._parts()}

    def _frame(self) -> Spec:
        return {
            "$schema": SCHEMA,
            "description": self.title,
            "background": theme.PAPER,
            "padding": 16,
            "config": theme.CONFIG,
        }

    def _parts(self) -> list[Spec]:
        rows = [{"hconcat": list(row)} if len(row) > 1 else row[0] for row in self.rows]
        return [*([_draw_key(self.key)] if self.key else []), *rows]

    def _caption(self, width: float) -> list[Spec]:
        lines: list[str] = []
        for paragraph in self.caption:
            first, *rest = _wrap(paragraph, width - 12, theme.TEXT_SIZE)
            lines += [f"•  {first}", *(f"    {line}" for line in rest)]
        return [_text_block(lines, width)] if lines else []


def _wrap(text: str, width: float, size: float) -> list[str]:
    """Lines of a text that are no wider; running text takes half its size for a letter."""
    return textwrap.wrap(
        " ".join(text.split()), max(int(width / size / 0.5), 20), break_on_hyphens=False
    ) or [""]


def _text_block(lines: Sequence[str], width: float) -> Spec:
    return {
        "data": {"values": [{}]},
        "width": width,
        "height": len(lines) * _LINE,
        "mark": {
            "type": "text",
            "text": list(lines),
            "align": "left",
            "baseline": "top",
            "lineHeight": _LINE,
            "fontSize": theme.TEXT_SIZE,
            "color": theme.MUTED,
        },
        "encoding": {"x": {"value": 0}, "y": {"value": 0}},
    }


def _draw_key(entries: Sequence[KeyEntry]) -> Spec:
    layers: list[Spec] = []
    x = 6.0
    for entry in entries:
        place = {"x": {"value": x}, "y": {"value": 8}}
        layers += [{"mark": mark, "encoding": place} for mark in (entry.mark, entry.sign) if mark]
        layers.append(
            {
                "mark": {
                    "type": "text",
                    "text": entry.text,
                    "align": "left",
                    "baseline": "middle",
                    "fontSize": theme.TEXT_SIZE,
                    "color": theme.INK,
                },
                "encoding": {"x": {"value": x + 11}, "y": {"value": 8}},
            }
        )
        x += theme.text_width(entry.text, theme.TEXT_SIZE) + 34
    return {"data": {"values": [{}]}, "width": x, "height": 16, "layer": layers}


def label_color(highlight: Sequence[str]) -> Spec | str:
    """The colour of an axis' labels, some of which are highlighted."""
    if not highlight:
        return theme.INK
    test = f"indexof({json.dumps(list(highlight))}, datum.value) >= 0"
    return {"condition": {"test": test, "value": theme.HIGHLIGHT}, "value": theme.INK}
