"""The command `sql`, as a user runs it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.commands import COMMAND, invoke, peftshop


def test_sql_comes_as_argument_file_or_stdin(small: Path, tmp_path: Path) -> None:
    sql = "select method from methods order by all limit 1;"
    file = tmp_path / "question.sql"
    file.write_text(f"\ufeff-- the first\n{sql}\n", encoding="utf-8")
    shown = {
        peftshop("sql", sql, db=small).stdout,
        peftshop("sql", "-f", file, db=small).stdout,
        peftshop("sql", "-", db=small, stdin=sql).stdout,
        peftshop("sql", db=small, stdin=sql).stdout,
    }
    assert len(shown) == 1
    assert shown.pop().startswith("method\n")


def test_parameters_are_read_as_json_or_as_text(small: Path) -> None:
    values = {"a": "5", "b": "x=y", "c": '"5"', "d": "null", "e": "NaN", "f": "[1]", "g": "1e2"}
    sql = "select " + ", ".join(f"${name} as {name}" for name in values)
    given = [item for pair in values.items() for item in ("-p", "=".join(pair))]
    result = peftshop("sql", sql, *given, "--format", "json", db=small)
    assert json.loads(result.stdout) == [
        {"a": 5, "b": "x=y", "c": "5", "d": None, "e": "NaN", "f": "[1]", "g": 100.0}
    ]


def test_formats(small: Path, tmp_path: Path) -> None:
    sql = "select 1 as a, 'nan'::double as b, [1] as c, date '2026-01-02' as d, chr(27) as e"
    (row,) = json.loads(peftshop("sql", sql, "--format", "json", db=small).stdout)
    assert row == {"a": 1, "b": "nan", "c": "[1]", "d": "2026-01-02", "e": "\x1b"}
    file = tmp_path / "answer.parquet"
    peftshop("sql", sql, "--format", "parquet", "-o", file, db=small)
    assert [str(field.type) for field in pq.read_schema(file)] == [
        *("int64", "double", "string", "date32[day]", "string")
    ]
    table = peftshop("sql", f'{sql}, 1 as "\x1b[31m"', "--format", "table", db=small).stdout
    assert "\x1b" not in table
    assert table.count("\\x1b") == 2
    plan = peftshop("sql", "explain from methods", "--format", "table", db=small).stdout
    assert len(plan.splitlines()) > 4


def test_what_is_cut_is_said(small: Path) -> None:
    rows = peftshop("sql", "from range(20000)", db=small)
    assert len(rows.stdout.splitlines()) == 10001
    assert rows.stderr == "Warning: stopped after 10000 rows; --max-rows N raises it\n"
    assert rows.returncode == 0
    size = peftshop("sql", "from range(100)", "--max-bytes", "40B", db=small)
    assert size.stderr == (
        "Warning: stopped after 10 rows, at 40 bytes; --max-bytes SIZE raises it\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["sql", "selec 1"], 5, 'Parser Error: syntax error at or near "selec"\nLINE 1: selec 1\n'),
        (["sql", "drop table methods"], 5, "only SELECT and EXPLAIN are run, not DROP"),
        (["sql", "copy methods to 'x.csv'"], 5, "only SELECT and EXPLAIN are run, not COPY"),
        (["sql", "from read_text('/etc/passwd')"], 5, "file system operations are disabled"),
        (["sql", "from '/etc/passwd'"], 5, "Error"),
        (["sql", "explain analyze delete from methods"], 5, "read-only"),
        (["sql", "attach ':memory:' as a"], 5, "not ATTACH"),
        (["sql", "set threads = 9"], 5, "not SET"),
        (["sql", "pivot methods on category"], 5, "PIVOT must name its columns here: PIVOT … ON"),
        (["sql", "select 1; select 2"], 5, "one statement at a time, not 2"),
        (["sql", ""], 5, "there is no SQL to run"),
        (["sql"], 5, "there is no SQL to run"),
        (
            ["sql", "select sum(range) from range(1000000000000)", "--timeout", "0.3"],
            124,
            "--timeout",
        ),
        (["sql", "select repeat('x', 900000000)", "--memory", "64MiB"], 5, "--memory raises"),
        (["sql", "select $a"], 2, "$a has no value; give -p a=VALUE"),
        (["sql", "select 1", "-p", "a=1"], 2, "the SQL has no parameter $a; it has none"),
        (["sql", "select 1", "-p", "a"], 2, "-p takes NAME=VALUE, not 'a'"),
        (["sql", "select 1", "--timeout", "0"], 2, "--timeout takes more than 0"),
        (["sql", "select 1", "-f", "/nowhere"], 2, "as an argument or with --file, not both"),
        (["sql", "-f", "/nowhere"], 4, "/nowhere: can't be read: No such file or directory"),
        (["sql", "-f", "/"], 4, "/: can't be read: Is a directory"),
        (["sql", "-f", sys.executable], 2, "Error: "),
        (["sql", "select 1", "--db", "/nowhere"], 4, "/nowhere: no dataset there"),
        (["sql", "select 1", "--db", __file__], 4, "Error: "),
        (["shell", "--guarded", "--db", "/nowhere"], 4, "/nowhere: no dataset there"),
    ],
)
def test_wrong_calls(small: Path, arguments: list[str], status: int, message: str) -> None:
    result = invoke(*arguments, db=small)
    assert message in result.stderr
    assert (result.exit_code, result.stdout) == (status, "")
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_terminal_is_not_waited_for(small: Path) -> None:
    ours, theirs = pty.openpty()
    run = subprocess.run(
        [*COMMAND, "sql", "--db", str(small)],
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        'Error: there is no SQL; try `peftshop-db sql "from methods"` or `shell`\n'
    )


def test_sql_is_no_more_than_text(small: Path) -> None:
    endless = peftshop("sql", "-f", "/dev/zero", db=small)
    assert "more than 10 MB is no SQL" in endless.stderr
    bytes_ = peftshop("sql", "-", db=small, stdin=b"select \xff")
    assert (bytes_.returncode, bytes_.stderr) == (2, "Error: stdin: not UTF-8 at byte 7\n")
    assert peftshop("sql", "-", db=small, stdin=b"select '\x00'").returncode in (0, 5)


def test_the_dataset_stays_as_it_is(small: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in small.rglob("*")}
    peftshop("sql", "from methods", db=small)
    peftshop("sql", "explain analyze delete from methods", db=small)
    assert {path: path.stat().st_mtime_ns for path in small.rglob("*")} == before


def test_one_value_comes_undecorated(small: Path) -> None:
    result = invoke("sql", "select count(*) from methods", "--raw", db=small)
    assert (result.exit_code, result.stdout) == (0, "9\n")
