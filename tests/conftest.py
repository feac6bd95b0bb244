"""Datasets that many tests read, each built once for all workers."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from peftshop_db import builder, dataset, resources
from tests import documents, results
from tests.faults import recording

Shared = Callable[[str, Callable[[Path], object]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the expected answers anew, for review"
    )
    parser.addoption(
        "--record-engines", action="store_true", help="write which views equal DuckDB's where"
    )
    parser.addoption(
        "--record",
        action="store_true",
        help="try every point in tests/faults, and keep the counts for docs/promises.md",
    )


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.getoption("--record"):
        passed, failed, errors = (
            terminalreporter.stats.get(kind, []) for kind in ("passed", "failed", "error")
        )
        recording.add(passed, [*failed, *errors])


@pytest.fixture(scope="session", autouse=True)
def _private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps tests away from the user's own cache and dataset."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("PEFTSHOP_DB", raising=False)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shared:
    """Gives the folder of a name, which the first worker that asks for it makes."""
    base = tmp_path_factory.getbasetemp()
    root = base if worker_id == "master" else base.parent

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        with (root / f"{name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.fstat(lock.fileno()).st_size:
                make(root / name)
                lock.write("made")
        return root / name

    return folder


@pytest.fixture(scope="session")
def shipped(shared: Shared) -> Path:
    """The folder of the packaged source's dataset."""
    return shared("shipped", lambda folder: builder.build(resources.packaged_source(), folder))


@pytest.fixture(scope="session")
def small(shared: Shared) -> Path:
    """The folder of the dataset of `documents.small()`, its past, and `results.small()`."""
    return shared("small", _build_small) / "dataset"


def _build_small(folder: Path) -> None:
    sources = [folder / name for name in ("small.json", "older.json", "old.json")]
    folder.mkdir()
    for source, document in zip(sources, [documents.small(), *documents.past()], strict=True):
        source.write_text(json.dumps(document))
    results.write(folder / "results", results.small())
    builder.build(sources, folder / "dataset", results=[folder / "results"])


@pytest.fixture
def shipped_connection(shipped: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with dataset.connect(shipped / dataset.FILE_NAME) as connection:
        yield connection


@pytest.fixture
def small_connection(small: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with dataset.connect(small / dataset.FILE_NAME) as connection:
        yield connection
