"""The plots of docs/benchmarks.md: seconds or memory against size, a line for each way."""

from typing import Any

from peftshop_db.plotting import theme
from tests.bench import recording

# file of a plot: table, column of the x axis, titles of both, and what the lines show by column
PLOTS: dict[str, tuple[str, str, str, str, dict[str, str]]] = {
    "benchmark_fronts.svg": (
        "fronts",
        "runs",
        "runs",
        "seconds",
        {
            "view_sec": "view dominance",
            "quadratic_sec": "quadratic definition",
            "polars_sec": "Polars, one sort",
            "spark_sec": "view on Spark",
        },
    ),
    "benchmark_builds.svg": (
        "growth",
        "methods",
        "methods of the input",
        "seconds",
        {
            "build_sec": "build",
            "tables_sec": "of it, contract and tables",
            "read_json_sec": "DuckDB's read_json alone",
            "loops_sec": "json.load and loops",
        },
    ),
    "benchmark_memory.svg": (
        "growth",
        "methods",
        "methods of the input",
        "peak memory in MiB",
        {
            "build_mib": "build",
            "tables_mib": "of it, contract and tables",
            "read_json_mib": "DuckDB's read_json alone",
            "loops_mib": "json.load and loops",
        },
    ),
}
DASHES = ([], [6, 3], [2, 2], [8, 3, 2, 3])


def plot(name: str) -> dict[str, Any]:
    """The Vega-Lite specification of a plot: a line for each way."""
    table, along, title, up, ways = PLOTS[name]
    values = [
        {"at": int(row[along]), "value": float(row[column]), "way": way}
        for row in recording.read(table)
        for column, way in ways.items()
        if row[column]
    ]
    order = list(ways.values())
    logarithmic = {"type": "log"}
    line = {"symbolType": "stroke", "symbolSize": 500, "symbolStrokeWidth": 1.8}
    dash = {"field": "way", "sort": order, "scale": {"domain": order, "range": list(DASHES)}}
    colours = [theme.FRONT, theme.HIGHLIGHT, theme.INK, theme.FAINT]
    colour = {"field": "way", "sort": order, "scale": {"domain": order, "range": colours}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.CONFIG,
        "background": theme.PAPER,
        "padding": 12,
        "width": 460,
        "height": 260,
        "data": {"values": values},
        "mark": {"type": "line", "point": True, "strokeWidth": 1.8},
        "encoding": {
            "x": {
                "field": "at",
                "type": "quantitative",
                "title": title,
                "scale": logarithmic,
                "axis": {"values": sorted({value["at"] for value in values}), "format": ","},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": up,
                "scale": logarithmic,
                "axis": {"tickCount": 5, "format": "~g"},
            },
            "color": colour | {"title": None, "legend": line},
            "strokeDash": dash | {"title": None, "legend": line},
        },
    }
