"""Running SQL under a guard of which some levers are off, to see that each one matters."""

import sys
from pathlib import Path
from typing import Any

import pytest

from peftshop_db import guard
from peftshop_db.errors import PeftshopError
from peftshop_db.guard import Limits

_CHILD = """\
import os, sys
from types import SimpleNamespace
from peftshop_db import guard_child as child

off = sys.argv[1].split(",")
settings, limits = child.settings, child.limits
kept = lambda levers: {name: value for name, value in levers.items() if name not in off}
child.settings = lambda memory_bytes: kept(settings(memory_bytes))
child.message = lambda error, *_: str(error)  # all of it
child.limits = lambda memory_bytes, seconds: kept(limits(memory_bytes, seconds))
if "only SELECT and EXPLAIN" in off:
    child.check = lambda *_: SimpleNamespace(type=SimpleNamespace(name="EXPLAIN"))
if "interrupt" in off:
    child.Run._interrupt = lambda *_: None
if "end with the parent" in off:
    child._end_with_stdin = lambda: None
if "private output" in off:
    os.dup2 = lambda *_: None
if "max_rows" in off or "max_bytes" in off:
    answer = child.Run.answer
    def unlimited(run):
        run.request |= {name: 10**9 for name in off}
        return answer(run)
    child.Run.answer = unlimited
"""


def command(*off: str, then: str = "child.main()") -> list[str]:
    """What starts a process of the guard without some levers."""
    return [sys.executable, "-c", f"{_CHILD}\n{then}", ",".join(off)]


def run(database: Path, sql: str, *off: str, then: str = "child.main()", **limits: Any) -> str:
    """The rows of a statement under a guard without some levers, or its error."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "COMMAND", command(*off, then=then))
        if "environment" in off:
            patch.setattr(guard, "environment", lambda: None)
        try:
            answer = guard.run(database, sql, limits=Limits(**{"seconds": 10, **limits}))
        except PeftshopError as error:
            return f"{type(error).__name__}: {error}"
        return str(answer.result.rows)


def ended_by(
    database: Path,
    sql: str,
    *off: str,
    then: str = "child.main()",
    seconds: float,
    grace: float,
) -> str:
    """What ends a statement whose time is over: "itself", or "kill" by the watching process."""
    ends: list[str] = []
    serve = guard._serve

    def watched(request: bytes, limits: Limits) -> Any:
        child = serve(request, limits)
        ends.append("kill" if child.is_late else "itself")
        return child

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "GRACE_SECONDS", grace)
        patch.setattr(guard, "_serve", watched)
        assert "TimeLimitError" in run(database, sql, *off, then=then, seconds=seconds)
    return ends[0]
