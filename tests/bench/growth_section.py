"""What docs/benchmarks.md says of builds of many methods."""

import itertools
from collections.abc import Mapping

from peftshop_db import sqlfiles
from tests.bench import recording
from tests.bench.sections import measured, table

Row = Mapping[str, str]


def growth() -> list[str]:
    """The section, a list of Markdown's paragraphs."""
    rows = recording.read("growth")
    return [
        "## Builds of many methods",
        "Inputs are the packaged methods again and again with other costs; each measurement is a "
        "process of its own. Contract: reading the input strictly and checking it. Tables: that, "
        "and all tables with their keys and checks. Build: that, and all views, sorted, hashed and "
        "written as Parquet beside the database. read_json is DuckDB merely reading the same bytes "
        "into a table, told the column; not told, it makes a field for each method, and only "
        "counting rows takes what the next column says, until memory fails it. `python -m "
        f"tests.bench.bench_growth {' '.join(row['methods'] for row in rows)}`.",
        "![Seconds against methods, on logarithmic scales](images/benchmark_builds.svg)",
        table(
            (
                *("methods", "input MiB", "build s", "tables s", "contract s", "read_json s"),
                *("read_json, not told s", "json.load s", "build MiB/s", "read_json MiB/s"),
                "build / read_json",
            ),
            "r" * 11,
            (
                (
                    f"{int(row['methods']):,}",
                    measured(row["input_mib"]),
                    *(row[f"{way}_sec"] for way in ("build", "tables", "contract", "read_json")),
                    *(row[f"{way}_sec"] for way in ("found_columns", "loops")),
                    *(_speed(row, "build"), _speed(row, "read_json")),
                    f"{_factor(row, 'build'):.1f}",
                )
                for row in rows
            ),
        ),
        "![Peak memory against methods, on logarithmic scales](images/benchmark_memory.svg)",
        table(
            (
                *("methods", "build peak MiB", "tables peak MiB", "read_json peak MiB"),
                *("json.load peak MiB", "database MiB", "Parquet MiB", "rows as Parquet"),
                *("bytes per row of Parquet", "bytes per row of the database"),
            ),
            "r" * 10,
            (
                (
                    f"{int(row['methods']):,}",
                    *(measured(row[f"{way}_mib"]) for way in ("build", "tables")),
                    *(measured(row[f"{way}_mib"]) for way in ("read_json", "loops")),
                    *(measured(row[f"{part}_mib"]) for part in ("database", "parquet")),
                    measured(row["parquet_rows"]),
                    _per_row(row, "parquet_mib", "parquet_rows"),
                    _per_row(row, "database_mib", "table_rows"),
                )
                for row in rows
            ),
        ),
        *_explained(rows),
    ]


def _explained(rows: list[dict[str, str]]) -> list[str]:
    """What the tables say: what limits a build, and why."""
    small, large = rows[0], rows[-1]
    within = next(row for row in rows if _factor(row, "build") <= 3)
    more = max(
        _more(row, before, "build") / _more(row, before, "read_json")
        for before, row in itertools.pairwise(rows[1:])
    )
    return [
        f"A build of {int(small['methods'])} methods is start-up and {len(sqlfiles.views())} "
        "views, whatever the input, which is why the ratio starts high. What ten times as many "
        f"methods take more, from {int(rows[1]['methods']):,} on, is at most {more:.1f} times what "
        f"DuckDB takes more merely to read the same JSON; from {int(within['methods']):,} methods "
        f"on the whole build is within {_factor(within, 'build'):.1f} times of it, at "
        f"{int(large['methods']):,} within {_factor(large, 'build'):.1f}, with "
        f"{_factor(large, 'build', 'mib'):.2f} of its memory. A read_json that isn't told the "
        f"column takes {_untold(rows[-3])} of the build's time at {int(rows[-3]['methods']):,} "
        f"methods, and {_untold(rows[-2])} at {int(rows[-2]['methods']):,}. In a build "
        f"{int(large['parquet_rows']) // int(large['methods'])} rows of tables and views for each "
        "method are computed, sorted, hashed and written.",
        "The costliest views are `comparison`, with a row for each attribute of each method, and "
        "`pareto_memory_confidence`, with up to as many rows for each method as the test has items "
        "on the way. Every step grows like a sort or more slowly, but for the front over all "
        "measures (`pareto_all`), whose candidates are compared pair by pair. What limits the rest "
        "is one core at a time: Python parses and checks the input, DuckDB keeps the keys of "
        "tables and writes the file, each alone; only publishing uses several. To read the input "
        "in parts would use them, but lose the check of the whole before anything is written; to "
        "publish fewer views would leave readers of Parquet without them.",
        "Memory is bounded by the input: Python's document with its text takes "
        f"{measured(large['contract_mib'])} MiB at {int(large['methods']):,} methods, then DuckDB "
        "up to a gigabyte, or eight times the input where that is more, beyond which it goes on on "
        "disk. Inputs above 64 MiB, some 20,000 methods, are refused unless `--max-bytes` allows "
        "them.",
    ]


def _more(row: Row, before: Row, way: str) -> float:
    return float(row[f"{way}_sec"]) - float(before[f"{way}_sec"])


def _factor(row: Row, way: str, unit: str = "sec") -> float:
    return float(row[f"{way}_{unit}"]) / float(row[f"read_json_{unit}"])


def _untold(row: Row) -> str:
    return f"{float(row['found_columns_sec']) / float(row['build_sec']):.2f}"


def _speed(row: Row, way: str) -> str:
    return f"{float(row['input_mib']) / float(row[f'{way}_sec']):.3g}"


def _per_row(row: Row, size: str, rows: str) -> str:
    return f"{float(row[size]) * 2**20 / int(row[rows]):.1f}"
