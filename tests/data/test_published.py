"""What data/ publishes is what a build of the shipped source makes.

`pytest tests/data --update-golden` publishes it anew.
"""

import hashlib
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

DATA = Path(__file__).parent.parent.parent / "data"
SHA256 = "8a5be7383cbd02d80e5e74249765d3517325fcf49e9938d3f463766994333d9e"


def test_the_source_is_shipped_byte_for_byte() -> None:
    (source,) = (DATA / "source").iterdir()
    assert hashlib.sha256(source.read_bytes()).hexdigest() == SHA256


def test_the_published_parquet_is_current(shipped: Path, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        shutil.rmtree(DATA / "parquet", ignore_errors=True)
        shutil.copytree(shipped / "parquet", DATA / "parquet")
    built, published = names(shipped / "parquet"), names(DATA / "parquet")
    assert published == built, "publish with pytest tests/data --update-golden"
    for name in built:
        new, old = (
            pq.read_table(folder / name) for folder in (shipped / "parquet", DATA / "parquet")
        )
        assert old.schema.equals(new.schema, check_metadata=True), name
        assert old.equals(new), name


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet"))
