"""Closed, broken and full streams, and environments that lack what others have."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.commands import COMMAND


def in_shell(line: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """What a line of bash gives in which `peftshop-db` is the command."""
    changed = {name: value for name, value in environment.items() if value is not None}
    kept = {name: value for name, value in os.environ.items() if name not in environment}
    return subprocess.run(
        ["bash", "-c", line.replace("peftshop-db", " ".join(COMMAND))],
        capture_output=True,
        text=True,
        check=False,
        env=kept | changed,
    )


@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("peftshop-db query methods >&-", 4, "the output can't be written: it is closed"),
        ("peftshop-db query methods --format arrow >&-", 4, "can't be written: it is closed"),
        ("peftshop-db query nope 2>&-", 2, ""),
        ("peftshop-db query methods --limit 1 <&-", 0, ""),
        ("peftshop-db sql 'select 1' <&-", 0, ""),
        ("peftshop-db sql <&-", 2, "there is no SQL; try"),
        ("peftshop-db sql - <&-", 4, "stdin can't be read: it is closed"),
        ("peftshop-db shell --guarded <&-", 0, ""),
        ("peftshop-db --help > /dev/full", 4, "the output can't be written: No space left"),
        ("peftshop-db query --help > /dev/full", 4, "the output can't be written: No space left"),
        ("peftshop-db path > /dev/full", 4, "the output can't be written: No space left"),
        ("peftshop-db sql 'select 1' > /dev/full", 4, "can't be written: No space left"),
    ],
)
def test_closed_and_full_streams(shipped: Path, line: str, status: int, message: str) -> None:
    result = in_shell(line, PEFTSHOP_DB=str(shipped))
    assert result.returncode == status, result.stderr
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == bool(message)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_file_that_may_not_grow_is_reported(
    shipped: Path, tmp_path: Path, unbuffered: str
) -> None:
    line = f"ulimit -f 1; peftshop-db query explanations > {tmp_path}/redirected"
    # what measures coverage would say that it can write nothing either
    unmeasured = {"COVERAGE_PROCESS_CONFIG": None, "PYTHONUNBUFFERED": unbuffered}
    result = in_shell(line, PEFTSHOP_DB=str(shipped), **unmeasured)
    assert (result.returncode, result.stderr) == (
        4,
        "Error: the output can't be written: File too large\n",
    )


@pytest.mark.parametrize(
    "arguments",
    ["--help", "path", "schema", "query dominance", "export-source", "describe methods"],
)
def test_who_stops_reading_is_no_error(shipped: Path, arguments: str) -> None:
    line = f"(sleep 0.2; peftshop-db {arguments}; echo $? >&2) | exec true"
    result = in_shell(line, PEFTSHOP_DB=str(shipped))
    assert result.stderr == "0\n"


@pytest.mark.parametrize(
    ("environment", "status", "message"),
    [
        ({"HOME": None, "XDG_CACHE_HOME": None, "PEFTSHOP_DB": "{shipped}"}, 0, ""),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}, 0, ""),
        ({"COLUMNS": "1"}, 0, ""),
        ({"COLUMNS": "no number", "TERM": "nonsense"}, 0, ""),
        ({"PEFTSHOP_DB": None, "XDG_CACHE_HOME": "/dev/null"}, 4, "can't be written: Not a direct"),
        ({"PEFTSHOP_DB": "{tmp_path}"}, 4, "peftshop.duckdb: no dataset there; `peftshop-db build"),
        ({"PEFTSHOP_DB": "{tmp_path}/pipe"}, 4, "pipe: no dataset there; `peftshop-db build"),
    ],
)
def test_environments(
    shipped: Path, tmp_path: Path, environment: dict[str, str | None], status: int, message: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    given = {
        name: value and value.format(shipped=shipped, tmp_path=tmp_path)
        for name, value in ({"PEFTSHOP_DB": "{shipped}"} | environment).items()
    }
    result = in_shell("peftshop-db query methods --format table --limit 2", **given)
    assert result.returncode == status, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    if status == 0:
        assert "ADALORA" in result.stdout


@pytest.mark.parametrize("line", ["query $'\\xff'", "sql $'select \\xff'", "explain LORA $'\\xff'"])
def test_arguments_are_text(shipped: Path, line: str) -> None:
    result = in_shell(f"peftshop-db {line}", PEFTSHOP_DB=str(shipped))
    assert result.returncode == 2
    assert result.stderr.startswith("Error: ")
    assert result.stderr.endswith("\\udcff' is not UTF-8\n")
