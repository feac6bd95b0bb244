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
        (0.00096, "DOUBLE", "ratio", "0.00096"),
        (-1.234e-6, "DOUBLE", "ratio", "-1.2e-06"),
        (0.0, "DOUBLE", "ratio", "0.0000"),
        ("a\x1b[31mb", "VARCHAR", "", "a\\x1b[31mb"),
    ],
)
def test_values_as_people_read_them(value: object, kind: str, unit: str, shown: str) -> None:
    columns = [Column("x", kind, f"Made up [{unit}]" if unit else "Made up")]
    assert render(columns, [(value,)])[-1].strip() == shown


def test_wide_characters_take_two_cells() -> None:
    lines = render([Column("a", "VARCHAR", ""), Column("b", "BIGINT", "")], [("日本", 1), ("x", 2)])
    assert lines[2:] == ["日本  1", "x     2"]


def test_columns_without_room_are_named_below() -> None:
    columns = [Column("text", "VARCHAR", ""), *(Column(f"n{i}", "BIGINT", "") for i in range(9))]
    row = ("word " * 30, *range(123_456_780, 123_456_789))
    lines = render(columns, [row, row], width=60)
    assert lines[0].split() == ["text", "n0", "n1", "n2"]
    assert lines[2].split()[-3:] == ["123,456,780", "123,456,781", "123,456,782"]
    assert " ".join(lines[5:]) == (
        "Not shown, for lack of room: n3, n4, n5, n6, n7, n8; see them with --columns or --format."
    )
    assert max(map(len, lines)) <= 60


def test_a_single_row_without_room_has_a_line_for_each_column() -> None:
    columns = [Column("text", "VARCHAR", ""), Column("size", "BIGINT", "Made up [bytes]")]
    lines = render(columns, [("word " * 8 + "https://example.org/a-long-link", 2048)], width=18)
    assert lines == [
        "text  word word word word",
        "      word word word word",
        "      https://example.org/a-long-link",
        "size  2.00 KiB",
    ]


def test_values_have_the_unit_of_the_measure_that_their_row_names() -> None:
    columns = [Column("cost", "VARCHAR", ""), Column("value", "DOUBLE", "Made up [of the measure]")]
    rows = [("peak_memory_bytes", 2.0**30), ("train_time_sec", 90.0), ("forgetting", 0.25)]
    values = [line.split(maxsplit=1)[1] for line in render(columns, rows)[2:]]
    assert values == ["1.00 GiB", "1.5 min", "0.2500"]


def test_rows_on_a_front_are_marked() -> None:
    columns = [Column("method", "VARCHAR", ""), Column("is_on_front", "BOOLEAN", "")]
    lines = render(columns, [("A", True), ("B", False), ("C", None)])
    assert lines[2:] == ["▸ A       yes", "  B       no", "  C       -"]
