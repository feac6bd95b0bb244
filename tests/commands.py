"""Running the command line as a user does."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from peftshop_db.cli import main

COMMAND = [sys.executable, "-m", "peftshop_db"]


def peftshop(
    *arguments: object, db: Path | None = None, stdin: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    if db:
        environment["PEFTSHOP_DB"] = str(db)
    run = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )
    return subprocess.CompletedProcess(
        run.args, run.returncode, run.stdout.decode(), run.stderr.decode()
    )


def invoke(*arguments: object, db: Path | None = None, **environment: str) -> Result:
    """Runs a command in this process, which takes less time; it must end as a process does."""
    if db:
        environment["PEFTSHOP_DB"] = str(db)
    result = CliRunner().invoke(
        main, [*map(str, arguments)], env=environment, prog_name="peftshop-db"
    )
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def on_terminal(*arguments: object, db: Path, columns: int) -> str:
    """What a command shows on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"PEFTSHOP_DB": str(db), "COLUMNS": str(columns)}
    with subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=theirs, env=environment) as run:
        os.close(theirs)
        shown = b""
        while chunk := read(ours):
            shown += chunk
    os.close(ours)
    assert run.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""
