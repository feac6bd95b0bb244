"""How long after its limit `sql` ends statements that would run for ever or fill the memory.

Every statement of tests/peftshop_db/hostile_sql/abuses.sql, in turn, under a limit of one second,
from the call to the return: with the start of the process, and with its end.

With `record`, the results go to tests/bench/results/guard.csv.

    python -m tests.bench.bench_guard [record]
"""

import statistics
import sys
import time
from pathlib import Path

from peftshop_db import dataset, guard
from peftshop_db.errors import PeftshopError, TimeLimitError
from tests.bench import recording
from tests.peftshop_db.hostile_sql import statements, written_out

LIMITS = guard.Limits(seconds=1.0, memory_bytes=512 * 1024**2)


def main() -> None:
    database = dataset.locate(None)
    overruns = []
    for number, line in enumerate(statements("abuses"), 1):
        statement = written_out(line)
        start = time.perf_counter()
        end = run(database, statement)
        overruns.append(time.perf_counter() - start - LIMITS.seconds)
        row = {"number": number, "abuse": line[:80], "end": end, "overrun_sec": overruns[-1]}
        if "record" in sys.argv:
            recording.keep("guard", row, ["number"])
        else:
            print(*row.values(), flush=True)
    print(
        f"{len(overruns)} abuses under a limit of {LIMITS.seconds:g} s; half ended by "
        f"{statistics.median(overruns):.2f} s after it, the latest {max(overruns):.2f} s after it, "
        f"{sum(overrun > 1.5 for overrun in overruns)} more than 1.5 s after it"
    )


def run(database: Path, statement: str) -> str:
    """What ended a statement."""
    try:
        answer = guard.run(database, statement, limits=LIMITS)
    except TimeLimitError:
        return "time"
    except PeftshopError as error:
        text = str(error)
        return "memory" if "Memory" in text or "died" in text else "refusal"
    return answer.stopped_by or "complete"


if __name__ == "__main__":
    main()
