"""How a command's failures end: one line and the exit status of its kind, unless it is a bug."""

import errno
import os

import click
import duckdb
import pytest
from click.testing import CliRunner, Result

from peftshop_db.cli.group import Commands
from peftshop_db.errors import QueryError, SourceError, StorageError, TimeLimitError, UsageError


def ended(error: Exception) -> Result:
    """How a command ends that raises this."""

    def fail() -> None:
        raise error

    class Failing(Commands):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
            return click.Command(cmd_name, callback=fail)

    return CliRunner().invoke(Failing(), ["fail"])


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (UsageError("no such view"), 2, "no such view"),
        (SourceError(["a.json:1:1: wrong", "a.json:2:1: wrong"], 7), 3, "… and 5 more"),
        (StorageError("no dataset"), 4, "no dataset"),
        (QueryError("refused"), 5, "refused"),
        (TimeLimitError("stopped"), 124, "stopped"),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            4,
            "the output can't be written: No space",
        ),
        (OSError(errno.EIO, "Input/output error", "x.csv"), 4, "x.csv: Input/output error"),
        (duckdb.CatalogException("no view x\nmore"), 5, "the query failed: no view x"),
        (
            duckdb.IOException("checksum"),
            4,
            "the query failed: checksum; `peftshop-db verify` tells whether the file is damaged",
        ),
    ],
)
def test_an_expected_failure_is_one_message(error: Exception, status: int, message: str) -> None:
    result = ended(error)
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.splitlines()[-1].removeprefix("Error: ").startswith(message)


def test_ctrl_c_in_a_query_is_no_failure_of_it() -> None:
    result = ended(RuntimeError("Query interrupted"))
    assert (result.exit_code, result.stderr) == (1, "Aborted!\n")


def test_a_reader_that_went_away_is_not_told() -> None:
    result = ended(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_bug_is_not_dressed_up() -> None:
    error = ZeroDivisionError("a bug")
    assert ended(error).exception is error
