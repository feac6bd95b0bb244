"""A folder that appears complete or not at all, and never in place of anyone else's files."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peftshop_db import croissant, datapackage, dataset_card, datasette, metadata, partial
from peftshop_db.errors import StorageError

_DESCRIPTIONS = (
    datapackage.FILE_NAME,
    croissant.FILE_NAME,
    dataset_card.FILE_NAME,
    *datasette.FILE_NAMES,
)


@contextmanager
def published(folder: Path) -> Iterator[Path]:
    """Gives an empty folder to fill, which takes the place of `folder` when the block ends.

    An earlier export makes way as a whole: for an instant between two renames neither is there.

    Raises:
        StorageError: the folder holds files that no export wrote, or the disk or its permissions
            don't allow it. What was there is as it was.
    """
    target = folder.resolve()  # a link stays a link
    new = partial.name(target)
    try:
        _refuse_foreign(folder)
        partial.remove_abandoned(target)
        new.mkdir(parents=True)
        with partial.held(new):
            yield new
            _replace(target, new)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"{folder}: can't be written: {reason}") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _replace(target: Path, new: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    old = partial.name(target, ".old")
    with partial.held(target):
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StorageError(f"{folder}: is a file; name a folder for the export")
    if foreign := _find_foreign(folder):
        raise StorageError(
            f"{folder}: holds {foreign}, which no export wrote; choose another folder"
        )


def _find_foreign(folder: Path) -> str | None:
    """The first file that no export wrote; looks below the top of an earlier export alone."""
    exported = _exported(folder)
    for path in sorted(folder.rglob("*") if exported else folder.iterdir()):
        name = path.relative_to(folder).as_posix()
        is_part = path.is_dir() and not path.is_symlink()
        if name not in exported and not (exported and is_part):
            return name
    return None


def _exported(folder: Path) -> set[str]:
    """The files of an earlier export, as its description lists them."""
    try:
        package = json.loads((folder / datapackage.FILE_NAME).read_bytes())
        if package["name"] != metadata.NAME:
            return set()
        return {*_DESCRIPTIONS, *(resource["path"] for resource in package["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
