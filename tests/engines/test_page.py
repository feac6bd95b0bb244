"""docs/engines.md is what was recorded, of every view on every engine that tests run."""

from pathlib import Path

import pytest

from peftshop_db import engine_tables, sqlfiles
from peftshop_db.cli import options
from tests.engines import page, runners
from tests.engines.test_conformance import DATA, read_results

PAGE = Path(__file__).parent.parent.parent / "docs" / "engines.md"


def test_the_page_is_current(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(page.page())
    assert PAGE.read_text() == page.page(), "write it with pytest tests/engines --update-golden"


def test_every_view_was_found_equal_on_every_engine() -> None:
    results = read_results()
    assert set(results) == {(v, e) for v in sqlfiles.views() for e in runners.ENGINES}
    assert {row["equal_on"] for row in results.values()} == {" ".join(DATA)}


def test_the_command_offers_every_engine() -> None:
    assert tuple(engine_tables.ENGINES) == options.ENGINES
