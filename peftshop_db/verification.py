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
    return list(_check_files(folder, content)) or list(_check_rows(folder, content))


def _check_files(folder: Path, content: dict[str, Any]) -> Iterator[str]:
    expected = content["files"]
    for name in sorted(set(expected) | set(manifest.list_files(folder))):
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif name not in expected:
            yield f"{name}: not written by the build"
        else:
            found = manifest.describe_file(path)
            if found["bytes"] != expected[name]["bytes"]:
                yield f"{name}: expected {expected[name]['bytes']} bytes, found {found['bytes']}"
            elif found != expected[name]:
                yield f"{name}: its bytes changed since the build"


def _check_rows(folder: Path, content: dict[str, Any]) -> Iterator[str]:
    """Reads every row back, by which the database and the Parquet files must hold the same."""
    from peftshop_db import parquet

    paths = {Path(name).stem: folder / name for name in content["files"] if "parquet/" in name}
    with dataset.connect(folder / dataset.FILE_NAME, sealed=True) as connection:
        for relation, expected in content["relations"].items():
            if parquet.hash_relation(connection, relation) != expected["rows_sha256"]:
                yield f"{relation}: its rows in the database are not those that were built"
            if parquet.hash_file(paths[relation]) != expected["rows_sha256"]:
                yield f"{relation}: its rows in the Parquet file are not those that were built"
