"""How long after its limit `sql` ends statements that would run for ever or fill the memory.

Every statement of tests/peftshop_db/hostile_sql/abuses.sql, in turn, under a limit of one second.

    python -m tests.bench.bench_guard
"""

import time
from contextlib import suppress
from pathlib import Path

from peftshop_db import dataset, guard
from peftshop_db.errors import PeftshopError

ABUSES = Path(__file__).parents[1] / "peftshop_db" / "hostile_sql" / "abuses.sql"
LIMITS = guard.Limits(seconds=1.0, memory_bytes=512 * 1024**2)


def main() -> None:
    database = dataset.locate(None)
    lines = ABUSES.read_text(encoding="utf-8").splitlines()
    statements = [line for line in lines if line and not line.startswith("# ")]
    overruns = []
    for statement in statements:
        start = time.perf_counter()
        with suppress(PeftshopError):
            guard.run(database, statement, limits=LIMITS)
        overruns.append(time.perf_counter() - start - LIMITS.seconds)
    late = sum(overrun > 1.5 for overrun in overruns)
    print(
        f"sql: {len(statements)} abuses under a limit of {LIMITS.seconds:g} s; the latest ended "
        f"{max(overruns):.2f} s after it, {late} more than 1.5 s after it"
    )


if __name__ == "__main__":
    main()
