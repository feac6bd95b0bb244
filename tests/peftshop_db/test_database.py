"""Making the database: what of the SQL files and of the disk stops it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from peftshop_db import database
from peftshop_db.definitions import ColumnDefinition
from peftshop_db.errors import QueryError, StorageError
from peftshop_db.history import Version
from peftshop_db.sqlfiles import SqlFile


def sql_file(name: str, **columns: ColumnDefinition) -> SqlFile:
    return SqlFile(Path(f"queries/topic/{name}.sql"), "select 1 as a", {}, columns)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("attach ':memory:' as peftshop; use peftshop")
        yield opened


def test_a_file_that_can_not_be_made_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "peftshop.duckdb"
    with (
        pytest.raises(StorageError, match=f"^{path}: can't be written: .*No such file") as caught,
        database.created(path, ()),
    ):
        pass
    assert "\n" not in str(caught.value)


def test_a_view_with_a_table_s_name_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    same = {"methods": sql_file("methods")}
    with pytest.raises(QueryError, match=r"methods\.sql: the name is a table's; rename the view"):
        database._create_views(connection, same, same)


def test_a_column_without_a_definition_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table t (method varchar, unheard_of varchar)")
    with pytest.raises(
        QueryError, match=r"t\.sql: the column unheard_of has no definition; add it to the header"
    ):
        database._define_columns(connection, {"t": sql_file("t")})


def test_a_definition_without_a_column_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table t (method varchar)")
    stray = sql_file("t", gone=ColumnDefinition("Made up"))
    with pytest.raises(QueryError, match=r"t\.sql: defines gone, which it doesn't have"):
        database._define_columns(connection, {"t": stray})


@pytest.mark.parametrize(("size", "memory", "is_shared_out"), [(10**6, 1, False), (10**9, 8, True)])
def test_large_inputs_have_more_memory_and_all_threads(
    tmp_path: Path, size: int, memory: int, is_shared_out: bool
) -> None:
    version = Version(Path("made_up.json"), "made_up.json", "0" * 64, size, "1")
    with duckdb.connect(config={"threads": 3}) as connection:
        database.attach(connection, tmp_path / "x.duckdb", [version])
        limit, threads = connection.execute(
            "select current_setting('memory_limit'), current_setting('threads')"
        ).fetchall()[0]
    value, unit = limit.split()
    assert float(value) * {"MiB": 2**20, "GiB": 2**30}[unit] == pytest.approx(memory * 1e9, rel=0.1)
    assert threads == (3 if is_shared_out else 1)
