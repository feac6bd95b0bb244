"""Selecting from views and macros that fail: whose failure it is."""

from pathlib import Path

import duckdb
import pytest

from peftshop_db import selection
from peftshop_db.errors import QueryError
from peftshop_db.selection import Filters
from tests.commands import invoke


def test_a_view_that_fails_is_named(tmp_path: Path) -> None:
    lone = tmp_path / "lone.duckdb"
    with duckdb.connect(str(lone)) as connection:
        connection.execute("create view broken as select error('made up') as a from range(1)")
        with pytest.raises(QueryError, match=r"^broken: Invalid Input Error: made up"):
            selection.select(connection, "broken")
    result = invoke("query", "broken", db=lone)
    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr.startswith("Error: broken: Invalid Input Error: made up")


def test_a_file_that_a_macro_can_not_read_is_no_wrong_parameter(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    missing.write_text("a\n1\n")
    with duckdb.connect() as connection:
        connection.execute(f"create macro reading(n) as table from read_csv('{missing}')")
        missing.unlink()
        with pytest.raises(duckdb.IOException, match="No files found"):
            selection.select(connection, "reading", Filters(parameters={"n": 1}))
