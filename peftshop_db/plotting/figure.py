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
_INDENT = 10


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
        rows: panels of Vega-Lite, row by row; each can be read by itself.
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
        rows = [{"hconcat": list(row)} if len(row) > 1 else row[0] for row in self.rows]
        return self._frame() | {
            "title": {
                "text": _wrap(self.title, width, 15, letter=0.64),
                "fontSize": 15,
                "offset": 14,
            },
            "vconcat": [*self._key(), *rows, *self._caption(width)],
        }

    def drawings(self) -> list[Spec]:
        """The key and each panel by itself, on no background, for a page that has the rest."""
        panels = [panel for row in self.rows for panel in row]
        frame = self._frame() | {"background": None, "padding": 6}
        return [frame | {"vconcat": [part]} for part in (*self._key(), *panels)]

    def _frame(self) -> Spec:
        return {
            "$schema": SCHEMA,
            "description": self.title,
            "background": theme.PAPER,
            "padding": 16,
            "config": theme.CONFIG,
        }

    def _key(self) -> list[Spec]:
        return [_draw_key(self.key)] if self.key else []

    def _caption(self, width: float) -> list[Spec]:
        """The caption as a list, whose lines hang from their bullets."""
        layers: list[Spec] = []
        height = 0
        for paragraph in self.caption:
            lines = _wrap(paragraph, width - _INDENT, theme.TEXT_SIZE)
            layers += [_text(["•"], 0, height), _text(lines, _INDENT, height)]
            height += len(lines) * _LINE
        block = {"data": {"values": [{}]}, "width": width, "height": height, "layer": layers}
        return [block] if layers else []


def _wrap(text: str, width: float, size: float, letter: float = 0.56) -> list[str]:
    """Lines of a text that are no wider, in wide fonts either: `letter` is a letter's part of the
    size, on the average."""
    letters = max(int(width / size / letter), 20)
    return textwrap.wrap(" ".join(text.split()), letters, break_on_hyphens=False) or [""]


def _text(lines: Sequence[str], x: float, y: float) -> Spec:
    """Lines of running text below a place."""
    return {
        "mark": {
            "type": "text",
            "text": list(lines),
            "align": "left",
            "baseline": "top",
            "lineHeight": _LINE,
            "fontSize": theme.TEXT_SIZE,
            "color": theme.MUTED,
        },
        "encoding": {"x": {"value": x}, "y": {"value": y}},
    }


def _draw_key(entries: Sequence[KeyEntry]) -> Spec:
    layers: list[Spec] = []
    x = 10.0
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
                "encoding": {"x": {"value": x + 14}, "y": {"value": 8}},
            }
        )
        x += theme.text_width(entry.text, theme.TEXT_SIZE) + 38
    return {"data": {"values": [{}]}, "width": x, "height": 16, "layer": layers}


def label_look(highlight: Sequence[str]) -> Spec:
    """How an axis' labels look, of which some are highlighted."""
    if not highlight:
        return {"labelColor": theme.INK}
    test = f"indexof({json.dumps(list(highlight))}, datum.value) >= 0"
    looks = {"labelColor": (theme.HIGHLIGHT, theme.INK), "labelFontWeight": ("bold", "normal")}
    return {
        name: {"condition": {"test": test, "value": chosen}, "value": other}
        for name, (chosen, other) in looks.items()
    }
