"""How each engine is given the dataset's tables: over Parquet files, or filled by a script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from peftshop_db import dialects, metadata
from peftshop_db.definitions import Column

Columns = Sequence[Column]
_FORMAT = f"{metadata.NAME}_parquet"  # Snowflake's name of the file format


@dataclass(frozen=True)
class Files:
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
class Rows:
    """How an engine is given tables that the script fills.

    Attributes:
        needs: what to know before running the script, a line each.
        before: what the script begins with.
    """

    needs: tuple[str, ...]
    before: tuple[str, ...]


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


ENGINES: dict[str, Files | Rows] = {
    "bigquery": Files(
        _bigquery,
        (
            f"Everything is in the dataset {metadata.NAME}, which the script makes where the",
            "files' bucket is read from: give bq its --location.",
        ),
        is_remote=True,
        before=lambda url: [f"CREATE SCHEMA IF NOT EXISTS {metadata.NAME}"],
    ),
    "clickhouse": Files(
        _clickhouse,
        ("A server reads local files below its user_files_path alone; clickhouse-local any.",),
    ),
    "datafusion": Files(
        _datafusion,
        ("A view's own order is lost in DataFusion: say ORDER BY when you select from it.",),
    ),
    "duckdb": Files(_duckdb, ("URLs need the extension httpfs, which DuckDB loads by itself.",)),
    "postgres": Rows(
        ("Needs a database in UTF-8. All or nothing: in one transaction, in the current schema.",),
        ("BEGIN",),
    ),
    "snowflake": Files(
        _snowflake,
        ("A bucket that isn't public needs STORAGE_INTEGRATION or CREDENTIALS at CREATE STAGE.",),
        is_remote=True,
        before=_snowflake_stage,
    ),
    "spark": Files(_spark, ("Files must be where every executor reads them.",)),
    "sqlite": Rows(
        ("Booleans are 1 and 0. All or nothing: in one transaction.",),
        ("PRAGMA foreign_keys = ON", "BEGIN"),
    ),
    "trino": Files(
        _trino,
        (
            "Run it in a catalog of the Hive connector. Trino takes folders, not files: put each",
            "FILE.parquet into a folder of that name, FILE/FILE.parquet.",
        ),
        is_remote=True,
    ),
}
