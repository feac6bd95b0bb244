"""How long `query pareto_memory` and `build` take, whole processes, beside their floors.

A floor does the same work with nothing around it: `query`'s opens the same file with duckdb and
prints the same rows; `build`'s runs the same statements on the same JSON, in an order that is
given, and writes the same files, without reading strictly, checking, ordering, describing, hashing
or syncing anything. Runs alternate, so that the machine's moods reach both sides. Modules are
compiled beforehand on both sides, as pip leaves them, whatever PYTHONDONTWRITEBYTECODE says.

With `record`, the results go to tests/bench/results/commands.csv.

    python -m tests.bench.bench_commands [RUNS [record]]
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest import mock

from peftshop_db import builder, database, dataset, filling, resources, sqlfiles
from tests.bench import recording

COMMAND = [sys.executable, "-m", "peftshop_db"]

QUERY_FLOOR = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
rows = connection.execute("from pareto_memory").fetchall()
for row in rows:
    print(*row, sep=",")
"""

BUILD_FLOOR = """
import sys, duckdb
from pathlib import Path
statements, source, out = map(Path, sys.argv[1:])
out.mkdir()
connection = duckdb.connect()
connection.execute(f"attach '{out}/peftshop.duckdb' as peftshop "
                   "(storage_version 'v1.2.0', block_size 16384)")
connection.execute("use peftshop")
connection.execute("create temp table source_document as select cast(? as json) as document, "
                   "repeat('0', 64) as source_sha256, '' as source_file, 1 as source_bytes, "
                   "'' as package_version", [source.read_text()])
connection.execute("create temp table source_methods as select entry.key as method, "
                   "entry.value as body from (select unnest(map_entries(cast(document -> "
                   "'$.methods' as map(varchar, json)))) as entry from source_document)")
connection.execute("create temp table result_documents (file varchar, document json)")
connection.execute(statements.read_text())
relations = connection.execute("select table_schema || '.' || table_name from "
                               "information_schema.tables where table_catalog = 'peftshop'")
for (relation,) in relations.fetchall():
    connection.execute(f"copy (from {relation}) to '{out}/{relation}.parquet' (format parquet)")
connection.execute("use memory; detach peftshop")
"""


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = resources.packaged_source()
        builder.build(source, folder / "dataset")
        file = str(folder / "dataset" / "peftshop.duckdb")
        compare(
            "query pareto_memory",
            {
                "floor": [sys.executable, "-c", QUERY_FLOOR, file],
                "command": [*COMMAND, "query", "pareto_memory", "--db", file],
            },
            runs,
        )
        statements = folder / "statements.sql"
        statements.write_text(record_statements(source, folder))
        out = str(folder / "out")
        compare(
            "build",
            {
                "floor": [sys.executable, "-c", BUILD_FLOOR, str(statements), str(source), out],
                "command": [*COMMAND, "build", str(source), "--out", out],
            },
            runs,
            clean=Path(out),
        )


def record_statements(source: Path, folder: Path) -> str:
    """The SQL that a build runs, in its order."""
    recorded: list[str] = []
    run = filling.run

    def record(connection: object, file: object, statement: str) -> None:
        recorded.append(statement.strip().rstrip(";"))
        run(connection, file, statement)  # type: ignore[arg-type]

    with mock.patch.object(filling, "run", record), mock.patch.object(database, "run", record):
        builder.build(source, folder / "recorded")
    with dataset.connect(folder / "recorded" / dataset.FILE_NAME) as connection:
        history = connection.execute(
            "select sql from duckdb_tables() where schema_name = 'history'"
        ).fetchall()
    recorded = ["create schema history", *(sql.rstrip(";") for (sql,) in history), *recorded]
    for table in sqlfiles.versioned():
        others = " exclude (peft_version, source_sha256)" * (table == "dataset")
        recorded.append(f"insert into history.{table} select 1, '', '', *{others} from {table}")
    registry = sqlfiles.literal(str(resources.folder("data") / "registry"))
    return ";\n".join([f"set variable registry = {registry}", *recorded]) + ";\n"


def compare(
    title: str, commands: Mapping[str, Sequence[str]], runs: int, clean: Path | None = None
) -> None:
    times: dict[str, list[float]] = {name: [] for name in commands}
    compiling = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for number in range(runs + 1):
        for name, command in commands.items():
            if clean:
                shutil.rmtree(clean, ignore_errors=True)
            start = time.perf_counter()
            subprocess.run(
                command,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=compiling,
            )
            if number:  # the first round warms caches
                times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratios = [b / a for a, b in zip(times["floor"], times["command"], strict=True)]
    low, _, high = statistics.quantiles(ratios, n=4)
    print(
        f"{title}: floor {medians['floor'] * 1000:.0f} ms, "
        f"command {medians['command'] * 1000:.0f} ms, "
        f"ratio {medians['command'] / medians['floor']:.2f} "
        f"(quartiles of {runs} pairs: {low:.2f} to {high:.2f})"
    )
    if "record" in sys.argv:
        row: dict[str, object] = {"command": title, "pairs": runs}
        row |= {f"{name}_ms": round(median * 1000) for name, median in medians.items()}
        ratio = medians["command"] / medians["floor"]
        row |= {"ratio": f"{ratio:.2f}", "low": f"{low:.2f}", "high": f"{high:.2f}"}
        recording.keep("commands", row, ["command"])


if __name__ == "__main__":
    main()
