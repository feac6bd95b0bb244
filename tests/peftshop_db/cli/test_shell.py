"""The command `shell`: what it reads as statements, and what it has on a terminal."""

import builtins
import io
import os
import readline
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from peftshop_db import dataset
from peftshop_db.cli import main, shell
from peftshop_db.errors import QueryError
from tests.commands import peftshop

SCRIPT = """\
select 1 as a; select ';' as b; -- ; nothing
select
  'two;
lines' as c;
selec;
.nothing
.tables
select 4 as d
"""


def test_a_shell_without_duckdb_runs_statements(small: Path) -> None:
    result = peftshop("shell", db=small, stdin=SCRIPT, PATH="/nowhere")
    assert result.stdout.startswith('a\n1\nb\n;\nc\n"two;\nlines"\n')
    assert "\nmethods\n" in result.stdout
    assert result.stdout.endswith("d\n4\n")
    assert result.stderr == (
        'Error: Parser Error: syntax error at or near "selec"\nLINE 1: selec;\n        ^\n'
        "Error: no such command: .nothing; .help shows all\n"
    )
    assert result.returncode == 2  # of the last failure
    left = peftshop("shell", "--guarded", db=small, stdin=".help\n.quit\nselect 1;\n")
    assert left.stdout.startswith("A statement (SELECT or EXPLAIN)")
    assert (left.returncode, "1" in left.stdout) == (0, False)


def test_a_shell_with_duckdb_is_it(small: Path, tmp_path: Path) -> None:
    duckdb = tmp_path / "duckdb"
    duckdb.write_text('#!/bin/sh\necho "$@"; exit 7\n')
    duckdb.chmod(0o755)
    result = peftshop("shell", db=small, PATH=f"{tmp_path}:{os.environ['PATH']}")
    opened = (small / dataset.FILE_NAME).resolve()
    assert (result.returncode, result.stdout) == (7, f"-readonly {opened}\n")


@pytest.mark.parametrize(
    ("text", "whole", "rest"),
    [
        ("select 1;\n", ["select 1;"], "\n"),
        ("a; b;c", ["a;", " b;"], "c"),
        ("select ';", [], "select ';"),
        ("select 'it''s;' ;", ["select 'it''s;' ;"], ""),
        ('";" ;', ['";" ;'], ""),
        ("$$;$$;", ["$$;$$;"], ""),
        ("$a$;$$;$a$;", ["$a$;$$;$a$;"], ""),
        ("-- ;\n;", ["-- ;\n;"], ""),
        ("/* ;\n", [], "/* ;\n"),
        ("/* ; */;", ["/* ; */;"], ""),
    ],
)
def test_where_a_statement_ends(text: str, whole: list[str], rest: str) -> None:
    assert shell.split(text) == (whole, rest)


class Keyboard(io.StringIO):
    """A terminal as stdin, at which lines, Ctrl-C and Ctrl-D are typed when `input` asks."""

    def __init__(self, *typed: str | type[BaseException]) -> None:
        super().__init__()
        self.typed = iter(typed)
        self.prompts: list[str] = []

    def isatty(self) -> bool:
        return True

    def input(self, prompt: str) -> str:
        self.prompts.append(prompt.strip())
        line = next(self.typed)
        if isinstance(line, str):
            return line
        raise line


def converse(
    monkeypatch: pytest.MonkeyPatch, *typed: str | type[BaseException]
) -> tuple[Keyboard, list[str], int]:
    """What is typed at a prompt: the keyboard, the statements that were run, and the status."""
    keyboard, ran = Keyboard(*typed), list[str]()
    monkeypatch.setattr(sys, "stdin", keyboard)
    monkeypatch.setattr(builtins, "input", keyboard.input)

    def run(text: str) -> None:
        ran.append(text)
        if "endless" in text:
            raise KeyboardInterrupt
        if "wrong" in text:
            raise QueryError("it is wrong")

    return keyboard, ran, shell.converse(run, lambda: "methods\n")


def test_a_prompt_reads_statements_of_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard, ran, status = converse(
        monkeypatch, "select 1,", "2; select", "3;", "", ".quit", "select 4;"
    )
    assert ran == ["select 1,\n2;", "select\n3;"]
    assert keyboard.prompts == ["peftshop>", "...>", "...>", "peftshop>", "peftshop>"]
    assert status == 0


def test_ctrl_c_drops_what_was_typed_or_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard, ran, status = converse(
        monkeypatch, "select typo", KeyboardInterrupt, "endless;", "select 1;", EOFError
    )
    assert ran == ["endless;", "select 1;"]
    assert keyboard.prompts == ["peftshop>", "...>", "peftshop>", "peftshop>", "peftshop>"]
    assert capsys.readouterr().err == "\nstopped\n\n"
    assert status == 0


def test_a_failure_at_a_prompt_is_told_and_the_next_statement_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, ran, status = converse(monkeypatch, "wrong;", ".tables", "select 1", EOFError)
    assert ran == ["wrong;", "select 1"]
    assert status == QueryError.exit_status
    assert capsys.readouterr() == ("methods\n", "Error: it is wrong\n\n")


@pytest.fixture
def own_readline() -> Iterator[None]:
    """Leaves readline as it was."""
    readline.clear_history()
    yield
    readline.clear_history()
    readline.set_completer(None)


def completions(text: str) -> list[str]:
    complete = readline.get_completer()
    assert complete is not None
    found: list[str] = []
    while (name := complete(text, len(found))) is not None:
        found.append(name)
    return found


@pytest.mark.usefixtures("own_readline")
def test_a_terminal_completes_names_and_remembers_lines(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", Keyboard())
    with shell._line_editing(small / dataset.FILE_NAME):
        assert completions("pareto_m") == ["pareto_memory", "pareto_memory_confidence"]
        assert completions("PEAK_") == ["peak_memory_bytes"]
        assert completions("summ") == ["summarize"]
        assert completions(".h") == [".help"]
        assert completions("nothing_like_it") == []
        readline.add_history("from methods;")
    readline.clear_history()
    with shell._line_editing(small / dataset.FILE_NAME):
        assert readline.get_history_item(1) == "from methods;"


@pytest.mark.usefixtures("own_readline")
def test_a_history_that_can_not_be_kept_stops_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(sys, "stdin", Keyboard())
    with shell._line_editing(small / dataset.FILE_NAME):
        readline.add_history("from methods;")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_person_is_told_how_to_begin(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "is_terminal", lambda stream: stream is sys.stdin)
    arguments = ["shell", "--guarded", "--db", str(small)]
    result = CliRunner().invoke(main, arguments, input=".nothing\n.quit\n")
    assert result.stderr.startswith("A statement ends in a semicolon. .help tells more.\n")
    assert result.exit_code == 0  # a failure at a prompt was seen
