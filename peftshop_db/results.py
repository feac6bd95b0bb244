"""Reading raw result files: what upstream's benchmark suite writes for every run it tries."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from peftshop_db import contract
from peftshop_db.errors import SourceError, StorageError
from peftshop_db.source import MAX_BYTES, printable, read_source


@dataclass(frozen=True)
class ResultFile:
    """One result file: its path beneath the folder of results, and its document as JSON text."""

    file: str
    text: str


def read(folders: Sequence[Path], max_bytes: int = MAX_BYTES) -> Iterator[ResultFile]:
    """Reads the result files of folders and of those in them, one by one in the order of paths.

    A file is named by its path beneath the folder, or beneath what several folders share; of files
    with equal bytes, which are one run, the first counts. Files are read as strictly as an input,
    but for one allowance: the bare NaN that upstream writes for a number that it could not compute
    is read as null. Links to folders within a folder are not followed.

    Raises:
        SourceError: a folder has none, or one breaks the contract (schema/results.schema.json).
        StorageError: a file or folder can't be read.
    """
    paths = {path for folder in folders for path in _find(folder)}
    shared = os.path.commonpath([os.path.normpath(folder.absolute()) for folder in folders])
    names = {path: Path(os.path.relpath(path, shared)) for path in paths}
    order = sorted(names.items(), key=lambda item: item[1].as_posix())
    return _read(((path, printable(name.as_posix())) for path, name in order), max_bytes)


def _find(folder: Path) -> list[Path]:
    """The *.json in a folder and in those in it."""
    place = printable(str(folder))

    def refuse(error: OSError) -> None:
        where = printable(str(error.filename))
        raise StorageError(f"{where}: can't be read: {error.strerror}") from error

    if not folder.is_dir():
        found = "a file" if folder.exists() else "none of that name"
        raise SourceError([f"{place}: expected a folder of result files, found {found}"])
    paths = [
        Path(parent) / name
        for parent, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if name.endswith(".json")
    ]
    if not paths:
        raise SourceError([f"{place}: expected a folder of result files (*.json), found none"])
    return paths


def _read(files: Iterable[tuple[Path, str]], max_bytes: int) -> Iterator[ResultFile]:
    seen = set[str]()
    for path, name in files:
        place = printable(str(path))
        source = read_source(path, max_bytes, name=place, nan_is_null=True)
        contract.check(source, contract.RESULTS)
        if source.sha256 not in seen:
            yield ResultFile(name, json.dumps(source.document, ensure_ascii=False))
        seen.add(source.sha256)
