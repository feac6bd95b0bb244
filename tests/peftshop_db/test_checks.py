"""Checks as files, as text for people, and as the command `check`; what each finds is tested in
tests/schema/checks."""

import shutil
from pathlib import Path

import duckdb
import pytest

from peftshop_db import checks, dataset, resources
from peftshop_db.errors import QueryError
from tests.commands import invoke, on_terminal

HEADER = "-- Finds: made up\n-- Severity: {}\n-- Source: made up\n"


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of checks of its own."""
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name)
    folder = tmp_path / "schema" / "checks"
    folder.mkdir(parents=True)
    return folder


def test_people_see_a_paragraph_for_each_check(small: Path) -> None:
    shown = on_terminal("check", db=small, columns=60).splitlines()
    head = next(i for i, line in enumerate(shown) if "score_near_zero: " in line)
    assert shown[head].startswith("warning  score_near_zero: ")
    end = shown.index("", head)
    assert "    UNSIZED  image-gen  score  0" in shown[head:end]
    assert max(map(len, shown)) <= 60


def test_a_dataset_without_findings_says_so() -> None:
    assert checks.render([], 80) == "nothing found\n"


def test_a_broken_rule_ends_the_command_with_status_1(small: Path, tmp_path: Path) -> None:
    lone = Path(shutil.copy(small / dataset.FILE_NAME, tmp_path))
    with duckdb.connect(str(lone)) as connection:
        connection.execute("delete from layer_support where method = 'TWIN'")
    result = invoke("check", db=lone)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1].startswith("error,missing_pair,TWIN,")
    assert result.stderr == "Error: the dataset breaks a rule that every dataset must keep\n"


def test_a_check_of_unknown_severity_is_named(schema: Path) -> None:
    (schema / "grave.sql").write_text(HEADER.format("grave") + "select 1")
    with pytest.raises(QueryError, match=r"grave\.sql: the severity is one of error, warning, in"):
        checks.run(duckdb.connect())


def test_a_check_that_fails_is_named(schema: Path) -> None:
    (schema / "broken.sql").write_text(HEADER.format("info") + "select * from nowhere")
    with (
        duckdb.connect() as connection,
        pytest.raises(QueryError, match=r"broken\.sql: Catalog Error: .*nowhere does not exist"),
    ):
        checks.run(connection)
