"""The folder of an export: complete or not there, and never in place of anyone else's files."""

import errno
import os
from pathlib import Path

import pytest

from peftshop_db import export_folder
from peftshop_db.errors import StorageError
from tests.commands import peftshop
from tests.peftshop_db.test_exports import export


def test_an_earlier_export_is_replaced_as_a_whole(small: Path, tmp_path: Path) -> None:
    folder = export(small, tmp_path / "out", "parquet", names=["leaderboard", "features"])
    export(small, folder, "csv", names=["methods"])
    assert sorted(path.name for path in folder.iterdir()) == ["datapackage.json", "methods.csv"]
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("stranger", ["notes.txt", "views/mine.parquet"])
def test_files_of_others_are_left_alone(small: Path, tmp_path: Path, stranger: str) -> None:
    folder = export(small, tmp_path / "out", "parquet", names=["leaderboard"])
    (folder / stranger).write_text("mine")
    before = sorted(folder.rglob("*"))
    result = peftshop("export", folder, "--format", "csv", db=small)
    assert result.returncode == 4
    assert result.stderr == (
        f"Error: {folder}: holds {stranger}, which no export wrote; choose another folder\n"
    )
    assert sorted(folder.rglob("*")) == before


def test_links_and_folders_of_others_are_left_alone(small: Path, tmp_path: Path) -> None:
    folder = export(small, tmp_path / "out", "parquet", names=["leaderboard"])
    (folder / "mine").symlink_to(tmp_path)
    with pytest.raises(StorageError, match="holds mine, which no export wrote"):
        export(small, folder, "csv")
    (tmp_path / "other" / "below").mkdir(parents=True)
    with pytest.raises(StorageError, match="holds below, which no export wrote"):
        export(small, tmp_path / "other", "csv")


def test_a_dataset_is_not_taken_for_an_export(small: Path) -> None:
    with pytest.raises(StorageError, match="which no export wrote"):
        export(small, small, "parquet")


def test_a_failed_export_leaves_what_was_there(small: Path, tmp_path: Path) -> None:
    folder = export(small, tmp_path / "out", "csv", names=["leaderboard", "methods"])
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(RuntimeError), export_folder.published(folder) as directory:
        (directory / "half").write_text("written")
        raise RuntimeError
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_can_not_be_made_is_one_line(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = peftshop("export", tmp_path / "file" / "out", db=small)
    assert result.returncode == 4
    assert result.stderr == f"Error: {tmp_path}/file/out: can't be written: Not a directory\n"


def test_an_empty_folder_is_filled(small: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    export(small, tmp_path / "out", "csv", names=["methods"])
    assert (tmp_path / "out" / "methods.csv").exists()


def test_a_file_in_the_folder_s_place_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StorageError, match="out: is a file; name a folder for the export"):
        export(small, tmp_path / "out", "csv", names=["methods"])
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("description", ['{"name": "another"}', "[]", "no JSON"])
def test_another_package_is_not_taken_for_an_export(
    small: Path, tmp_path: Path, description: str
) -> None:
    (tmp_path / "datapackage.json").write_text(description)
    with pytest.raises(StorageError, match=r"holds datapackage\.json, which no export wrote"):
        export(small, tmp_path, "csv", names=["methods"])


def test_an_export_that_can_not_take_its_place_gives_the_old_one_back(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(small, tmp_path / "out", "csv", names=["methods"])
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if target == folder and not path.name.endswith(".old"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(StorageError, match="out: can't be written: Input/output error"):
        export(small, folder, "csv", names=["features"])
    assert sorted(path.name for path in folder.iterdir()) == ["datapackage.json", "methods.csv"]
    assert list(tmp_path.iterdir()) == [folder]
