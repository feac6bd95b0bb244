"""What --where takes, and how it says no."""

import re

import duckdb
import pytest

from peftshop_db import predicate
from peftshop_db.errors import UsageError

COLUMNS = ["method", "score", "num_runs", "is_on_front"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("score > 0.5", ["a"]),
        ("score is null", ["c"]),
        ("score is not null and num_runs * 2 >= 4", ["b"]),
        ("method in ('a', 'c')", ["a", "c"]),
        ("method not in ('a') or is_on_front", ["a", "b", "c"]),
        ("not is_on_front", ["b"]),
        ("upper(method) like 'B%'", ["b"]),
        ("score between 0 and 0.3", ["b"]),
        ("coalesce(score, -1) < 0", ["c"]),
        ("method || 'x' = 'ax'", ["a"]),
        ("(num_runs = 1)", ["a", "c"]),
    ],
)
def test_a_predicate_selects_rows(text: str, rows: list[str]) -> None:
    sql = predicate.check(text, COLUMNS)
    found = duckdb.execute(
        "select method from (values ('a', 0.9, 1, true), ('b', 0.2, 2, false), "
        f"('c', null, 1, null)) as view (method, score, num_runs, is_on_front) where {sql}"
    ).fetchall()
    assert [method for (method,) in found] == rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scor > 1", "no column is named 'scor'; did you mean score?\n  scor > 1\n  ^"),
        ("1 < zz", "no column is named 'zz'; there are method, score, num_runs, is_on_front\n"),
        ("1 < zz", "\n  1 < zz\n      ^"),
        ("'日\t' = scor", "\n  '日\\x09' = scor\n             ^"),
        ("other.score > 1", "no column is named 'other.score'; did you mean score?"),
        ("score > (select max(score) from x)", "without subquery"),
        ("exists (select 1)", "without "),
        ("method in (select method from methods)", "without subquery"),
        ("read_text('/etc/passwd') = 'x'", "without the function read_text"),
        ("getenv('HOME') = 'x'", "without the function getenv"),
        ("score > 0.5 union select 1", "without union"),
        ("score > 0.5; drop table methods", "--where takes one predicate"),
        ("drop table methods", "without drop"),
        ("", "--where takes one predicate"),
        ("-- comment", "--where takes one predicate"),
        ("score >", "--where is not a predicate: something is missing\n  score >\n        ^"),
        (
            "score\n> (1",
            "--where is not a predicate: Expecting )\n  score > (1\n           ^",
        ),
        ("score > 'a", "--where is not a predicate: a quote or comment has no end\n"),
        ("score = 1 and foo(2) > 1", "\n  score = 1 and foo(2) > 1\n                ^"),
        ("score = $1", "without "),
        ("score = ?", "without "),
        ("row_number() over () = 1", "without "),
        ("max(score) > 1", "without the function max"),
        ("[1, 2][1] = 1", "without "),
        ("score::varchar = '1'", "without "),
        ("*", "without star"),
    ],
)
def test_anything_else_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        predicate.check(text, COLUMNS)
