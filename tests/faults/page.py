"""Writes docs/promises.md: what is promised, the tests that hold it, and what they last tried.

python -m tests.faults.page
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults import recording

PAGE = Path(__file__).parent.parent.parent / "docs" / "promises.md"
HEAD = """\
# What holds when things break

Each promise is held by a suite under `tests/faults/`. The counts are those of its last full run,
written by `pytest tests/faults -m slow --record` (on Linux, as root, with strace; 50 minutes on
two busy cores) and `python -m tests.faults.page`. Without `--record`, as `.ci/run` has it, the
same suites take every n-th of the points at which a system call may fail.

A *point* is a system call of a build that changes the file system or syncs it, as strace lists
them. A build of the whole package has some 500; every point is tried with a copy of the package
that has all tables and few views, and every sixteenth with all views.
"""


@dataclass(frozen=True)
class Promise:
    """What users may rely on, by the name of its counts, and the module that tests it."""

    name: str
    module: str
    statement: str


PROMISES = (
    Promise(
        "kills",
        "test_kills",
        "A build that is killed at any point leaves the old dataset until the switch, the new one "
        "from then on, and none where none was; `verify` finds it intact; the next build succeeds "
        "and leaves nothing else behind.",
    ),
    Promise(
        "random kills",
        "test_random_kills",
        "So does a build on several threads that is killed at a random time.",
    ),
    Promise(
        "errors",
        "test_disk_errors",
        "A build that meets an error at any point ends with status 4 and one line, and leaves the "
        "folder as it was; after the switch, with the new dataset. Errors of no consequence, such "
        "as of making a folder that is there, don't stop it.",
    ),
    Promise(
        "full disks",
        "test_full_disk",
        "So does a build on a disk that is too small, of 30 sizes for a first build and as many "
        "for a rebuild.",
    ),
    Promise(
        "killed exports",
        "test_exports",
        "An export that is killed at any point leaves the old folder, the new one, or none; the "
        "next export removes what it left.",
    ),
    Promise(
        "builders at once",
        "test_concurrency",
        "Of eight builders at once one wins, and the others say so while it builds.",
    ),
    Promise(
        "readers",
        "test_concurrency",
        "Who reads during rebuilds reads the old dataset or the new one, without error or mix.",
    ),
    Promise(
        "bit rot",
        "test_bit_rot",
        "`verify` finds and names every file with a flipped bit, 600 flips in each file.",
    ),
    Promise(
        "damaged datasets",
        "test_bit_rot",
        "No command answers from a database or manifest with a flipped bit: status 4, one line.",
    ),
    Promise(
        "damaged lone files",
        "test_bit_rot",
        "A database without a manifest beside it (and one of more than 64 MiB, which isn't hashed "
        "before it is read) gives the right answer or none: DuckDB checks the blocks that it "
        "reads.",
    ),
    Promise(
        "bytes",
        "test_bytes",
        "An input with changed bytes is refused with status 3 and its place, or accepted and given "
        "back whole by `export-source`, within 1 GiB of memory; so is any other JSON or text.",
    ),
    Promise(
        "damaged values",
        "test_damaged_values",
        "A row or value of a table that breaks a rule of the data is caught by a constraint or a "
        "check; any other change of one, by `verify`.",
    ),
    Promise(
        "surroundings",
        "test_surroundings",
        "Threads, time zone, locale, hash seed and folder change no byte of Parquet or of the "
        "descriptions, and no row of the database.",
    ),
)


def render(results: Mapping[str, Mapping[str, int]]) -> str:
    """The page."""
    return "\n".join([HEAD, *(_section(item, results.get(item.name, {})) for item in PROMISES)])


def _section(promise: Promise, counts: Mapping[str, int]) -> str:
    name, module = promise.name, promise.module
    lines = [f"## {name[0].upper()}{name[1:]}", "", promise.statement, "", "| tried | count |"]
    lines += ["|---|---:|"]
    lines += [f"| {what} | {count:,} |" for what, count in counts.items() if what != "violations"]
    lines += [f"| **violations** | **{counts.get('violations', 0):,}** |", ""]
    return "\n".join([*lines, f"`pytest -m slow tests/faults/{module}.py`", ""])


if __name__ == "__main__":
    PAGE.write_text(render(recording.read()), encoding="utf-8")
