"""`describe`: what a view or table means, from the comments in the database."""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from peftshop_db import dataset
from peftshop_db.definitions import Column
from peftshop_db.table import visible

if TYPE_CHECKING:
    import duckdb


def describe(connection: "duckdb.DuckDBPyConnection", relation: str, width: int) -> str:
    """What a view or table answers, its columns, and the caveats that hold for its numbers.

    Args:
        connection: a connection to a dataset.
        relation: the view's or table's name.
        width: cells of a line.

    Raises:
        UsageError: there is none of that name; suggests close ones.
    """
    columns = dataset.columns(connection, relation)
    first, *fields = dataset.comment(connection, relation).splitlines()
    lines = [relation, "", *_wrap(first, width, ""), ""]
    for field in fields:
        lines += _wrap(field, width, "  ")
    lines += ["", "Columns"]
    size = max(len(column.name) for column in columns)
    for column in columns:
        head = f"  {column.name.ljust(size)}  {column.type.ljust(7)}  "
        lines += _wrap(head + column.comment, width, " " * len(head))
    if caveats := list(_caveats(connection, relation, columns)):
        lines += ["", "Caveats that hold for its rows"]
        for caveat, statement in caveats:
            lines += _wrap(f"  {caveat}: {statement}", width, "    ")
    return "\n".join(lines) + "\n"


def _caveats(
    connection: "duckdb.DuckDBPyConnection", relation: str, columns: list[Column]
) -> Iterator[tuple[str, str]]:
    lists = [column.name for column in columns if column.name.endswith("caveats")]
    if not lists or relation == "caveats":
        return
    wanted = ", ".join(f'"{name}"' for name in lists if name != "num_caveats")
    rows = connection.execute(f'select distinct {wanted} from "{relation}"').fetchall()
    names = {name for row in rows for value in row if value for name in value.split(", ")}
    for caveat, statement in connection.execute("select caveat, statement from caveats").fetchall():
        if caveat in names:
            yield caveat, statement


def _wrap(text: str, width: int, indent: str) -> list[str]:
    # room for words beside the indent, however narrow the terminal is
    return textwrap.wrap(visible(text), max(width, len(indent) + 20), subsequent_indent=indent)
