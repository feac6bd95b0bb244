"""The guard's process from inside: requests and answers, without the limits that end it.

What its levers hold is in test_guard.py.
"""

import builtins
import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from peftshop_db import dataset, guard_child
from peftshop_db.guard_child import Run

GIB = 1024**3
CONFINE = guard_child.confine


@pytest.fixture
def request_(small: Path) -> dict[str, Any]:
    return {
        "import_path": sys.path,
        "database": str(small / dataset.FILE_NAME),
        "sql": "select 1 as a",
        "parameters": {},
        "max_rows": 100,
        "max_bytes": 10_000,
        "memory_bytes": GIB,
        "seconds": 60,
    }


@pytest.fixture(autouse=True)
def confined(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, int]]]:
    """The limits that this process would have got; connections and timers don't outlive a test."""
    wanted: list[dict[str, int]] = []
    opened: list[duckdb.DuckDBPyConnection] = []
    timers: list[threading.Timer] = []

    def remember(kept: list[Any], make: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any, **options: Any) -> Any:
            kept.append(make(*arguments, **options))
            return kept[-1]

        return made

    monkeypatch.setattr(guard_child, "confine", wanted.append)
    monkeypatch.setattr(duckdb, "connect", remember(opened, duckdb.connect))
    monkeypatch.setattr(threading, "Timer", remember(timers, threading.Timer))
    yield wanted
    for timer in timers:
        timer.cancel()
        timer.join()
    for connection in opened:
        connection.close()


