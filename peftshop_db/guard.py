"""Running SQL that someone typed: in a process of its own, read-only, with limits.

A guard rail against mistakes and runaway queries, not a sandbox for hostile users: the engine
itself is trusted to keep its own settings.
"""

import contextlib
import datetime
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peftshop_db import guard_child, integrity
from peftshop_db.definitions import Column
from peftshop_db.errors import (
    PeftshopError,
    QueryError,
    StorageError,
    TimeLimitError,
    UsageError,
)
from peftshop_db.selection import Result

# -I and -S: neither the user's Python settings nor start-up files; the import path is handed over
COMMAND = [sys.executable, "-I", "-S", str(Path(guard_child.__file__).resolve())]
GRACE_SECONDS = 1.0
_SLACK_BYTES = 1024**2
_KEPT_VARIABLES = ("DYLD_LIBRARY_PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
_ERRORS: dict[str, type[PeftshopError]] = {
    "failed": QueryError,
    "refused": QueryError,
    "storage": StorageError,
    "usage": UsageError,
}


@dataclass(frozen=True)
class Limits:
    """How much a statement may take.

    Attributes:
        max_rows: rows of the answer.
        max_bytes: bytes of the answer, as JSON.
        seconds: time to run; a second later the process is ended whatever it does.
        memory_bytes: memory of the engine, and of its process beyond what it starts with.
    """

    max_rows: int = 10_000
    max_bytes: int = 50_000_000
    seconds: float = 30.0
    memory_bytes: int = 2 * 1024**3


@dataclass(frozen=True)
class Answer:
    """What a statement gave.

    Attributes:
        result: its columns and rows. Integers are BIGINT and floats DOUBLE; BOOLEAN, VARCHAR and
            DATE are themselves; all else, and integers and dates that these can't hold, is the
            text that DuckDB writes for it, as VARCHAR.
        stopped_by: the limit that cut the rows short: "rows" or "bytes"; None when all are there.
        is_plan: whether it is the plan of an EXPLAIN.
    """

    result: Result
    stopped_by: str | None = None
    is_plan: bool = False


@dataclass
class _Child:
    """What came from the process, and how it ended."""

    output: bytes = b""
    status: int | None = None
    is_late: bool = False

    def lines(self) -> tuple[dict[str, Any], list[list[Any]], dict[str, Any]]:
        """The line with the columns (empty if it failed before), the rows, and the last line."""
        *lines, last = [json.loads(line) for line in self.output.splitlines()]
        head, *rows = lines or [{}]
        return head, rows, last


def run(
    database: Path,
    sql: str,
    parameters: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Runs one SELECT or EXPLAIN in a process of its own.

    Args:
        database: the database file.
        sql: the statement.
        parameters: the values of `$name` in it: text, numbers, booleans or None.
        limits: how much it may take.

    Raises:
        QueryError: the SQL failed, was refused, or needs more memory than it may have.
        TimeLimitError: it took too long.
        UsageError: the parameters are not those that the SQL has.
        StorageError: the dataset can't be opened.
    """
    limits = limits or Limits()
    request = {
        "import_path": [str(Path(entry).absolute()) for entry in sys.path],
        "database": str(integrity.intact(database)),
        "sql": sql,
        "parameters": dict(parameters or {}),
        "max_rows": limits.max_rows,
        "max_bytes": limits.max_bytes,
        "memory_bytes": limits.memory_bytes,
        "seconds": limits.seconds,
    }
    child = _serve(json.dumps(request).encode() + b"\n", limits)
    try:
        head, rows, last = child.lines()
        if "error" in last:
            raise _failure(last["error"], last["text"], limits)
        stopped_by = None if last["end"] == "complete" else last["end"]
        return Answer(_result(head["columns"], rows), stopped_by, head["is_plan"])
    except (ValueError, TypeError, LookupError, RecursionError) as error:  # no complete answer
        raise _death(child, limits) from error


def environment(ours: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of the process: nothing that names a proxy, a home or a secret."""
    return {name: ours[name] for name in _KEPT_VARIABLES if name in ours}


def _serve(request: bytes, limits: Limits) -> _Child:
    """Starts a process, gives it the request, and ends it at the latest when its time is over."""
    child = _Child()
    process = subprocess.Popen(  # noqa: S603
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(sys.executable).anchor,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def end() -> None:
        child.is_late = True
        process.kill()

    timer = threading.Timer(min(limits.seconds + GRACE_SECONDS, threading.TIMEOUT_MAX), end)
    timer.daemon = True
    timer.start()
    try:
        with contextlib.suppress(BrokenPipeError):  # it died; its answer will be missing
            process.stdin.write(request)
            process.stdin.flush()
        child.output = process.stdout.read(limits.max_bytes + _SLACK_BYTES)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.status = process.wait(0.5)
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    return child


def _failure(kind: str, text: str, limits: Limits) -> PeftshopError:
    if kind == "late":
        return TimeLimitError(f"stopped after {limits.seconds:g} s; --timeout raises the limit")
    from peftshop_db.text import visible

    first, *place = map(visible, text.split("\n"))
    if "Out of Memory" in first or first == "MemoryError":
        first += f"; --memory raises the limit of {limits.memory_bytes / 1024**2:g} MiB"
    return _ERRORS.get(kind, QueryError)("\n".join([first, *place]))


def _death(child: _Child, limits: Limits) -> PeftshopError:
    """Why a process may have ended without a complete answer."""
    if child.is_late:
        return _failure("late", "", limits)
    if len(child.output) > limits.max_bytes:
        return QueryError(f"the answer has more than {limits.max_bytes} bytes; see --max-bytes")
    return QueryError(
        f"the process that ran the SQL died (status {child.status}), as it does when it needs "
        f"more than {limits.memory_bytes / 1024**2:g} MiB; --memory raises the limit"
    )


def _result(columns: Iterable[tuple[str, str]], rows: list[list[Any]]) -> Result:
    types = []
    for i, (_, kind) in enumerate(columns):
        values = [row[i] for row in rows]
        kept, converted = _column(kind, values)
        types.append(kept)
        if converted is not values:
            for row, value in zip(rows, converted, strict=True):
                row[i] = value
    described = [Column(name, kind, "") for (name, _), kind in zip(columns, types, strict=True)]
    return Result(described, [tuple(row) for row in rows])


def _column(kind: str, values: list[Any]) -> tuple[str, list[Any]]:
    """The type that a column is shown as, and its values in that type."""
    if kind == "DATE":
        try:
            return kind, [value and datetime.date.fromisoformat(value) for value in values]
        except ValueError:  # infinity, before year 1, after 9999
            return "VARCHAR", values
    if kind not in guard_child.NATIVE or kind in ("VARCHAR", "BOOLEAN"):
        return kind if kind == "BOOLEAN" else "VARCHAR", values
    if kind in ("FLOAT", "DOUBLE"):
        return "DOUBLE", values
    if all(value is None or -(2**63) <= value < 2**63 for value in values):
        return "BIGINT", values
    return "VARCHAR", [None if value is None else str(value) for value in values]
