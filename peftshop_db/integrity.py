"""Whether a database file is what its build wrote, before and while it is read."""

from pathlib import Path
from typing import TYPE_CHECKING

from peftshop_db.errors import PeftshopError, QueryError, StorageError

if TYPE_CHECKING:
    import duckdb

_HASHED_BYTES = 64 * 1024 * 1024


def intact(path: Path) -> Path:
    """Where the links of a database file lead, to bytes that are those that its build wrote.

    A file without a manifest beside it can't be told from a damaged one. A file of more than 64 MiB
    isn't read as a whole here: `verify` does that, and DuckDB checks each block that it reads.

    Raises:
        StorageError: the bytes are others.
    """
    file = path.resolve()
    if _find_damage(file) is None:
        return file
    file = path.resolve()  # a build may have removed what the link led to: once more
    if damaged := _find_damage(file):
        raise StorageError(
            f"{path.parent / damaged}: changed since the build, so no answer can be trusted; "
            "`peftshop-db build` makes the dataset anew"
        )
    return file


def _find_damage(file: Path) -> str | None:
    """The name of the file that isn't what the build wrote."""
    from peftshop_db import manifest
    from peftshop_db.dataset import FILE_NAME

    beside = file.with_name(manifest.NAME)
    if file.name != FILE_NAME or not beside.exists() or file.stat().st_size > _HASHED_BYTES:
        return None
    content = manifest.read(beside.parent)
    if content is None:
        return manifest.NAME
    return None if content["files"][FILE_NAME] == manifest.describe_file(file) else FILE_NAME


def failure(what: str, error: "duckdb.Error") -> PeftshopError:
    """What a statement's failure is: the file's, or the SQL's."""
    import duckdb

    reason = str(error).splitlines()[0]
    # of a block whose checksum is wrong DuckDB 2.0 says so without a class of its own
    is_storage = type(error) is duckdb.Error or isinstance(
        error, duckdb.IOException | duckdb.FatalException | duckdb.InternalException
    )
    if is_storage:
        return StorageError(
            f"{what}: {reason}; `peftshop-db verify` tells whether the file is damaged"
        )
    return QueryError(f"{what}: {reason}")
