"""The command `sql`: one statement of the user's, under the guard."""

import dataclasses
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peftshop_db.cli import options
from peftshop_db.cli.amount import BYTES, SECONDS, Amount
from peftshop_db.cli.output import choose_format, is_terminal, show, show_raw, write
from peftshop_db.errors import StorageError, UsageError

if TYPE_CHECKING:
    from peftshop_db.guard import Answer, Limits
    from peftshop_db.selection import Result

_LONGEST_SQL = 10_000_000
_LEAST_MEMORY = 16 * 1024**2  # with less the engine doesn't start

_max_rows = click.option(
    "--max-rows",
    type=click.IntRange(min=0),
    default=10_000,
    show_default=True,
    metavar="N",
    help="Stop after N rows.",
)
_max_bytes = click.option(
    "--max-bytes",
    type=Amount("SIZE", BYTES),
    default="50MB",
    show_default=True,
    metavar="SIZE",
    help="Stop after so much of an answer.",
)
_timeout = click.option(
    "--timeout",
    type=Amount("TIME", SECONDS),
    default="30s",
    show_default=True,
    metavar="TIME",
    help="Give up after so long.",
)
_memory = click.option(
    "--memory",
    type=Amount("SIZE", BYTES),
    default="2GiB",
    show_default=True,
    metavar="SIZE",
    help="Use at most so much.",
)


def limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command under the guard: --max-rows, --max-bytes, --timeout, --memory."""
    return _max_rows(_max_bytes(_timeout(_memory(command))))


def read_limits(max_rows: int, max_bytes: float, timeout: float, memory: float) -> "Limits":
    """The limits that those options set."""
    from peftshop_db.guard import Limits

    if not timeout:
        raise UsageError("--timeout takes more than 0")
    if memory < _LEAST_MEMORY:
        raise UsageError(f"--memory takes at least {_LEAST_MEMORY // 1024**2}MiB")
    most = 2**60  # more than any machine has, and less than what the system's calls take
    return Limits(max_rows, int(min(max_bytes, most)), min(timeout, 1e9), int(min(memory, most)))


@click.command()
@click.argument("sql", required=False)
@click.option(
    "-f", "--file", type=click.Path(path_type=Path), metavar="FILE", help="Read the SQL from FILE."
)
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="The value of $NAME in the SQL; repeatable. JSON's numbers, true, false, null and quoted "
    "text are read as JSON, everything else is text.",
)
@options.raw
@limits
@options.results
def sql(
    sql: str | None,
    file: Path | None,
    parameters: tuple[str, ...],
    raw: bool,
    max_rows: int,
    max_bytes: float,
    timeout: float,
    memory: float,
    format_name: str | None,
    output: Path | None,
    db: str | None,
) -> None:
    """Run one SELECT or EXPLAIN of your own.

    `-` in place of SQL reads it from stdin. It runs in a process of its own that can read the
    dataset and nothing else, within limits. Types other than integers, floating point, booleans,
    dates and text are shown as text.

    \b
    Examples:
      peftshop-db sql "select method, score from benchmarks where score > 0.5"
      peftshop-db sql 'from leaderboard where method = $m' -p m=LORA
      peftshop-db sql -f question.sql -o answer.parquet --format parquet
      echo "summarize benchmarks" | peftshop-db sql -
      count=$(peftshop-db sql --raw "select count(*) from methods")
    """
    from peftshop_db import dataset, guard

    text = _text(sql, file)
    values = dict(_parameter(item) for item in parameters)
    bounds = read_limits(max_rows, max_bytes, timeout, memory)
    answer = guard.run(dataset.locate(db), text, values, bounds)
    if raw:
        show_raw(answer.result, format_name, output)
        return
    present(answer, bounds, choose_format(format_name, output), output)


def _text(argument: str | None, file: Path | None) -> str:
    file = None if file == Path("-") else file
    if argument is not None and file is not None:
        raise UsageError("give the SQL as an argument or with --file, not both")
    if argument is not None and argument != "-":
        return argument
    if argument is None and file is None and (sys.stdin is None or is_terminal(sys.stdin)):
        raise UsageError('there is no SQL; try `peftshop-db sql "from methods"` or `shell`')
    if file is None and sys.stdin is None:
        raise StorageError("stdin can't be read: it is closed")
    try:
        with sys.stdin.buffer if file is None else file.open("rb") as stream:
            read = stream.read(_LONGEST_SQL + 1)
    except OSError as error:
        raise StorageError(f"{file or 'stdin'}: can't be read: {error.strerror}") from error
    if len(read) > _LONGEST_SQL:
        raise UsageError(f"{file or 'stdin'}: more than {_LONGEST_SQL // 10**6} MB is no SQL")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file or 'stdin'}: not UTF-8 at byte {error.start}") from error


def _parameter(item: str) -> tuple[str, Any]:
    name, equals, value = item.partition("=")
    if not equals:
        raise UsageError(f"-p takes NAME=VALUE, not {item!r}")
    try:
        read = json.loads(value, parse_constant=str)
    except (ValueError, RecursionError):
        return name, value
    return name, value if isinstance(read, dict | list) else read


def present(answer: "Answer", bounds: "Limits", format_name: str, output: Path | None) -> None:
    """Shows what the guard gave, and says on stderr if there is more of it."""
    if answer.is_plan and format_name == "table":
        from peftshop_db.text import visible

        lines = (line for row in answer.result.rows for line in str(row[-1]).splitlines())
        write("".join(f"{visible(line)}\n" for line in lines).encode(), output)
    else:
        show(_presentable(answer.result, format_name), format_name, output)
    if answer.stopped_by == "rows":
        click.echo(
            f"Warning: stopped after {bounds.max_rows} rows; --max-rows N raises it", err=True
        )
    elif answer.stopped_by == "bytes":
        stopped = f"stopped after {len(answer.result.rows)} rows, at {bounds.max_bytes} bytes"
        click.echo(f"Warning: {stopped}; --max-bytes SIZE raises it", err=True)


def _presentable(result: "Result", format_name: str) -> "Result":
    """The result without what a format can't take: control characters in the names of a table's
    columns, numbers that JSON has no form for (as text)."""
    from peftshop_db.selection import Result
    from peftshop_db.text import visible

    if format_name == "table":
        names = [dataclasses.replace(item, name=visible(item.name)) for item in result.columns]
        return Result(names, result.rows)
    if "json" in format_name:
        return Result(result.columns, [tuple(map(_json_value, row)) for row in result.rows])
    return result


def _json_value(value: object) -> object:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
