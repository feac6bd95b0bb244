"""The command group: which commands there are, each in a module that is imported when it is called,
and one line and one exit status for every expected failure."""

import errno
import sys
from importlib import import_module
from typing import Any

import click

from peftshop_db.errors import PeftshopError, StorageError

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

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PeftshopError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_status)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            click.echo(f"Error: {error.filename or 'the output'}: {error.strerror}", err=True)
            ctx.exit(StorageError.exit_status)
        except Exception as error:
            if isinstance(error, RuntimeError) and "interrupted" in str(error):
                raise click.Abort from error  # how duckdb takes Ctrl-C
            duckdb = sys.modules.get("duckdb")
            if duckdb is None or not isinstance(error, duckdb.Error):
                raise
            # a dataset that another version built, or a damaged one
            from peftshop_db.integrity import failure

            failed = failure("the query failed", error)
            click.echo(f"Error: {failed}", err=True)
            ctx.exit(failed.exit_status)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from peftshop_db.dataset import suggest

            hint = suggest(args[0], _PLACES) or "; `peftshop-db --help` shows all"
            raise click.UsageError(f"no command is named {args[0]!r}{hint}", ctx) from error
