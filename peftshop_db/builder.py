"""`build`: input files to one dataset."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from peftshop_db import (
    __version__,
    croissant,
    database,
    datapackage,
    dataset,
    generation,
    history,
    manifest,
    metadata,
    parquet,
    resources,
)
from peftshop_db.history import Held, Version
from peftshop_db.metadata import Catalog
from peftshop_db.results import ResultFile
from peftshop_db.results import read as read_results
from peftshop_db.source import MAX_BYTES

_MOST_WRITERS = 4  # sixteen large queries at once don't find the memory that they need


@dataclass(frozen=True)
class Built:
    """A build that succeeded: where it is, and what to tell about it."""

    folder: Path
    source: str
    peft_version: str
    versions: int
    relations: dict[str, int]
    warnings: list[str]


def build(
    sources: Path | Sequence[Path],
    folder: Path,
    *,
    results: Sequence[Path] = (),
    wait: bool = False,
    max_bytes: int = MAX_BYTES,
    tick: Callable[[], object] = bool,
) -> Built:
    """Builds a dataset from input files, all or nothing.

    Inputs that the dataset in the folder holds already, by bytes and name, are taken from it.

    Args:
        sources: the inputs, as the contract (schema/source.schema.json) describes them; a folder
            stands for the *.json in it. The newest fills the plain tables, all fill history.
        folder: where the dataset goes; one that is there is replaced at once when all is done.
        results: folders of raw result files (schema/results.schema.json) to take in as well.
        wait: whether to wait while another build holds the folder.
        max_bytes: the largest input in bytes.
        tick: called twice for each input, when it is checked and when it is in the tables.

    Raises:
        SourceError: an input breaks its contract.
        StorageError: the dataset can't be written.
    """
    paths = history.expand([sources] if isinstance(sources, Path) else sources)
    previous, held = _held(folder)
    versions = history.gather(paths, max_bytes, held, tick)
    files = read_results(results, max_bytes) if results else ()
    with generation.replaced(folder, wait) as directory:
        rows, warnings = _write(directory, versions, previous, files, tick)
    newest = versions[-1]
    told = [*history.undecided(versions), *warnings]
    return Built(folder, newest.file, newest.peft_version, len(versions), rows, told)


def _held(folder: Path) -> tuple[Path | None, Held]:
    """The dataset that is there and the versions in it, if they can be had as they are: it is
    intact, and this build would make the same of them."""
    content = manifest.read(folder) or {}
    file = (folder / dataset.FILE_NAME).resolve()
    if content.get("recipe_sha256") != resources.recipe() or not file.is_file():
        return None, {}
    if content["files"][dataset.FILE_NAME] != manifest.describe_file(file):
        return None, {}
    with dataset.connect(file, sealed=True) as connection:
        rows = connection.execute(
            "select source_sha256, source_file, version_order, peft_version from history.dataset"
        ).fetchall()
    return file, {(sha256, name): (order, version) for sha256, name, order, version in rows}


def _write(
    directory: Path,
    versions: Sequence[Version],
    previous: Path | None,
    results: Iterable[ResultFile],
    tick: Callable[[], object],
) -> tuple[dict[str, int], list[str]]:
    """Writes all files of a generation; gives the rows of each relation, and warnings."""
    newest = versions[-1]
    with database.created(directory / dataset.FILE_NAME, versions, previous, results, tick) as (
        connection,
        definitions,
    ):
        catalog = metadata.read_catalog(connection)
        written = _publish(connection, directory, definitions, catalog)
        warnings = [
            f"{newest.file}: {name!r} is not in {registry}; a row to add there: {row}"
            for registry, name, row in connection.execute("from unregistered").fetchall()
        ]
    _describe(directory, catalog, written)
    whole = {
        **catalog.parquet_metadata,
        "source_bytes": newest.size,
        "versions": len(versions),
        "recipe_sha256": resources.recipe(),
        "duckdb_version": duckdb.__version__,
        "pyarrow_version": pa.__version__,
    }
    manifest.write(directory, whole, {path: asdict(part) for path, part in written.items()})
    rows: dict[str, int] = dict.fromkeys(definitions, 0)
    for path, part in written.items():
        rows[parquet.relation(path)] += part.rows
    return rows, warnings


def _publish(
    connection: duckdb.DuckDBPyConnection,
    directory: Path,
    definitions: database.Definitions,
    catalog: Catalog,
) -> dict[str, parquet.Written]:
    """Writes every Parquet file of a dataset."""
    paths = parquet.paths(connection, definitions)
    for parent in {(directory / path).parent for path in paths}:
        parent.mkdir(parents=True, exist_ok=True)

    def publish(path: str) -> parquet.Written:
        with connection.cursor() as cursor:
            cursor.execute("use peftshop")
            rows = parquet.read_batches(cursor, parquet.query(path))
            columns, origin = definitions[parquet.relation(path)], catalog.parquet_metadata
            if version := parquet.partition(path):  # whose file a newer source leaves as it is
                origin = {"peftshop_db_version": __version__, "peft_version": version}
            return parquet.write(rows, directory / path, columns, origin)

    # duckdb and pyarrow work outside of Python's lock, and much of either keeps one core alone busy
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_WRITERS)) as pool:
        return dict(zip(paths, pool.map(publish, paths), strict=True))


def _describe(directory: Path, catalog: Catalog, paths: Iterable[str]) -> None:
    """Writes what tells other tools of the Parquet files."""
    files = {path: manifest.describe_file(directory / path) for path in sorted(paths)}
    whole = {path: file for path, file in files.items() if not parquet.partition(path)}
    for describe, described in ((datapackage, files), (croissant, whole)):
        text = metadata.to_json(describe.describe(catalog, described))
        (directory / describe.FILE_NAME).write_text(text, encoding="utf-8")
