"""Reading raw result files: what upstream's benchmark suite writes for every run it tries."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from peftshop_db import contract
from peftshop_db.errors import SourceError
from peftshop_db.source import MAX_BYTES, printable, read_source


@dataclass(frozen=True)
class ResultFile:
    """One result file: its path beneath the folder of results, and its document as JSON text."""

    file: str
    text: str


def read(folders: Sequence[Path], max_bytes: int = MAX_BYTES) -> Iterator[ResultFile]:
    """Reads the result files of folders and of those in them, one by one in the order of paths.

    A file is named by its path beneath the folder, or beneath what several folders share. Files are
    read as strictly as an input, but for one allowance: the bare NaN that upstream writes for a
    number that it could not compute is read as null.

    Raises:
        SourceError: a folder has none, or one breaks the contract (schema/results.schema.json).
        StorageError: a file can't be read.
    """
    paths = set[Path]()
    for folder in folders:
        found = set(folder.rglob("*.json"))
        if not found:
            place = printable(str(folder))
            raise SourceError([f"{place}: expected a folder of result files (*.json), found none"])
        paths |= found
    names = {path: Path(os.path.relpath(path, os.path.commonpath(folders))) for path in paths}
    order = sorted(names.items(), key=lambda item: item[1].as_posix())
    return (_read(path, name.as_posix(), max_bytes) for path, name in order)


def _read(path: Path, name: str, max_bytes: int) -> ResultFile:
    source = read_source(path, max_bytes, name=printable(name), nan_is_null=True)
    contract.check(source, contract.RESULTS)
    return ResultFile(source.file, json.dumps(source.document, ensure_ascii=False))
