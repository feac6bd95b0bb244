"""The command group: which commands there are, each in a module that is imported when it is called,
and one line and one exit status for every expected failure."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn

import click

from peftshop_db.cli.output import abandon_stdout
from peftshop_db.errors import PeftshopError, StorageError, UsageError

# the sections of the help, and where each command is
_SECTIONS = {
    "Ask": {
        "query": "views.query",
        "list": "views.list_views",
        "describe": "views.describe",
        "sql": "sql.sql",
        "shell": "shell.shell",
    },
    "Choose a method": {
        "recommend": "recommend.recommend",
        "compare": "methods.compare",
        "explain": "methods.explain",
        "snippet": "methods.snippet",
    },
    "See": {
        "plot": "plot.plot",
        "report": "plot.report",
    },
    "Make and check datasets": {
        "build": "data.build",
        "diff": "diff.diff",
        "check": "data.check",
        "verify": "data.verify",
        "path": "data.path",
    },
    "Take along": {
        "export": "export.export",
        "export-sql": "export.export_sql",
        "export-source": "data.export_source",
        "schema": "views.schema",
    },
}
_PLACES = {name: place for section in _SECTIONS.values() for name, place in section.items()}


class Commands(click.Group):
    """A group whose commands end an expected failure with one `Error:` line and its exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _PLACES:
            return None
        module, _, attribute = _PLACES[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"peftshop_db.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, _PLACES))
        for title, names in _SECTIONS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (name.ljust(width), command.get_short_help_str(formatter.width))
                        for name, command in commands
                        if command
                    ]
                )

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        with _failures():
            for argument in args:
                if any("\ud800" <= character <= "\udfff" for character in argument):
                    raise UsageError(f"{argument!r} is not UTF-8")
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _failures():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from peftshop_db.dataset import suggest

            hint = suggest(args[0], _PLACES) or "; `peftshop-db --help` shows all"
            raise click.UsageError(f"no command is named {args[0]!r}{hint}", ctx) from error


@contextmanager
def _failures() -> Iterator[None]:
    """Ends expected failures in the block with their message and their exit status."""
    try:
        yield
    except PeftshopError as error:
        _end(error)
    except OSError as error:
        abandon_stdout()
        if error.errno == errno.EPIPE:  # who reads has seen enough
            raise click.exceptions.Exit(0) from error
        what = error.filename or "the output can't be written"
        _end(StorageError(f"{what}: {error.strerror}"))
    except Exception as error:
        if isinstance(error, RuntimeError) and "interrupted" in str(error):
            raise click.Abort from error  # how duckdb takes Ctrl-C
        duckdb = sys.modules.get("duckdb")
        if duckdb is None or not isinstance(error, duckdb.Error):
            raise
        # a dataset that another version built, or a damaged one
        from peftshop_db.integrity import failure

        _end(failure("the query failed", error))


def _end(error: PeftshopError) -> NoReturn:
    click.echo(f"Error: {error}", err=True)
    raise click.exceptions.Exit(error.exit_status)
