"""Publishing tables and views as Parquet, and hashing their rows.

The files are what any reader takes: data pages of version 1, snappy, flat types, page
checksums. Every field carries its description and unit, every file its origin.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from peftshop_db import sqlfiles
from peftshop_db.definitions import ColumnDefinition
from peftshop_db.sqlfiles import HISTORY

_ROWS_PER_BATCH = 122_880
_BUFFER_BYTES = 1024 * 1024  # a small file takes one write rather than dozens


@dataclass(frozen=True)
class Written:
    """A relation that was written: its number of rows and the logical hash of its ordered rows."""

    rows: int
    rows_sha256: str


def paths(connection: duckdb.DuckDBPyConnection, relations: Iterable[str]) -> list[str]:
    """The files to publish, beneath a dataset's folder.

    A table or view is a file; a table of history is a folder of a file for each peft version, named
    as Hive names partitions.
    """
    versions = connection.execute(
        f"select distinct peft_version from {HISTORY}.dataset order by peft_version"
    ).fetchall()
    views = sqlfiles.views()
    found = []
    for name in relations:
        schema, _, table = name.rpartition(".")
        if schema:
            parts = [f"peft_version={quote(version, safe='')}" for (version,) in versions]
            found += [f"parquet/{schema}/{table}/{part}/{table}.parquet" for part in parts]
        else:
            found.append(f"parquet/{'views/' * (name in views)}{name}.parquet")
    return found


def relation(path: str) -> str:
    """The table or view that a published file is of."""
    parts = PurePosixPath(path).parts
    return f"{HISTORY}.{parts[2]}" if parts[1] == HISTORY else PurePosixPath(path).stem


def partition(path: str) -> str | None:
    """The peft version whose rows alone a published file holds, if it is one of history."""
    parts = PurePosixPath(path).parts
    return unquote(parts[3].removeprefix("peft_version=")) if parts[1] == HISTORY else None


def query(path: str) -> str:
    """The SQL that gives a published file's rows, in order."""
    version = partition(path)
    if version is None:
        return f'from "{relation(path)}"'
    return (
        f"select * exclude (peft_version) from {relation(path)} "
        f"where peft_version = {sqlfiles.literal(version)}"
    )


def write(
    reader: pa.RecordBatchReader,
    path: Path,
    definitions: Mapping[str, ColumnDefinition],
    metadata: Mapping[str, str],
) -> Written:
    """Writes rows to a Parquet file, in their own order.

    The bytes depend on the rows, the definitions, the metadata and pyarrow's version alone.
    """
    fields = [field.with_metadata(definitions[field.name].metadata) for field in reader.schema]
    schema = pa.schema(fields, metadata=dict(metadata))
    rows, digest = 0, RowsHash(schema)
    with (
        pa.OSFile(str(path), "wb") as file,
        pa.BufferedOutputStream(file, _BUFFER_BYTES) as sink,
        pq.ParquetWriter(sink, schema, compression="snappy", write_page_checksum=True) as writer,
    ):
        for batch in reader:
            writer.write_batch(batch.cast(schema))
            digest.update(batch)
            rows += batch.num_rows
    return Written(rows, digest.hexdigest())


def read_batches(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.RecordBatchReader:
    """All rows that a SELECT gives, in its order."""
    rows = connection.sql(sql)
    # the name changed in duckdb 1.5
    read = getattr(rows, "to_arrow_reader", None) or rows.fetch_record_batch
    return read(_ROWS_PER_BATCH)


def hash_file(path: Path) -> str:
    """The logical hash of a Parquet file's rows, read with its page checksums."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        digest = RowsHash(file.schema_arrow)
        for batch in file.iter_batches(_ROWS_PER_BATCH):
            digest.update(batch)
    return digest.hexdigest()


def hash_rows(connection: duckdb.DuckDBPyConnection, path: str) -> str:
    """The logical hash of the rows in the database that a published file should have."""
    reader = read_batches(connection, query(path))
    digest = RowsHash(reader.schema)
    for batch in reader:
        digest.update(batch)
    return digest.hexdigest()


class RowsHash:
    """The logical hash: SHA-256 over column names and types and the values of every row in order.

    It says whether two relations hold the same rows in the same order, whatever the file format,
    the engine's version or the sizes of batches. For each column three running hashes take in a
    byte for each row, 1 unless it is NULL, the lengths of texts as 64-bit integers, and the values
    that are not NULL, little-endian.
    """

    def __init__(self, schema: pa.Schema) -> None:
        head = [[field.name, str(field.type)] for field in schema]
        self._head = json.dumps(head).encode()
        self._columns = [tuple(hashlib.sha256() for _ in range(3)) for _ in schema]

    def update(self, batch: pa.RecordBatch) -> None:
        for (present, lengths, values), column in zip(self._columns, batch.columns, strict=True):
            present.update(_bytes(column.is_valid()))
            known = column.drop_null()
            if pa.types.is_string(known.type):
                lengths.update(_bytes(pc.binary_length(known).cast(pa.int64())))
                known = known.cast(pa.binary())
            values.update(_bytes(known))

    def hexdigest(self) -> str:
        digests = b"".join(part.digest() for column in self._columns for part in column)
        return hashlib.sha256(self._head + digests).hexdigest()


def _bytes(values: pa.Array) -> memoryview:
    """The bytes of an array without NULLs, one after another."""
    if pa.types.is_boolean(values.type):
        values = values.cast(pa.uint8())
    *_, offsets, data = values.buffers()
    held = memoryview(data or b"")
    if pa.types.is_binary(values.type):
        ends = memoryview(offsets).cast("i")
        return held[ends[values.offset] : ends[values.offset + len(values)]]
    width = values.type.bit_width // 8
    return held[values.offset * width : (values.offset + len(values)) * width]
