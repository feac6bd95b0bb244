"""Scripts of export-sql: what they hold, and that each engine's own grammar takes them."""

from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from peftshop_db import dataset, engine_scripts, exports, sqlfiles
from peftshop_db.errors import StorageError, UsageError

FOREIGN = ("read_parquet", "history.", "isfinite")
URL = "gs://bucket/folder"


def script(folder: Path, engine: str, parquet: str | None = None) -> str:
    return engine_scripts.script(folder / dataset.FILE_NAME, engine, parquet)


@pytest.mark.parametrize("engine", ["bigquery", "snowflake", "trino"])
def test_a_store_s_engine_parses_its_script(shipped: Path, engine: str) -> None:
    text = script(shipped, engine, f"{URL}/")
    trees = sqlglot.parse(text, dialect=engine, error_level=sqlglot.ErrorLevel.RAISE)
    created = [tree for tree in trees if isinstance(tree, exp.Create)]
    assert not [tree for tree in trees if isinstance(tree, exp.Command) and "VIEW" in tree.sql()]
    names = [tree.find(exp.Table).name for tree in created if tree.kind in ("VIEW", "TABLE")]
    views = sqlfiles.views()
    tables = [name.replace(".", "__") for name in (*sqlfiles.tables(), *sqlfiles.past())]
    assert sorted(name for name in names if name in views) == sorted(views)
    assert set(tables) <= {word.strip("(") for word in text.replace("peftshop.", "").split()}
    for tree in created:
        unknown = [call.name for call in tree.find_all(exp.Anonymous)]
        assert unknown == [], (tree.sql(), unknown)
        assert not list(tree.find_all(exp.List, exp.Struct, exp.Lambda)), tree.sql()
    assert [word for word in FOREIGN if word in text.lower()] == []
    assert "//" not in text.replace(f"{URL}/", "")


def test_bigquery_s_views_name_the_dataset_of_what_they_read(shipped: Path) -> None:
    for tree in sqlglot.parse(script(shipped, "bigquery", URL), dialect="bigquery"):
        if isinstance(tree, exp.Create) and tree.kind == "VIEW":
            steps = {step.alias for step in tree.find_all(exp.CTE)}
            tables = [table for table in tree.find_all(exp.Table) if table.name not in steps]
            assert {table.db for table in tables} == {"peftshop"}, tree.sql()


@pytest.mark.parametrize(
    ("url", "reader"),
    [
        ("https://example.org/x", "url('https://example.org/x/methods.parquet'"),
        ("s3://bucket/it's", "s3('s3://bucket/it\\'s/methods.parquet'"),
        ("gs://bucket/x/", "gcs('gs://bucket/x/methods.parquet'"),
        ("file:///data", "file('/data/methods.parquet'"),
    ],
)
def test_clickhouse_reads_a_url_by_its_kind(shipped: Path, url: str, reader: str) -> None:
    text = script(shipped, "clickhouse", url)
    assert reader in text.replace("''", "\\'")


def test_postgres_keeps_keys_checks_and_the_order_of_bytes(shipped: Path) -> None:
    text = script(shipped, "postgres")
    assert "REFERENCES methods (method)" in " ".join(text.split()).replace("( ", "(").replace(
        " )", ")"
    )
    tables = sum(file.sql.lower().count("check (") for file in sqlfiles.tables().values())
    assert text.count("CHECK (") == tables
    for line in text.partition("CREATE VIEW")[0].splitlines():
        if line.startswith("  ") and " TEXT" in line:
            assert 'COLLATE "C"' in line, line


@pytest.mark.parametrize("is_export", [False, True], ids=["own files", "an export"])
def test_duckdb_s_script_gives_the_same_answers(
    is_export: bool, small: Path, small_connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    parquet = tmp_path / "out" if is_export else None
    if parquet:
        exports.export(small / dataset.FILE_NAME, parquet, "parquet")
    with duckdb.connect() as connection:
        connection.execute(script(small, "duckdb", parquet and str(parquet)))
        for relation in ("features", "pareto_memory", "history_scores", "history.methods"):
            expected = small_connection.execute(f"from {relation}").fetchall()
            found = connection.execute(f"from {relation.replace('.', '__')}").fetchall()
            assert found == expected, relation


def test_datafusion_s_script_declares_each_file(shipped: Path) -> None:
    text = script(shipped, "datafusion")
    for name in sqlfiles.tables():
        path = shipped / "parquet" / f"{name}.parquet"
        assert f"CREATE EXTERNAL TABLE {name}\nSTORED AS PARQUET\nLOCATION '{path}';" in text


def test_a_folder_that_lacks_a_file_is_refused(shipped: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no baselines\.parquet; `peftshop-db export "):
        script(shipped, "duckdb", str(tmp_path))


def test_a_database_without_its_files_is_refused(shipped: Path, tmp_path: Path) -> None:
    copy = tmp_path / dataset.FILE_NAME
    copy.write_bytes((shipped / dataset.FILE_NAME).read_bytes())
    with pytest.raises(StorageError, match=r"baselines\.parquet: no such file; `peftshop-db expor"):
        engine_scripts.script(copy, "spark")
    assert engine_scripts.script(copy, "sqlite")


def test_a_dataset_of_another_version_is_refused(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = sqlfiles.views()
    monkeypatch.setattr(sqlfiles, "views", lambda: {"leaderboard": views["leaderboard"]})
    with pytest.raises(StorageError, match="another version of peftshop-db; build it anew"):
        script(shipped, "spark")
