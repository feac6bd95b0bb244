"""Making the database: tables filled from the source, views over them, comments on everything."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from peftshop_db import __version__, checks, resources, sqlfiles
from peftshop_db.definitions import ColumnDefinition
from peftshop_db.errors import QueryError
from peftshop_db.results import ResultFile
from peftshop_db.source import Source
from peftshop_db.sqlfiles import SqlFile

Definitions = dict[str, dict[str, ColumnDefinition]]

_STAGED = ("source_document", "result_documents")
_BATCH_SIZE = 8 * 1024 * 1024


@contextmanager
def created(
    path: Path, source: Source, results: Iterable[ResultFile] = ()
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Definitions]]:
    """Makes a database file from a source that keeps the contract; complete when the block ends.

    The file is one that DuckDB 1.2 and later open; small blocks keep it small. Result files are
    taken in by the batch, so that memory doesn't grow with their number.

    Yields:
        A connection in which the new database is the current one, and the definition of every
        column by relation, tables first.

    Raises:
        QueryError: the project's own SQL breaks a rule or fails.
    """
    tables, views = sqlfiles.tables(), sqlfiles.views()
    with duckdb.connect() as connection:
        connection.execute(
            f"attach {sqlfiles.literal(str(path))} as peftshop "
            "(storage_version 'v1.2.0', block_size 16384)"
        )
        connection.execute("use peftshop")
        connection.execute("begin")  # one transaction costs one write to disk
        _stage(connection, source)
        _fill_tables(connection, tables)
        _add_results(connection, results)
        _create_views(connection, tables, views)
        _create_macros(connection)
        checks.record(connection)
        definitions = _define_columns(connection, {**tables, **views})
        _comment(connection, tables, views, definitions)
        connection.execute("commit")
        yield connection, definitions
        connection.execute("use memory")
        connection.execute("detach peftshop")


def _stage(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    registry = resources.folder("data") / "registry"
    connection.execute(f"set variable registry = {sqlfiles.literal(str(registry))}")
    connection.execute(
        "create temp table source_document (document json, source_sha256 varchar, "
        "source_file varchar, source_bytes bigint, package_version varchar)"
    )
    connection.execute(
        "insert into source_document values (?, ?, ?, ?, ?)",
        [source.text, source.sha256, source.file, source.size, __version__],
    )
    connection.execute("create temp table result_documents (file varchar, document json)")


def _fill_tables(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, SqlFile]) -> None:
    if unfilled := sorted(set(tables) - set(sqlfiles.inserts()) - {"check_findings"}):
        raise QueryError(f"{tables[unfilled[0]].path}: no file of that name under etl/ fills it")
    order = sqlfiles.build_order([*tables.values(), *sqlfiles.inserts().values()], given=_STAGED)
    for name in order:
        if name in tables:
            _run(connection, tables[name], "")
        _fill(connection, name)


def _fill(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Adds what is staged to a table, or makes the step of that name from it."""
    file = sqlfiles.inserts().get(name)
    if name in sqlfiles.tables():
        if file:
            _run(connection, file, f"insert into {name} by name\n")
    elif file:
        _run(connection, file, f"create or replace temp table {name} as\n")


def _add_results(connection: duckdb.DuckDBPyConnection, results: Iterable[ResultFile]) -> None:
    names = sqlfiles.derived("result_documents")
    for batch in _batches(results):
        connection.execute(
            "insert into result_documents select unnest(?), cast(unnest(?) as json)",
            [[result.file for result in batch], [result.text for result in batch]],
        )
        for name in names:
            _fill(connection, name)
        connection.execute("truncate result_documents")


def _batches(results: Iterable[ResultFile]) -> Iterator[Sequence[ResultFile]]:
    batch: list[ResultFile] = []
    size = 0
    for result in results:
        batch.append(result)
        size += len(result.text)
        if size >= _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _create_views(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, SqlFile],
    views: Mapping[str, SqlFile],
) -> None:
    if taken := sorted(set(tables) & set(views)):
        raise QueryError(f"{views[taken[0]].path}: the name is a table's; rename the view")
    for name in sqlfiles.build_order(views.values(), given=tables):
        _run(connection, views[name], f"create view {name} as\n")


def _create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    for name, file in sqlfiles.macros().items():
        _run(connection, file, f"create macro {name}({file.header['Parameters']}) as table\n")
        connection.execute(f"comment on macro table {name} is {sqlfiles.literal(file.comment)}")


def _run(connection: duckdb.DuckDBPyConnection, file: SqlFile, prefix: str) -> None:
    try:
        connection.execute(prefix + file.sql)
    except duckdb.Error as error:
        raise QueryError(f"{file.path}: {str(error).splitlines()[0]}") from error


def _define_columns(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, SqlFile]
) -> Definitions:
    """Finds each column's definition: the file's own, else the one of that name in columns.csv."""
    shared = _shared_definitions()
    definitions: Definitions = {name: {} for name in files}
    columns = connection.execute(
        "select table_name, column_name from duckdb_columns() "
        "where database_name = 'peftshop' and not internal order by table_name, column_index"
    ).fetchall()
    for relation, column in columns:
        definition = (
            files[relation].columns.get(column)
            or shared.get((relation, column))
            or shared.get(("", column))
        )
        if definition is None:
            raise QueryError(
                f"{files[relation].path}: the column {column} has no definition; "
                "add it to the header under `-- Columns:`"
            )
        definitions[relation][column] = definition
    for name, file in files.items():
        if stray := sorted(set(file.columns) - set(definitions[name])):
            raise QueryError(f"{file.path}: defines {', '.join(stray)}, which it doesn't have")
    return definitions


def _shared_definitions() -> dict[tuple[str, str], ColumnDefinition]:
    path = resources.folder("schema") / "columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if None in row or None in row.values():
            raise QueryError(
                f"{path}: the row of {row['column']} has not four values; quote commas"
            )
    return {
        (row["relation"], row["column"]): ColumnDefinition(row["description"], row["unit"])
        for row in rows
    }


def _comment(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, SqlFile],
    views: Mapping[str, SqlFile],
    definitions: Definitions,
) -> None:
    statements = [
        f"comment on {kind} {name} is {sqlfiles.literal(file.comment)}"
        for kind, files in (("table", tables), ("view", views))
        for name, file in files.items()
    ]
    statements += [
        f'comment on column {relation}."{column}" is {sqlfiles.literal(definition.comment)}'
        for relation, columns in definitions.items()
        for column, definition in columns.items()
    ]
    connection.execute(";\n".join(statements))
