"""Datasets on which engines are compared."""

import json
from pathlib import Path

import pytest

from peftshop_db import builder, dataset, exports
from tests import documents, results
from tests.engines import odd


@pytest.fixture(scope="session")
def odd_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Names, texts, versions and a folder that need quoting, ties and NULLs, two versions, runs."""
    folder = tmp_path_factory.mktemp("odd") / "it's a folder"
    sources = []
    for seed, version in enumerate(odd.VERSIONS):
        sources.append(folder / f"{seed}.json")
        folder.mkdir(exist_ok=True)
        sources[-1].write_text(json.dumps(odd.document(version, seed)))
    results.write(folder / "results", odd.runs(1))
    builder.build(sources, folder / "dataset", results=[folder / "results"])
    return folder / "dataset"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No methods at all."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "empty.json").write_text(json.dumps(documents.document({})))
    builder.build(folder / "empty.json", folder / "dataset")
    return folder / "dataset"


@pytest.fixture(scope="session")
def exported(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped file's dataset as `export` writes it."""
    folder = tmp_path_factory.mktemp("exported") / "parquet"
    exports.export(shipped / dataset.FILE_NAME, folder, "parquet")
    return folder
