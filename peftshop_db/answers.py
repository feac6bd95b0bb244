"""Questions that take more than one view, or a view turned on its side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from peftshop_db import dataset
from peftshop_db.definitions import Column, unit_of
from peftshop_db.selection import Result, known_name
from peftshop_db.units import UNITS, humanize

if TYPE_CHECKING:
    import duckdb


def list_relations(connection: "duckdb.DuckDBPyConnection") -> Result:
    """A row per view and table with the first line of its comment; views first."""
    columns = [Column(name, "VARCHAR", "") for name in ("name", "kind", "question")]
    rows = [
        (name, kind, comment.partition("\n")[0])
        for name, kind, comment in dataset.relations(connection)
    ]
    return Result(columns, sorted(rows, key=lambda row: row[1], reverse=True))


def caption(connection: "duckdb.DuckDBPyConnection", relation: str, result: Result) -> list[str]:
    """What to read beside a table: the view's question, and the caveats that its rows name."""
    question = dataset.comment(connection, relation).partition("\n")[0]
    place = [column.name for column in result.columns].index
    if all(column.name != "caveats" for column in result.columns):
        return [question]
    named = {name for row in result.rows for name in (row[place("caveats")] or "").split(", ")}
    caveats = connection.execute("select caveat, statement from caveats").fetchall()
    return [question, *(statement for name, statement in caveats if name in named)]


def explain(
    connection: "duckdb.DuckDBPyConnection", method: str, subject: str | None = None
) -> Result:
    """What a method can do: rows of the view explanations.

    Args:
        connection: a connection to a dataset.
        method: the method's name, in any case.
        subject: one capability, layer type, backend or config option, in any case; None for all.

    Raises:
        UsageError: there is no such method or subject; suggests close ones.
    """
    columns = dataset.columns(connection, "explanations")[1:]
    sql = "select * exclude (method) from explanations where method = ?"
    parameters = [known_name(connection, "method", method)]
    if subject is not None:
        sql += " and subject = ?"
        parameters.append(known_name(connection, "subject", subject))
    return Result(columns, connection.execute(sql, parameters).fetchall())


def compare(
    connection: "duckdb.DuckDBPyConnection",
    methods: Sequence[str],
    only_differences: bool = False,
    for_people: bool = False,
) -> Result:
    """Methods side by side: an attribute per row, a method per column.

    Args:
        connection: a connection to a dataset.
        methods: the methods' names, in any case.
        only_differences: whether to leave out attributes in which they don't differ.
        for_people: whether to give numbers in the units of tables, and ranks below their measures.

    Raises:
        UsageError: there is no such method; suggests close ones.
    """
    names = list(dict.fromkeys(known_name(connection, "method", method) for method in methods))
    rows = connection.execute(
        "select section, attribute, value, number from comparison where list_contains($1, method) "
        "order by position, list_position($1, method)",
        [names],
    ).fetchall()
    facts: dict[tuple[str, str], list[tuple[str | None, float | None]]] = {}
    for section, attribute, *fact in rows:
        facts.setdefault((section, attribute), []).append(tuple(fact))
    columns = [Column(name, "VARCHAR", "") for name in ("section", "attribute", *names)]
    show = _for_people if for_people else _verbatim
    compared = [
        (section, *show(attribute, told))
        for (section, attribute), told in facts.items()
        if not only_differences or len(set(told)) > 1
    ]
    return Result(columns, compared)


def _verbatim(attribute: str, facts: Sequence[tuple[str | None, float | None]]) -> list[str | None]:
    return [attribute, *(value for value, _ in facts)]


def _for_people(
    attribute: str, facts: Sequence[tuple[str | None, float | None]]
) -> list[str | None]:
    unit = unit_of(attribute)
    shown = [
        value or "-" if number is None or unit not in UNITS else humanize(number, unit)
        for value, number in facts
    ]
    return ["  rank" if attribute.endswith("_rank") else attribute, *shown]


def snippet(connection: "duckdb.DuckDBPyConnection", method: str) -> tuple[str, str | None]:
    """Python code that uses a method, and what to know about it (None where there is nothing).

    Raises:
        UsageError: there is no such method; suggests close ones.
    """
    row = connection.execute(
        "select snippet, remark from usage_snippets where method = ?",
        [known_name(connection, "method", method)],
    ).fetchone()
    assert row is not None, "usage_snippets has a row for every method"
    return row[0], row[1]
