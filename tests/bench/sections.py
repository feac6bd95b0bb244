"""What docs/benchmarks.md says of commands, of the guard, of fronts and of history.

Each section is a list of Markdown's paragraphs, tables among them.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence

from peftshop_db.formats import markdown_row
from tests.bench import recording

KINDS = {
    "inputs": "inputs of 39 methods",
    "inputs again": "one input more, the others held already",
    "results": "raw result files beside one input",
    "short": "inputs of 5 methods",
    "short again": "one input of 5 methods more",
}


def commands() -> list[str]:
    rows = recording.read("commands")
    return [
        "## Commands beside their floors, and DuckDB's own shell",
        "Whole processes, taking turns. The floor is Python doing the same with nothing around it: "
        "it imports click and prints a line; it opens the same file with duckdb and prints the "
        "same rows; it runs the statements of a build and writes the same files, without checking, "
        "describing, hashing or syncing anything. The shell is DuckDB's own (duckdb-cli "
        f"{rows[-1]['shell_version']}), a program without Python, on the same file. Ratios are "
        "those of rounds, with their quartiles. `python -m tests.bench.bench_commands 11 record`.",
        table(
            (
                *("command", "command ms", "floor ms", "shell ms"),
                *("command / floor", "command / shell"),
            ),
            "lrrrrr",
            (
                (
                    f"`{row['command']}`",
                    *(row["command_ms"], row["floor_ms"], row["shell_ms"] or "–"),
                    *(row["floor_ratio"], row["shell_ratio"] or "–"),
                )
                for row in rows
            ),
        ),
        "What limits `query` is Python: most of what it takes more than the shell is Python's "
        "start and the import of duckdb, which the floor has as well. Who needs that time can open "
        "`peftshop.duckdb` in the shell itself, since the views are in it. A small build is "
        "planning the views and writing a hundred small files; what it takes more than its floor "
        "is checks, descriptions and hashes of every column and file, and that all is on the disk "
        "before any is seen.",
    ]


def guard() -> list[str]:
    abuses = recording.read("guard")
    overruns = [float(row["overrun_sec"]) for row in abuses]
    return [
        "## Statements that would not end",
        f"{len(abuses)} statements that would run for ever or fill the memory, each under "
        "`sql`'s guard with a limit of one second and 512 MiB, from the call to the return, start "
        "and end of the process included. Those that were not ended by their time stood against "
        f"another limit, or the engine saw through them. The latest ended {max(overruns):.2f} s "
        f"after its limit; {sum(overrun > 1.5 for overrun in overruns)} more than 1.5 s after it. "
        "`python -m tests.bench.bench_guard record`.",
        table(
            ("ended by", "statements", "median s after the limit", "latest s after the limit"),
            "lrrr",
            (
                (end, len(late), f"{statistics.median(late):.2f}", f"{max(late):.2f}")
                for end, late in _by_end(abuses)
            ),
        ),
    ]


def fronts() -> list[str]:
    rows = recording.read("fronts")
    constants = [float(row["view_per_n_log_n"]) for row in rows]
    largest = rows[-1]

    def factor(name: str) -> str:
        return f"{float(largest['view_sec']) / float(largest[f'{name}_sec']):.1f}"

    return [
        "## Fronts of many runs",
        "The view `dominance` itself over made-up runs, against the definition (a run for which no "
        "other is at least as good on both and better on one), one sort in Polars, and the same "
        "view in Spark. All find the same front. `python -m tests.bench.bench_fronts 10000 100000 "
        "1000000 10000000`.",
        "![Seconds against runs, on logarithmic scales](images/benchmark_fronts.svg)",
        table(
            (
                *("runs", "on the front", "view s", "ns per n log₂ n"),
                *("definition s", "Polars s", "Spark s"),
            ),
            "r" * 7,
            (
                (
                    f"{int(row['runs']):,}",
                    *(measured(row["front"]), row["view_sec"], row["view_per_n_log_n"]),
                    *(measured(row[f"{name}_sec"]) for name in ("quadratic", "polars", "spark")),
                )
                for row in rows
            ),
        ),
        f"Time divided by n log n stays between {min(constants):.0f} and {max(constants):.0f} ns "
        f"from {int(rows[0]['runs']):,} to {int(largest['runs']):,} runs, the largest for the "
        "smallest number, where starting the query counts. The definition compares all pairs, and "
        "was not run from a million on. The view is "
        f"two window functions, each a sort; it takes {factor('polars')} times as long as Polars, "
        "which sorts two columns of numbers once, since it also names for every run the "
        "best-scoring one that dominates it, and carries names of runs along. In Spark it takes "
        f"{1 / float(factor('spark')):.1f} times as long. One sort would do for the front alone; "
        "the second is what the name of the dominating run costs.",
    ]


def history() -> list[str]:
    return [
        "## History and raw runs",
        "`python -m tests.bench.bench_history {inputs|short|results} NUMBER...`; inputs are made "
        "up, a hundred to a peft version.",
        table(
            ("what", "number", "input MiB", "seconds", "peak MiB", "database MiB", "Parquet MiB"),
            "lrrrrrr",
            (
                (
                    KINDS[row["kind"]],
                    f"{int(row['number']):,}",
                    *(row["input_mib"], measured(row["seconds"]), measured(row["peak_mib"])),
                    *(row["database_mib"], row["parquet_mib"]),
                )
                for row in recording.read("history")
            ),
        ),
        "Peak memory levels off at DuckDB's limit of 1 GB, beyond which it goes on on disk, plus "
        "what Python and pyarrow take, however many inputs there are: they are taken in one at a "
        "time, and what grows is publishing the views over all versions, sorts of all rows of "
        "history. Most of the time of a first build is the statements of the ETL, once for each "
        "input; a build that adds an input skips them for those that are there. A database with "
        "many raw runs is large for its keys; as Parquet the same rows take a hundredth, since "
        "made-up values repeat more than real ones.",
    ]


def measured(text: str) -> str:
    """A measurement as tables show it: large ones without decimals, with separators."""
    if not text or text == "failed":
        return text or "not run"
    return text if float(text) < 1000 else f"{float(text):,.0f}"


def table(heads: Sequence[str], aligned: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with a letter for how each column is aligned, l or r."""
    marks = ("---:" if align == "r" else "---" for align in aligned)
    return "\n".join(markdown_row(*row) for row in (heads, tuple(marks), *rows))


def _by_end(abuses: Sequence[Mapping[str, str]]) -> list[tuple[str, list[float]]]:
    """How long after its limit each statement ended, by what ended it, the most frequent first."""
    late: dict[str, list[float]] = {}
    for row in abuses:
        late.setdefault(row["end"], []).append(float(row["overrun_sec"]))
    return sorted(late.items(), key=lambda item: -len(item[1]))
