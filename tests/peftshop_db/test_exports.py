"""Exports: every format holds what the database holds, and a folder is complete or not there."""

import csv
import json
import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from peftshop_db import dataset, dialects, excel, exports, sqlfiles
from peftshop_db.errors import StorageError
from peftshop_db.exports import Wanted
from tests.commands import invoke, peftshop
from tests.conftest import Shared

FORMATS = ("parquet", "csv", "jsonl", "sqlite", "duckdb", "xlsx")


def export(source: Path, folder: Path, format_name: str, **wanted: object) -> Path:
    exports.export(source / dataset.FILE_NAME, folder, format_name, Wanted(**wanted))  # type: ignore[arg-type]
    return folder


@pytest.fixture
def exported(small: Path, shared: Shared) -> Callable[[str], Path]:
    """The folder of a whole export in a format, which is made once: tests leave it as it is."""
    return lambda format_name: shared(
        f"export-{format_name}", lambda folder: export(small, folder, format_name)
    )


def relations(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for name, kind, _ in dataset.relations(connection) if kind != "macro"]


def equal(found: object, expected: object) -> bool:
    if isinstance(expected, float) and isinstance(found, float):
        return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)
    return found == expected


@pytest.mark.parametrize("name", ["shipped", "small"])
def test_parquet_has_the_bytes_of_the_build(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    source = request.getfixturevalue(name)
    folder = export(source, tmp_path / "out", "parquet")
    built = [*(source / "parquet").glob("*.parquet"), *source.glob("parquet/views/*.parquet")]
    for path in built:
        copy = folder / path.relative_to(source / "parquet")
        assert copy.read_bytes() == path.read_bytes(), path.name
    past = list(folder.glob("history__*.parquet"))
    assert len(built) + len(past) == len(list(folder.rglob("*.parquet")))
    for path in past:
        parts = source / "parquet" / "history" / path.stem.removeprefix("history__")
        rows = pq.read_table(path).drop_columns("peft_version").to_pylist()
        read = [pq.read_table(part, partitioning=None) for part in parts.rglob("*.parquet")]
        partitioned = pa.concat_tables(read).to_pylist()
        assert sorted(map(repr, rows)) == sorted(map(repr, partitioned))


@pytest.mark.parametrize("name", ["shipped", "small"])
def test_sqlite_holds_tables_and_live_views_with_the_same_answers(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = export(request.getfixturevalue(name), tmp_path / "out", "sqlite")
    connection = request.getfixturevalue(f"{name}_connection")
    with closing(sqlite3.connect(folder / "peftshop.sqlite")) as copy:
        kinds = dict(copy.execute("select name, type from sqlite_master where type <> 'index'"))
        assert kinds == {
            name.replace(".", "__"): kind
            for name, kind, _ in dataset.relations(connection)
            if kind != "macro"
        }
        for relation in kinds:
            expected = connection.execute(f"from {relation.replace('__', '.')}").fetchall()
            found = copy.execute(f'select * from "{relation}"').fetchall()
            assert len(found) == len(expected), relation
            for row, wanted in zip(found, expected, strict=True):
                assert all(map(equal, row, wanted)), (relation, row, wanted)


def test_sqlite_keeps_keys_checks_and_booleans(shipped: Path, tmp_path: Path) -> None:
    folder = export(shipped, tmp_path / "out", "sqlite")
    with closing(sqlite3.connect(folder / "peftshop.sqlite")) as copy:
        assert copy.execute("pragma foreign_key_check").fetchall() == []
        assert copy.execute("pragma integrity_check").fetchall() == [("ok",)]
        keys = copy.execute("pragma foreign_key_list(benchmarks)").fetchall()
        assert [(key[2], key[3], key[4]) for key in keys] == [("methods", "method", "method")]
        columns = {row[1]: row for row in copy.execute("pragma table_info(features)")}
        assert columns["supported"][2] == "BOOLEAN"
        assert [name for name, column in columns.items() if column[5]] == ["method", "feature"]
        assert columns["value"][3] == 1
        copy.execute("pragma foreign_keys = on")
        for statement, reason in (
            ("update benchmarks set score = 9e999", "CHECK constraint failed"),
            ("update features set state = 'perhaps'", "CHECK constraint failed"),
            ("update features set method = 'NONE' where method = 'LORA'", "FOREIGN KEY"),
            ("insert into methods select * from methods", "UNIQUE constraint failed"),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=reason):
                copy.execute(statement)


def test_sqlite_refuses_a_dataset_of_another_version(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = sqlfiles.views()
    monkeypatch.setattr(sqlfiles, "views", lambda: {"leaderboard": views["leaderboard"]})
    with pytest.raises(StorageError, match="another version of peftshop-db; build it anew"):
        export(shipped, tmp_path / "out", "sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_dialect_has_the_checks_that_duckdb_has() -> None:
    sql = dialects.table_sql(sqlfiles.tables()["benchmarks"].sql, "sqlite").lower()
    assert "isfinite" not in sql
    assert sql.count("check") == sqlfiles.tables()["benchmarks"].sql.count("check")


def test_csv_and_jsonl_hold_every_row(exported: Callable[[str], Path]) -> None:
    text, lines = exported("csv"), exported("jsonl")
    for path in exported("parquet").rglob("*.parquet"):
        rows = pq.read_table(path).to_pylist()
        with (text / f"{path.stem}.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == len(rows)
        read = (lines / f"{path.stem}.jsonl").read_text().splitlines()
        assert [json.loads(line) for line in read] == rows


def test_duckdb_is_the_file_itself(shipped: Path, tmp_path: Path) -> None:
    folder = export(shipped, tmp_path / "out", "duckdb")
    copy = folder / "peftshop.duckdb"
    assert copy.read_bytes() == (shipped / dataset.FILE_NAME).read_bytes()
    assert peftshop("query", "leaderboard", db=copy).returncode == 0


def test_every_folder_describes_its_files(exported: Callable[[str], Path]) -> None:
    for format_name in FORMATS:
        folder = exported(format_name)
        package = json.loads((folder / "datapackage.json").read_text())
        described = {resource["path"] for resource in package["resources"]}
        found = {
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        }
        beside = {"parquet": {"README.md", "croissant.json"}}.get(format_name, set())
        beside |= {"metadata.json", "settings.json"} if format_name == "sqlite" else set()
        assert found == described | beside | {"datapackage.json"}


def test_filters_leave_out_other_benchmarks_and_methods(shipped: Path, tmp_path: Path) -> None:
    folder = export(
        shipped, tmp_path / "out", "parquet", benchmark="METAMATHQA", methods=["lora", "OFT"]
    )
    read = {path.stem: pq.read_table(path) for path in folder.rglob("*.parquet")}
    assert len(read) == len(list((shipped / "parquet").rglob("*.parquet")))
    assert read["leaderboard"].to_pydict()["method"] == ["LORA", "OFT"]
    assert read["methods"].num_rows == 2
    for name, rows in read.items():
        if "method" in rows.column_names:
            assert set(rows["method"].to_pylist()) <= {"LORA", "OFT", None}, name
        if "benchmark" in rows.column_names:
            assert set(rows["benchmark"].to_pylist()) <= {"metamathqa", None}, name
    # a caveat of every benchmark holds for this one as well
    assert None in read["caveats"]["benchmark"].to_pylist()
    assert read["registry_metrics"].num_rows > 1


def test_a_filtered_export_says_what_stayed_whole(shipped: Path, tmp_path: Path) -> None:
    result = invoke(
        *("export", tmp_path / "out", "leaderboard", "dataset", "--benchmark", "image-gen"),
        db=shipped,
    )
    assert result.stdout == ""
    assert result.stderr == (
        "Note: dataset: whole, having no column to leave rows out by\n"
        f"{tmp_path / 'out'}: 2 tables and views as parquet\n"
    )
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert [item["path"] for item in package["resources"]] == [
        "dataset.parquet",
        "views/leaderboard.parquet",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["leaderbord"], "no view or table is named 'leaderbord'; did you mean leaderboard"),
        (["pareto"], "pareto takes parameters; `peftshop-db query pareto -o FILE` exports it"),
        (["--method", "LOAR"], "no method is named 'LOAR'; did you mean LORA"),
        (["--benchmark", "x"], "no benchmark is named 'x'"),
        (["--format", "sqlite", "--method", "LORA"], "sqlite holds views that compute from whole"),
        (["--format", "duckdb", "methods"], "duckdb holds views that compute from whole tables"),
        (["--format", "jsonl", "--formula-safe"], "--formula-safe is for csv, not jsonl"),
    ],
)
def test_wrong_calls_write_nothing(
    shipped: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = invoke("export", tmp_path / "out", *arguments, db=shipped)
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_card_has_a_config_for_each_file(exported: Callable[[str], Path]) -> None:
    card = (exported("parquet") / "README.md").read_text()
    front = card.split("---\n")[1].splitlines()
    assert "license: apache-2.0" in front
    assert front.count("  default: true") == 1
    assert "- config_name: leaderboard" in front
    assert "  data_files: views/leaderboard.parquet" in front
    assert "\n## Tables\n" in card and "\n## Views\n" in card


def test_the_card_of_tables_alone_has_no_list_of_views(small: Path, tmp_path: Path) -> None:
    folder = export(small, tmp_path / "out", "parquet", names=["methods"])
    card = (folder / "README.md").read_text()
    assert "| `methods` |" in card
    assert "## Views" not in card


def test_sheet_names_fit_excel_and_differ() -> None:
    long = "a_view_with_a_name_of_more_than_31_characters"
    taken = [excel.sheet_name(long, [])]
    taken.append(excel.sheet_name(long, taken))
    taken.append(excel.sheet_name(long.upper(), taken))
    assert taken == [
        "a_view_with_a_name_of_more_than",
        "a_view_with_a_name_of_more_th~2",
        "A_VIEW_WITH_A_NAME_OF_MORE_TH~3",
    ]
