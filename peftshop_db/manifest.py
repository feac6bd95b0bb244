"""The manifest: what a build wrote, by hash, so that `verify` can tell any change.

The manifest seals itself: its own hash stands in it, over its text without that line, so that no
byte of it can change unnoticed either.
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
    text = json.dumps({**origin, "files": files}, indent=2, ensure_ascii=False) + "\n"
    (folder / NAME).write_bytes(_seal(text.encode()))


def read(folder: Path) -> dict[str, Any] | None:
    """The manifest of a dataset, or None where it is missing or not as it was written."""
    try:
        text = (folder / NAME).read_bytes()
    except OSError:
        return None
    start, _, rest = text.partition(b"\n")
    unsealed = start + b"\n" + rest.partition(b"\n")[2]
    if _seal(unsealed) != text:
        return None
    body: dict[str, Any] = json.loads(unsealed)
    return body


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


def _seal(text: bytes) -> bytes:
    """The text with its own hash in a line after the first, which opens the object."""
    start, _, rest = text.partition(b"\n")
    digest = hashlib.sha256(text).hexdigest().encode()
    return start + b'\n  "manifest_sha256": "' + digest + b'",\n' + rest
