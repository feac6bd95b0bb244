"""The manifest: what a build wrote, by hash, so that `verify` can tell any change.

The manifest seals itself: its own hash stands in it, over its text without that line, and its
text is canonical, so that no byte of it can change unnoticed either.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAME = "manifest.json"


def write(folder: Path, origin: Mapping[str, Any], parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Writes the manifest of a generation.

    Args:
        folder: the generation, complete but for the manifest.
        origin: what the manifest says of the dataset as a whole.
        parts: what it says of single files beside their bytes, such as rows, by file name.
    """
    files = {
        name: {**describe_file(folder / name), **parts.get(name, {})} for name in list_files(folder)
    }
    (folder / NAME).write_text(_seal({**origin, "files": files}), encoding="utf-8")


def read(folder: Path) -> dict[str, Any] | None:
    """The manifest of a dataset, or None where it is missing or not as it was written."""
    try:
        text = (folder / NAME).read_bytes().decode("utf-8")
        body = json.loads(text)
        body.pop("manifest_sha256")
    except (OSError, ValueError, KeyError, AttributeError, RecursionError):
        return None
    return body if _seal(body) == text else None


def list_files(folder: Path) -> list[str]:
    """Every file of a dataset but the manifest, relative to its folder, in order."""
    from peftshop_db import croissant, datapackage

    descriptions = (folder / croissant.FILE_NAME, folder / datapackage.FILE_NAME)
    paths = [
        folder / "peftshop.duckdb",
        *(path for path in descriptions if path.exists()),  # a dataset may be older than they are
        *(folder / "parquet").rglob("*"),
    ]
    return sorted(path.relative_to(folder).as_posix() for path in paths if not path.is_dir())


def describe_file(path: Path) -> dict[str, int | str]:
    """A file's size in bytes and SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _seal(body: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(_dump(body).encode()).hexdigest()
    return _dump({"manifest_sha256": digest, **body})


def _dump(body: Mapping[str, Any]) -> str:
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"
