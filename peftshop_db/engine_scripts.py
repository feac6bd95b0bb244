"""`export-sql`: one script that gives another engine the dataset's tables and views.

Some engines read Parquet files where they are; the script declares a table over each. The others
get their tables created and filled by the script itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peftshop_db import dataset, dialects, metadata
from peftshop_db.definitions import Column
from peftshop_db.errors import StorageError, UsageError
from peftshop_db.sqlfiles import literal

if TYPE_CHECKING:
    import duckdb

    from peftshop_db.metadata import Catalog

_ROWS_PER_INSERT = 500
_PARTITION = "peft_version"
_FORMAT = f"{metadata.NAME}_parquet"  # Snowflake's name of the file format


@dataclass(frozen=True)
class _Part:
    """A Parquet file: of a whole table, or of the rows that a value of the partition has."""

    path: str
    value: str | None = None


_Parts = Mapping[str, list[_Part]]
Columns = Sequence[Column]


@dataclass(frozen=True)
class _Files:
    """How an engine is given tables that are Parquet files.

    Attributes:
        declare: the statement that declares a table, of this name and columns, over a file.
        needs: what to know before running the script, a line each.
        is_remote: whether the engine reads files of its own store alone.
        before: what the script begins with, given where the files are.
    """

    declare: Callable[[str, Columns, str], str]
    needs: tuple[str, ...]
    is_remote: bool = False
    before: Callable[[str], list[str]] = lambda url: []


@dataclass(frozen=True)
class _Rows:
    """How an engine is given tables that the script fills.

    Attributes:
        needs: what to know before running the script, a line each.
        before: what the script begins with.
    """

    needs: tuple[str, ...]
    before: tuple[str, ...]


def script(database: Path, engine: str, parquet: str | None = None) -> str:
    """The script for an engine.

    Args:
        database: the dataset's database file.
        engine: one of ENGINES.
        parquet: a folder or URL that holds the Parquet files as `export` writes them; None for
            the dataset's own files.

    Returns:
        SQL statements, each ended by a semicolon, below comments that say what the engine needs.

    Raises:
        UsageError: the engine needs such a URL, or reads no files.
        StorageError: the dataset was built by another version, or its files aren't there.
    """
    kind = _ENGINES[engine]
    with dataset.connect(database, sealed=True) as connection:
        catalog = metadata.read_catalog(connection)
        if isinstance(kind, _Rows):
            if parquet is not None:
                raise UsageError(f"the script for {engine} holds the data; leave out --parquet")
            made = [*kind.before, *_fill(connection, catalog, engine)]
        else:
            parts = _find_parts(connection, catalog, database, engine, parquet)
            made = [*kind.before(parquet or ""), *_declare(catalog, parts, engine)]
    views = [statement for _, statement in dialects.view_statements(catalog, engine)]
    after = ["COMMIT"] if isinstance(kind, _Rows) else []
    head = [
        f"peftshop-db {catalog.version}: the dataset's tables and views for {engine}.",
        *kind.needs,
    ]
    comments = "".join(f"-- {line}\n" for line in head)
    return comments + "\n" + "\n\n".join(f"{part};" for part in [*made, *views, *after]) + "\n"


def needs(engine: str) -> str:
    """What to know before running an engine's script."""
    return " ".join(_ENGINES[engine].needs)


def _fill(
    connection: "duckdb.DuckDBPyConnection", catalog: "Catalog", engine: str
) -> Iterator[str]:
    for name, statement in dialects.table_statements(catalog, engine):
        yield statement
        cursor = connection.execute(f"from {name}")
        while rows := cursor.fetchmany(_ROWS_PER_INSERT):
            values = ",\n".join(f"({', '.join(map(_value, row))})" for row in rows)
            yield f"INSERT INTO {catalog.relations[name].flat_name} VALUES\n{values}"


def _value(value: object) -> str:
    if value is None:
        return "NULL"
    if not isinstance(value, str):
        return repr(value).upper()
    if "\0" in value:
        raise UsageError(f"a script can't hold a text with the character U+0000: {value[:40]!r}")
    return literal(value)


