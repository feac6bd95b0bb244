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
_LONG = 60  # letters of a cell that is wide enough to be read
_FOLDER = Path(__file__).parent
# of the parts of a picture, which is one image, whose numbers are in the table
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
        summary=_summary(connection),
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
        "select method, value || case when not metric_is_valid then ' (invalid)' else '' end "
        "from comparison order by method, position"
    ).fetchall():
        values.setdefault(method, []).append(value)
    return {"attributes": [row[1:] for row in attributes], "values": values}


def _summary(connection: "duckdb.DuckDBPyConnection") -> str:
    row = connection.execute(
        "select (select count(*) from methods), "
        "(select count(distinct benchmark) from benchmarks), peft_version from dataset"
    ).fetchone()
    assert row is not None, "a dataset has one row in the table dataset"
    methods, benchmarks, version = row
    return f"{methods} methods and {benchmarks} benchmarks of peft {escape(version)}"


def _provenance(connection: "duckdb.DuckDBPyConnection") -> str:
    result = select(connection, "dataset")
    pairs = zip(result.columns, result.rows[0], strict=True)
    return "".join(
        f"<dt>{escape(column.name.replace('_', ' '))}</dt><dd>{escape(str(value))}</dd>"
        for column, value in pairs
    )


def _view(connection: "duckdb.DuckDBPyConnection", name: str, with_plots: bool) -> str:
    result = select(connection, name)
    question = _question(connection, name)
    notes = "".join(
        f"<li>{escape(note)}</li>" for note in plotting.caveats(connection, name, result)
    )
    picture = _picture(connection, name) if with_plots and result.rows else ""
    is_open = "" if picture else " open"
    return (
        f'<article id="{name}"><h3>{question}</h3>'
        + picture
        + (f'<ul class="caveats">{notes}</ul>' if notes else "")
        + f"<details{is_open}><summary>Table of {len(result.rows)} rows: <code>{name}</code>"
        + f"</summary>{_table(name, question, result)}</details></article>\n"
    )


def _question(connection: "duckdb.DuckDBPyConnection", name: str) -> str:
    """A view's question; what one row of a table is."""
    text = dataset.comment(connection, name).partition("\n")[0]
    return escape(text if text.endswith("?") else f"{name.capitalize()}: {text.rstrip('.')}")


def _picture(connection: "duckdb.DuckDBPyConnection", name: str) -> str:
    if not plotting.has_picture(connection, name):
        return ""
    try:
        figure = plotting.draw(connection, name)
    except UsageError:  # the rows of this dataset hold nothing to draw
        return ""
    label = escape(f"Picture: {figure.title} The table below has its numbers.")
    drawn = [_ROLES.sub("", rendering.to_svg(spec).decode()) for spec in figure.drawings()]
    return (
        f'<div class="figure" role="region" tabindex="0" aria-label="Picture of {name}">'
        f'<div role="img" aria-label="{label}">{"".join(drawn)}</div></div>'
    )


def _table(name: str, question: str, result: Result) -> str:
    places = [i for i, column in enumerate(result.columns) if not column.name.endswith("caveats")]
    columns = [result.columns[i] for i in places]
    heads = "".join(
        f'<th scope="col"{_align(column)}><button type="button" '
        f'title="{escape(column.definition.description)}">{escape(column.name)}</button></th>'
        for column in columns
    )
    rows = "\n".join(_row(result, row, places) for row in result.rows)
    body = f"<table><caption>{question}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}"
    field = f'<label>Filter rows <input type="search" data-filter="{name}"></label>'
    status = f'<span class="count" role="status">{len(result.rows)} rows</span>'
    return (
        f'<p class="tools">{field} {status}</p>'
        f'<div class="scroll" role="region" tabindex="0" aria-label="Table of {name}">'
        f"{body}</tbody></table></div>"
    )


def _row(result: Result, row: Sequence[object], places: Sequence[int]) -> str:
    texts = table.humanize_row(result.columns, row)
    cells = []
    for i in places:
        column, text = result.columns[i], escape(texts[i])
        raw = "" if row[i] is None else escape(str(row[i]))
        data = f' data-value="{raw}" title="{raw}"' if table.is_number(column) else ""
        tag = 'th scope="row"' if column.name == "method" else "td"
        kind = ' class="text"' if len(text) > _LONG and column.name != "method" else _align(column)
        cells.append(f"<{tag}{kind}{data}>{text}</{tag[:2]}>")
    return f"<tr>{''.join(cells)}</tr>"


def _align(column: Column) -> str:
    return ' class="number"' if table.is_number(column) else ""
