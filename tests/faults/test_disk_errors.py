"""A build that the disk fails ends with status 4 and one line, and leaves what it found."""

import re
from pathlib import Path

import pytest

from tests.faults.builds import CHECKOUT
from tests.faults.datasets import assert_clean, held, smaller_package, tree
from tests.faults.recording import Record
from tests.faults.sweeps import NEW, changes, sweep
from tests.faults.test_kills import STARTS

pytestmark = pytest.mark.slow

ERRORS = ("ENOSPC", "EIO", "EACCES")
# what a build does without: to make a folder that is there, to remove what the next build removes
NEEDLESS = re.compile(
    r'unlink\("DIR/\.(lock|link|next)"|mkdir\("DIR(/\.generations/\d+/parquet.*)?"'
)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("start", STARTS)
def test_an_error_at_every_call_that_writes(
    start: str, error: str, tmp_path: Path, record: Record
) -> None:
    """Every point of a package with few views; every ninth unless recording."""
    chosen = slice(None) if record.is_full else slice(ERRORS.index(error), None, 9)
    package = smaller_package(tmp_path / "package")
    check_errors(package, tmp_path, start, error, chosen, record, start)


@pytest.mark.parametrize("start", STARTS)
def test_an_error_at_some_calls_of_the_whole_package(
    start: str, tmp_path: Path, record: Record
) -> None:
    chosen = slice(7, None, 16 if record.is_full else 48)
    check_errors(CHECKOUT, tmp_path, start, "ENOSPC", chosen, record, f"{start}, all views")


def check_errors(
    package: Path, work: Path, start: str, error: str, chosen: slice, record: Record, name: str
) -> None:
    with sweep(package, work, STARTS[start], lambda _: chosen) as swept:
        swept.start()
        earlier = tree(swept.folder) if swept.before else set[str]()
        needless = 0
        for number, point, ended in swept.hit(error):
            if ended.status == 0:
                assert NEEDLESS.match(f"{point.call}({point.about}"), point
                assert held(swept.folder) == NEW
                needless += 1
            else:
                assert ended.status == 4, f"{point}: {ended}"
                assert re.fullmatch(r"Error: .*: .*\n", ended.stderr), f"{point}: {ended}"
                if number <= swept.switch:
                    assert changes(swept, earlier) == set(), point
                else:
                    assert held(swept.folder) == NEW
            if number % 10 == 0:
                after = swept.build()
                assert after.status == 0, after.stderr
                assert_clean(swept.folder)
        record(
            "errors",
            {
                f"{error}, {name}": len(swept.points),
                f"of no consequence, {name}": needless,
            },
        )
