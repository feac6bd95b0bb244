"""What is written beside its place, under a hidden name, until it is complete.

The name is that of the target and the process, and the system locks what bears it until the process
ends, however it ends: so what has a free lock was left by a process that was killed.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peftshop_db.generation import lock


def name(target: Path, suffix: str = "") -> Path:
    """Where this process writes what becomes the target."""
    return target.with_name(f".{target.name}.{os.getpid()}{suffix}")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keeps other processes from removing a file or folder until the block ends."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders; there nothing is removed either
        yield
        return
    try:
        lock(descriptor, wait=False)
        yield
    finally:
        os.close(descriptor)


def remove_abandoned(target: Path) -> None:
    """Removes what processes that were killed left beside the target."""
    prefix = f".{target.name}."
    with suppress(OSError):
        for path in list(target.parent.iterdir()):
            number = path.name.removeprefix(prefix).removesuffix(".old")
            if not path.name.startswith(prefix) or not number.isdigit() or path.is_symlink():
                continue
            with suppress(OSError), held(path):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
