"""Datasets that many tests read, each built once per worker."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from peftshop_db import builder, dataset, resources
from tests import documents, results
from tests.faults import recording


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
        passed, failed = (terminalreporter.stats.get(kind, []) for kind in ("passed", "failed"))
        recording.add(passed, failed)


@pytest.fixture(scope="session", autouse=True)
def _private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps tests away from the user's own cache and dataset."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("PEFTSHOP_DB", raising=False)
        yield


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the packaged source's dataset."""
    folder = tmp_path_factory.mktemp("shipped")
    builder.build(resources.packaged_source(), folder)
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the dataset of `documents.small()`, its past, and `results.small()`."""
    folder = tmp_path_factory.mktemp("small")
    sources = [folder / name for name in ("small.json", "older.json", "old.json")]
    for source, document in zip(sources, [documents.small(), *documents.past()], strict=True):
        source.write_text(json.dumps(document))
    results.write(folder / "results", results.small())
    builder.build(sources, folder / "dataset", results=[folder / "results"])
    return folder / "dataset"


@pytest.fixture
def shipped_connection(shipped: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with dataset.connect(shipped / dataset.FILE_NAME) as connection:
        yield connection


@pytest.fixture
def small_connection(small: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with dataset.connect(small / dataset.FILE_NAME) as connection:
        yield connection
