"""The dataset as an Excel workbook: a sheet for each table and view, and two that explain them."""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peftshop_db import metadata
from peftshop_db.errors import UsageError
from peftshop_db.metadata import Relation
from peftshop_db.selection import Result

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
_LONGEST_NAME = 31
_LARGEST_EXACT = 2**53  # Excel's numbers are doubles: larger integers would change
_WIDEST_COLUMN = 60


def require() -> None:
    """Checks that the writer is installed.

    Raises:
        UsageError: it is not.
    """
    try:
        import xlsxwriter  # noqa: F401
    except ImportError:
        raise UsageError("xlsx needs XlsxWriter: pip install 'peftshop-db[excel]'") from None


def write(path: Path, sheets: Iterable[tuple[Relation, Result]]) -> list[str]:
    """Writes the workbook. Text is written as text, never as a formula or a link.

    Args:
        path: where the file goes.
        sheets: each relation with its rows.

    Returns:
        A line for each column of which a cell was cut, as Excel takes no longer ones.

    Raises:
        UsageError: a relation has more rows than a sheet.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": metadata.TITLE, "created": datetime.datetime(2026, 1, 1)})
    contents, columns = book.add_worksheet("contents"), book.add_worksheet("columns")
    taken = ["contents", "columns"]
    listed: list[tuple[Any, ...]] = []
    defined: list[tuple[Any, ...]] = []
    cut: list[str] = []
    with book:
        for relation, result in sheets:
            if len(result.rows) >= MOST_ROWS:
                raise UsageError(f"{relation.name}: more rows than the {MOST_ROWS} of a sheet")
            name = sheet_name(relation.flat_name, taken)
            taken.append(name)
            names = [column.name for column in result.columns]
            cut += _fill(book, book.add_worksheet(name), names, result.rows)
            listed.append((name, relation.kind, relation.title))
            defined += [
                (name, column.name, column.type, column.unit, column.definition.description)
                for column in result.columns
            ]
        _fill(book, contents, ("sheet", "kind", "question or grain"), listed)
        for row, (name, *_) in enumerate(listed, 1):
            contents.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        _fill(book, columns, ("sheet", "column", "type", "unit", "meaning"), defined)
    return cut


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """A name as Excel takes it: at most 31 characters, and not one that differs only in case."""
    folded = {other.casefold() for other in taken}
    short, number = name[:_LONGEST_NAME], 1
    while short.casefold() in folded:
        number += 1
        short = f"{name[: _LONGEST_NAME - len(str(number)) - 1]}~{number}"
    return short


def _fill(
    book: "Workbook", sheet: "Worksheet", names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[str]:
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    cut = []
    for number, name in enumerate(names):
        sheet.write_string(0, number, name, bold)
        values = [row[number] for row in rows]
        for row, value in enumerate(values, 1):
            _write_cell(sheet, row, number, value, day)
        widest = max((len(str(value)) for value in values if value is not None), default=0)
        sheet.set_column(number, number, min(max(widest, len(name) + 3), _WIDEST_COLUMN))
        if widest > LONGEST_CELL:
            cut.append(f"{sheet.get_name()}.{name}: cells over {LONGEST_CELL} characters were cut")
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(names) - 1)
    return cut


def _write_cell(sheet: "Worksheet", row: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float) and abs(value) <= _LARGEST_EXACT:
        sheet.write_number(row, column, value)
    elif isinstance(value, float):
        if abs(value) < float("inf"):
            sheet.write_number(row, column, value)
    else:
        text = str(value)
        cut = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
        sheet.write_string(row, column, cut)
