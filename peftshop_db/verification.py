"""`verify`: whether a dataset is what its build wrote."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peftshop_db import dataset, manifest


def verify(folder: Path) -> list[str]:
    """Compares a dataset with its manifest: every file's bytes, then every table's and view's rows.

    Args:
        folder: the dataset's folder.

    Returns:
        A line for each difference; none where the dataset is as it was written.
    """
    content = manifest.read(folder)
    if content is None:
        return [f"{manifest.NAME}: missing or changed since the build"]
    files = content["files"]
    return list(_check_files(folder, files)) or list(_check_rows(folder, files))


def _check_files(folder: Path, files: dict[str, Any]) -> Iterator[str]:
    for name in sorted(set(files) | set(manifest.list_files(folder))):
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif name not in files:
            yield f"{name}: not written by the build"
        else:
            found = manifest.describe_file(path)
            if found["bytes"] != files[name]["bytes"]:
                yield f"{name}: expected {files[name]['bytes']} bytes, found {found['bytes']}"
            elif found["sha256"] != files[name]["sha256"]:
                yield f"{name}: its bytes changed since the build"


def _check_rows(folder: Path, files: dict[str, Any]) -> Iterator[str]:
    """Reads every row back: the database and the Parquet files must hold the same."""
    from peftshop_db import parquet

    with dataset.connect(folder / dataset.FILE_NAME, sealed=True) as connection:
        for name, expected in files.items():
            if "rows_sha256" not in expected:
                continue
            if parquet.hash_rows(connection, name) != expected["rows_sha256"]:
                relation = parquet.relation(name)
                yield f"{dataset.FILE_NAME}: {relation} holds other rows than were built"
            if parquet.hash_file(folder / name) != expected["rows_sha256"]:
                yield f"{name}: holds other rows than were built"
