"""The Parquet files: the same bytes whatever the surroundings, and readable by other readers."""

import hashlib
import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from peftshop_db import manifest, resources
from peftshop_db.parquet import RowsHash, query

SURROUNDINGS = {
    "TZ": "Asia/Kathmandu",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "de_DE.UTF-8",
    "PYTHONHASHSEED": "7",
}


def digests(folder: Path) -> dict[str, str]:
    paths = sorted((folder / "parquet").rglob("*.parquet"))
    paths += [folder / "datapackage.json", folder / "croissant.json"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_bytes_are_the_same_in_any_surroundings(shipped: Path, tmp_path: Path) -> None:
    """In others altogether; tests/faults/test_surroundings.py has each beside each."""
    code = (
        "import duckdb, os, sys\nfrom pathlib import Path\n"
        "connect = duckdb.connect\n"
        "duckdb.connect = lambda *a, **k: connect(*a, config={'threads': 1})\n"
        "os.cpu_count = lambda: 1\n"
        "from peftshop_db import builder\n"
        "builder.build(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    source, out = resources.packaged_source(), tmp_path / "a folder of another name"
    subprocess.run(
        [sys.executable, "-c", code, str(source), str(out)],
        check=True,
        cwd=tmp_path,
        env=os.environ | SURROUNDINGS,
    )
    assert digests(out) == digests(shipped)


def test_the_manifest_counts_rows_and_names_the_origin(shipped: Path) -> None:
    content = json.loads((shipped / "manifest.json").read_text())
    assert content["source_sha256"].startswith("8a5be738")
    assert content["source_bytes"] == 120_953
    assert content["duckdb_version"] == duckdb.__version__
    files = content["files"]
    assert list(files) == manifest.list_files(shipped)
    assert files["parquet/features.parquet"]["rows"] == 39 * 13
    assert files["parquet/benchmarks.parquet"]["rows"] == 33 + 24
    assert len(files["parquet/views/pareto_memory.parquet"]["rows_sha256"]) == 64


def test_pages_have_checksums_and_plain_encodings(shipped: Path) -> None:
    for path in (shipped / "parquet").rglob("*.parquet"):
        file = pq.ParquetFile(path, page_checksum_verification=True)
        file.read()
        for group in range(file.metadata.num_row_groups):
            for number in range(file.metadata.num_columns):
                column = file.metadata.row_group(group).column(number)
                assert column.compression == "SNAPPY"
                assert set(column.encodings) <= {"PLAIN", "RLE", "RLE_DICTIONARY"}


def test_duckdb_reads_back_what_the_database_holds(
    shipped: Path, shipped_connection: duckdb.DuckDBPyConnection
) -> None:
    for path in (shipped / "parquet").rglob("*.parquet"):
        parquet = duckdb.execute("from read_parquet(?, hive_partitioning = false)", [str(path)])
        columns = [(name, kind) for name, kind, *_ in parquet.description]
        stored = shipped_connection.execute(query(path.relative_to(shipped).as_posix()))
        assert columns == [(name, kind) for name, kind, *_ in stored.description]
        assert parquet.fetchall() == stored.fetchall()


SCHEMA = pa.schema([("a", pa.string()), ("b", pa.bool_()), ("c", pa.float64())])
ROWS = [("é", True, 0.5), (None, None, None), ("", False, -1.0), ("longer", True, 1e300)]


def rows_hash(rows: Sequence[tuple[object, ...]], schema: pa.Schema = SCHEMA, size: int = 9) -> str:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    digest = RowsHash(schema)
    for batch in pa.table(columns, schema=schema).to_batches(size):
        digest.update(batch)
    return digest.hexdigest()


def test_the_hash_of_rows_depends_on_no_sizes_of_batches() -> None:
    assert len({rows_hash(ROWS, size=size) for size in (1, 2, 3, 4)}) == 1


def test_the_hash_of_rows_tells_rows_apart() -> None:
    last = ROWS[3]
    others: list[list[tuple[object, ...]]] = [
        ROWS,
        [],
        ROWS[:3],
        ROWS[::-1],
        [*ROWS[:3], last, last],
        [("é", True, 0.5), ("", None, None), *ROWS[2:]],
        [("é", True, 0.5), (None, False, None), *ROWS[2:]],
        [("é", True, 0.5), (None, None, 0.0), *ROWS[2:]],
        [("é", True, 0.5), (None, None, None), (None, False, -1.0), last],
        [*ROWS[:2], ("l", False, -1.0), ("onger", True, 1e300)],
        [*ROWS[:3], ("longer", True, math.nextafter(1e300, 0))],
    ]
    renamed = pa.schema([("A", pa.string()), ("b", pa.bool_()), ("c", pa.float64())])
    hashes = {rows_hash(rows) for rows in others} | {rows_hash(ROWS, renamed)}
    assert len(hashes) == len(others) + 1
