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


def test_the_published_parquet_is_current(
    shipped: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    exports.export(shipped / dataset.FILE_NAME, tmp_path / "parquet", "parquet")
    if pytestconfig.getoption("--update-golden"):
        shutil.rmtree(DATA / "parquet", ignore_errors=True)
        shutil.copytree(tmp_path / "parquet", DATA / "parquet")
    exported, published = names(tmp_path / "parquet"), names(DATA / "parquet")
    assert published == exported, "publish with pytest tests/data --update-golden"
    for name in exported:
        assert same(tmp_path / "parquet" / name, DATA / "parquet" / name), name


def test_an_export_has_the_files_of_a_dataset(shipped: Path) -> None:
    built = [name for name in names(shipped / "parquet") if not name.startswith("history/")]
    published = [name for name in names(DATA / "parquet") if not name.startswith("history__")]
    assert published == built
    for name in built:
        assert same(shipped / "parquet" / name, DATA / "parquet" / name), name


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


def same(one: Path, other: Path) -> bool:
    """Whether two Parquet files hold the same rows, under the same descriptions."""
    first, second = pq.read_table(one), pq.read_table(other)
    return first.schema.equals(second.schema, check_metadata=True) and first.equals(second)
