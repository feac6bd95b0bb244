"""A killed export leaves the old files, the new ones, or none; the next leaves nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from peftshop_db import partial
from tests.commands import peftshop
from tests.faults.builds import serving
from tests.faults.datasets import tree
from tests.faults.injection import find_points, inject
from tests.faults.recording import Record


def test_what_a_killed_process_left_is_removed(small: Path, tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    alive, target = os.getpid(), tmp_path / "answer.csv"
    for number in (dead.pid, alive):
        (tmp_path / f".answer.csv.{number}").write_text("half")
    (tmp_path / ".answer.csv.note").write_text("mine")
    with partial.held(tmp_path / f".answer.csv.{alive}"):
        assert peftshop("query", "methods", "-o", target, db=small).returncode == 0
    assert tree(tmp_path) == {"answer.csv", f".answer.csv.{alive}", ".answer.csv.note"}


@pytest.mark.slow
@pytest.mark.parametrize("is_again", [False, True], ids=["first export", "another export"])
def test_a_kill_at_every_call_that_writes(
    is_again: bool, shipped: Path, tmp_path: Path, record: Record
) -> None:
    place = tmp_path / "place"
    place.mkdir()

    def command(*names: str) -> tuple[object, ...]:
        return "export", place / "out", *names, "--format", "csv", "--db", shipped

    new, old = command("leaderboard", "methods"), command("leaderboard", "features")
    with serving() as builds:

        def export(arguments: tuple[object, ...]) -> set[str]:
            ended = builds.run(*arguments, stderr=tmp_path / "stderr")
            assert ended.status == 0, ended
            return tree(place)

        def start() -> None:
            shutil.rmtree(place)
            place.mkdir()
            if is_again:
                export(old)

        after = export(new)
        start()
        before = tree(place)
        points = find_points(builds, place, *new)
        assert tree(place) == after
        for point in points:
            start()
            inject(builds, place, point, "SIGKILL", *new)
            found = {name for name in tree(place) if name.startswith("out")}
            assert found in (before, after, set()), point
            assert export(new) == after
    record("killed exports", {"kills": len(points)})
