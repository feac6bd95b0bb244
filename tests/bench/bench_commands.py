"""How long start-up, `query pareto_memory` and `build` take, whole processes, beside their floors.

A floor does the same work with nothing around it: start-up's imports click and prints a line;
`query`'s opens the same file with duckdb and prints the same rows; `build`'s runs the same
statements on the same JSON, in an order that is given, and writes the same files, without reading
strictly, checking, ordering, describing, hashing or syncing anything. DuckDB's own shell, a program
without Python, starts and queries the same file too (the latest one on PyPI, which may be older
than the library). Runs alternate, so that the machine's moods reach all sides. Modules are compiled
beforehand on all sides, as pip leaves them, whatever PYTHONDONTWRITEBYTECODE says.

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
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from unittest import mock

from peftshop_db import builder, database, dataset, filling, resources, sqlfiles
from tests.bench import recording

COMMAND = [sys.executable, "-m", "peftshop_db"]

START_FLOOR = "import click; click.echo('started')"

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
    shell = str(files("duckdb_cli") / "duckdb")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out = resources.packaged_source(), folder / "out"
        builder.build(source, folder / "dataset")
        file = str(folder / "dataset" / "peftshop.duckdb")
        statements = folder / "statements.sql"
        statements.write_text(record_statements(source, folder))
        floor = [sys.executable, "-c"]
        compare(
            "--version",
            {
                "floor": [*floor, START_FLOOR],
                "command": [*COMMAND, "--version"],
                "shell": [shell, "--version"],
            },
            runs,
        )
        compare(
            "query pareto_memory",
            {
                "floor": [*floor, QUERY_FLOOR, file],
                "command": [*COMMAND, "query", "pareto_memory", "--db", file],
                "shell": [shell, "-readonly", "-csv", file, "from pareto_memory"],
            },
            runs,
        )
        compare(
            "build",
            {
                "floor": [*floor, BUILD_FLOOR, str(statements), str(source), str(out)],
                "command": [*COMMAND, "build", str(source), "--out", str(out)],
            },
            runs,
            clean=out,
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
    """Runs the commands in turns, and tells how long the one takes beside the others."""
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
    row: dict[str, object] = {"command": title, "rounds": runs}
    row["shell_version"] = version("duckdb-cli") if "shell" in commands else ""
    for name in ("floor", "command", "shell"):
        row[f"{name}_ms"] = round(statistics.median(times[name]) * 1000) if name in times else ""
    for name in ("floor", "shell"):
        row[f"{name}_ratio"] = ratio(times["command"], times[name]) if name in times else ""
    if "record" in sys.argv:
        recording.keep("commands", row, ["command"])
    else:
        print(*row.values(), sep=", ")


def ratio(times: Sequence[float], others: Sequence[float]) -> str:
    """The median of the ratios of rounds, and their quartiles."""
    low, middle, high = statistics.quantiles(
        (a / b for a, b in zip(times, others, strict=True)), n=4
    )
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    main()
