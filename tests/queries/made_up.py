"""Databases of made-up results, for checking views against an independent implementation."""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from peftshop_db import sqlfiles

Row = dict[str, Any]
COSTS = (
    "adapter_file_size_bytes",
    "forgetting",
    "num_trainable_params",
    "peak_memory_bytes",
    "train_time_sec",
)
MEASURES = (*COSTS[:3], "peak_memory_bytes", "score", "train_time_sec")


def database(views: Iterable[str]) -> duckdb.DuckDBPyConnection:
    """The project's tables, empty and without constraints; the views, with all that they need."""
    tables, known = sqlfiles.tables(), sqlfiles.views()
    needed, found = list(views), {}
    while needed:
        name = needed.pop()
        if name in known and name not in found:
            found[name] = known[name]
            needed += known[name].references
    connection = duckdb.connect()
    connection.execute("create schema constrained; use memory.constrained")
    for name in sqlfiles.build_order(tables.values()):
        connection.execute(tables[name].sql)
    connection.execute("use memory.main")
    for name in tables:
        connection.execute(f"create table {name} as from constrained.{name}")
    connection.execute("create schema history")
    past = [f"history.{name}" for name in sqlfiles.versioned()]
    for name in past:
        columns = (
            "null::bigint as version_order, null::varchar as peft_version, "
            "null::varchar as source_sha256"
        )
        others = "exclude (peft_version, source_sha256)" if name == "history.dataset" else ""
        connection.execute(
            f"create table {name} as select {columns}, * {others} from {name.partition('.')[2]}"
        )
    for name in sqlfiles.build_order(found.values(), given=[*tables, *past]):
        connection.execute(f"create view {name} as\n{found[name].sql}")
    insert(connection, "dataset", [{"peft_version": "9.9.9"}])
    return connection


def fill(
    connection: duckdb.DuckDBPyConnection,
    items: Mapping[str, int | None],
    benchmarks: Iterable[Row],
    baselines: Iterable[Row] = (),
) -> None:
    """Replaces the results; `items` gives each benchmark's number of test items."""
    registry = [
        {
            "benchmark": name,
            "test_items": number,
            "training_noise_sd": 0.0093 if name == "metamathqa" else None,
        }
        for name, number in items.items()
    ]
    insert(connection, "registry_benchmarks", registry)
    insert(connection, "benchmarks", list(benchmarks))
    insert(connection, "baselines", list(baselines))


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Replaces a table's rows; columns that the first row lacks are NULL."""
    connection.execute(f"delete from {table}")
    if not rows:
        return
    names = list(rows[0])
    places = ", ".join(f"({', '.join('?' * len(names))})" for _ in rows)
    values = [row[name] for row in rows for name in names]
    connection.execute(f"insert into {table} ({', '.join(names)}) values {places}", values)


def select(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
