"""What the database says of itself: comments, units, keys, and the registry behind the matrices."""

import csv

import duckdb
import pyarrow.parquet as pq
import pytest

from peftshop_db import resources, sqlfiles

PORTABLE = {"VARCHAR", "BOOLEAN", "BIGINT", "DOUBLE", "DATE"}


def registry(name: str) -> list[dict[str, str]]:
    path = resources.folder("data") / "registry" / f"{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_every_relation_and_column_is_described(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    undescribed = shipped_connection.execute(
        "select table_name from duckdb_tables() where comment is null and not internal "
        "union all select view_name from duckdb_views() where comment is null and not internal "
        "union all select table_name || '.' || column_name from duckdb_columns() "
        "where comment is null and not internal"
    ).fetchall()
    assert undescribed == []


def test_types_are_those_that_every_tool_reads(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    types = shipped_connection.execute(
        "select distinct data_type from duckdb_columns() where not internal"
    ).fetchall()
    assert {name for (name,) in types} <= PORTABLE


def test_every_table_but_that_of_the_checks_has_a_key_and_an_etl_file() -> None:
    tables, inserts = sqlfiles.tables(), sqlfiles.inserts()
    assert all("primary key" in table.sql for table in tables.values())
    steps = {path.stem for path in (resources.folder("etl") / "source").glob("*.sql")}
    assert set(inserts) - steps == set(tables) - {"check_findings"}


def test_names_say_units(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    rows = shipped_connection.execute(
        "select distinct column_name, regexp_extract(comment, '\\[(.*)\\]$', 1) "
        "from duckdb_columns() where not internal"
    ).fetchall()
    for name, unit in rows:
        if name.endswith("_bytes"):
            assert unit == "bytes", name
        if name.endswith("_sec"):
            assert unit == "seconds", name
        if name.endswith("_ratio"):
            assert unit == "ratio", name


@pytest.mark.parametrize(
    ("view", "file", "column"),
    [
        ("layer_matrix", "layer_types", "column_name"),
        ("quant_matrix", "backends", "backend"),
    ],
)
def test_a_matrix_has_the_registry_s_columns(
    shipped_connection: duckdb.DuckDBPyConnection, view: str, file: str, column: str
) -> None:
    names = [row[0] for row in shipped_connection.execute(f"describe {view}").fetchall()]
    expected = [row[column] for row in registry(file)]
    assert [name for name in names if name in expected] == expected
    assert set(names) - set(expected) <= {"method", "works_with_any_backend"}


def test_the_registry_knows_all_of_the_shipped_source(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    assert shipped_connection.execute("from unregistered").fetchall() == []
    applied = shipped_connection.execute("select path from corrections").fetchall()
    assert [path for (path,) in applied] == sorted({row["path"] for row in registry("corrections")})


def test_parquet_fields_carry_descriptions_and_units(shipped) -> None:
    schema = pq.read_schema(shipped / "parquet" / "views" / "pareto_memory.parquet")
    field = schema.field("peak_memory_bytes")
    assert field.metadata[b"unit"] == b"bytes"
    assert b"memory" in field.metadata[b"description"]
    assert schema.metadata[b"peft_version"] == b"0.19.2.dev0"
    assert len(schema.metadata[b"source_sha256"]) == 64
    for path in (shipped / "parquet").rglob("*.parquet"):
        assert all(b"description" in field.metadata for field in pq.read_schema(path)), path