def answer(request: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """The lines before the last, and the last."""
    lines: list[bytes] = []
    last = Run(request, duckdb, lines.append).answer()
    return [json.loads(line) for line in lines], last


def test_an_answer_is_columns_rows_and_an_end(
    request_: dict[str, Any], confined: list[dict[str, int]]
) -> None:
    sql = "select 'é' as a, [1] as b, null::boolean as c; -- ;"
    lines, last = answer(request_ | {"sql": sql})
    columns = [["a", "VARCHAR"], ["b", "INTEGER[]"], ["c", "BOOLEAN"]]
    assert lines == [{"columns": columns, "is_plan": False}, ["é", "[1]", None]]
    assert last == {"end": "complete"}
    (limits,) = confined
    assert limits["RLIMIT_AS"] > GIB
    assert limits["RLIMIT_FSIZE"] == 0


def test_a_plan_is_said_to_be_one(request_: dict[str, Any]) -> None:
    (head, plan), last = answer(request_ | {"sql": "explain select 1"})
    assert head["is_plan"]
    assert len(plan) == len(head["columns"]) == 2
    assert last == {"end": "complete"}


@pytest.mark.parametrize(
    ("limits", "rows", "end"),
    [
        ({}, 300, "complete"),
        ({"max_rows": 300}, 300, "complete"),
        ({"max_rows": 299}, 299, "rows"),
        ({"max_bytes": 300 * 6}, 300, "complete"),
        ({"max_bytes": 299 * 6 + 5}, 299, "bytes"),
    ],
)
def test_rows_and_bytes_end_it(
    request_: dict[str, Any], limits: dict[str, int], rows: int, end: str
) -> None:
    sql = {"sql": "select 100 + range as a from range(300)", "max_rows": 1000}
    lines, last = answer(request_ | sql | limits)
    assert (len(lines) - 1, last) == (rows, {"end": end})


@pytest.mark.parametrize(
    ("sql", "error", "text"),
    [
        (" ; -- nothing", "refused", "there is no SQL to run"),
        ("select 1; select 2", "refused", "one statement at a time, not 2"),
        ("pivot methods on method", "refused", "PIVOT must name its columns here: PIVOT … ON col"),
        ("drop table methods", "refused", "only SELECT and EXPLAIN are run, not DROP"),
        ("select $a, $b", "usage", "$a has no value; give -p a=VALUE"),
        ("select $b", "usage", "the SQL has no parameter $c; it has $b"),
        ("select 1", "usage", "the SQL has no parameter $b; it has none"),
        ("select\n  x from methods", "failed", 'Binder Error: Referenced column "x" not found'),
    ],
)
def test_what_is_not_run_is_told(request_: dict[str, Any], sql: str, error: str, text: str) -> None:
    parameters = {"b": 1, "c": 2} if text.endswith("$b") else {"b": 1} if "$b" in text else {}
    lines, last = answer(request_ | {"sql": sql, "parameters": parameters})
    assert (lines, last["error"]) == ([], error)
    assert last["text"].startswith(text)


def test_the_place_is_in_the_sql_as_it_was_typed(request_: dict[str, Any]) -> None:
    _, last = answer(request_ | {"sql": "select\n  x from methods"})
    assert last["text"].endswith("\nLINE 2:   x from methods\n          ^")


def test_a_message_without_text_is_the_error_s_name() -> None:
    assert guard_child.message(MemoryError()) == "MemoryError"


def test_a_database_that_can_not_be_opened_is_the_storage_s_failure(
    request_: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "text").write_text("no database")
    for name in ("text", "missing"):
        lines, last = answer(request_ | {"database": str(tmp_path / name)})
        assert (lines, last["error"]) == ([], "storage")


@pytest.mark.parametrize("error", [duckdb.Error("checksum"), duckdb.IOException("checksum")])
def test_a_block_that_can_not_be_read_is_the_storage_s_failure(
    request_: dict[str, Any], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Run, "_send", fail)
    assert answer(request_) == ([], {"error": "storage", "text": "checksum"})


def test_time_over_in_a_statement_interrupts_it(request_: dict[str, Any]) -> None:
    endless = {"sql": "select sum(range) from range(1000000000000)", "seconds": 0.2}
    _, last = answer(request_ | endless)
    assert last["error"] == "late"


def test_time_over_between_rows_is_noticed(request_: dict[str, Any]) -> None:
    lines: list[bytes] = []
    run = Run(request_, duckdb, lines.append)
    run.is_late = True
    assert run.answer()["error"] == "late"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[int, int]]:
    """The limits of an operating system that knows three kinds and refuses to set one."""
    hard = {1: resource.RLIM_INFINITY, 2: 50, 3: 50}
    set_: dict[int, tuple[int, int]] = {}

    def setrlimit(kind: int, limits: tuple[int, int]) -> None:
        if kind == 3:
            raise ValueError("not here")
        set_[kind] = limits

    known = SimpleNamespace(
        RLIM_INFINITY=resource.RLIM_INFINITY,
        RLIMIT_AS=1,
        RLIMIT_CPU=2,
        RLIMIT_FSIZE=3,
        getrlimit=lambda kind: (hard[kind], hard[kind]),
        setrlimit=setrlimit,
    )
    monkeypatch.setitem(sys.modules, "resource", known)  # type: ignore[arg-type]
    return set_


def test_limits_are_lowered_as_far_as_the_system_knows_them(
    system: dict[int, tuple[int, int]],
) -> None:
    CONFINE({"RLIMIT_AS": 100, "RLIMIT_CPU": 100, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 32})
    assert system == {1: (100, 100), 2: (50, 50)}


def test_without_proc_the_address_space_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str, **_: object) -> None:
        raise FileNotFoundError(path)

    monkeypatch.setattr(builtins, "open", fail)
    assert guard_child.limits(0, 0)["RLIMIT_AS"] >= GIB


def test_it_serves_one_line_as_a_script(request_: dict[str, Any]) -> None:
    request = request_ | {"database": "/nowhere"}  # so that it ends before it is confined
    with subprocess.Popen(
        [sys.executable, guard_child.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as process:
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answered = json.loads(process.stdout.readline())
        assert process.wait() == 0
    assert answered["error"] == "storage"
    assert "/nowhere" in answered["text"]
