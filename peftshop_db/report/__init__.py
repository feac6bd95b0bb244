"""One page with the main views: tables, pictures, caveats, and methods side by side."""

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from peftshop_db import dataset, plotting, table
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import rendering
from peftshop_db.selection import Result, select
from peftshop_db.units import humanize

if TYPE_CHECKING:
    import duckdb

# the views of the page, by heading
SECTIONS = {
    "Score against cost": (
        "pareto_memory",
        "pareto_params",
        "pareto_size",
        "pareto_time",
        "pareto_memory_confidence",
        "pareto_forgetting",
    ),
    "Scores": ("leaderboard", "leaderboard_ties", "cross_benchmark_rank"),
    "Comparisons": ("vs_baseline", "vs_lora", "star_ratings"),
    "What methods can do": ("feature_matrix", "quant_matrix", "layer_matrix"),
    "What to know": ("caveats", "data_quality", "corrections", "coverage_gaps"),
}
_FOLDER = Path(__file__).parent
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def page(connection: "duckdb.DuckDBPyConnection", *, with_plots: bool = True) -> str:
    """The report of a dataset as one HTML page that needs no network.

    Args:
        connection: a connection to a dataset.
        with_plots: whether it shows pictures, which need vl-convert.

    Raises:
        UsageError: vl-convert is not installed.
    """
    headings = {heading: heading.lower().replace(" ", "-") for heading in SECTIONS}
    sections = [
        f'<section id="{headings[heading]}"><h2>{heading}</h2>'
        + "".join(_view(connection, name, with_plots) for name in views)
        + "</section>"
        for heading, views in SECTIONS.items()
    ]
    links = "".join(f'<a href="#{name}">{heading}</a>' for heading, name in headings.items())
    return Template(_read("page.html")).substitute(
        style=_read("style.css"),
        script=_read("script.js"),
        links=links,
        sections="\n".join(sections),
        comparison=embed(_comparison(connection)),
        provenance=_provenance(connection),
    )


def embed(value: object) -> str:
    """JSON that no HTML parser takes for markup."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _comparison(connection: "duckdb.DuckDBPyConnection") -> dict[str, object]:
    """The view comparison: methods, attributes with their section, and each method's values."""
    attributes = connection.execute(
        "select distinct position, section, attribute from comparison order by position"
    ).fetchall()
    values: dict[str, list[str | None]] = {}
    for method, value in connection.execute(
        "select method, value from comparison order by method, position"
    ).fetchall():
        values.setdefault(method, []).append(value)
    return {"attributes": [row[1:] for row in attributes], "values": values}


def _provenance(connection: "duckdb.DuckDBPyConnection") -> str:
    result = select(connection, "dataset")
    pairs = zip(result.columns, result.rows[0], strict=True)
    return "".join(
        f"<dt>{escape(column.name.replace('_', ' '))}</dt><dd>{escape(str(value))}</dd>"
        for column, value in pairs
    )


def _view(connection: "duckdb.DuckDBPyConnection", name: str, with_plots: bool) -> str:
    result = select(connection, name)
    question = escape(dataset.comment(connection, name).partition("\n")[0])
    notes = "".join(
        f"<li>{escape(note)}</li>" for note in plotting.caveats(connection, name, result)
    )
    picture = _picture(connection, name) if with_plots and result.rows else ""
    is_open = "" if picture else " open"
    return (
        f'<article id="{name}"><h3>{question}</h3>'
        + (f'<ul class="caveats">{notes}</ul>' if notes else "")
        + picture
        + f"<details{is_open}><summary>Table of {len(result.rows)} rows: <code>{name}</code>"
        + f"</summary>{_table(name, question, result)}</details></article>\n"
    )


def _picture(connection: "duckdb.DuckDBPyConnection", name: str) -> str:
    if not plotting.has_picture(connection, name):
        return ""
    try:
        figure = plotting.draw(connection, name)
    except UsageError:  # the rows of this dataset hold nothing to draw
        return ""
    label = escape(f"Picture: {figure.title} The table below has its numbers.")
    svg = rendering.to_svg(figure.drawing()).decode()
    svg = _ROLES.sub("", svg)  # the picture is one image, whose numbers are in the table
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return _scrolling(f"Picture of {name}", svg, "figure")


def _scrolling(label: str, content: str, kind: str) -> str:
    return f'<div class="{kind}" role="region" tabindex="0" aria-label="{label}">{content}</div>'


def _table(name: str, question: str, result: Result) -> str:
    places = [i for i, column in enumerate(result.columns) if not column.name.endswith("caveats")]
    columns = [result.columns[i] for i in places]
    heads = "".join(
        f'<th scope="col"{_align(column)}><button type="button" '
        f'title="{escape(column.definition.description)}">{escape(column.name)}</button></th>'
        for column in columns
    )
    rows = "\n".join(
        "<tr>" + _cells([row[i] for i in places], columns) + "</tr>" for row in result.rows
    )
    body = f"<table><caption>{question}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}"
    field = f'<label>Filter rows <input type="search" data-filter="{name}"></label>'
    status = f'<span class="count" role="status">{len(result.rows)} rows</span>'
    scrolled = _scrolling(f"Table of {name}", body + "</tbody></table>", "scroll")
    return f'<p class="tools">{field} {status}</p>{scrolled}'


def _cells(row: Sequence[object], columns: Sequence[Column]) -> str:
    cells = []
    for column, value in zip(columns, row, strict=True):
        shown = escape(humanize(value, column.unit))
        raw = "" if value is None else escape(str(value))
        data = f' data-value="{raw}" title="{raw}"' if table.is_number(column) else ""
        tag = 'th scope="row"' if column.name == "method" else "td"
        cells.append(f"<{tag}{_align(column)}{data}>{shown}</{tag[:2]}>")
    return "".join(cells)


def _align(column: Column) -> str:
    return ' class="number"' if table.is_number(column) else ""
