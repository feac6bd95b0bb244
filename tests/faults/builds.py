"""Builds in processes that are forked from a warm one, so that thousands take minutes.

A server process has imported everything and parsed all SQL. For each request it forks a child,
which waits for a go (until then a tracer may attach to it), runs one command of the command line on
one thread, so that its system calls come in the same order every time, and ends as that command
does.

    python -m tests.faults.builds        the server; requests and replies are lines of JSON
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status (negative for a signal), and what it wrote to stderr."""

    status: int
    stderr: str


class Builds:
    """A client of the server."""

    def __init__(self, package: Path = CHECKOUT) -> None:
        """Starts the server with the package of a checkout."""
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.builds"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ
            | {"PYTHONPATH": f"{package}{os.pathsep}{CHECKOUT}"}
            | {"PYTHONDONTWRITEBYTECODE": "1"},  # which the first build alone would write
            cwd=package,
        )
        self._ask()

    def run(
        self, *arguments: object, stderr: Path, prepare: Callable[[int], object] = bool
    ) -> Ended:
        """Runs a command.

        Args:
            arguments: those of the command line.
            stderr: a file for what it says.
            prepare: called with the process's id before it starts.
        """
        prepare(self._ask({"arguments": [str(item) for item in arguments], "stderr": str(stderr)}))
        return Ended(self._ask("go"), stderr.read_text())

    def close(self) -> None:
        self._server.communicate()
        assert self._server.returncode == 0

    def _ask(self, request: Any = None) -> Any:
        assert self._server.stdin
        assert self._server.stdout
        if request is not None:
            self._server.stdin.write(json.dumps(request) + "\n")
            self._server.stdin.flush()
        return json.loads(self._server.stdout.readline())


@contextmanager
def serving(package: Path = CHECKOUT) -> Iterator[Builds]:
    builds = Builds(package)
    try:
        yield builds
    finally:
        builds.close()


def serve() -> None:
    """Answers requests until stdin ends: a process id, and when it has ended, its status."""
    _prepare()
    print(json.dumps("ready"), flush=True)
    while line := sys.stdin.readline():
        request = json.loads(line)
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            os.close(theirs)
            os.read(ours, 1)
            os.close(ours)
            _run(request["arguments"], request["stderr"])
        os.close(ours)
        print(json.dumps(child), flush=True)
        sys.stdin.readline()
        os.write(theirs, b"g")
        os.close(theirs)
        print(json.dumps(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])), flush=True)


def _prepare() -> None:
    """Imports everything, parses all SQL, and makes builds run on one thread."""
    import duckdb

    from peftshop_db import builder, checks, filling, sqlfiles
    from peftshop_db.definitions import shared_definitions

    filling.build_order()
    sqlfiles.script()
    checks._files()
    shared_definitions()
    connect = duckdb.connect

    def connect_with_one_thread(*arguments: Any, **options: Any) -> Any:
        return connect(*arguments, **{"config": {"threads": 1}, **options})

    duckdb.connect = connect_with_one_thread
    builder.ThreadPoolExecutor = _OneThread  # type: ignore[misc,assignment]


class _OneThread:
    def __init__(self, workers: object) -> None: ...

    def __enter__(self) -> "_OneThread":
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        return map(function, items)


def _run(arguments: list[str], stderr: str) -> None:
    """Becomes the command."""
    os.dup2(os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.dup2(1, 0)
    from peftshop_db.cli import main

    try:
        main(arguments, prog_name="peftshop-db")
    except SystemExit as ended:
        sys.stderr.flush()
        os._exit(int(ended.code or 0))
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(70)
    os._exit(71)


if __name__ == "__main__":
    serve()