def _find_parts(
    connection: "duckdb.DuckDBPyConnection",
    catalog: "Catalog",
    database: Path,
    engine: str,
    url: str | None,
) -> _Parts:
    kind = _ENGINES[engine]
    tables = [item for item in catalog.relations.values() if item.kind == "table"]
    if url is not None and "://" in url:
        base = url.rstrip("/")
    elif isinstance(kind, _Files) and kind.is_remote:
        raise UsageError(f"{engine} reads files of a store; name it with --parquet URL")
    elif url is not None:
        base = str(Path(url).absolute())
        for item in tables:
            if not (Path(base) / item.parquet_path).exists():
                raise UsageError(
                    f"{url}: holds no {item.parquet_path}; `peftshop-db export {url}` writes all"
                )
    else:
        return _own_parts(connection, [item.name for item in tables], database.parent.absolute())
    return {item.name: [_Part(f"{base}/{item.parquet_path}")] for item in tables}


def _own_parts(connection: "duckdb.DuckDBPyConnection", tables: list[str], folder: Path) -> _Parts:
    from peftshop_db import parquet

    parts: dict[str, list[_Part]] = {name: [] for name in tables}
    for path in parquet.paths(connection, tables):
        if not (folder / path).exists():
            raise StorageError(
                f"{folder / path}: no such file; `peftshop-db export DIR` and --parquet DIR mend it"
            )
        part = _Part(str(folder / path), parquet.partition(path))
        parts[parquet.relation(path)].append(part)
    return parts


def _declare(catalog: "Catalog", parts: _Parts, engine: str) -> Iterator[str]:
    kind = _ENGINES[engine]
    assert isinstance(kind, _Files)
    for name, files in parts.items():
        relation = catalog.relations[name]
        if files[0].value is None:
            yield kind.declare(relation.flat_name, relation.columns, files[0].path)
            continue
        columns = [column for column in relation.columns if column.name != _PARTITION]
        selects = []
        for number, part in enumerate(files, 1):
            part_name = f"{relation.flat_name}__{number}"
            yield kind.declare(part_name, columns, part.path)
            selects.append(_select_part(relation.columns, part_name, part.value or "", engine))
        yield dialects.create_view(relation.flat_name, "\nUNION ALL\n".join(selects), engine)


def _select_part(columns: Columns, part: str, value: str, engine: str) -> str:
    from sqlglot import exp

    partition = exp.alias_(exp.Literal.string(value), _PARTITION)
    selected = [
        partition if column.name == _PARTITION else exp.column(column.name) for column in columns
    ]
    return dialects.generate(exp.select(*selected).from_(part), engine)


def _over(source: str, columns: Columns, name: str, engine: str) -> str:
    """A view over what an engine reads in FROM."""
    names = ",\n".join(f"  {column.name}" for column in columns)
    return dialects.create_view(name, f"SELECT\n{names}\nFROM {source}", engine)


def _text(value: str, engine: str) -> str:
    from sqlglot import exp

    return dialects.generate(exp.Literal.string(value), engine)


def _duckdb(name: str, columns: Columns, path: str) -> str:
    # the name of a partition's folder is no column of its own here
    source = f"READ_PARQUET({_text(path, 'duckdb')}, hive_partitioning = FALSE)"
    return _over(source, columns, name, "duckdb")


def _spark(name: str, columns: Columns, path: str) -> str:
    # a view of the file would read its footer anew for every query that uses it
    return (
        f"CREATE TABLE {name} (\n{_typed(columns, 'spark')}\n)\n"
        f"USING PARQUET OPTIONS (path {_text(path, 'spark')})"
    )


_CLICKHOUSE_READERS = {"s3": "s3", "gs": "gcs", "http": "url", "https": "url"}
_CLICKHOUSE_TYPES = {
    "VARCHAR": "String",
    "BOOLEAN": "Bool",
    "BIGINT": "Int64",
    "DOUBLE": "Float64",
}


