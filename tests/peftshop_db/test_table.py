"""Tables for people, at the widths and with the values that break tables."""

import pytest

from peftshop_db import table
from peftshop_db.definitions import Column
from peftshop_db.selection import Result
from peftshop_db.text import cells, cut


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
        (2**63 - 1, "BIGINT", "bytes", "8.00 EiB"),
        (1e24, "DOUBLE", "bytes", "867361.74 EiB"),
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
        "Not shown, for lack of room: n3, n4, n5, n6, n7, n8; a wider terminal or --format record "
        "shows them."
    )
    assert max(map(len, lines)) <= 60


def test_a_single_row_without_room_has_a_line_for_each_column() -> None:
    columns = [Column("text", "VARCHAR", ""), Column("size", "BIGINT", "Made up [bytes]")]
    lines = render(columns, [("word " * 8 + "https://example.org/a-long-link", 2048)], width=18)
    assert lines == [
        "text  word word word",
        "      word word word",
        "      word word",
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


def test_prose_is_wrapped_and_ends_visibly() -> None:
    columns = [Column("id", "VARCHAR", ""), Column("note", "VARCHAR", "")]
    lines = render(columns, [("a", "日本 " * 30), ("b", "word " * 100), ("c", "x" * 70)], width=36)
    assert lines[2:5] == ["a   " + "日本 " * 5 + "日本", *["    " + "日本 " * 5 + "日本"] * 2]
    assert [line[0] for line in lines[2:]] == [*"a    ", *"b     ", *"c  "]
    assert lines[12].endswith("…")
    assert [len(line) for line in lines[13:]] == [36, 36, 10]


def test_names_of_methods_are_not_cut() -> None:
    columns = [Column(name, "VARCHAR", "") for name in ("text", "method", "other")]
    lines = render(columns, [("word " * 9, "MULTITASK_PROMPT_TUNING", "word " * 9)] * 2, width=67)
    assert lines[2] == "word word word word…  MULTITASK_PROMPT_TUNING  word word word word…"


def test_each_section_has_a_table_without_its_empty_columns() -> None:
    columns = [Column(name, "VARCHAR", "") for name in ("section", "a", "b")]
    rows = [("one", "x", None), ("two", "y", "z"), ("one", "w", None)]
    text = table.render(Result(columns, rows), 80, by_section=True)
    assert text == "one\n\na\n─\nx\nw\n\ntwo\n\na  b\n─  ─\ny  z\n"
    assert table.render(Result(columns, []), 80, by_section=True).endswith("(no rows)\n")


def test_records_have_a_line_for_each_column_and_a_caption() -> None:
    columns = [Column("method", "VARCHAR", ""), Column("caveats", "VARCHAR", "")]
    text = table.render_records(Result(columns, [("A", "c"), ("B", "c")]), 80, ["Why?", "So."])
    assert text == "method  A\n\nmethod  B\n\nWhy?\n- So.\n"
    assert table.render_records(Result(columns, []), 80) == "(no rows)\n"


@pytest.mark.parametrize(
    ("text", "taken"),
    [("e\u0301", 1), ("❤\ufe0f", 1), ("日本", 4), ("🦙", 2), ("ｌｏｒａ", 8), ("", 0)],
)
def test_cells_are_what_a_terminal_takes(text: str, taken: int) -> None:
    assert cells(text) == taken
    assert cut(text + "x" * 9, taken + 3) == text + "xx…"


def test_a_long_value_takes_no_longer_than_it_is() -> None:
    columns = [Column("a", "VARCHAR", ""), Column("b", "VARCHAR", "")]
    lines = render(columns, [("日" * 3_000_000, "x" * 3_000_000)])
    assert max(map(cells, lines)) == 80


def test_numbers_that_are_text_go_to_the_right_too() -> None:
    columns = [Column(name, "VARCHAR", "") for name in ("decimal", "mixed", "version")]
    rows = [("1.50", "2.00 GiB", "0.19.2"), (None, "30.5 min", "0.20.0"), ("-1,234.00", "x", None)]
    assert render(columns, rows)[2:] == [
        "     1.50  2.00 GiB  0.19.2",
        "        -  30.5 min  0.20.0",
        "-1,234.00  x         -",
    ]
    longest = [("1" * 38, "text " * 9, None)] * 2
    assert render(columns, longest, width=60)[2].startswith("1" * 38 + "  text text")


def test_a_character_that_is_wider_than_its_place_stays() -> None:
    assert cut("界", 1) == "界…"
