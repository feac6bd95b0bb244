"""Filling a dataset's tables: every version of the source, one after another, and raw results.

The newest version fills the plain tables. An older one fills temporary tables of the same names,
keys and checks included, from which the schema history takes its rows: so memory holds one version
at a time, and history needs no index over all of them to be as sound as the plain tables.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from peftshop_db import integrity, sqlfiles
from peftshop_db.errors import QueryError
from peftshop_db.history import Version
from peftshop_db.results import ResultFile
from peftshop_db.sqlfiles import HISTORY, SqlFile
from peftshop_db.staging import RESULTS, STAGED, stage, stage_results, stage_source

# what every table of the schema history starts with
ORIGIN = ("version_order", "peft_version", "source_sha256")


def fill(
    connection: duckdb.DuckDBPyConnection,
    versions: Sequence[Version],
    previous: Path | None = None,
    results: Iterable[ResultFile] = (),
    tick: Callable[[], object] = bool,
) -> None:
    """Makes and fills all tables of the current database, in a transaction that is left open.

    Args:
        connection: its current database is new.
        versions: the inputs in their order; there is at least one.
        previous: the database file of the dataset that holds versions already.
        results: raw result files.
        tick: called after each version.

    Raises:
        QueryError: the project's own SQL breaks a rule or fails.
        SourceError: an input changed since it was checked, or a result file breaks its contract.
    """
    stage(connection)
    order = build_order()
    connection.execute("begin")  # one transaction costs one write to disk
    for name in order:
        if name in sqlfiles.tables():
            run(connection, sqlfiles.tables()[name], sqlfiles.tables()[name].statement)
    columns = _create_history(connection)
    *older, newest = versions
    if older:
        _fill_history(connection, older, order, columns, previous, tick)
    stage_source(connection, newest.read())
    for name in order:
        insert(connection, name)
    _remember(connection, columns, len(versions), newest)
    tick()
    _add_results(connection, results)


def build_order() -> list[str]:
    """The tables, and the steps on the way there, each after what it needs.

    Raises:
        QueryError: no file fills a table, or files break the rules for references.
    """
    tables, inserts = sqlfiles.tables(), sqlfiles.inserts()
    if unfilled := sorted(set(tables) - set(inserts) - {"check_findings"}):
        raise QueryError(f"{tables[unfilled[0]].path}: no file of that name under etl/ fills it")
    return sqlfiles.build_order([*tables.values(), *inserts.values()], given=STAGED)


def insert(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Adds what is staged to a table, or makes the step of that name from it."""
    file = sqlfiles.inserts().get(name)
    if file is None:  # the table of what the checks find
        return
    if name in sqlfiles.tables():
        run(connection, file, f"insert into {name} by name\n{file.sql}")
    else:
        run(connection, file, f"create or replace temp table {name} as\n{file.sql}")


def run(connection: duckdb.DuckDBPyConnection, file: SqlFile, statement: str) -> None:
    """Runs a statement that a file holds.

    Raises:
        QueryError: it fails.
        StorageError: the disk does.
    """
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        raise integrity.failure(str(file.path), error) from error


def _create_history(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Makes the tables of history; gives the names of the columns that each has of its own."""
    connection.execute(f"create schema {HISTORY}")
    for statement in sqlfiles.past().values():
        connection.execute(statement)
    columns = connection.execute(
        "select table_name, string_agg(column_name, ', ' order by column_index) "
        "from duckdb_columns() where schema_name = ? and database_name = 'peftshop' "
        f"and column_name not in {ORIGIN} group by table_name",
        [HISTORY],
    ).fetchall()
    return dict(columns)


def _remember(
    connection: duckdb.DuckDBPyConnection,
    columns: Mapping[str, str],
    number: int,
    version: Version,
) -> None:
    """Appends the tables that a version filled to history."""
    for table, names in columns.items():
        connection.execute(
            f"insert into peftshop.{HISTORY}.{table} select ?, ?, ?, {names} from {table}",
            [number, version.peft_version, version.sha256],
        )


def _fill_history(
    connection: duckdb.DuckDBPyConnection,
    older: Sequence[Version],
    order: Sequence[str],
    columns: Mapping[str, str],
    previous: Path | None,
    tick: Callable[[], object],
) -> None:
    """Appends all versions but the newest: those of the dataset before as they are."""
    if previous:
        connection.execute(f"attach {sqlfiles.literal(str(previous))} as previous (read_only)")
    versioned = sqlfiles.derived(*sqlfiles.SOURCE)
    needed = [name for name in order if name not in sqlfiles.derived(*RESULTS)]
    fixed = [name for name in needed if name not in versioned and name != "check_findings"]
    for name in fixed:
        _create_temporary(connection, name)
    for number, part in _parts(older):
        if part[0].held is None:
            stage_source(connection, part[0].read())
            for name in versioned:
                _create_temporary(connection, name)
            _remember(connection, columns, number, part[0])
            _drop_temporary(connection, versioned)
        else:
            _copy(connection, number, part[0].held, len(part))
        connection.execute("commit")  # until then a dropped table keeps its memory
        connection.execute("begin")
        for _ in part:
            tick()
    _drop_temporary(connection, fixed)


def _parts(versions: Sequence[Version]) -> Iterator[tuple[int, list[Version]]]:
    """Numbered versions, those together that follow each other in the dataset before, too."""
    part: list[Version] = []
    for number, version in enumerate(versions, 1):
        held = part[-1].held if part else None
        if held is None or version.held != held + 1:
            if part:
                yield number - len(part), part
            part = []
        part.append(version)
    yield len(versions) - len(part) + 1, part


def _copy(connection: duckdb.DuckDBPyConnection, number: int, held: int, count: int) -> None:
    for table in sqlfiles.versioned():
        connection.execute(
            f"insert into {HISTORY}.{table} select * replace (version_order + ? as version_order) "
            f"from previous.{HISTORY}.{table} where version_order between ? and ?",
            [number - held, held, held + count - 1],
        )


def _create_temporary(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Makes and fills a temporary table, which hides the plain one of its name."""
    if name in sqlfiles.tables():
        sql = sqlfiles.tables()[name].sql
        connection.execute(re.sub("^create table", "create temp table", sql, flags=re.MULTILINE))
    insert(connection, name)


def _drop_temporary(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    for name in reversed(names):
        if name in sqlfiles.tables():
            connection.execute(f"drop table temp.{name}")


def _add_results(connection: duckdb.DuckDBPyConnection, results: Iterable[ResultFile]) -> None:
    names = sqlfiles.derived(*RESULTS)
    for _ in stage_results(connection, results):
        for name in names:
            insert(connection, name)
        connection.execute("commit")
        connection.execute("begin")
