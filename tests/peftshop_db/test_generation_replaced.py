"""Replacing a dataset, with files of any kind: who waits, what fails, and where links are not."""

import errno
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from peftshop_db import generation
from peftshop_db.errors import StorageError

FILES = [name for name in generation.PUBLIC if name != "parquet"] + ["parquet/methods.parquet"]


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / ".generations").iterdir())


def fill(directory: Path, text: str) -> None:
    """Writes what replacing takes for a generation."""
    (directory / "parquet").mkdir()
    for name in FILES:
        (directory / name).write_text(text)


def read(folder: Path) -> set[str]:
    return {(folder / name).read_text() for name in FILES}


def test_links_that_the_platform_does_not_know_are_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: object) -> None:
        raise NotImplementedError("os.symlink() not available on this system")

    monkeypatch.setattr(Path, "symlink_to", fail)
    for text in ("one", "two"):
        with generation.replaced(tmp_path) as directory:
            fill(directory, text)
        assert read(tmp_path) == {text}
    assert {path.name for path in tmp_path.iterdir()} == {".generations", *generation.PUBLIC}


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when a builder waits for the lock."""
    event, lock = threading.Event(), generation.lock

    def tell(descriptor: int, wait: bool) -> None:
        if wait:
            event.set()
        lock(descriptor, wait)

    monkeypatch.setattr(generation, "lock", tell)
    return event


def build_second(folder: Path) -> None:
    with generation.replaced(folder, wait=True) as directory:
        fill(directory, "second")


def test_who_waited_for_another_builder_takes_what_it_made(
    tmp_path: Path, waiting: threading.Event
) -> None:
    with ThreadPoolExecutor() as pool:
        with generation.replaced(tmp_path) as directory:
            second = pool.submit(build_second, tmp_path)
            assert waiting.wait(60)
            fill(directory, "first")
        assert isinstance(second.exception(60), generation.SupersededError)
    assert read(tmp_path) == {"first"}
    assert generations(tmp_path) == ["000001"]


def test_who_waited_for_a_builder_that_failed_builds(
    tmp_path: Path, waiting: threading.Event
) -> None:
    with ThreadPoolExecutor() as pool:
        with pytest.raises(RuntimeError), generation.replaced(tmp_path):
            second = pool.submit(build_second, tmp_path)
            assert waiting.wait(60)
            raise RuntimeError
        assert second.exception(60) is None
    assert read(tmp_path) == {"second"}


def test_a_first_build_that_fails_at_the_switch_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "replace", fail)
    with (
        pytest.raises(StorageError, match="can't be written: Input/output error"),
        generation.replaced(tmp_path) as directory,
    ):
        fill(directory, "one")
    assert list(tmp_path.iterdir()) == []


def test_a_build_whose_last_sync_fails_has_made_the_new_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with generation.replaced(tmp_path) as directory:
        fill(directory, "one")
    sync = generation._sync_directory

    def fail(directory: Path) -> None:
        if directory == tmp_path:
            raise OSError(errno.EIO, "Input/output error")
        sync(directory)

    monkeypatch.setattr(generation, "_sync_directory", fail)
    with (
        pytest.raises(StorageError, match="can't be written: Input/output error"),
        generation.replaced(tmp_path) as directory,
    ):
        fill(directory, "two")
    assert read(tmp_path) == {"two"}
    assert generations(tmp_path) == ["000001", "000002"]
