"""Making the database: tables filled from the source, views over them, comments on everything."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from peftshop_db import __version__, checks, resources, sqlfiles
from peftshop_db.definitions import ColumnDefinition, shared_definitions
from peftshop_db.errors import QueryError
from peftshop_db.source import Source
from peftshop_db.sqlfiles import SqlFile

Definitions = dict[str, dict[str, ColumnDefinition]]


@contextmanager
def created(path: Path, source: Source) -> Iterator[tuple[duckdb.DuckDBPyConnection, Definitions]]:
    """Makes a database file from a source that keeps the contract; complete when the block ends.

    The file is one that DuckDB 1.2 and later open; small blocks keep it small.

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


def _fill_tables(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, SqlFile]) -> None:
    inserts = sqlfiles.inserts()
    if unfilled := sorted(set(tables) - set(inserts) - {"check_findings"}):
        raise QueryError(f"{tables[unfilled[0]].path}: no file of that name under etl/ fills it")
    files = [*tables.values(), *inserts.values()]
    for name in sqlfiles.build_order(files, given=["source_document"]):
        if name in tables:
            _run(connection, tables[name], tables[name].statement)
            if name in inserts:
                _run(connection, inserts[name], f"insert into {name} by name\n{inserts[name].sql}")
        else:
            _run(connection, inserts[name], f"create temp table {name} as\n{inserts[name].sql}")


def _create_views(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, SqlFile],
    views: Mapping[str, SqlFile],
) -> None:
    if taken := sorted(set(tables) & set(views)):
        raise QueryError(f"{views[taken[0]].path}: the name is a table's; rename the view")
    for name in sqlfiles.build_order(views.values(), given=tables):
        _run(connection, views[name], views[name].statement)


def _create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    for name, file in sqlfiles.macros().items():
        _run(connection, file, file.statement)
        connection.execute(f"comment on macro table {name} is {sqlfiles.literal(file.comment)}")


def _run(connection: duckdb.DuckDBPyConnection, file: SqlFile, statement: str) -> None:
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        raise QueryError(f"{file.path}: {str(error).splitlines()[0]}") from error


def _define_columns(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, SqlFile]
) -> Definitions:
    """Finds each column's definition: the file's own, else the one of that name in columns.csv."""
    shared = shared_definitions()
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
