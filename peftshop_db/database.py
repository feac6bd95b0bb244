"""Making the database: tables that are filled, views over them, comments on everything."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from peftshop_db import checks, sqlfiles
from peftshop_db.definitions import ColumnDefinition, shared_definitions
from peftshop_db.errors import QueryError, StorageError
from peftshop_db.filling import fill, run
from peftshop_db.history import Version
from peftshop_db.results import ResultFile
from peftshop_db.source import MAX_BYTES
from peftshop_db.sqlfiles import HISTORY, SqlFile

# what duckdb takes of memory before it goes on on disk, in a folder beside the file: a gigabyte, or
# so many times the largest input
_MEMORY_BYTES = 1_000_000_000
_MEMORY_PER_INPUT = 8

Definitions = dict[str, dict[str, ColumnDefinition]]


@contextmanager
def created(
    path: Path,
    versions: Sequence[Version],
    previous: Path | None = None,
    results: Iterable[ResultFile] = (),
    tick: Callable[[], object] = bool,
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Definitions]]:
    """Makes a database file from inputs that keep the contract; complete when the block ends.

    The file is one that DuckDB 1.2 and later open; small blocks keep it small.

    Args:
        path: the file to be made.
        versions: the inputs in their order, of which the last fills the plain tables.
        previous: the database file of the dataset that holds versions already.
        results: raw result files.
        tick: called after each version.

    Yields:
        A connection in which the new database is the current one, and the definition of every
        column by relation, tables first.

    Raises:
        QueryError: the project's own SQL breaks a rule or fails.
        StorageError: the file can't be written.
    """
    tables, views = dict(sqlfiles.tables()), sqlfiles.views()
    with duckdb.connect() as connection:
        attach(connection, path, versions)
        fill(connection, versions, previous, results, tick)
        _create_views(connection, tables, views)
        _create_macros(connection)
        checks.record(connection)
        tables |= {f"{HISTORY}.{name}": tables[name] for name in sqlfiles.versioned()}
        definitions = _define_columns(connection, {**tables, **views})
        _comment(connection, tables, views, definitions)
        with _storing(path):
            # what is committed goes into the file at once, not by way of a log
            connection.execute("set checkpoint_threshold = '0 bytes'; commit")
        yield connection, definitions
        with _storing(path):
            connection.execute("use memory; detach peftshop")
    shutil.rmtree(path.with_suffix(".spill"), ignore_errors=True)


def attach(connection: duckdb.DuckDBPyConnection, path: Path, versions: Sequence[Version]) -> None:
    """Makes an empty database file for these inputs, the connection's current one.

    Raises:
        StorageError: the file can't be written.
    """
    memory = max(
        _MEMORY_BYTES, _MEMORY_PER_INPUT * max((version.size for version in versions), default=0)
    )
    with _storing(path):
        connection.execute(
            f"attach {sqlfiles.literal(str(path))} as peftshop "
            "(storage_version 'v1.2.0', block_size 16384)"
        )
    connection.execute("use peftshop")
    if sum(version.size for version in versions) <= MAX_BYTES:
        # sharing out a small query takes longer than it; publishing runs several at once instead
        connection.execute("set threads = 1")
    connection.execute(
        f"set memory_limit = '{memory} bytes'; "
        f"set temp_directory = {sqlfiles.literal(str(path.with_suffix('.spill')))}"
    )


@contextmanager
def _storing(path: Path) -> Iterator[None]:
    """Turns what DuckDB says of a file that it can't write into one line."""
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].rpartition("Original error: ")[2]
        raise StorageError(f"{path}: can't be written: {reason}") from error


def _create_views(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, SqlFile],
    views: Mapping[str, SqlFile],
) -> None:
    if taken := sorted(set(tables) & set(views)):
        raise QueryError(f"{views[taken[0]].path}: the name is a table's; rename the view")
    past = [f"{HISTORY}.{name}" for name in sqlfiles.versioned()]
    for name in sqlfiles.build_order(views.values(), given=[*tables, *past]):
        run(connection, views[name], views[name].statement)


def _create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    for name, file in sqlfiles.macros().items():
        run(connection, file, file.statement)
        connection.execute(f"comment on macro table {name} is {sqlfiles.literal(file.comment)}")


def _define_columns(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, SqlFile]
) -> Definitions:
    """Finds each column's definition: the file's own, else the one of that name in columns.csv."""
    shared = shared_definitions()
    definitions: Definitions = {name: {} for name in files}
    columns = connection.execute(
        "select case schema_name when 'main' then '' else schema_name || '.' end || table_name, "
        "column_name from duckdb_columns() where database_name = 'peftshop' and not internal "
        "order by schema_name desc, table_name, column_index"
    ).fetchall()
    for relation, column in columns:
        past, _, name = relation.rpartition(".")
        definition = (
            files[relation].columns.get(column)
            or shared.get((past or name, column))
            or shared.get((name, column))
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
        f"comment on {kind} {name} is {sqlfiles.literal(_describe(name, file))}"
        for kind, files in (("table", tables), ("view", views))
        for name, file in files.items()
    ]
    statements += [
        f'comment on column {relation}."{column}" is {sqlfiles.literal(definition.comment)}'
        for relation, columns in definitions.items()
        for column, definition in columns.items()
    ]
    connection.execute(";\n".join(statements))


def _describe(relation: str, file: SqlFile) -> str:
    return f"version × {file.comment}" if relation != file.name else file.comment
