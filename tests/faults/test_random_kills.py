"""A build that is killed at any time, in the middle of its threads' work."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.builds import serving
from tests.faults.datasets import assert_clean, held, smaller_package, write_source
from tests.faults.recording import Record

pytestmark = pytest.mark.slow

SHARDS = 4


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_kill_at_any_time(shard: int, tmp_path: Path, record: Record) -> None:
    """A dataset is there before, of the other input, each time but the first."""
    package, folder = smaller_package(tmp_path / "package"), tmp_path / "dataset"
    names = [write_source(tmp_path / f"{name}.json", name).name for name in ("ONE", "TWO")]
    chance = random.Random(shard)
    wanted = 25 if record.is_full else 10
    with serving(package) as builds:

        def command(name: str) -> list[str]:
            return ["build", str(tmp_path / name), "--out", str(folder)]

        start = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "peftshop_db", *command(names[0])],
            check=True,
            capture_output=True,
            cwd=package,
            env={"PYTHONPATH": str(package)},
        )
        usual = time.monotonic() - start
        kills = attempts = 0
        while kills < wanted:
            attempts += 1
            assert attempts < 4 * wanted
            name, before = names[attempts % 2], held(folder)
            process = subprocess.Popen(
                [sys.executable, "-m", "peftshop_db", *command(name)],
                stderr=subprocess.DEVNULL,
                cwd=package,
                env={"PYTHONPATH": str(package)},
            )
            time.sleep(chance.uniform(0.2, 1) * usual)
            process.kill()
            kills += process.wait() == -9
            assert held(folder) in (before, name)
            after = builds.run(*command(name), stderr=tmp_path / "stderr")
            assert after.status == 0, after.stderr
            assert held(folder) == name
            assert_clean(folder)
    record("random kills", {"kills at random times": kills})
