"""The dataset as an SQLite file: tables with keys and checks, views as views."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from peftshop_db import dialects

if TYPE_CHECKING:
    import duckdb

    from peftshop_db.metadata import Catalog, Relation


def write(connection: "duckdb.DuckDBPyConnection", catalog: "Catalog", path: Path) -> None:
    """Writes the file. Booleans are 1 and 0 in columns declared BOOLEAN.

    Args:
        connection: a connection to the dataset.
        catalog: its catalog.
        path: where the file goes; nothing is there.

    Raises:
        StorageError: the dataset was built by another version, whose SQL isn't here.
    """
    with closing(sqlite3.connect(path)) as target:
        target.execute("pragma foreign_keys = on")
        with target:
            for name, statement in dialects.table_statements(catalog, "sqlite"):
                target.execute(statement)
                _copy(connection, target, catalog.relations[name])
            for _, statement in dialects.view_statements(catalog, "sqlite"):
                target.execute(statement)
        assert not target.execute("pragma foreign_key_check").fetchall(), "keys were enforced"
        target.execute("vacuum")


def _copy(
    connection: "duckdb.DuckDBPyConnection", target: sqlite3.Connection, relation: "Relation"
) -> None:
    rows = connection.execute(f"from {relation.name}").fetchall()
    places = ", ".join("?" * len(relation.columns))
    target.executemany(f'insert into "{relation.flat_name}" values ({places})', rows)
