"""One build for each point at which it can fail."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.builds import Builds, Ended, serving
from tests.faults.datasets import held, tree, write_source
from tests.faults.injection import Point, find_points, inject

OLD, NEW = "old.json", "new.json"


@dataclass(frozen=True)
class Sweep:
    """A build that can be repeated from the same start, and its points.

    Attributes:
        builds: where it runs.
        folder: the dataset's.
        before: what the folder holds before the build; None for a first build.
        points: those chosen of all.
        switch: the point at which the new dataset takes the old one's place.
        total: the number of all points.
    """

    builds: Builds
    folder: Path
    before: str | None
    points: Sequence[tuple[int, Point]]
    switch: int
    total: int

    def start(self) -> None:
        """Makes the folder what it was before the build."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.before:
            shutil.copytree(self.folder.with_name("prepared"), self.folder, symlinks=True)

    def build(self, source: str = NEW) -> Ended:
        return self.builds.run(*self.command(source), stderr=self.folder.with_name("stderr"))

    def command(self, source: str = NEW) -> tuple[object, ...]:
        return "build", self.folder.with_name(source), "--out", self.folder

    def hit(self, fault: str) -> Iterator[tuple[int, Point, Ended]]:
        """Starts anew and builds with the fault, for each point; the fault must have hit it."""
        for number, point in self.points:
            self.start()
            ended, about = inject(self.builds, self.folder, point, fault, *self.command())
            assert about == point.about
            yield number, point, ended


@contextmanager
def sweep(
    package: Path, work: Path, is_rebuild: bool, choose: Callable[[int], slice]
) -> Iterator[Sweep]:
    """Prepares a sweep.

    Args:
        package: what builds.
        work: an empty folder.
        is_rebuild: whether a dataset is there before.
        choose: which points to take of so many.
    """
    write_source(work / OLD, "ONE", "TWO")
    write_source(work / NEW, "ONE", "THREE")
    with serving(package) as builds:
        empty = Sweep(builds, work / "dataset", None, (), 0, 0)
        if is_rebuild:  # twice, so that it has a generation to remove
            for _ in range(2):
                assert empty.build(OLD).status == 0
            (work / "dataset").rename(work / "prepared")
        ready = Sweep(builds, work / "dataset", OLD if is_rebuild else None, (), 0, 0)
        ready.start()
        points = find_points(builds, ready.folder, *ready.command())
        assert held(ready.folder) == NEW
        switch = next(i for i, point in enumerate(points) if point.call.startswith("rename"))
        chosen = list(enumerate(points))[choose(len(points))]
        yield Sweep(builds, ready.folder, ready.before, chosen, switch, len(points))


def changes(sweep: Sweep, earlier: set[str]) -> set[str]:
    """The files that are there and were not, or the reverse, but for those of a generation that
    every build begins by removing."""
    assert held(sweep.folder) == sweep.before
    return {name for name in tree(sweep.folder) ^ earlier if "000001" not in name or not earlier}
