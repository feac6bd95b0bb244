"""`export-sql`: one script that gives another engine the dataset's tables and views.

Some engines read Parquet files where they are; the script declares a table over each. The others
get their tables created and filled by the script itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peftshop_db import dataset, dialects, metadata
from peftshop_db.engine_tables import ENGINES, Columns, Files, Rows
from peftshop_db.errors import StorageError, UsageError
from peftshop_db.sqlfiles import literal

if TYPE_CHECKING:
    import duckdb

    from peftshop_db.metadata import Catalog

_ROWS_PER_INSERT = 500
_PARTITION = "peft_version"


@dataclass(frozen=True)
class _Part:
    """A Parquet file: of a whole table, or of the rows that a value of the partition has."""

    path: str
    value: str | None = None


_Parts = Mapping[str, list[_Part]]


def script(database: Path, engine: str, parquet: str | None = None) -> str:
    """The script for an engine.

    Args:
        database: the dataset's database file.
        engine: one of engine_tables.ENGINES.
        parquet: a folder or URL that holds the Parquet files as `export` writes them; None for
            the dataset's own files.

    Returns:
        SQL statements, each ended by a semicolon, below comments that say what the engine needs.

    Raises:
        UsageError: the engine needs such a URL, or reads no files.
        StorageError: the dataset was built by another version, or its files aren't there.
    """
    kind = ENGINES[engine]
    with dataset.connect(database, sealed=True) as connection:
        catalog = metadata.read_catalog(connection)
        if isinstance(kind, Rows):
            if parquet is not None:
                raise UsageError(f"the script for {engine} holds the data; leave out --parquet")
            made = [*kind.before, *_fill(connection, catalog, engine)]
        else:
            parts = _find_parts(connection, catalog, database, engine, parquet)
            made = [*kind.before(parquet or ""), *_declare(catalog, parts, engine)]
    views = [statement for _, statement in dialects.view_statements(catalog, engine)]
    after = ["COMMIT"] if isinstance(kind, Rows) else []
    head = [
        f"peftshop-db {catalog.version}: the dataset's tables and views for {engine}.",
        *kind.needs,
    ]
    comments = "".join(f"-- {line}\n" for line in head)
    return comments + "\n" + "\n\n".join(f"{part};" for part in [*made, *views, *after]) + "\n"


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
    return literal(value)


def _find_parts(
    connection: "duckdb.DuckDBPyConnection",
    catalog: "Catalog",
    database: Path,
    engine: str,
    url: str | None,
) -> _Parts:
    kind = ENGINES[engine]
    tables = [item for item in catalog.relations.values() if item.kind == "table"]
    if url is not None and "://" in url:
        base = url.rstrip("/")
    elif isinstance(kind, Files) and kind.is_remote:
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
    kind = ENGINES[engine]
    assert isinstance(kind, Files)
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
