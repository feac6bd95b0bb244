"""The rules for files of SQL, each with a file that breaks it."""

import re
from pathlib import Path

import pytest

from peftshop_db import sqlfiles
from peftshop_db.errors import QueryError

HEADER = "".join(f"-- {name}: made up\n" for name in sqlfiles.VIEW_HEADER)


def load(folder: Path, **files: str) -> dict[str, sqlfiles.SqlFile]:
    for name, sql in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(".sql").write_text(sql)
    return sqlfiles.load(folder, "*/*.sql", sqlfiles.VIEW_HEADER)


def test_a_header_is_read(tmp_path: Path) -> None:
    sql = (
        "-- Question: What is it?\n-- Grain: a row,\n--     every one.\n-- NULLs and ties: none.\n"
        "-- Caveats: none.\n-- Source: here.\n-- Columns:\n--     size [bytes]: How large\n"
        "--     name: What it is called\nselect 1 as size\n-- Grain: not in the header\n"
    )
    view = load(tmp_path, topic__view=sql)["view"]
    assert view.topic == "topic"
    assert view.comment == (
        "What is it?\nGrain: a row, every one.\nNULLs and ties: none.\n"
        "Caveats: none.\nSource: here."
    )
    assert view.columns["size"].comment == "How large [bytes]"
    assert view.columns["name"].comment == "What it is called"


def test_an_empty_file_lacks_every_field(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"view\.sql:1: the header lacks Question, Grain, NULLs"):
        load(tmp_path, topic__view="")


def test_a_missing_header_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"view\.sql:1: the header lacks Caveats, Source; start"):
        load(
            tmp_path, topic__view="-- Question: a\n-- Grain: b\n-- NULLs and ties: c\nselect 1 as a"
        )


def test_a_repeated_header_field_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"view\.sql:6: the header repeats Grain"):
        load(tmp_path, topic__view=HEADER + "-- Grain: again\nselect 1 as a")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"b/view\.sql: the name is taken by .*a/view\.sql"):
        load(tmp_path, a__view=HEADER + "select 1 as a", b__view=HEADER + "select 2 as a")


def order(folder: Path, given: tuple[str, ...] = (), **views: str) -> list[str]:
    files = load(folder, **{f"topic__{name}": HEADER + sql for name, sql in views.items()})
    return sqlfiles.build_order(files.values(), given)


def test_views_come_after_what_they_read(tmp_path: Path) -> None:
    names = order(
        tmp_path,
        given=("base",),
        a="with step as (select x from c) select step.x from step order by step.x",
        b="select 1 as x from base",
        c="select b.x from b where exists (select 1 from base where base.x = b.x)",
    )
    assert names == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("views", "message"),
    [
        ({"a": "select x from nowhere"}, "a.sql: refers to nowhere, which doesn't exist"),
        ({"a": "select x from b", "b": "select x from a"}, "need each other in a circle: "),
        (
            {"a": "select 1 as x", "b": "with a as (select x from a) select x from a"},
            "b.sql: a is a relation; rename the step",
        ),
        ({"a": "select from where"}, "a.sql: not valid SQL: "),
    ],
)
def test_views_that_cannot_be_ordered_are_named(
    tmp_path: Path, views: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        order(tmp_path, **views)
