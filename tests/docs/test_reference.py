"""The pages under docs/ are what the dataset says; `--update-golden` writes them anew."""

from pathlib import Path

import duckdb
import pytest

from peftshop_db import reference, sqlfiles

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("name", ["data-dictionary", "views", "cli"])
def test_a_page_is_current(
    shipped_connection: duckdb.DuckDBPyConnection, pytestconfig: pytest.Config, name: str
) -> None:
    page = DOCS / f"{name}.md"
    text = {
        "data-dictionary": lambda: reference.data_dictionary(shipped_connection),
        "views": reference.views_by_question,
        "cli": reference.command_line,
    }[name]()
    if pytestconfig.getoption("--update-golden"):
        page.write_text(text)
    assert page.read_text() == text, "write it with pytest tests/docs --update-golden"


def test_every_view_has_its_place() -> None:
    page = reference.views_by_question()
    for name in (*sqlfiles.views(), *sqlfiles.macros()):
        assert page.count(f"`{name}`") + page.count(f"`{name}(") == 1, name
