"""`build`: one input file to one dataset."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from peftshop_db import (
    contract,
    croissant,
    database,
    datapackage,
    generation,
    manifest,
    metadata,
    parquet,
)
from peftshop_db.source import MAX_BYTES, Source, read_source


@dataclass(frozen=True)
class Built:
    """A build that succeeded: where it is, and what to tell about it."""

    folder: Path
    source: str
    peft_version: str
    relations: dict[str, int]
    warnings: list[str]


def build(source: Path, folder: Path, *, wait: bool = False, max_bytes: int = MAX_BYTES) -> Built:
    """Builds a dataset from an input file, all or nothing.

    Args:
        source: the input, as the contract (schema/source.schema.json) describes it.
        folder: where the dataset goes; one that is there is replaced at once when all is done.
        wait: whether to wait while another build holds the folder.
        max_bytes: the largest input in bytes.

    Raises:
        SourceError: the input breaks its contract.
        StorageError: the dataset can't be written.
    """
    document = read_source(source, max_bytes)
    contract.check(document)
    with generation.replaced(folder, wait) as directory:
        rows, warnings = _write(directory, document)
    return Built(folder, document.file, document.document["peft_version"], rows, warnings)


def _write(directory: Path, source: Source) -> tuple[dict[str, int], list[str]]:
    """Writes all files of a generation; gives the rows of each relation, and warnings."""
    (directory / "parquet" / "views").mkdir(parents=True)
    with database.created(directory / "peftshop.duckdb", source) as (connection, definitions):
        catalog = metadata.read_catalog(connection)
        paths = {name: f"parquet/{item.parquet_path}" for name, item in catalog.relations.items()}

        def publish(relation: str) -> parquet.Written:
            with connection.cursor() as cursor:
                cursor.execute("use peftshop")
                rows = parquet.read_batches(cursor, f'from "{relation}"')
                path, columns = directory / paths[relation], definitions[relation]
                return parquet.write(rows, path, columns, catalog.parquet_metadata)

        # duckdb and pyarrow work outside of Python's lock, so that two cores halve the time
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            written = dict(zip(paths, pool.map(publish, paths), strict=True))
        warnings = [
            f"{source.file}: {name!r} is not in {registry}; a row to add there: {row}"
            for registry, name, row in connection.execute("from unregistered").fetchall()
        ]
    parts = {paths[relation]: asdict(part) for relation, part in written.items()}
    files = {path: manifest.describe_file(directory / path) for path in parts}
    for describe in (datapackage, croissant):
        text = metadata.to_json(describe.describe(catalog, files))
        (directory / describe.FILE_NAME).write_text(text, encoding="utf-8")
    versions = {"duckdb_version": duckdb.__version__, "pyarrow_version": pa.__version__}
    origin = {**catalog.parquet_metadata, "source_bytes": source.size, **versions}
    manifest.write(directory, origin, parts)
    return {relation: part.rows for relation, part in written.items()}, warnings
