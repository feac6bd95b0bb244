"""Values, rows and references of a built dataset, made wrong one at a time: what notices each.

What breaks a rule, such as a row without its parent or a support that isn't what the finding says,
must be found by a constraint or a check. Another value that could be true is found by `verify`.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from peftshop_db import checks, dataset, manifest, parquet, sqlfiles
from tests.faults.recording import Record

pytestmark = pytest.mark.slow

LEAST = 100  # damages that break a rule
WRONG = {
    "VARCHAR": ("null", "'of no one'", "''"),
    "BOOLEAN": ("null", "not {}"),
    "BIGINT": ("null", "-1", "{} + 1"),
    "DOUBLE": ("null", "'nan'", "'infinity'", "-1e300", "{} + 1"),
}
# references and other rules between tables or columns, which a wrong value breaks
RULES = {
    ("methods", "method"),
    ("features", "method"),
    ("features", "state"),
    ("features", "supported"),
    ("feature_options", "method"),
    ("feature_options", "feature"),
    ("feature_options", "supported"),
    ("layer_support", "method"),
    ("layer_support", "supported"),
    ("quant_backends", "method"),
    ("quant_backends", "supported"),
    ("benchmarks", "method"),
    ("benchmarks", "benchmark"),
    ("benchmarks", "score"),
    ("benchmarks", "forgetting"),
    ("benchmarks", "score_metric"),
    ("benchmarks", "forgetting_metric"),
    ("baselines", "benchmark"),
    ("baselines", "score"),
    ("baselines", "forgetting"),
    ("benchmark_metrics", "subject"),
    ("benchmark_metrics", "benchmark"),
    ("benchmark_metrics", "metric"),
    ("benchmark_metrics", "value"),
    ("corrections", "path"),
    ("corrections", "source_value"),
    ("corrections", "value"),
    ("run_steps", "file"),
    ("run_configs", "file"),
    ("registry_benchmarks", "score_metric"),
    ("registry_benchmarks", "forgetting_metric"),
    ("registry_caveats", "benchmark"),
}
# whose rows belong to others', or others' to them
ROWS = {
    "methods",
    "features",
    "feature_options",
    "layer_support",
    "quant_backends",
    "benchmarks",
    "benchmark_metrics",
    "dataset",
    "registry_backends",
    "registry_benchmarks",
    "registry_features",
    "registry_layer_types",
    "runs",
}


@dataclass(frozen=True)
class Damage:
    """A statement that damages a table, and whether it breaks a rule of the data."""

    table: str
    statement: str
    breaks_rule: bool


def damages(connection: duckdb.DuckDBPyConnection) -> Iterator[Damage]:
    """For each table: its middle row gone and there twice, and each value of it wrong."""
    for table in sqlfiles.tables():
        rows = connection.execute(f"select count(*) from {table}").fetchone()
        assert rows
        if not rows[0] or table == "check_findings":
            continue
        row = f"where rowid = {rows[0] // 2}"
        yield Damage(table, f"delete from {table} {row}", table in ROWS)
        yield Damage(table, f"insert into {table} from {table} {row}", True)
        for column in dataset.find_columns(connection, table):
            for wrong in WRONG[column.type]:
                value = wrong.format(column.name)
                changed = connection.execute(
                    f"select {column.name} is distinct from cast({value} as {column.type}) "
                    f"from {table} {row}"
                ).fetchone()
                assert changed
                if changed[0]:
                    yield Damage(
                        table,
                        f"update {table} set {column.name} = {value} {row}",
                        (table, column.name) in RULES or "nan" in wrong or "inf" in wrong,
                    )


def noticed(
    connection: duckdb.DuckDBPyConnection,
    damage: Damage,
    usual: Counter[tuple[object, ...]],
    hashes: dict[str, str],
) -> str | None:
    """What notices a damage: a constraint, a check by its name, the hash of rows; or nothing."""
    connection.execute("begin")
    try:
        connection.execute(damage.statement)
        if new := found(connection) - usual:
            return f"check {next(iter(new))[0]}"
        path = f"parquet/{damage.table}.parquet"
        return None if parquet.hash_rows(connection, path) == hashes[path] else "hash"
    except duckdb.ConstraintException:
        return "constraint"
    finally:
        connection.execute("rollback")


def found(connection: duckdb.DuckDBPyConnection) -> Counter[tuple[object, ...]]:
    return Counter(
        (finding.check_name, finding.method, finding.benchmark, finding.subject)
        for finding in checks.run(connection)
    )


@pytest.mark.parametrize("made_up", [False, True], ids=["shipped", "made up"])
def test_each_damage_is_noticed(
    made_up: bool, shipped: Path, small: Path, tmp_path: Path, record: Record
) -> None:
    folder = small if made_up else shipped
    content = manifest.read(folder)
    assert content
    hashes = {
        name: file["rows_sha256"] for name, file in content["files"].items() if "rows" in file
    }
    shutil.copyfile(folder / dataset.FILE_NAME, tmp_path / dataset.FILE_NAME)
    by, missed = Counter[str](), []
    with duckdb.connect(str(tmp_path / dataset.FILE_NAME)) as connection:
        usual = found(connection)
        for damage in list(damages(connection)):
            notice = noticed(connection, damage, usual, hashes)
            if notice is None or (notice == "hash" and damage.breaks_rule):
                missed.append(f"{damage.statement}: {notice}")
            else:
                by[notice.split()[0]] += 1
    assert not missed, "\n".join(missed)
    assert by["constraint"] + by["check"] >= LEAST
    record(
        "damaged values",
        {
            "caught by a constraint": by["constraint"],
            "caught by a check": by["check"],
            "values that could be true, found by verify": by["hash"],
        },
    )
