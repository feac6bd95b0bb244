"""Matrices: what each method supports; yes, no, unknown and not applicable differ in shape."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peftshop_db.definitions import Column
from peftshop_db.plotting import measures, theme
from peftshop_db.plotting.figure import KeyEntry, Spec, label_look
from peftshop_db.selection import Result

if TYPE_CHECKING:
    import duckdb

FEWEST_COLUMNS = 3
_CELL_WIDTH, _CELL_HEIGHT = 64, 18
_CHECK = "M-0.75,0.05L-0.2,0.6L0.8,-0.6"
_CROSS = "M-0.45,-0.45L0.45,0.45M-0.45,0.45L0.45,-0.45"
# how a cell of each state looks: its ground, its sign as a path or a letter, and the sign's colour
_STATES: dict[str, tuple[str, str, str]] = {
    "yes": (theme.FRONT, _CHECK, theme.PAPER),
    "no": (theme.LACK, _CROSS, theme.MUTED),
    "unknown": (theme.UNKNOWN, "?", theme.INK),
    "not applicable": (theme.PAPER, "n/a", theme.MUTED),
}
_FINDINGS = (
    "select explanations.method, "
    "coalesce(registry_layer_types.column_name, explanations.subject) as column_name, "
    "explanations.state, explanations.reading, explanations.note, "
    "coalesce(registry_layer_types.layer_type, registry_backends.label, registry_features.label) "
    "from explanations "
    "left join registry_layer_types on explanations.subject = registry_layer_types.layer_type "
    "left join registry_backends on explanations.subject = registry_backends.backend "
    "left join registry_features on explanations.subject = registry_features.feature"
)


def cells(columns: Sequence[Column]) -> list[Column]:
    """The columns of yes and no."""
    return [column for column in columns if column.type == "BOOLEAN"]


def panels(
    connection: "duckdb.DuckDBPyConnection", result: Result, highlight: Sequence[str]
) -> tuple[list[list[Spec]], float]:
    """One panel, with a row for each method and a column for each column of yes and no."""
    findings = {row[:2]: row[2:] for row in connection.execute(_FINDINGS).fetchall()}
    titles = {name: label for (_, name), (*_, label) in findings.items() if label}
    names = [column.name for column in result.columns]
    values: list[dict[str, Any]] = []
    for row in result.rows:
        named = dict(zip(names, row, strict=True))
        for column in cells(result.columns):
            supported = named[column.name]
            known, reading, note, _ = findings.get(
                (named["method"], column.name), (None, None, None, None)
            )
            state = "no" if supported is False else "yes" if supported else "unknown"
            if supported is None and known == "not_applicable":
                state = "not applicable"
            values.append(
                {
                    "method": named["method"],
                    "column": titles.get(column.name, measures.words(column.name)),
                    "state": state,
                    "reading": reading or state,
                    "note": note,
                }
            )
    methods = list(dict.fromkeys(value["method"] for value in values))
    columns = list(dict.fromkeys(value["column"] for value in values))
    return [[_panel(values, methods, columns, highlight)]], len(columns) * _CELL_WIDTH + 190


def _panel(
    values: list[dict[str, Any]],
    methods: Sequence[str],
    columns: Sequence[str],
    highlight: Sequence[str],
) -> Spec:
    axis: Spec = {"title": None, "domain": False, "ticks": False, "labelPadding": 6}
    tooltip = [{"field": name} for name in ("method", "column", "reading", "note")]
    layers: list[Spec] = [
        {
            "mark": {"type": "rect", "stroke": theme.PAPER, "strokeWidth": 1.5},
            "encoding": {
                "fill": {
                    "field": "state",
                    "scale": {
                        "domain": list(_STATES),
                        "range": [ground for ground, _, _ in _STATES.values()],
                    },
                    "legend": None,
                },
                "tooltip": tooltip,
            },
        }
    ]
    layers += [
        {"transform": [{"filter": {"field": "state", "equal": state}}], "mark": _sign(state)}
        for state in _STATES
    ]
    return {
        "data": {"values": values},
        "width": {"step": _CELL_WIDTH},
        "height": {"step": _CELL_HEIGHT},
        "encoding": {
            "x": {
                "field": "column",
                "sort": list(columns),
                "scale": {"paddingInner": 0, "paddingOuter": 0},
                "axis": axis | {"orient": "top", "labelAngle": -35, "labelAlign": "left"},
            },
            "y": {
                "field": "method",
                "sort": list(methods),
                "scale": {"paddingInner": 0, "paddingOuter": 0},
                "axis": axis | label_look(highlight),
            },
        },
        "layer": layers,
    }


def _sign(state: str) -> Spec:
    _, sign, color = _STATES[state]
    if sign.startswith("M"):
        drawn = {"type": "point", "shape": sign, "size": 90, "opacity": 1, "filled": False}
        return drawn | {"stroke": color, "strokeWidth": 1.8}
    return {"type": "text", "text": sign, "color": color, "fontSize": theme.SMALL_SIZE}


def key(result: Result, highlight: Sequence[str], rows: Sequence[Sequence[Spec]]) -> list[KeyEntry]:
    """What the signs mean, those alone that are drawn."""
    drawn = {value["state"] for value in rows[0][0]["data"]["values"]}
    ground = {"type": "square", "size": 260, "opacity": 1}
    return [
        KeyEntry(
            state, ground | {"fill": fill, "stroke": theme.FAINT, "strokeWidth": 0.6}, _sign(state)
        )
        for state, (fill, _, _) in _STATES.items()
        if state in drawn
    ]
