"""Replacing a dataset all at once.

A dataset's folder holds generations and one link that says which is current:

    DIR/.generations/000007/…      complete generations, written once
    DIR/.current                -> .generations/000007
    DIR/peftshop.duckdb         -> .current/peftshop.duckdb    what users name; never changes
    DIR/parquet                 -> .current/parquet
    DIR/datapackage.json        -> .current/datapackage.json
    DIR/croissant.json          -> .current/croissant.json
    DIR/manifest.json           -> .current/manifest.json

A build prepares a generation, syncs it to disk and renames the link over the old one: readers see
the old dataset or the new one, whatever happens in between. Where links are not allowed, files are
replaced one by one, the manifest last, and a reader may meet a mix in between.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peftshop_db.errors import StorageError

PUBLIC = ("peftshop.duckdb", "parquet", "datapackage.json", "croissant.json", "manifest.json")
_GENERATIONS = ".generations"
_CURRENT = ".current"
_NEXT = ".next"
_PROBE = ".link"
_DISK_ERRORS = (errno.EACCES, errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EROFS)


class SupersededError(Exception):
    """Another builder finished while this one waited for it."""


@contextmanager
def replaced(folder: Path, wait: bool = False) -> Iterator[Path]:
    """Gives an empty folder for the new generation, and makes it current when the block ends.

    Args:
        folder: the dataset's folder; made where it is missing.
        wait: whether to wait for another builder rather than to refuse.

    Raises:
        SupersededError: it waited, and the other builder made a dataset.
        StorageError: another build is running, the folder holds files that are not a dataset's, or
            the disk or its permissions don't allow it. The dataset is what it was before.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder, wait) as waited:
            _refuse_foreign(folder)
            old = _current(folder)
            if waited and old:
                raise SupersededError
            _remove_leftovers(folder, keep=old)
            new = folder / _GENERATIONS / f"{int(old.name) + 1 if old else 1:06}"
            try:
                new.mkdir(parents=True)
                yield new
                _sync(new)
                _switch(folder, new)
            except BaseException:
                _remove_unfinished(folder, new)
                raise
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)  # pyarrow's is longer
        named = str(error.filename)  # maybe relative to another folder, or where a link leads
        place = named if named.startswith(str(folder)) else folder
        raise StorageError(f"{place}: can't be written: {reason}") from error


def _current(folder: Path) -> Path | None:
    with suppress(OSError):
        return folder / _GENERATIONS / (folder / _CURRENT).readlink().name
    return None


def _refuse_foreign(folder: Path) -> None:
    for name in PUBLIC:
        path = folder / name
        if path.exists() and not path.is_symlink() and _links_work(folder):
            raise StorageError(
                f"{path}: exists and was not made by a build; choose another folder with --out"
            )


def _remove_leftovers(folder: Path, keep: Path | None) -> None:
    """Removes what killed builds and the generation before the current one left behind."""
    for name in (_NEXT, _PROBE):
        (folder / name).unlink(missing_ok=True)
    generations = folder / _GENERATIONS
    if generations.is_dir():
        for path in generations.iterdir():
            if path != keep:
                shutil.rmtree(path)


def _remove_unfinished(folder: Path, new: Path) -> None:
    """Removes what a failed build made, so that the folder is as it was before."""
    current = _current(folder)
    if current == new:  # complete, and what failed is the last sync
        return
    for name in (_NEXT, _PROBE):
        with suppress(OSError):
            (folder / name).unlink()
    shutil.rmtree(new, ignore_errors=True)
    if current is None:
        with suppress(OSError):
            new.parent.rmdir()
        for name in PUBLIC:
            if (folder / name).is_symlink():
                (folder / name).unlink(missing_ok=True)


def _switch(folder: Path, new: Path) -> None:
    if not _links_work(folder):
        _replace_files(folder, new)
        return
    for name in PUBLIC:
        # before the first switch these dangle, which is a dataset that isn't there yet
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(Path(_CURRENT) / name)
    (folder / _NEXT).symlink_to(Path(_GENERATIONS) / new.name)
    (folder / _NEXT).replace(folder / _CURRENT)
    _sync_directory(folder)


def _links_work(folder: Path) -> bool:
    if (folder / _CURRENT).is_symlink():
        return True
    probe = folder / _PROBE
    try:
        probe.unlink(missing_ok=True)
        probe.symlink_to(".")
    except NotImplementedError:
        return False
    except OSError as error:
        if error.errno in _DISK_ERRORS:
            raise
        return False
    probe.unlink()
    return True


def _replace_files(folder: Path, new: Path) -> None:
    for name in PUBLIC:
        source, target = new / name, folder / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        source.replace(target)
    shutil.rmtree(new)


def _sync(folder: Path) -> None:
    for directory, _, files in os.walk(folder):
        for name in files:
            with (Path(directory) / name).open("rb") as file:
                os.fsync(file.fileno())
        _sync_directory(Path(directory))
    _sync_directory(folder.parent)


def _sync_directory(directory: Path) -> None:
    if os.name == "nt":  # directories can't be opened there
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(folder: Path, wait: bool) -> Iterator[bool]:
    """Holds the folder's lock, which the system drops when the process ends, however it ends.

    The lock's file is there while it is held: who gets the lock of a file that was removed in
    between tries again.

    Yields:
        Whether it had to wait for the lock.
    """
    path = folder / ".lock"
    waited = False
    while True:
        with path.open("a") as file:
            try:
                lock(file.fileno(), wait=False)
            except BlockingIOError:
                if not wait:
                    raise StorageError(f"{folder}: another build is running; wait for it") from None
                lock(file.fileno(), wait=True)
                waited = True
            if not _is_same(path, file.fileno()):
                continue
            try:
                yield waited
            finally:
                with suppress(OSError):  # Windows removes no open file
                    path.unlink()
            return


def _is_same(path: Path, descriptor: int) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False


def lock(descriptor: int, wait: bool) -> None:
    """Locks an open file until it is closed or the process ends.

    Raises:
        BlockingIOError: another process holds the lock, and this one doesn't wait.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined]
        try:
            msvcrt.locking(descriptor, mode, 1)  # type: ignore[attr-defined]
        except PermissionError as error:
            raise BlockingIOError from error
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
