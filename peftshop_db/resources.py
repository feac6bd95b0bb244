"""Where the SQL, the registry and the packaged source are: in a wheel beside this file, in a
checkout at its top."""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `schema`, `etl`, `queries` or `data` that this installation uses."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def last_change() -> float:
    """When a file that a dataset is built from last changed, in seconds since 1970.

    Only a checkout's files change: an installed package's are those of its version, for which 0
    is given without looking.
    """
    if (_PACKAGE / "queries").is_dir():
        return 0
    folders = (folder("schema"), folder("etl"), folder("queries"), folder("data") / "registry")
    return max(path.stat().st_mtime for part in folders for path in part.rglob("*.*"))


@cache
def recipe() -> str:
    """What tells one way of building from another: a SHA-256 of the version, schema/, etl/ and the
    registry."""
    from peftshop_db import __version__

    digest = hashlib.sha256(__version__.encode())
    for part in (folder("schema"), folder("etl"), folder("data") / "registry"):
        for path in sorted(part.rglob("*.*")):
            digest.update(path.relative_to(part).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def packaged_source() -> Path:
    """The input JSON that ships with the package."""
    return folder("data") / "source" / "peft-shop-0.19.2.dev0.json"
