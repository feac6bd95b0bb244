"""What formats do with text that a spreadsheet or a terminal would act on."""

import csv
import io
import json
from pathlib import Path

import pytest

from peftshop_db import formats
from peftshop_db.definitions import Column
from peftshop_db.selection import Result
from peftshop_db.text import harmless
from tests.commands import on_terminal, peftshop

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
PLAIN = ["a=1", " =1", "'=1", "", "1-1", 'say "=1"', "a,=1", "a;=1"]
# a bell, an escape sequence, DEL, C1's introducer, a right-to-left override, a tag character
CONTROLS = "a\x07b\x1b[31mc\x7fd\x9b31me\u202ef\U000e0041g"


def result(*values: object, kind: str = "VARCHAR") -> Result:
    return Result([Column("=name", kind, "")], [(value,) for value in values])


def read(text: str, delimiter: str = ",") -> list[str]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [value for (value,) in rows]


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_formula_safe_text_begins_with_an_apostrophe(delimiter: str) -> None:
    text = formats.to_csv(result(*FORMULAS, *PLAIN), delimiter, formula_safe=True)
    assert read(text, delimiter) == ["'=name", *("'" + value for value in FORMULAS), *PLAIN]


def test_numbers_and_truths_stay() -> None:
    assert formats.to_csv(result(-1, -0.5, None, kind="DOUBLE"), formula_safe=True) == (
        '"\'=name"\n-1\n-0.5\n""\n'
    )
    assert read(formats.to_csv(result(True, False), formula_safe=True))[1:] == ["true", "false"]


def test_values_stay_unless_asked() -> None:
    assert read(formats.to_csv(result(*FORMULAS)))[1:] == FORMULAS
    assert formats.to_csv(result("plain", "a\rb")) == '=name\nplain\n"a\rb"\n'


@pytest.mark.parametrize("write", [formats.to_json, formats.to_jsonl])
def test_json_has_no_raw_control_character_and_the_same_value(write) -> None:
    text = write(result(CONTROLS, "é 🤗"))
    assert harmless(text) == text
    assert "é 🤗" in text
    rows = json.loads(text) if text.startswith("[") else list(map(json.loads, text.splitlines()))
    assert [row["=name"] for row in rows] == [CONTROLS, "é 🤗"]


def test_harmless_keeps_lines_and_tabs() -> None:
    assert harmless("a\tb\nc\r\nd") == "a\tb\nc\\x0d\nd"
    assert harmless(CONTROLS) == "a\\x07b\\x1b[31mc\\x7fd\\x9b31me\\x202ef\\xe0041g"


SQL = "select 'a' || chr(27) || '[31m' || chr(155) || chr(127) as text, '=1' as formula"


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "jsonl", "markdown", "table"])
def test_a_terminal_gets_no_control_character(small: Path, name: str) -> None:
    shown = on_terminal("sql", SQL, "--format", name, db=small, columns=80)
    assert not {"\x1b", "\x9b", "\x7f"} & set(shown)
    assert "1b[31m" in shown


def test_a_pipe_and_a_file_get_the_values(small: Path, tmp_path: Path) -> None:
    value = "a\x1b[31m\x9b\x7f"
    assert read_rows(peftshop("sql", SQL, db=small).stdout) == [["text", "formula"], [value, "=1"]]
    out = tmp_path / "out.csv"
    on_terminal("sql", SQL, "-o", out, db=small, columns=80)
    assert read_rows(out.read_text()) == [["text", "formula"], [value, "=1"]]


def read_rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_raw_and_snippets_are_harmless_too(small: Path) -> None:
    shown = on_terminal(
        "query",
        "methods",
        "--method",
        "CHEAP",
        "--columns",
        "description",
        "--raw",
        db=small,
        columns=80,
    )
    assert shown == "CHEAP is made up.\n"


@pytest.mark.parametrize(
    "command", [("sql", SQL), ("query", "leaderboard"), ("list",), ("compare", "CHEAP", "TWIN")]
)
def test_every_command_that_shows_rows_can_be_formula_safe(
    small: Path, command: tuple[str, ...]
) -> None:
    shown = peftshop(*command, "--formula-safe", db=small)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith('"')
    refused = peftshop(*command, "--formula-safe", "--format", "json", db=small)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr == (
        "Error: --formula-safe is for csv and tsv, not json; add --format csv\n"
    )
