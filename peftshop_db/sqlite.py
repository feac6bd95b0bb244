"""The dataset as an SQLite file: tables with keys and checks, views as views."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from peftshop_db import dialects, sqlfiles
from peftshop_db.errors import StorageError

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
    tables, views, past = sqlfiles.tables(), sqlfiles.views(), sqlfiles.past()
    if set(catalog.relations) != {*tables, *views, *past}:
        raise StorageError(
            "the dataset was built by another version of peftshop-db; build it anew for SQLite"
        )
    with closing(sqlite3.connect(path)) as target:
        target.execute("pragma foreign_keys = on")
        with target:
            for name in sqlfiles.build_order(tables.values()):
                target.execute(dialects.table_sql(tables[name].sql, "sqlite"))
                _copy(connection, target, catalog.relations[name])
            for name in past:
                relation = catalog.relations[name]
                columns = ", ".join(f"{column.name} {column.type}" for column in relation.columns)
                statement = f"create table {name} ({columns})"
                target.execute(dialects.table_sql(statement, "sqlite"))
                _copy(connection, target, relation)
            for name in sqlfiles.build_order(views.values(), given=[*tables, *past]):
                target.execute(dialects.view_sql(views[name], "sqlite"))
        assert not target.execute("pragma foreign_key_check").fetchall(), "keys were enforced"
        target.execute("vacuum")


def _copy(
    connection: "duckdb.DuckDBPyConnection", target: sqlite3.Connection, relation: "Relation"
) -> None:
    rows = connection.execute(f"from {relation.name}").fetchall()
    places = ", ".join("?" * len(relation.columns))
    target.executemany(f'insert into "{relation.flat_name}" values ({places})', rows)
