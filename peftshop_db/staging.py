"""Staging: the JSON documents from which the files under etl/ make tables, in temporary tables."""

import json
from collections.abc import Iterable, Iterator, Sequence

import duckdb

from peftshop_db import __version__, resources, sqlfiles
from peftshop_db.results import ResultFile
from peftshop_db.source import Source

RESULTS = ("result_documents",)
STAGED = (*sqlfiles.SOURCE, *RESULTS)

_BATCH_SIZE = 4 * 1024 * 1024
_to_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes an encoder for each value

Documents = Sequence[tuple[str, str]]  # names and JSON texts


def stage(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes what the files under etl/ read: the registry's place, and tables for documents."""
    registry = resources.folder("data") / "registry"
    connection.execute(f"set variable registry = {sqlfiles.literal(str(registry))}")
    connection.execute(
        "create temp table source_document (document json, source_sha256 varchar, "
        "source_file varchar, source_bytes bigint, package_version varchar)"
    )
    connection.execute("create temp table source_methods (method varchar, body json)")
    connection.execute("create temp table result_documents (file varchar, document json)")


def stage_source(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Puts a source in the place of the one before.

    Its methods come one by one: DuckDB holds a JSON value in memory whole, and several times.
    """
    for name in sqlfiles.SOURCE:
        connection.execute(f"truncate {name}")
    head = dict(source.document)
    methods = head.pop("methods")
    connection.execute(
        "insert into source_document values (?, ?, ?, ?, ?)",
        [_to_json(head), source.sha256, source.file, source.size, __version__],
    )
    for batch in _batches((name, _to_json(method)) for name, method in methods.items()):
        _insert(connection, "source_methods", batch)


def stage_results(
    connection: duckdb.DuckDBPyConnection, results: Iterable[ResultFile]
) -> Iterator[None]:
    """Puts raw result files in the place of those before, some megabytes at a time."""
    for batch in _batches((result.file, result.text) for result in results):
        connection.execute("truncate result_documents")
        _insert(connection, "result_documents", batch)
        yield


def _insert(connection: duckdb.DuckDBPyConnection, table: str, documents: Documents) -> None:
    connection.execute(
        f"insert into {table} select unnest(?), cast(unnest(?) as json)",
        list(map(list, zip(*documents, strict=True))),
    )


def _batches(documents: Iterable[tuple[str, str]]) -> Iterator[Documents]:
    """Named JSON texts, those together that make up a few megabytes."""
    batch: list[tuple[str, str]] = []
    size = 0
    for name, text in documents:
        batch.append((name, text))
        size += len(text)
        if size >= _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
