"""Where a command's answer goes: to stdout, or to a file that is complete or not there."""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from peftshop_db.cli.options import FORMULA_SAFE
from peftshop_db.errors import StorageError, UsageError

if TYPE_CHECKING:
    from peftshop_db.selection import Result

_FILE_WIDTH = 120
_SUFFIXES = {
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".parquet": "parquet",
    ".arrow": "arrow",
}


def choose_format(named: str | None, output: Path | None) -> str:
    """The format that was asked for, else the file's, else a table for a terminal, else CSV.

    Raises:
        UsageError: --formula-safe was asked for, and the format is not a spreadsheet's text.
    """
    if named or output is None:
        chosen = named or ("table" if is_terminal(sys.stdout) else "csv")
    else:
        chosen = _SUFFIXES.get(output.suffix.lower(), "csv")
    if is_formula_safe() and chosen not in ("csv", "tsv"):
        raise UsageError(f"--formula-safe is for csv and tsv, not {chosen}; add --format csv")
    return chosen


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is at the other end; not where the stream is closed."""
    return stream is not None and stream.isatty()


def abandon_stdout() -> None:
    """Drops what could not be written, which would fail once more when the interpreter ends."""
    if sys.stdout is not None:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_formula_safe() -> bool:
    """Whether the command was called with --formula-safe."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(FORMULA_SAFE))


def width(output: Path | None) -> int:
    """How many cells a line of a table has."""
    return shutil.get_terminal_size().columns if output is None else _FILE_WIDTH


def show(
    result: "Result",
    format_name: str,
    output: Path | None,
    caption: Sequence[str] = (),
    *,
    by_section: bool = False,
) -> None:
    """Writes rows in a format; the caption goes below what people read, and so do sections."""
    from peftshop_db import formats, table

    if format_name == "table":
        text = table.render(result, width(output), caption, by_section=by_section)
        write(text.encode(), output)
    elif format_name == "record":
        write(table.render_records(result, width(output), caption).encode(), output)
    elif format_name in formats.BINARY_FORMATS:
        if output is None and is_terminal(sys.stdout):
            raise UsageError(f"{format_name} is not for a terminal; add -o FILE")
        write(formats.BINARY_FORMATS[format_name](result), output)
    elif format_name in formats.SPREADSHEET_FORMATS:
        to_text = formats.SPREADSHEET_FORMATS[format_name]
        write(to_text(result, formula_safe=is_formula_safe()).encode(), output)
    else:
        write(formats.TEXT_FORMATS[format_name](result).encode(), output)


def show_raw(result: "Result", format_name: str | None, output: Path | None) -> None:
    """Writes the one value of a result, undecorated; nothing for NULL.

    Raises:
        UsageError: it has no rows, or several rows or columns, or a format was asked for.
    """
    if format_name:
        raise UsageError("--raw is a format of its own; leave out --format")
    if len(result.rows) != 1 or len(result.columns) != 1:
        shape = f"{len(result.rows)} rows of {len(result.columns)} columns"
        raise UsageError(f"--raw takes an answer of one value, not {shape}; narrow it down")
    value = result.rows[0][0]
    write(("" if value is None else str(value)).encode() + b"\n", output)


def write(data: bytes, output: Path | None) -> None:
    """Writes to stdout, or to a file that is complete or not there.

    Raises:
        StorageError: the disk is full, or the file's place doesn't allow it.
    """
    if output is None:
        _write_stdout(data)
        return
    from peftshop_db import partial

    try:
        target = output.resolve()  # a link stays a link
    except RuntimeError as error:
        raise StorageError(f"{output}: can't be written: it is a link to itself") from error
    new = partial.name(target)
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(data)  # a device or a pipe, which must stay one
        else:
            partial.remove_abandoned(target)
            new.touch()
            with partial.held(new):
                new.write_bytes(data)
            new.replace(target)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise StorageError(f"{output}: can't be written: {error.strerror}") from error


def _write_stdout(data: bytes) -> None:
    if sys.stdout is None:
        raise StorageError("the output can't be written: it is closed")
    if is_terminal(sys.stdout):
        from peftshop_db.text import harmless

        data = harmless(data.decode()).encode()
    try:
        left = memoryview(data)
        while left:  # without a buffer (PYTHONUNBUFFERED) a write may take a part
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        raise StorageError(f"the output can't be written: {error.strerror}") from error
