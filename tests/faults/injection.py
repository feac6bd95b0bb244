"""Faults at system calls, by strace: which calls of a build write, and builds that fail at one.

Source of the method: strace(1), "Tampering". A call is counted by its name among the calls of the
process, which has one thread.
"""

import re
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.faults.builds import Builds, Ended

# whatever changes a file system, or waits for it to be on the disk
CALLS = (
    "chmod,chown,copy_file_range,creat,fallocate,fchmod,fchmodat,fchown,fchownat,fdatasync,fsync,"
    "ftruncate,lchown,link,linkat,mkdir,mkdirat,mknod,mknodat,msync,open,openat,openat2,pwrite64,"
    "pwritev,pwritev2,rename,renameat,renameat2,rmdir,sendfile,splice,symlink,symlinkat,"
    "sync_file_range,syncfs,truncate,unlink,unlinkat,utimensat,write,writev"
)
_CALL = re.compile(r"(\w+)\((.*)")
_OPENS_TO_WRITE = re.compile(r"O_(CREAT|WRONLY|RDWR|TRUNC)")


@dataclass(frozen=True)
class Point:
    """A call that writes: its name, its number among the calls of that name, its arguments."""

    call: str
    number: int
    about: str


def find_points(builds: Builds, folder: Path, *arguments: object) -> list[Point]:
    """The calls of a command that write below a folder, in order."""
    ended, lines = _trace(builds, folder, arguments)
    assert ended.status == 0, ended.stderr
    points, counts = [], Counter[str]()
    for line in lines:
        if match := _CALL.match(line):
            call, about = match.groups()
            counts[call] += 1
            if str(folder) in about and (
                not call.startswith("open") or _OPENS_TO_WRITE.search(about)
            ):
                points.append(Point(call, counts[call], _describe(folder, about)))
    return points


def inject(
    builds: Builds, folder: Path, point: Point, fault: str, *arguments: object
) -> tuple[Ended, str]:
    """Runs a command that has a fault at a point.

    Args:
        builds: where it runs.
        folder: what it writes.
        point: one of those that `find_points` found.
        fault: an errno's name, or SIGKILL.
        arguments: the command's.

    Returns:
        How it ended, and the call that was hit, as `Point.about`.
    """
    kind = "signal" if fault == "SIGKILL" else "error"
    expression = f"inject={point.call}:{kind}={fault}:when={point.number}"
    ended, lines = _trace(builds, folder, arguments, "-e", expression)
    calls = [match for line in lines if (match := _CALL.match(line))]
    if fault == "SIGKILL":
        # strace writes the line of the call that a process dies in, or dies at
        assert ended.status == -9, f"{point}: {ended}"
        assert lines[-1].startswith("+++ killed by SIGKILL"), lines[-1]
        hit = calls[-1]
        assert sum(match[1] == point.call for match in calls) == point.number, point
    else:
        (hit,) = [match for match in calls if "(INJECTED)" in match[2]]
        assert f" {fault} " in hit[2]
    assert hit[1] == point.call
    return ended, _describe(folder, hit[2])


def _trace(
    builds: Builds, folder: Path, arguments: tuple[object, ...], *options: str
) -> tuple[Ended, list[str]]:
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="trace") as name:
        log, tracers = Path(name) / "log", list[subprocess.Popen[str]]()

        def attach(process: int) -> None:
            command = ["strace", "-y", "-s", "0", "-o", str(log), "-e", f"trace={CALLS}"]
            tracer = subprocess.Popen(
                [*command, *options, "-p", str(process)], stderr=subprocess.PIPE, text=True
            )
            tracers.append(tracer)
            assert tracer.stderr
            line = tracer.stderr.readline()
            assert "attached" in line, line

        ended = builds.run(*arguments, stderr=Path(name) / "stderr", prepare=attach)
        for tracer in tracers:
            tracer.communicate()
        return ended, log.read_text().splitlines()


def _describe(folder: Path, about: str) -> str:
    """A call's arguments without its result and what differs from run to run."""
    arguments = re.sub(r"\)\s+= .*|\s*<unfinished.*|\)\s*=\s*\?.*", "", about)
    return re.sub(r"\b\d+<", "<", arguments.replace(str(folder), "DIR"))
