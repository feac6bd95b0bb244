"""The process in which `guard` runs what someone typed.

It is started as a script without the package, reads one request (a JSON line) from stdin, and
writes its answer to stdout: a line with the columns, a line for each row, and a last line with how
it ended. Its end of stdin tells it when the process that watches it is gone.
"""

import contextlib
import json
import math
import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

# Types whose values travel as JSON; DuckDB writes all others as text, so that none is lost or
# changed by what Python can hold (dates before year 1, time zones, decimals, nested values).
_INTEGERS = {sign + size + "INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")}
NATIVE = _INTEGERS | {"INTEGER", "UINTEGER", "FLOAT", "DOUBLE", "BOOLEAN", "VARCHAR"}
_MOST_THREADS = 4
_SLACK_BYTES = 64 * 1024**2
_ROWS_AT_ONCE = 128
_SUGGESTIONS = ("Did you mean", "Candidate bindings")


class RefusedError(Exception):
    """What was asked for is not run; kind is "refused", or "usage" for a wrong parameter."""

    def __init__(self, text: str, kind: str = "refused") -> None:
        self.kind = kind
        super().__init__(text)


def settings(memory_bytes: int) -> dict[str, Any]:
    """The configuration of the connection; each setting is a lever that a test pulls."""
    return {
        "access_mode": "READ_ONLY",
        "enable_external_access": "false",
        "lock_configuration": "true",
        "temp_directory": "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        "memory_limit": f"{memory_bytes // 1024}KiB",
        "threads": str(_threads()),
    }


def _threads() -> int:
    return min(_MOST_THREADS, os.cpu_count() or 1)


def limits(memory_bytes: int, seconds: float) -> dict[str, int]:
    """What the operating system enforces on this process, by the names of the module `resource`."""
    return {
        "RLIMIT_AS": _address_space() + memory_bytes + _SLACK_BYTES,
        "RLIMIT_CPU": math.ceil((seconds + 2) * _threads()),
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": 32,
        "RLIMIT_CORE": 0,
    }


def _address_space() -> int:
    """How many bytes of address space are in use before any SQL runs."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 (light imports)
            return int(pages.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # no Linux
        return 1024**3


def confine(wanted: dict[str, int]) -> None:
    """Lowers the limits of this process, where the platform has them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, value in wanted.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            most = resource.getrlimit(kind)[1]
            value = value if most == resource.RLIM_INFINITY else min(value, most)
            with contextlib.suppress(ValueError, OSError):  # macOS knows some and refuses them
                resource.setrlimit(kind, (value, value))


def check(
    connection: "duckdb.DuckDBPyConnection", sql: str, parameters: dict[str, Any]
) -> "duckdb.Statement":
    """The one statement that the text holds.

    Raises:
        RefusedError: it holds none or several, or one that is neither SELECT nor EXPLAIN, or its
            parameters are not those given.
    """
    statements = connection.extract_statements(sql)
    if not statements:
        raise RefusedError("there is no SQL to run")
    if len(statements) > 1:
        raise RefusedError(f"one statement at a time, not {len(statements)}")
    kind = statements[0].type.name
    if kind == "MULTI":
        raise RefusedError("PIVOT must name its columns here: PIVOT … ON column IN (value, …)")
    if kind not in ("SELECT", "EXPLAIN"):
        raise RefusedError(f"only SELECT and EXPLAIN are run, not {kind.replace('_', ' ')}")
    wanted = statements[0].named_parameters
    if missing := sorted(wanted - parameters.keys()):
        raise RefusedError(f"${missing[0]} has no value; give -p {missing[0]}=VALUE", "usage")
    if extra := sorted(parameters.keys() - wanted):
        there = ", ".join(f"${name}" for name in sorted(wanted)) or "none"
        raise RefusedError(f"the SQL has no parameter ${extra[0]}; it has {there}", "usage")
    return statements[0]


def body(sql: str, tokenize: Callable[[str], list[Any]]) -> str:
    """The text of the only statement without the semicolons around it, to be put into brackets."""
    text = bytearray(sql.encode())
    for offset, kind in tokenize(sql):
        if kind.name == "operator" and text[offset] == ord(";"):
            text[offset] = ord(" ")
    return text.decode()


def message(error: BaseException, lines_before: int = 0) -> str:
    """The first line of an engine's message, its suggestion, and the place in the SQL.

    Args:
        error: what the engine raised.
        lines_before: how many lines of ours stand before the SQL that was typed.
    """
    first, _, place = (str(error) or type(error).__name__).partition("\n\n")
    text, *more = first.split("\n")
    text = " ".join([text, *(line for line in more if line.startswith(_SUGGESTIONS))])
    if match := re.match(r"LINE (\d+): (.*)\n( *)\^", place):
        label = f"LINE {int(match[1]) - lines_before}: "
        indent = len(match[3]) - len(f"LINE {match[1]}: ") + len(label)
        text += f"\n{label}{match[2]}\n{' ' * indent}^"
    return text


class Run:
    """One request: its connection, and the lines that go back."""

    def __init__(self, request: dict[str, Any], engine: Any, write: Callable[[bytes], Any]) -> None:
        self.request = request
        self.engine = engine
        self.write = write
        self.lines_before = 0
        self.is_late = False

    def answer(self) -> dict[str, Any]:
        """Runs the SQL and writes columns and rows; gives the last line."""
        connection = None
        try:
            connection = self.engine.connect(
                self.request["database"], config=settings(self.request["memory_bytes"])
            )
            timer = threading.Timer(self.request["seconds"], self._interrupt, [connection])
            timer.daemon = True
            timer.start()
            confine(limits(self.request["memory_bytes"], self.request["seconds"]))
            return {"end": self._send(connection)}
        except RefusedError as refusal:
            return {"error": refusal.kind, "text": str(refusal)}
        except Exception as error:  # the engine's, and Python's when memory is short
            return {
                "error": self._kind(error, connection),
                "text": message(error, self.lines_before),
            }

    def _kind(self, error: Exception, connection: object) -> str:
        # of a block whose checksum is wrong DuckDB 2.0 says so without a class of its own
        if connection is None or type(error) in (self.engine.Error, self.engine.IOException):
            return "storage"
        return "late" if self.is_late else "failed"

    def _interrupt(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self.is_late = True
        connection.interrupt()

    def _send(self, connection: "duckdb.DuckDBPyConnection") -> str:
        """Sends the answer up to its limits; says which limit cut it short, or "complete"."""
        sql, parameters = self.request["sql"], self.request["parameters"]
        is_plan = check(connection, sql, parameters).type.name == "EXPLAIN"
        if is_plan:
            connection.execute(sql, parameters)
            columns = [(str(item[0]), "VARCHAR") for item in connection.description or []]
        else:
            columns = self._select(connection, body(sql, self.engine.tokenize), parameters)
        self._line({"columns": columns, "is_plan": is_plan})
        rows_left, bytes_left = self.request["max_rows"], self.request["max_bytes"]
        while rows := connection.fetchmany(min(_ROWS_AT_ONCE, rows_left + 1)):
            for row in rows:
                line = json.dumps(row).encode() + b"\n"
                rows_left -= 1
                bytes_left -= len(line)
                if rows_left < 0 or bytes_left < 0:
                    return "rows" if rows_left < 0 else "bytes"
                self.write(line)
            if self.is_late:
                raise TimeoutError
        return "complete"

    def _select(
        self, connection: "duckdb.DuckDBPyConnection", sql: str, parameters: dict[str, Any]
    ) -> list[tuple[str, str]]:
        """Starts a SELECT, with text in place of values that JSON has no form for."""
        self.lines_before = 1
        source = f"from (\n{sql}\n) as answer"
        described = connection.execute(f"describe select * {source}", parameters).fetchall()
        columns = [(name, kind) for name, kind, *_ in described]
        quoted = [(name.replace('"', '""'), kind) for name, kind in columns]
        items = [
            f'"{name}"' if kind in NATIVE else f'cast("{name}" as varchar) as "{name}"'
            for name, kind in quoted
        ]
        connection.execute(f"select {', '.join(items)} {source}", parameters)
        return columns

    def _line(self, value: dict[str, Any]) -> None:
        self.write(json.dumps(value).encode() + b"\n")


def main() -> None:
    """Serves the one request on stdin."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the watching process decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing of the engine's slips into the answer
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    sys.path[:] = request["import_path"]
    import _duckdb as engine  # the package `duckdb` without its 130 ms of Python

    last = Run(request, engine, answers.write).answer()
    answers.write(json.dumps(last).encode() + b"\n")
    answers.flush()
    os._exit(0)  # takes no time to free what the engine holds


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