def _clickhouse(name: str, columns: Columns, path: str) -> str:
    scheme = path.partition("://")[0] if "://" in path else ""
    reader = _CLICKHOUSE_READERS.get(scheme, "file")
    # without the types, every query would read every file's footer for them
    types = ", ".join(
        f"{column.name} Nullable({_CLICKHOUSE_TYPES[column.type]})" for column in columns
    )
    place = _text(path.removeprefix("file://"), "clickhouse")
    source = f"{reader}({place}, 'Parquet', '{types}')"
    return _over(source, columns, name, "clickhouse")


def _datafusion(name: str, columns: Columns, path: str) -> str:
    place = _text(path, "datafusion")
    return f"CREATE EXTERNAL TABLE {name}\nSTORED AS PARQUET\nLOCATION {place}"


def _trino(name: str, columns: Columns, path: str) -> str:
    folder = _text(path.removesuffix(".parquet"), "trino")
    return (
        f"CREATE TABLE {name} (\n{_typed(columns, 'trino')}\n)\n"
        f"WITH (format = 'PARQUET', external_location = {folder})"
    )


def _typed(columns: Columns, engine: str) -> str:
    from sqlglot import exp

    return ",\n".join(
        f"  {column.name} {dialects.generate(exp.DataType.build(column.type), engine)}"
        for column in columns
    )


def _bigquery(name: str, columns: Columns, path: str) -> str:
    place = _text(path, "bigquery")
    return (
        f"CREATE EXTERNAL TABLE {dialects.qualified(name, 'bigquery')}\n"
        f"OPTIONS (format = 'PARQUET', uris = [{place}])"
    )


def _snowflake(name: str, columns: Columns, path: str) -> str:
    file = path.rpartition("/")[2]
    values = ",\n".join(
        f"  CAST($1:{column.name} AS {column.type}) AS {column.name}" for column in columns
    )
    source = f"@{metadata.NAME}/{file} (FILE_FORMAT => '{_FORMAT}')"
    return dialects.create_view(name, f"SELECT\n{values}\nFROM {source}", "snowflake")


def _snowflake_stage(url: str) -> list[str]:
    place = _text(f"{url.rstrip('/')}/", "snowflake")
    return [
        f"CREATE FILE FORMAT {_FORMAT} TYPE = PARQUET",
        f"CREATE STAGE {metadata.NAME} URL = {place}",
    ]


_ENGINES: dict[str, _Files | _Rows] = {
    "bigquery": _Files(
        _bigquery,
        (
            f"Everything is in the dataset {metadata.NAME}, which the script makes where the",
            "files' bucket is read from: give bq its --location.",
        ),
        is_remote=True,
        before=lambda url: [f"CREATE SCHEMA IF NOT EXISTS {metadata.NAME}"],
    ),
    "clickhouse": _Files(
        _clickhouse,
        ("A server reads local files below its user_files_path alone; clickhouse-local any.",),
    ),
    "datafusion": _Files(
        _datafusion,
        ("A view's own order is lost in DataFusion: say ORDER BY when you select from it.",),
    ),
    "duckdb": _Files(_duckdb, ("URLs need the extension httpfs, which DuckDB loads by itself.",)),
    "postgres": _Rows(
        ("Needs a database in UTF-8. All or nothing: in one transaction, in the current schema.",),
        ("BEGIN",),
    ),
    "snowflake": _Files(
        _snowflake,
        ("A bucket that isn't public needs STORAGE_INTEGRATION or CREDENTIALS at CREATE STAGE.",),
        is_remote=True,
        before=_snowflake_stage,
    ),
    "spark": _Files(_spark, ("Files must be where every executor reads them.",)),
    "sqlite": _Rows(
        ("Booleans are 1 and 0. All or nothing: in one transaction.",),
        ("PRAGMA foreign_keys = ON", "BEGIN"),
    ),
    "trino": _Files(
        _trino,
        (
            "Run it in a catalog of the Hive connector. Trino takes folders, not files: put each",
            "FILE.parquet into a folder of that name, FILE/FILE.parquet.",
        ),
        is_remote=True,
    ),
}
ENGINES = tuple(_ENGINES)
