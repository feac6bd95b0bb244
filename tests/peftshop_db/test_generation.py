"""All or nothing: what is left of a dataset after builds, refusals and failures."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from peftshop_db import builder, generation
from peftshop_db.errors import StorageError
from peftshop_db.verification import verify
from tests import documents
from tests.conftest import Shared


def write_source(path: Path, *methods: str) -> Path:
    path.write_text(
        json.dumps(documents.document({name: documents.method(name) for name in methods}))
    )
    return path


def methods(folder: Path) -> list[str]:
    with duckdb.connect(str(folder / "peftshop.duckdb"), read_only=True) as connection:
        return [name for (name,) in connection.execute("select method from methods").fetchall()]


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / ".generations").iterdir())


@pytest.fixture
def dataset(shared: Shared, tmp_path: Path) -> Path:
    """A folder of one's own with the dataset of the method ONE."""

    def make(folder: Path) -> None:
        folder.mkdir()
        builder.build(write_source(folder / "one.json", "ONE"), folder / "dataset")

    built = shared("one", make) / "dataset"
    return Path(shutil.copytree(built, tmp_path / "dataset", symlinks=True))


def test_a_rebuild_replaces_all_at_once_and_keeps_one_generation(
    dataset: Path, tmp_path: Path
) -> None:
    assert generations(dataset) == ["000001"]
    builder.build(write_source(tmp_path / "two.json", "TWO"), dataset)
    assert methods(dataset) == ["TWO"]
    assert generations(dataset) == ["000001", "000002"]
    builder.build(write_source(tmp_path / "three.json", "THREE"), dataset)
    assert generations(dataset) == ["000002", "000003"]
    assert verify(dataset) == []


def test_a_reader_keeps_what_it_opened(dataset: Path, tmp_path: Path) -> None:
    code = (
        "import duckdb, sys\n"
        "c = duckdb.connect(sys.argv[1], read_only=True)\n"
        "print(flush=True); input()\n"
        "print(c.execute('select method from methods').fetchall())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(dataset / "peftshop.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin and reader.stdout
        reader.stdout.readline()
        builder.build(write_source(tmp_path / "two.json", "TWO"), dataset)
        answer, _ = reader.communicate("\n")
    assert answer == "[('ONE',)]\n"
    assert methods(dataset) == ["TWO"]


def test_a_failed_build_leaves_the_old_dataset_and_nothing_else(dataset: Path) -> None:
    with pytest.raises(RuntimeError), generation.replaced(dataset) as directory:
        (directory / "half").write_text("written")
        raise RuntimeError
    assert methods(dataset) == ["ONE"]
    assert generations(dataset) == ["000001"]


def test_what_a_killed_build_left_is_removed_by_the_next(dataset: Path, tmp_path: Path) -> None:
    (dataset / ".generations" / "000002").mkdir()
    (dataset / ".generations" / "000002" / "half").touch()
    (dataset / ".next").symlink_to(".generations/000002")
    (dataset / ".link").symlink_to(".")
    builder.build(write_source(tmp_path / "two.json", "TWO"), dataset)
    assert methods(dataset) == ["TWO"]
    assert generations(dataset) == ["000001", "000002"]
    names = {path.name for path in dataset.iterdir()}
    assert names == {".current", ".generations", *generation.PUBLIC}


def test_a_first_build_that_was_killed_leaves_no_dataset(tmp_path: Path) -> None:
    (tmp_path / "peftshop.duckdb").symlink_to(".current/peftshop.duckdb")
    assert not (tmp_path / "peftshop.duckdb").exists()
    builder.build(write_source(tmp_path / "one.json", "ONE"), tmp_path)
    assert methods(tmp_path) == ["ONE"]


def test_a_second_builder_is_refused_at_once(dataset: Path) -> None:
    with generation.replaced(dataset) as directory:
        code = (
            "import sys; from pathlib import Path; from peftshop_db import generation\n"
            "with generation.replaced(Path(sys.argv[1])): pass"
        )
        second = subprocess.run(
            [sys.executable, "-c", code, str(dataset)], capture_output=True, text=True, check=False
        )
        assert f"StorageError: {dataset}: another build is running" in second.stderr
        (directory / "parquet").mkdir()
        for name in ("peftshop.duckdb", "manifest.json"):
            (directory / name).touch()


def test_files_of_others_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "parquet").mkdir()
    (tmp_path / "parquet" / "mine.parquet").write_text("mine")
    source = write_source(tmp_path / "one.json", "ONE")
    with pytest.raises(StorageError, match="exists and was not made by a build"):
        builder.build(source, tmp_path)
    assert (tmp_path / "parquet" / "mine.parquet").read_text() == "mine"
    assert not (tmp_path / "peftshop.duckdb").is_symlink()


def test_a_file_in_the_way_is_reported(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StorageError, match="out: can't be written: File exists"):
        builder.build(write_source(tmp_path / "one.json", "ONE"), tmp_path / "out")


def test_without_links_a_dataset_is_plain_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: object) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    builder.build(write_source(tmp_path / "source.json", "ONE"), tmp_path / "dataset")
    assert methods(tmp_path / "dataset") == ["ONE"]
    assert verify(tmp_path / "dataset") == []
    assert not any(path.is_symlink() for path in (tmp_path / "dataset").iterdir())


def test_a_refused_or_failed_build_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "parquet").mkdir()
    with pytest.raises(StorageError, match="not made by a build"), generation.replaced(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["parquet"]
    empty = tmp_path / "parquet"
    with pytest.raises(RuntimeError), generation.replaced(empty) as directory:
        (directory / "half").write_text("written")
        raise RuntimeError
    assert list(empty.iterdir()) == []


def test_a_disk_error_is_no_lack_of_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(StorageError, match=f"^{tmp_path}/out: can't be written: No space left"):
        builder.build(write_source(tmp_path / "one.json", "ONE"), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
