"""Tables for people, at the widths and with the values that break tables."""

import pytest

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.selection import Result


def render(columns: list[Column], rows: list[tuple[object, ...]], width: int = 80) -> list[str]:
    return table.render(Result(columns, rows), width).splitlines()


@pytest.mark.parametrize("name", ["_", "__", "a", "_a_", ""])
def test_any_name_heads_a_column(name: str) -> None:
    assert render([Column(name, "BIGINT", "")], [(1,)])[-1].strip() == "1"


def test_text_is_cut_and_numbers_are_not() -> None:
    columns = [Column("text", "VARCHAR", ""), Column("long_number_name", "BIGINT", "")]
    lines = render(columns, [("word " * 30, 1_234_567_890)], width=34)
    assert lines[-1].endswith("  1,234,567,890")
    assert "…" in lines[-1]
    assert max(map(len, lines)) <= 34
    assert [line.split()[-1] for line in lines[:2]] == ["long_number_", "name"]


@pytest.mark.parametrize(
    ("value", "kind", "unit", "shown"),
    [
        (20126367744, "BIGINT", "bytes", "18.74 GiB"),
        (1023, "BIGINT", "bytes", "1023 B"),
        (18350080, "BIGINT", "parameters", "18.35 M"),
        (982.3692580849747, "DOUBLE", "seconds", "16.4 min"),
        (None, "DOUBLE", "", "-"),
        (True, "BOOLEAN", "", "yes"),
        (0.5322213798332069, "DOUBLE", "fraction", "0.5322"),
        ("a\x1b[31mb", "VARCHAR", "", "a\\x1b[31mb"),
    ],
)
def test_values_as_people_read_them(value: object, kind: str, unit: str, shown: str) -> None:
    column = Column("x", kind, f"Made up [{unit}]" if unit else "Made up")
    assert table.humanize(value, column) == shown


def test_wide_characters_take_two_cells() -> None:
    lines = render([Column("a", "VARCHAR", ""), Column("b", "BIGINT", "")], [("日本", 1), ("x", 2)])
    assert lines[2:] == ["日本  1", "x     2"]
