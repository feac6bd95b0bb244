"""Where a dataset is, and what is said of one that is not there or is older."""

import sys
from pathlib import Path

import duckdb
import pytest

from peftshop_db import __version__, dataset, resources
from peftshop_db.errors import StorageError
from tests.commands import invoke


@pytest.mark.parametrize(
    ("platform", "environment", "base"),
    [
        ("linux", {}, "home/.cache"),
        ("linux", {"XDG_CACHE_HOME": "elsewhere"}, "elsewhere"),
        ("darwin", {"XDG_CACHE_HOME": "elsewhere"}, "home/Library/Caches"),
        ("win32", {}, "home/AppData/Local"),
        ("win32", {"LOCALAPPDATA": "elsewhere"}, "elsewhere"),
    ],
)
def test_the_cache_is_where_the_platform_has_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], base: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    assert dataset.cache_folder(environment) == Path(base, "peftshop-db", __version__)


def test_without_a_home_the_variable_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", fail)
    with pytest.raises(StorageError, match="no home folder for the cache; set XDG_CACHE_HOME"):
        dataset.cache_folder({})


def test_a_view_that_the_dataset_lacks_is_newer(tmp_path: Path) -> None:
    lone = tmp_path / "older.duckdb"
    with duckdb.connect(str(lone)) as connection:
        connection.execute("create table methods as select 'M' as method")
    result = invoke("query", "leaderboard", db=lone)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: leaderboard is newer than this dataset; run `peftshop-db build`\n"
    )


def test_an_installed_package_s_files_are_those_of_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the dataset in the cache, which is named by the version, isn't built anew."""
    assert resources.last_change() > 0
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    (tmp_path / "queries").mkdir()
    assert resources.folder("queries") == tmp_path / "queries"
    assert resources.last_change() == 0
