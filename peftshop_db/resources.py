"""Where the SQL, the registry and the packaged source are: in a wheel beside this file, in a
checkout at its top."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `schema`, `etl`, `queries` or `data` that this installation uses."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def packaged_source() -> Path:
    """The input JSON that ships with the package."""
    return folder("data") / "source" / "peft-shop-0.19.2.dev0.json"
