"""`verify` finds every change, of whichever byte of whichever file."""

import random
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from peftshop_db import dataset, integrity, manifest
from peftshop_db.errors import StorageError
from peftshop_db.verification import verify


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    shutil.copytree(small, folder, symlinks=True)
    return folder


def files(folder: Path) -> list[str]:
    return ["manifest.json", *manifest.list_files(folder)]


def test_an_untouched_dataset_is_as_built(small: Path) -> None:
    assert verify(small) == []


def flip(path: Path, position: int, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[position] ^= 1 << bit
    path.write_bytes(data)


def test_one_flipped_bit_in_each_file_is_found(copy: Path) -> None:
    chance = random.Random(1)
    for name in files(copy):
        path = copy / name
        position, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        flip(path, position, bit)
        expected = "missing or changed" if name == "manifest.json" else "its bytes changed"
        assert verify(copy) == [f"{name}: {expected} since the build"]
        flip(path, position, bit)
    assert verify(copy) == []


@pytest.mark.slow
def test_every_byte_of_the_manifest_counts(copy: Path) -> None:
    path = copy / "manifest.json"
    for position in range(path.stat().st_size):
        flip(path, position, position % 8)
        assert verify(copy) == ["manifest.json: missing or changed since the build"]
        flip(path, position, position % 8)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda file: file.unlink(), "missing"),
        (lambda file: file.write_bytes(file.read_bytes() + b"x"), "bytes, found"),
        (lambda file: file.with_name("more.parquet").touch(), "not written by the build"),
    ],
)
def test_missing_longer_and_foreign_files_are_found(copy: Path, change, problem: str) -> None:
    change(copy / "parquet" / "methods.parquet")
    (found,) = verify(copy)
    assert problem in found


def test_rows_are_compared_beside_bytes(copy: Path) -> None:
    """A database of other rows, sealed again by a manifest that takes its bytes for right."""
    path = copy / dataset.FILE_NAME
    with duckdb.connect(str(path.resolve())) as connection:
        connection.execute("update methods set description = 'changed' where method = 'CHEAP'")
    content = manifest.read(copy)
    assert content is not None
    origin = {key: value for key, value in content.items() if key != "files"}
    manifest.write(copy / ".current", origin, content["files"] | {dataset.FILE_NAME: {}})
    assert (
        manifest.read(copy)["files"]["parquet/methods.parquet"]
        == (content["files"]["parquet/methods.parquet"])
    )
    found = verify(copy)
    assert "peftshop.duckdb: methods holds other rows than were built" in found
    assert "peftshop.duckdb: catalog holds other rows than were built" in found
    assert not any(line.startswith("parquet/") for line in found)


def test_rows_of_a_parquet_file_are_compared_beside_bytes(copy: Path) -> None:
    """A file of other rows, sealed again by a manifest that takes its bytes for right."""
    name = "parquet/methods.parquet"
    rows = pq.read_table(copy / name)
    pq.write_table(rows.slice(1), copy / name)
    content = manifest.read(copy)
    assert content is not None
    origin = {key: value for key, value in content.items() if key != "files"}
    sealed = {key: content["files"][name][key] for key in ("rows", "rows_sha256")}
    manifest.write(copy / ".current", origin, content["files"] | {name: sealed})
    assert verify(copy) == [f"{name}: holds other rows than were built"]


def test_a_query_refuses_a_damaged_dataset(copy: Path) -> None:
    for name in (dataset.FILE_NAME, "manifest.json"):
        flip(copy / name, 100, 3)
        with pytest.raises(StorageError, match=f"{name}: changed since the build") as caught:
            dataset.connect(copy / dataset.FILE_NAME)
        assert "`peftshop-db build` makes the dataset anew" in str(caught.value)
        flip(copy / name, 100, 3)
    dataset.connect(copy / dataset.FILE_NAME, sealed=True).close()


def test_a_dataset_that_a_build_replaces_meanwhile_is_opened(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (copy / ".current").resolve()
    new = Path(shutil.copytree(old, old.with_name("000009")))
    flip(old / dataset.FILE_NAME, 100, 3)
    find = integrity._find_damage

    def find_and_replace(file: Path) -> str | None:
        damage = find(file)
        (copy / ".next").symlink_to(new)
        (copy / ".next").replace(copy / ".current")
        return damage

    monkeypatch.setattr(integrity, "_find_damage", find_and_replace)
    assert integrity.intact(copy / dataset.FILE_NAME) == new / dataset.FILE_NAME


def test_a_file_without_a_manifest_is_read(copy: Path, tmp_path: Path) -> None:
    lone = tmp_path / dataset.FILE_NAME
    shutil.copyfile(copy / dataset.FILE_NAME, lone)
    dataset.connect(lone).close()
