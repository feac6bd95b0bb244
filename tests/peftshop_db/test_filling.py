"""Filling tables: what of the SQL files stops it, with the file's name."""

from pathlib import Path

import duckdb
import pytest

from peftshop_db import filling, sqlfiles
from peftshop_db.errors import QueryError, StorageError
from peftshop_db.sqlfiles import SqlFile

FILE = SqlFile(Path("etl/methods.sql"), "", {}, {})


def test_a_table_that_nothing_fills_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    inserts = {name: file for name, file in sqlfiles.inserts().items() if name != "methods"}
    monkeypatch.setattr(sqlfiles, "inserts", lambda: inserts)
    build_order = getattr(filling.build_order, "__wrapped__", filling.build_order)
    with pytest.raises(QueryError, match=r"methods\.sql: no file of that name under etl/ fills"):
        build_order()


def test_a_statement_that_fails_is_named_by_its_file() -> None:
    with (
        duckdb.connect() as connection,
        pytest.raises(QueryError, match=r"^etl/methods\.sql: Catalog Error: .*nowhere") as caught,
    ):
        filling.run(connection, FILE, "insert into nowhere values (1)")
    assert "\n" not in str(caught.value)


def test_a_disk_that_fails_is_the_storage_s_failure() -> None:
    with (
        duckdb.connect() as connection,
        pytest.raises(StorageError, match=r"^etl/methods\.sql: IO Error: .*/nowhere/x\.csv"),
    ):
        filling.run(connection, FILE, "copy (select 1) to '/nowhere/x.csv'")
