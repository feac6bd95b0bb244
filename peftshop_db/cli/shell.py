"""The command `shell`: the duckdb shell where there is one, else statements one after another."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import choose_format, is_terminal
from peftshop_db.cli.sql import limits, present, read_limits
from peftshop_db.errors import PeftshopError, UsageError

_HELP = """\
A statement (SELECT or EXPLAIN) may take several lines and ends in a semicolon.
.tables   the tables and views
.help     this
.quit     leave; so does the end of input
"""
# what may hide a semicolon: text, names and comments; the last may be open to the end
_HIDING = re.compile(
    r"""'(?:[^']|'')*(?:'|\Z) | "(?:[^"]|"")*(?:"|\Z) | \$(\w*)\$.*?(?:\$\1\$|\Z)
    | --[^\n]* | /\*.*?(?:\*/|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_WORDS = ("select", "from", "where", "group by", "order by", "limit", "join", "using", "summarize")


@click.command()
@click.option("--guarded", is_flag=True, help="Use our own prompt, under the guard, in any case.")
@limits
@options.format_name
@options.db
def shell(
    guarded: bool,
    max_rows: int,
    max_bytes: float,
    timeout: float,
    memory: float,
    format_name: str | None,
    db: str | None,
) -> None:
    """Ask one question after another.

    Opens the duckdb shell on the dataset, read-only, where one is installed (--format and the
    limits are not for it), else a prompt that takes what `peftshop-db sql` takes.

    \b
    Examples:
      peftshop-db shell
      peftshop-db shell --guarded --timeout 5min
    """
    from peftshop_db import dataset, integrity

    database = dataset.locate(db)
    bounds = read_limits(max_rows, max_bytes, timeout, memory)
    duckdb = None if guarded else shutil.which("duckdb")
    if duckdb:
        _become([duckdb, "-readonly", str(integrity.intact(database))])

    def run(text: str) -> None:
        from peftshop_db import guard

        answer = guard.run(database, text, limits=bounds)
        present(answer, bounds, choose_format(format_name, None), None)

    if is_terminal(sys.stdin):
        click.echo("A statement ends in a semicolon. .help tells more.", err=True)
    with _line_editing(database):
        status = converse(run, lambda: "".join(f"{name}\n" for name in _relations(database)))
    if status and not is_terminal(sys.stdin):  # a script's failure shows; at a prompt it was seen
        sys.exit(status)


def _become(command: list[str]) -> None:
    if os.name == "nt":
        sys.exit(subprocess.call(command))  # noqa: S603
    os.execv(command[0], command)  # noqa: S606


def converse(run: Callable[[str], None], tables: Callable[[], str]) -> int:
    """Reads statements and dot commands to the end of input.

    Args:
        run: runs one statement and shows its answer.
        tables: what `.tables` shows.

    Returns:
        The exit status of the last failure; 0 if there was none.
    """
    status = 0
    commands: dict[str, Callable[[], str]] = {".tables": tables, ".help": lambda: _HELP}
    for text in _statements():
        try:
            if text.startswith("."):
                if text not in commands:
                    raise UsageError(f"no such command: {text}; .help shows all")
                click.echo(commands[text](), nl=False)
            else:
                run(text)
        except PeftshopError as error:
            click.echo(f"Error: {error}", err=True)
            status = error.exit_status
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
    return status


def _statements() -> Iterator[str]:
    """Whole statements and dot commands from stdin, up to its end or `.quit`."""
    waiting = ""
    while True:
        try:
            line = _line("peftshop> " if not waiting.strip() else "     ...> ")
        except KeyboardInterrupt:
            waiting = ""
            click.echo(err=True)
            continue
        if line is None:
            break
        if not waiting.strip() and line.strip().startswith("."):
            if line.strip() in (".quit", ".exit"):
                return
            yield line.strip()
            continue
        waiting += line + "\n"
        whole, waiting = split(waiting)
        yield from (statement.strip() for statement in whole)
    if waiting.strip():
        yield waiting.strip()


def split(text: str) -> tuple[list[str], str]:
    """The statements of a text that a semicolon ends, and what is left after the last."""
    bare = _HIDING.sub(lambda hidden: " " * len(hidden[0]), text)
    ends = [match.end() for match in re.finditer(";", bare)]
    whole = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return whole, text[ends[-1] if ends else 0 :]


def _line(prompt: str) -> str | None:
    if sys.stdin is None:
        return None
    if not is_terminal(sys.stdin):
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None
    try:
        return input(prompt)
    except EOFError:
        click.echo(err=True)
        return None


@contextlib.contextmanager
def _line_editing(database: Path) -> Iterator[None]:
    """History from earlier sessions and completion of names, on a terminal that can have them."""
    try:
        import readline
    except ImportError:  # Windows
        yield
        return
    if not is_terminal(sys.stdin):
        yield
        return
    from peftshop_db.dataset import cache_folder

    history = cache_folder().parent / "history"
    with contextlib.suppress(OSError):
        readline.read_history_file(history)
    _complete_names(readline, database)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            history.parent.mkdir(parents=True, exist_ok=True)
            readline.set_history_length(1000)
            readline.write_history_file(history)


def _complete_names(readline: ModuleType, database: Path) -> None:
    names: list[str] = []

    def complete(text: str, state: int) -> str | None:
        if not names:
            names.extend(_names(database))
        found = [name for name in names if name.startswith(text.casefold())]
        return found[state] if state < len(found) else None

    readline.set_completer_delims(" \t\n,;()=<>+-*/|'\"")
    readline.set_completer(complete)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")


def _relations(database: Path) -> list[str]:
    from peftshop_db import dataset

    with dataset.connect(database, sealed=True) as connection:
        return [name for name, _, _ in dataset.relations(connection)]


def _names(database: Path) -> list[str]:
    from peftshop_db import dataset

    with dataset.connect(database, sealed=True) as connection:
        relations = {name for name, _, _ in dataset.relations(connection)}
        sql = "select distinct column_name from duckdb_columns() where not internal"
        columns = {name for (name,) in connection.execute(sql).fetchall()}
    return sorted({*relations, *columns, *_WORDS, ".tables", ".help", ".quit"})
