"""Which rows make which picture, and what is said of those that make none."""

import json
from pathlib import Path

import duckdb
import pytest

from peftshop_db import builder, dataset, plotting, report
from peftshop_db.errors import UsageError
from peftshop_db.selection import Filters
from tests import documents
from tests.conftest import Shared


@pytest.mark.parametrize(
    ("name", "filters", "message"),
    [
        (
            "dominance",
            Filters(benchmark="new bench"),
            "no method of the rows has both a score and the cost; there is no front",
        ),
        (
            "history_scores",
            Filters(benchmark="new bench"),
            "no number of the rows is there twice; there is no line to draw",
        ),
        ("vs_lora", Filters(), "the rows hold no number to draw"),
    ],
)
def test_rows_without_numbers_are_refused(
    small_connection: duckdb.DuckDBPyConnection, name: str, filters: Filters, message: str
) -> None:
    with pytest.raises(UsageError) as raised:
        plotting.draw(small_connection, name, filters)
    assert str(raised.value) == message


@pytest.mark.parametrize("name", ["recommend", "shop"])
def test_a_macro_that_ranks_methods_is_drawn(
    shipped_connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    ranked = [
        row[0] for row in shipped_connection.execute(f"select method from {name}()").fetchall()
    ]
    drawn = json.dumps(plotting.draw(shipped_connection, name).specification())
    assert [method for method in ranked if f'"{method}"' not in drawn] == []
    assert "Peak memory is what the allocator reserved" in drawn


def test_the_key_names_other_settings_where_rows_tell_them(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    for name, tells in (("history_scores", True), ("history.benchmarks", False)):
        drawn = str(plotting.draw(small_connection, name).key)
        assert ("another setting became the best run" in drawn) == tells


def test_the_key_names_the_baseline_where_there_is_one(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    def key(benchmark: str) -> str:
        figure = plotting.draw(small_connection, "pareto_memory", Filters(benchmark=benchmark))
        return str(figure.key)

    assert "full fine-tuning" in key("metamathqa")
    assert "full fine-tuning" not in key("image-gen")


@pytest.fixture(scope="module")
def same_version(shared: Shared) -> Path:
    """A history of two inputs of the same peft version."""

    def make(folder: Path) -> None:
        folder.mkdir()
        for name, score in (("a", 0.25), ("b", 0.5)):
            run = documents.accuracy(f"m/{name}", score)
            document = documents.document({"M": documents.method("M", {"metamathqa": run})})
            (folder / f"{name}.json").write_text(json.dumps(document))
        builder.build(folder, folder / "out")

    return shared("same version", make) / "out"


def test_versions_of_the_same_name_are_numbered(same_version: Path) -> None:
    with dataset.connect(same_version / dataset.FILE_NAME) as connection:
        drawn = json.dumps(plotting.draw(connection, "history_scores").specification())
    assert '[\\"9.9.9\\", \\"version 1\\"]' in drawn
    assert '[\\"9.9.9\\", \\"version 2\\"]' in drawn


def test_a_report_leaves_out_pictures_of_nothing(same_version: Path) -> None:
    with dataset.connect(same_version / dataset.FILE_NAME) as connection:
        page = report.page(connection)
    article = page.partition('<article id="vs_lora">')[2].partition("</article>")[0]
    assert "<svg" not in article
    assert "Table of 1 rows" in article
