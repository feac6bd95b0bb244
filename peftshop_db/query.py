"""Running a named view with filters."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from peftshop_db import dataset
from peftshop_db.dataset import Column
from peftshop_db.errors import QueryError, UsageError

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Result:
    """What a query gives: its columns, and its rows as Python values."""

    columns: list[Column]
    rows: list[tuple[Any, ...]]


def select(
    connection: "duckdb.DuckDBPyConnection",
    relation: str,
    *,
    benchmark: str | None = None,
    limit: int | None = None,
) -> Result:
    """Selects from a named view or table, in its own order.

    Args:
        connection: a connection to a dataset.
        relation: the view's or table's name.
        benchmark: only rows of this benchmark.
        limit: at most so many rows.

    Raises:
        UsageError: there is no such view, no such benchmark, or the view has no benchmarks.
        QueryError: the view fails.
    """
    import duckdb

    columns = dataset.columns(connection, relation)
    sql, parameters = f'from "{relation}"', []
    if benchmark is not None:
        if all(column.name != "benchmark" for column in columns):
            raise UsageError(f"{relation} has no column benchmark; leave out --benchmark")
        sql += " where benchmark = ?"
        parameters.append(benchmark)
    if limit is not None:
        sql += f" limit {limit}"
    try:
        rows = connection.execute(sql, parameters).fetchall()
        if benchmark is not None and not rows:
            _require_benchmark(connection, benchmark)
    except duckdb.Error as error:
        raise QueryError(f"{relation}: {str(error).splitlines()[0]}") from error
    return Result(columns, rows)


def _require_benchmark(connection: "duckdb.DuckDBPyConnection", benchmark: str) -> None:
    rows = connection.execute(
        "select benchmark from benchmarks union select benchmark from baselines "
        "union select benchmark from registry_benchmarks order by benchmark"
    ).fetchall()
    known = [name for (name,) in rows]
    if benchmark not in known:
        raise UsageError(f"no benchmark is named {benchmark!r}; there are {', '.join(known)}")


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
