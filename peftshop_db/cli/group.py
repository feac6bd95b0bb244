"""The command group: one line and one exit status for every expected failure."""

import errno
import sys
from typing import Any

import click

from peftshop_db.errors import PeftshopError, StorageError


class Commands(click.Group):
    """A group whose commands end an expected failure with one `Error:` line and its exit status."""

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

            hint = suggest(args[0], self.commands) or "; `peftshop-db --help` shows all"
            raise click.UsageError(f"no command is named {args[0]!r}{hint}", ctx) from error
