"""Where an answer goes when stdout can't take it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from peftshop_db.cli.output import abandon_stdout
from tests.commands import COMMAND, invoke


def run(db: Path, *arguments: str, **streams: object) -> tuple[int, str]:
    """The exit status of a command and its messages."""
    ended = subprocess.run(  # type: ignore[call-overload]
        [*COMMAND, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env=os.environ | {"PEFTSHOP_DB": str(db)},
        **streams,
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("name", ["parquet", "arrow"])
def test_bytes_are_not_for_a_terminal(small: Path, name: str) -> None:
    ours, theirs = pty.openpty()
    ended = run(small, "query", "methods", "--format", name, stdout=theirs)
    os.close(theirs)
    os.close(ours)
    assert ended == (2, f"Error: {name} is not for a terminal; add -o FILE\n")


def test_a_closed_stdout_is_one_line(small: Path) -> None:
    ended = run(small, "query", "methods", stdout=None, preexec_fn=lambda: os.close(1))
    assert ended == (4, "Error: the output can't be written: it is closed\n")


def test_a_reader_that_went_away_ends_the_command(small: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    ended = run(small, "query", "methods", stdout=theirs)
    os.close(theirs)
    assert ended == (0, "")


@pytest.mark.parametrize(
    ("suffix", "beginning"),
    [
        ("csv", b"method,"),
        ("TSV", b"method\t"),
        ("json", b"[{"),
        ("jsonl", b"{"),
        ("md", b"| method |"),
        ("parquet", b"PAR1"),
        ("arrow", b"\xff\xff\xff\xff"),
        ("txt", b"method,"),
    ],
)
def test_a_file_s_name_tells_its_format(
    small: Path, tmp_path: Path, suffix: str, beginning: bytes
) -> None:
    file = tmp_path / f"methods.{suffix}"
    assert invoke("query", "methods", "-o", file, db=small).exit_code == 0
    assert file.read_bytes().startswith(beginning)


def test_a_table_in_a_file_has_the_width_of_paper(small: Path, tmp_path: Path) -> None:
    file = tmp_path / "methods.txt"
    result = invoke("query", "methods", "--format", "table", "-o", file, db=small, COLUMNS="40")
    assert result.exit_code == 0
    assert 100 < max(map(len, file.read_text().splitlines())) <= 120


def test_a_path_that_can_not_be_written_is_one_line(small: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        assert run(small, "path", stdout=full) == (
            4,
            "Error: the output can't be written: No space left on device\n",
        )


def test_a_stdout_that_is_not_there_is_abandoned_without_ado(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    abandon_stdout()
    assert sys.stdout is None
