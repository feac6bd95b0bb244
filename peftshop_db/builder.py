"""`build`: one input file to one dataset."""

from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from peftshop_db import __version__, contract, database, generation, manifest, parquet, sqlfiles
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
        written, warnings = _write(directory, document)
    rows = {relation: part.rows for relation, part in written.items()}
    return Built(folder, document.file, document.document["peft_version"], rows, warnings)


def _write(directory: Path, source: Source) -> tuple[dict[str, parquet.Written], list[str]]:
    metadata = {
        "peftshop_db_version": __version__,
        "peft_version": source.document["peft_version"],
        "source_file": source.file,
        "source_sha256": source.sha256,
    }
    views = sqlfiles.views()
    (directory / "parquet" / "views").mkdir(parents=True)
    with database.created(directory / "peftshop.duckdb", source) as (connection, definitions):
        written = {}
        for relation, columns in definitions.items():
            place = "parquet/views" if relation in views else "parquet"
            path = directory / place / f"{relation}.parquet"
            written[relation] = parquet.write(connection, relation, path, columns, metadata)
        warnings = [
            f"{source.file}: {name!r} is not in {registry}; a row to add there: {row}"
            for registry, name, row in connection.execute("from unregistered").fetchall()
        ]
    content = {
        "source": {"file": source.file, "bytes": source.size, "sha256": source.sha256},
        "peft_version": source.document["peft_version"],
        "peftshop_db_version": __version__,
        "duckdb_version": duckdb.__version__,
        "pyarrow_version": pa.__version__,
    }
    relations = {relation: asdict(part) for relation, part in written.items()}
    manifest.write(directory, content, relations)
    return written, warnings
