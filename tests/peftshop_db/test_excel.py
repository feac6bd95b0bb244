"""The workbook, read back by another library."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from peftshop_db import dataset, excel, exports
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.metadata import Relation
from peftshop_db.selection import Result

COLUMNS = [
    Column("text", "VARCHAR", "A text"),
    Column("whole", "BIGINT", "A count [bytes]"),
    Column("number", "DOUBLE", "A number"),
    Column("truth", "BOOLEAN", "A truth"),
    Column("day", "DATE", "A day"),
]


def write(path: Path, *rows: tuple[object, ...]) -> list[str]:
    relation = Relation("made_up", "table", "A row\nNULLs: some", tuple(COLUMNS))
    return excel.write(path, [(relation, Result(COLUMNS, list(rows)))])


def test_types_come_back(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    rows = [
        ("=1+1", 2**53, 0.1, True, datetime.date(2026, 7, 1)),
        ("https://example.org", 2**53 + 1, -1e308, False, None),
        ("'quoted", -(2**62), float("inf"), None, None),
        ("tab\tand \x07 bell, é, 🤗", None, None, None, None),
        ("00012", 0, 0.0, None, None),
    ]
    assert write(path, *rows) == []
    book = openpyxl.load_workbook(path)
    sheet = book["made_up"]
    assert book.sheetnames == ["contents", "columns", "made_up"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E6"
    found = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert found[0] == ("=1+1", 2**53, 0.1, True, datetime.datetime(2026, 7, 1))
    assert sheet["A2"].data_type == "s"
    assert found[1] == ("https://example.org", str(2**53 + 1), -1e308, False, None)
    assert sheet["A3"].hyperlink is None
    assert found[2] == ("'quoted", str(-(2**62)), None, None, None)
    assert found[3][0] == "tab\tand \x07 bell, é, 🤗".replace("\x07", "_x0007_")
    assert found[4] == ("00012", 0, 0, None, None)
    columns = [tuple(cell.value for cell in row) for row in book["columns"].iter_rows(min_row=2)]
    assert columns[1] == ("made_up", "whole", "BIGINT", "bytes", "A count")


def test_a_cell_that_is_too_long_is_cut_and_named(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    fits, long = "x" * 32_767, "y" * 32_768
    assert write(path, (fits, 1, 1.0, True, None), (long, 1, 1.0, True, None)) == [
        "made_up.text: cells over 32767 characters were cut"
    ]
    sheet = openpyxl.load_workbook(path)["made_up"]
    assert sheet["A2"].value == fits
    assert sheet["A3"].value == "y" * 32_766 + "…"


def test_more_rows_than_a_sheet_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 3)
    rows = [("a", 1, 1.0, True, None)] * 2
    assert write(tmp_path / "fits.xlsx", *rows) == []
    with pytest.raises(UsageError, match="made_up: more rows than the 3 of a sheet"):
        write(tmp_path / "more.xlsx", *rows, rows[0])


def alike(found: object, expected: object) -> bool:
    """The file holds 16 significant digits of a number, and no empty text."""
    if isinstance(expected, float) and found is not None:
        return found == pytest.approx(expected, rel=1e-15)
    return found == (expected if expected != "" else None)


@pytest.mark.slow
def test_every_value_of_the_dataset(shipped: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exports.export(shipped / dataset.FILE_NAME, out, "xlsx")
    book = openpyxl.load_workbook(out / "peftshop.xlsx", read_only=True)
    with dataset.connect(shipped / dataset.FILE_NAME) as connection:
        for name in book.sheetnames[2:]:
            found = connection.execute(f"from {name.replace('__', '.')}")
            expected = [tuple(column[0] for column in found.description), *found.fetchall()]
            read = list(book[name].iter_rows(values_only=True))
            for row, values in zip(read, expected, strict=True):
                assert all(map(alike, row, values)), (name, row, values)


@pytest.mark.slow
def test_the_same_bytes_again(small: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        exports.export(small / dataset.FILE_NAME, tmp_path / name, "xlsx")
    one, two = ((tmp_path / name / "peftshop.xlsx").read_bytes() for name in ("one", "two"))
    assert one == two


def test_a_missing_writer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"xlsx needs XlsxWriter: pip install 'peftshop-db\[excel"):
        excel.require()
