"""What data/ publishes is what a build of the shipped source makes.

`pytest tests/data --update-golden` publishes it anew.
"""

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from peftshop_db import dataset, exports

DATA = Path(__file__).parent.parent.parent / "data"
SHA256 = "8a5be7383cbd02d80e5e74249765d3517325fcf49e9938d3f463766994333d9e"


def test_the_source_is_shipped_byte_for_byte() -> None:
    (source,) = (DATA / "source").iterdir()
    assert hashlib.sha256(source.read_bytes()).hexdigest() == SHA256


def test_the_published_parquet_is_current(shipped: Path, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        shutil.rmtree(DATA / "parquet", ignore_errors=True)
        exports.export(shipped / dataset.FILE_NAME, DATA / "parquet", "parquet")
    built, published = names(shipped / "parquet"), names(DATA / "parquet")
    assert published == built, "publish with pytest tests/data --update-golden"
    for name in built:
        new, old = (
            pq.read_table(folder / name) for folder in (shipped / "parquet", DATA / "parquet")
        )
        assert old.schema.equals(new.schema, check_metadata=True), name
        assert old.equals(new), name


def test_the_published_folder_describes_itself() -> None:
    folder = DATA / "parquet"
    package = json.loads((folder / "datapackage.json").read_text())
    described = {resource["path"]: resource for resource in package["resources"]}
    assert sorted(described) == names(folder)
    for name, resource in described.items():
        data = (folder / name).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    croissant = json.loads((folder / "croissant.json").read_text())
    assert {file["@id"]: file["sha256"] for file in croissant["distribution"]} == {
        name: resource["hash"].removeprefix("sha256:") for name, resource in described.items()
    }
    card = (folder / "README.md").read_text()
    for name in described:
        has_rows = pq.read_metadata(folder / name).num_rows > 0
        assert (f"  data_files: {name}\n" in card) == has_rows, name


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet"))
