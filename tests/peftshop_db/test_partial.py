"""What is written under a hidden name: who may remove it, and when."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peftshop_db import partial


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_folders_and_files_of_dead_processes_are_removed(tmp_path: Path, dead: int) -> None:
    target = tmp_path / "out"
    (tmp_path / f".out.{dead}").mkdir()
    (tmp_path / f".out.{dead}" / "half").write_text("written")
    (tmp_path / f".out.{dead}.old").mkdir()
    (tmp_path / f".out.{dead + 1}").write_text("half")
    partial.remove_abandoned(target)
    assert list(tmp_path.iterdir()) == []


def test_what_is_held_or_of_others_stays(tmp_path: Path, dead: int) -> None:
    target, mine = tmp_path / "out", partial.name(tmp_path / "out")
    assert mine == tmp_path / f".out.{os.getpid()}"
    mine.mkdir()
    (tmp_path / f".out.{dead}").symlink_to(tmp_path)
    (tmp_path / ".out.note").write_text("of others")
    (tmp_path / f".output.{dead}").write_text("another's")
    before = sorted(tmp_path.iterdir())
    with partial.held(mine):
        partial.remove_abandoned(target)
        assert sorted(tmp_path.iterdir()) == before
    partial.remove_abandoned(target)
    assert sorted(tmp_path.iterdir()) == [path for path in before if path != mine]


def test_a_folder_that_is_not_there_has_nothing_to_remove(tmp_path: Path) -> None:
    partial.remove_abandoned(tmp_path / "missing" / "out")
    assert list(tmp_path.iterdir()) == []
