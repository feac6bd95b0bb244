"""A disk that is too small, of every size up to enough: a build needs all its room, or changes
nothing."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.builds import serving
from tests.faults.datasets import assert_clean, held, tree, write_source
from tests.faults.recording import Record

pytestmark = pytest.mark.slow

SIZES = 30


@contextmanager
def disk(folder: Path) -> Iterator[None]:
    """Mounts a file system in memory, whose size `resize` sets."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        assert "CI" not in os.environ, mounted.stderr
        pytest.skip(f"only root may mount: {mounted.stderr}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def resize(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


def used(folder: Path) -> int:
    status = os.statvfs(folder)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


@pytest.mark.parametrize("is_rebuild", [False, True], ids=["first build", "rebuild"])
def test_disks_of_every_size(is_rebuild: bool, tmp_path: Path, record: Record) -> None:
    old, new = (write_source(tmp_path / f"{name}.json", name) for name in ("ONE", "TWO"))
    room, stderr = tmp_path / "disk", tmp_path / "stderr"
    folder = room / "dataset"
    with disk(room), serving() as builds:

        def build(source: Path) -> int:
            ended = builds.run("build", source, "--out", folder, stderr=stderr)
            assert ended.status in (0, 4), ended
            if ended.status:
                assert re.fullmatch(r"Error: .*: .*No space left on device\n", ended.stderr), ended
            return ended.status

        assert build(old) == 0
        needed = used(room)
        if not is_rebuild:
            subprocess.run(["rm", "-r", folder], check=True)
        base = used(room)
        before = (old.name, tree(folder)) if is_rebuild else (None, set[str]())
        refused = 0
        for step in range(1, SIZES + 1):
            resize(room, base + needed * step // (SIZES - 3))
            status = build(new)
            refused += status == 4
            if status == 4:
                assert (held(folder), tree(folder)) == before
            else:
                assert step > SIZES // 2
                assert held(folder) == new.name
                assert_clean(folder)
                resize(room, 2**30)
                subprocess.run(["rm", "-r", folder], check=True)
                if is_rebuild:
                    assert build(old) == 0
                    before = old.name, tree(folder)
        assert SIZES // 2 < refused < SIZES
    record("full disks", {"disks too small": refused, "disks large enough": SIZES - refused})
