"""Many builders and readers of one folder at once."""

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.builds import Builds, Ended, serving
from tests.faults.datasets import assert_clean, held, write_source
from tests.faults.recording import Record

pytestmark = pytest.mark.slow

BUILDERS, ROUNDS = 8, 20
READERS, READS, REBUILDS = 2, 100, 8


def test_one_of_many_builders_wins(tmp_path: Path, record: Record) -> None:
    """The others are refused while it builds."""
    sources = [write_source(tmp_path / f"{i}.json", f"METHOD{i}") for i in range(BUILDERS)]
    folder = tmp_path / "dataset"
    with ExitStack() as stack, ThreadPoolExecutor(BUILDERS) as pool:
        all_builds = list(pool.map(lambda _: stack.enter_context(serving()), range(BUILDERS)))
        for _ in range(ROUNDS):
            order = race(pool, all_builds, sources, folder)
            winner, ended = order[-1]
            assert ended.status == 0, ended
            message = f"Error: {folder}: another build is running; wait for it\n"
            assert [loser for _, loser in order[:-1]] == [Ended(4, message)] * (BUILDERS - 1)
            assert held(folder) == sources[winner].name
            assert_clean(folder)
    record("builders at once", {"rounds": ROUNDS, "refused": ROUNDS * (BUILDERS - 1)})


def race(
    pool: ThreadPoolExecutor, all_builds: Sequence[Builds], sources: Sequence[Path], folder: Path
) -> list[tuple[int, Ended]]:
    """Lets all builders go at once: who they are and how they ended, in that order."""
    together = threading.Barrier(len(all_builds))
    order = list[tuple[int, Ended]]()

    def build(number: int) -> None:
        ended = all_builds[number].run(
            "build",
            sources[number],
            "--out",
            folder,
            stderr=sources[number].with_suffix(".stderr"),
            prepare=lambda _: together.wait(60),
        )
        order.append((number, ended))

    list(pool.map(build, range(len(all_builds))))
    return order


def test_readers_see_the_old_dataset_or_the_new(tmp_path: Path, record: Record) -> None:
    sources = [write_source(tmp_path / f"{name}.json", name, f"{name}S") for name in "AB"]
    folder = tmp_path / "dataset"
    reading = [sys.executable, "-m", "tests.faults.reader", str(folder)]
    with serving() as builds:

        def build(source: Path) -> None:
            ended = builds.run("build", source, "--out", folder, stderr=tmp_path / "stderr")
            assert ended.status == 0, ended

        build(sources[0])
        readers = [
            subprocess.Popen(reading, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(READERS)
        ]
        lines = [list[str]() for _ in readers]
        collectors = [
            threading.Thread(target=lambda r=reader, found=found: found.extend(r.stdout))
            for reader, found in zip(readers, lines, strict=True)
        ]
        for collector in collectors:
            collector.start()
        rebuilds = 0
        while rebuilds < REBUILDS or sum(map(len, lines)) < READS:
            rebuilds += 1
            build(sources[rebuilds % 2])
        for reader, collector in zip(readers, collectors, strict=True):
            assert reader.stdin
            reader.stdin.close()
            assert reader.wait() == 0
            collector.join()
            assert reader.stdout
            reader.stdout.close()
    for found in lines:
        assert set(found) == {"A.json: A AS / A AS\n", "B.json: B BS / B BS\n"}
    record("readers", {"reads": sum(map(len, lines)), "rebuilds meanwhile": rebuilds})
