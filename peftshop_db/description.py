"""`describe`: what a view or table means, from the comments in the database."""

import textwrap
from typing import TYPE_CHECKING

from peftshop_db import dataset
from peftshop_db.definitions import Column
from peftshop_db.text import visible

if TYPE_CHECKING:
    import duckdb


def describe(connection: "duckdb.DuckDBPyConnection", relation: str, width: int) -> str:
    """What a view, table or macro answers, its columns, and the caveats of its numbers.

    Args:
        connection: a connection to a dataset.
        relation: its name.
        width: cells of a line.

    Raises:
        UsageError: there is none of that name; suggests close ones.
    """
    columns = (
        []
        if dataset.macro_parameters(connection, relation)
        else dataset.columns(connection, relation)
    )
    first, *fields = dataset.comment(connection, relation).splitlines() or ["(not described)"]
    lines = [relation, "", *_wrap(first, width, ""), ""]
    for field in fields:
        lines += _wrap(field, width, "  ")
    lines += ["", "Columns"] if columns else []
    size = max((len(column.name) for column in columns), default=0)
    for column in columns:
        head = f"  {column.name.ljust(size)}  {column.type.ljust(7)}  "
        lines += _wrap(head + column.comment, width, " " * len(head))
    if caveats := _caveats(connection, relation, columns):
        lines += ["", "Caveats that hold for its numbers"]
        for caveat, statement in caveats:
            lines += _wrap(f"  {caveat}: {statement}", width, "    ")
    return "\n".join(lines) + "\n"


def _caveats(
    connection: "duckdb.DuckDBPyConnection", relation: str, columns: list[Column]
) -> list[tuple[str, str]]:
    """The caveats that the relation's rows name, or that hold for measures among its columns."""
    if relation.endswith("caveats"):
        return []
    names = [column.name for column in columns]
    if "caveats" in names:
        rows = connection.execute(f'select distinct caveats from "{relation}"').fetchall()
        named = {name for (listed,) in rows if listed for name in listed.split(", ")}
    else:
        every = bool({"measure", "cost", "measure_a"} & set(names))
        rows = connection.execute(
            "select distinct caveats from measure_caveats where caveats is not null "
            "and measure <> 'baseline' and (? or list_contains(?, measure))",
            [every, names],
        ).fetchall()
        named = {name for (listed,) in rows for name in listed.split(", ")}
    caveats = connection.execute("select caveat, statement from caveats").fetchall()
    return [(name, statement) for name, statement in caveats if name in named]


def _wrap(text: str, width: int, indent: str) -> list[str]:
    # room for words beside the indent, however narrow the terminal is
    return textwrap.wrap(visible(text), max(width, len(indent) + 20), subsequent_indent=indent)
