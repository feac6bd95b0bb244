"""`build`: one input file to one dataset."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from peftshop_db import __version__, contract, database, generation, manifest, parquet, sqlfiles
from peftshop_db.results import ResultFile
from peftshop_db.results import read as read_results
from peftshop_db.source import MAX_BYTES, Source, read_source


@dataclass(frozen=True)
class Built:
    """A build that succeeded: where it is, and what to tell about it."""

    folder: Path
    source: str
    peft_version: str
    relations: dict[str, int]
    warnings: list[str]


def build(
    source: Path,
    folder: Path,
    *,
    results: Sequence[Path] = (),
    wait: bool = False,
    max_bytes: int = MAX_BYTES,
) -> Built:
    """Builds a dataset from an input file, all or nothing.

    Args:
        source: the input, as the contract (schema/source.schema.json) describes it.
        folder: where the dataset goes; one that is there is replaced at once when all is done.
        results: folders of raw result files (schema/results.schema.json) to take in as well.
        wait: whether to wait while another build holds the folder.
        max_bytes: the largest input in bytes.

    Raises:
        SourceError: the input breaks its contract.
        StorageError: the dataset can't be written.
    """
    document = read_source(source, max_bytes)
    contract.check(document)
    files = read_results(results, max_bytes) if results else ()
    with generation.replaced(folder, wait) as directory:
        rows, warnings = _write(directory, document, files)
    return Built(folder, document.file, document.document["peft_version"], rows, warnings)


def _write(
    directory: Path, source: Source, results: Iterable[ResultFile]
) -> tuple[dict[str, int], list[str]]:
    """Writes all files of a generation; gives the rows of each relation, and warnings."""
    origin = {
        "peftshop_db_version": __version__,
        "peft_version": source.document["peft_version"],
        "source_file": source.file,
        "source_sha256": source.sha256,
    }
    (directory / "parquet" / "views").mkdir(parents=True)
    with database.created(directory / "peftshop.duckdb", source, results) as made:
        connection, definitions = made
        views = sqlfiles.views()
        paths = {
            relation: f"parquet/{'views/' * (relation in views)}{relation}.parquet"
            for relation in definitions
        }

        def publish(relation: str) -> parquet.Written:
            with connection.cursor() as cursor:
                cursor.execute("use peftshop")
                path, columns = directory / paths[relation], definitions[relation]
                return parquet.write(cursor, relation, path, columns, origin)

        # duckdb and pyarrow work outside of Python's lock, so that two cores halve the time
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            written = dict(zip(definitions, pool.map(publish, definitions), strict=True))
        warnings = [
            f"{source.file}: {name!r} is not in {registry}; a row to add there: {row}"
            for registry, name, row in connection.execute("from unregistered").fetchall()
        ]
    versions = {"duckdb_version": duckdb.__version__, "pyarrow_version": pa.__version__}
    parts = {paths[relation]: asdict(part) for relation, part in written.items()}
    manifest.write(directory, {**origin, "source_bytes": source.size, **versions}, parts)
    return {relation: part.rows for relation, part in written.items()}, warnings
