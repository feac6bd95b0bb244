"""What a build takes as methods grow from 40, and where the time goes.

Inputs are the packaged file's methods again and again under other names with other costs. Each
measurement is a process of its own: `build`; of it the input contract alone, and contract and
tables, without views and Parquet; DuckDB merely reading the same bytes into a table with
`read_json`, told the column; the same letting it find the columns, and only counting rows; and
`json.load` with a loop over methods and their findings. Results go to
tests/bench/results/growth.csv; a way that fails, for want of memory, is recorded as failed.

    python -m tests.bench.bench_growth METHODS...
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peftshop_db import manifest, resources
from tests.bench import recording

READ_JSON = """
import sys, duckdb
path = sys.argv[1]
connection = duckdb.connect()
connection.execute(
    "create table read as from read_json(?, columns = {'methods': 'map(varchar, json)'}, "
    "maximum_object_size = 4000000000)", [path])
print(connection.execute("select cardinality(methods) from read").fetchone()[0])
"""
FOUND_COLUMNS = """
import sys, duckdb
print(duckdb.execute(
    "select count(*) from read_json(?, maximum_object_size = 4000000000)", [sys.argv[1]]
).fetchone()[0])
"""
LOOPS = """
import json, sys
rows = []
with open(sys.argv[1]) as file:
    document = json.load(file)
for name, method in document["methods"].items():
    for feature, value in method.items():
        if isinstance(value, dict):
            rows += [(name, feature, key, item) for key, item in value.items()]
        else:
            rows.append((name, feature, None, value))
print(len(document["methods"]))
"""
TABLES = """
import sys
from pathlib import Path
import duckdb
from peftshop_db import database, filling, history
versions = history.gather([Path(sys.argv[1])], 4_000_000_000)
with duckdb.connect() as connection:
    database.attach(connection, Path(sys.argv[2]), versions)
    filling.fill(connection, versions)
    connection.execute("commit")
"""
CONTRACT = """
import sys
from pathlib import Path
from peftshop_db import contract, source
read = source.read_source(Path(sys.argv[1]), 4_000_000_000)
contract.check(read)
print(len(read.document["methods"]))
"""


def main() -> None:
    for number in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as name:
            measure(number, Path(name))


def measure(number: int, folder: Path) -> None:
    """Times all ways on an input of so many methods, and keeps them."""
    source, out = folder / "source.json", folder / "out"
    with source.open("w") as file:
        json.dump(made_up(number), file, indent=2)
    size = source.stat().st_size
    build = [sys.executable, "-m", "peftshop_db", "build", str(source), "--out", str(out)]
    ways: dict[str, Sequence[str]] = {
        "build": [*build, "--max-bytes", str(size)],
        "tables": [sys.executable, "-c", TABLES, str(source), str(folder / "tables.duckdb")],
        "contract": [sys.executable, "-c", CONTRACT, str(source)],
        "read_json": [sys.executable, "-c", READ_JSON, str(source)],
        "found_columns": [sys.executable, "-c", FOUND_COLUMNS, str(source)],
        "loops": [sys.executable, "-c", LOOPS, str(source)],
    }
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    row: dict[str, object] = {"methods": number, "cores": os.cpu_count()}
    row |= {"memory_gib": round(memory / 2**30), "input_mib": size / 2**20}
    for name, command in ways.items():
        row[f"{name}_sec"], row[f"{name}_mib"] = run(command)
    row["database_mib"] = (out / "peftshop.duckdb").stat().st_size / 2**20
    files = (manifest.read(out) or {})["files"]
    parts = {path: part for path, part in files.items() if "rows" in part}
    row["parquet_mib"] = sum(part["bytes"] for part in parts.values()) / 2**20
    row["parquet_rows"] = sum(part["rows"] for part in parts.values())
    row["table_rows"] = sum(part["rows"] for path, part in parts.items() if "/views/" not in path)
    recording.keep("growth", row, ["methods"])


def made_up(number: int) -> dict[str, Any]:
    """A document of so many methods."""
    document: dict[str, Any] = json.loads(resources.packaged_source().read_text())
    packaged = list(document["methods"].items())
    generator = random.Random(number)
    methods: dict[str, Any] = {}
    for index in range(number):
        name, method = packaged[index % len(packaged)]
        copy = json.loads(json.dumps(method))
        for run in copy["benchmarks"].values():
            run["peak_memory_bytes"] += generator.randrange(10**9)
            run["num_trainable_params"] += generator.randrange(10**6)
            run["train_time_sec"] += generator.random() * 1000
        methods[f"{name}_{index // len(packaged)}" if index >= len(packaged) else name] = copy
    return document | {"methods": methods}


def run(command: Sequence[str]) -> tuple[object, object]:
    """Seconds, and peak memory in MiB, of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        return "failed", "failed"
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
