"""A build that is killed leaves the old dataset, the new one, or none; the next build succeeds."""

from pathlib import Path

import pytest

from tests.faults.builds import CHECKOUT
from tests.faults.datasets import assert_clean, held, smaller_package
from tests.faults.recording import Record
from tests.faults.sweeps import NEW, sweep

pytestmark = pytest.mark.slow

SHARDS = 4
STARTS = {"first build": False, "rebuild": True}


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("start", STARTS)
def test_a_kill_at_every_call_that_writes(
    start: str, shard: int, tmp_path: Path, record: Record
) -> None:
    """Every point of a package with few views; every fourth unless recording."""
    package = smaller_package(tmp_path / "package")
    chosen = slice(shard, None, SHARDS if record.is_full else 4 * SHARDS)
    check_kills(package, tmp_path, start, chosen, record, start)


@pytest.mark.parametrize("start", STARTS)
def test_a_kill_at_some_calls_of_the_whole_package(
    start: str, tmp_path: Path, record: Record
) -> None:
    chosen = slice(3, None, 16 if record.is_full else 48)
    check_kills(CHECKOUT, tmp_path, start, chosen, record, f"{start}, all views")


def check_kills(
    package: Path, work: Path, start: str, chosen: slice, record: Record, name: str
) -> None:
    with sweep(package, work, STARTS[start], lambda _: chosen) as swept:
        for number, _, _ in swept.hit("SIGKILL"):
            assert held(swept.folder) == (swept.before if number <= swept.switch else NEW)
            after = swept.build()
            assert after.status == 0, after.stderr
            assert held(swept.folder) == NEW
            assert_clean(swept.folder)
        record("kills", {f"kills, {name}": len(swept.points)})
