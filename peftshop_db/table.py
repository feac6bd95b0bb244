"""Tables for people: numbers to the right, in units that people use; text wrapped or cut to fit.

By hand rather than by the library rich: to import it and print ten rows takes 20 ms of computing
beyond what duckdb and click take, this module 3 ms (medians of 30 runs, of which duckdb and click
take 98 ms each). To leave out columns, to fold headers at their underscores and never to cut a
number would be ours to write all the same.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from peftshop_db.definitions import OF_THE_MEASURE, Column, unit_of
from peftshop_db.selection import Result
from peftshop_db.text import cells as count_cells
from peftshop_db.text import cut, pad, visible, wrap
from peftshop_db.units import humanize

_NUMBERS = ("BIGINT", "DOUBLE")
_NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?( ([KMGTPE]?i?B|[kMGTPE]|min))?")
_GAP = "  "
_LONGEST_NAME = 24  # what tells rows apart is not cut unless it is longer
_NARROWEST_TEXT = 16
_NARROWEST_PROSE = 32
_MOST_LINES = 6  # of prose in a table
_FRONT_MARK = "▸ "
_MEASURE_COLUMNS = ("measure", "cost", "attribute")


def render(
    result: Result, width: int, caption: Sequence[str] = (), *, by_section: bool = False
) -> str:
    """The result as a table, followed by a caption.

    Rows that are on a front are marked. Columns for which the line has no room are left out, and
    named below; a single row is shown as a record instead.

    Args:
        result: what to show; its column `caveats` is left to the caption.
        width: cells of the terminal's line. Text is wrapped to fit it, or cut in narrow columns;
            numbers, headers and the names of methods never are.
        caption: paragraphs to show below: the first as it is, the others as a list.
        by_section: whether the first column is the title of a table that its rows have for
            themselves, without columns that are empty in it.
    """
    lines: list[str] = []
    left_out: list[str] = []
    for title, part in _sections(result) if by_section else [("", result)]:
        columns, cells = _humanize(part, "caveats" if caption else None)
        marks = _marks(part)
        room = width - max(map(len, marks), default=0)
        fitting = _fitting(columns, cells, room)
        lines += [title, ""] * bool(title)
        if len(part.rows) == 1 and fitting < len(columns):
            lines += _record(columns, cells[0], width)
        else:
            lines += _grid(columns[:fitting], [row[:fitting] for row in cells], marks, room)
            left_out += [column.name for column in columns[fitting:]]
        lines.append("")
    if left_out:
        names = ", ".join(dict.fromkeys(left_out))
        note = (
            f"Not shown, for lack of room: {names}; a wider terminal or --format record shows them."
        )
        lines += [*wrap(note, max(width, 40)), ""]
    return "\n".join(lines[:-1] + _render_caption(caption, width)) + "\n"


def render_records(result: Result, width: int, caption: Sequence[str] = ()) -> str:
    """Each row with a line for each column, long text wrapped, followed by a caption."""
    columns, rows = _humanize(result, "caveats" if caption else None)
    lines = [line for cells in rows for line in ("", *_record(columns, cells, width))]
    return "\n".join((lines[1:] or ["(no rows)"]) + _render_caption(caption, width)) + "\n"


def _sections(result: Result) -> list[tuple[str, Result]]:
    """The rows of each section with its title, without columns that are empty in it."""
    rows_of: dict[str, list[tuple[Any, ...]]] = {}
    for section, *row in result.rows:
        rows_of.setdefault(section, []).append(tuple(row))
    parts = []
    for title, rows in rows_of.items():
        used = [i for i, values in enumerate(zip(*rows, strict=True)) if set(values) != {None}]
        columns = [result.columns[1 + i] for i in used]
        parts.append((title, Result(columns, [tuple(row[i] for i in used) for row in rows])))
    return parts or [("", result)]


def _humanize(result: Result, hidden: str | None) -> tuple[list[Column], list[list[str]]]:
    """The columns but the hidden one, and what people read in each row."""
    shown = [i for i, column in enumerate(result.columns) if column.name != hidden]
    rows = (humanize_row(result.columns, row) for row in result.rows)
    return [result.columns[i] for i in shown], [[row[i] for i in shown] for row in rows]


def _grid(
    columns: Sequence[Column], rows: list[list[str]], marks: list[str], width: int
) -> list[str]:
    widths = _fit(columns, rows, width)
    is_right = [_is_numeric(column, [row[i] for row in rows]) for i, column in enumerate(columns)]
    indent = " " * max(map(len, marks), default=0)
    heads = [_wrap_name(column.name, size) for column, size in zip(columns, widths, strict=True)]
    lines = _lines(heads, widths, is_right, indent, indent)
    lines += _lines([["─" * size] for size in widths], widths, is_right, indent, indent)
    for mark, row in zip(marks, rows, strict=True):
        cells = [
            _prose(cell, size) if size >= _NARROWEST_PROSE else [cut(cell, size)]
            for cell, size in zip(row, widths, strict=True)
        ]
        lines += _lines(cells, widths, is_right, mark, indent)
    return lines if rows else [*lines, "(no rows)"]


def _lines(
    cells: list[list[str]], widths: list[int], is_right: list[bool], first: str, others: str
) -> list[str]:
    """The lines of a row whose cells may have several."""
    lines = zip_longest(*cells, fillvalue="")
    return [
        (others if i else first) + _GAP.join(map(pad, line, widths, is_right)).rstrip()
        for i, line in enumerate(lines)
    ]


def _prose(text: str, width: int) -> list[str]:
    """The text in a few lines, the last of which is cut."""
    first = wrap(cut(text, _MOST_LINES * width), width, break_words=True)
    rest = " ".join(first[_MOST_LINES - 1 :])
    return [*first[: _MOST_LINES - 1], *([cut(rest, width)] if rest else [])]


def _record(columns: Sequence[Column], cells: list[str], width: int) -> list[str]:
    size = max(len(column.name) for column in columns)
    lines: list[str] = []
    for column, cell in zip(columns, cells, strict=True):
        first, *others = wrap(cell, max(width - size - len(_GAP), _NARROWEST_TEXT))
        lines.append(column.name.ljust(size) + _GAP + first)
        lines += [" " * size + _GAP + line for line in others]
    return lines


def _marks(result: Result) -> list[str]:
    """What stands before each row: a mark for those on a front, where rows tell."""
    names = [column.name for column in result.columns]
    if "is_on_front" not in names:
        return [""] * len(result.rows)
    place = names.index("is_on_front")
    return [_FRONT_MARK if row[place] else " " * len(_FRONT_MARK) for row in result.rows]


def render_caption(caption: Sequence[str], width: int) -> str:
    """Paragraphs: the first as it is, the others as a list."""
    return "\n".join([*_render_caption(caption, width)[1:], ""])


def _render_caption(caption: Sequence[str], width: int) -> list[str]:
    lines = [""] if caption else []
    for i, paragraph in enumerate(caption):
        indent = "- " if i else ""
        first, *others = wrap(visible(paragraph), max(width, 40) - len(indent))
        lines += [indent + first, *(" " * len(indent) + line for line in others)]
    return lines


def is_number(column: Column) -> bool:
    return column.type in _NUMBERS


def _is_numeric(column: Column, cells: Sequence[str]) -> bool:
    """Whether a column holds numbers, if only as text, as where each row has a unit of its own."""
    told = [cell for cell in cells if cell != "-"]
    return is_number(column) or (bool(told) and all(map(_NUMBER.fullmatch, told)))


def humanize_row(columns: Sequence[Column], row: Sequence[object]) -> list[str]:
    """A row's values as people read them, in their columns' units or that of the row's measure."""
    measure = next(
        (
            value
            for column, value in zip(columns, row, strict=True)
            if column.name in _MEASURE_COLUMNS
        ),
        "",
    )
    units = [
        unit_of(str(measure)) if column.unit == OF_THE_MEASURE else column.unit
        for column in columns
    ]
    return [humanize(value, unit) for value, unit in zip(row, units, strict=True)]


def _fitting(columns: Sequence[Column], cells: list[list[str]], width: int) -> int:
    """How many columns, from the left, fit the line when they are narrowest; at least one."""
    total = -len(_GAP)
    for i, (_, _, cut_short) in enumerate(_sizes(columns, cells)):
        total += len(_GAP) + cut_short
        if total > width and i:
            return i
    return len(columns)


def _fit(columns: Sequence[Column], cells: list[list[str]], width: int) -> list[int]:
    """Widths of the columns: where the line is too short, headers wrap at their underscores, the
    widest first, and then text is cut, the longest first."""
    sizes = _sizes(columns, cells)
    widths = [min(full, max(cut_short, width)) for full, _, cut_short in sizes]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    for smallest in (
        [wrapped for _, wrapped, _ in sizes],
        [cut_short for _, _, cut_short in sizes],
    ):
        while excess > 0 and any(map(int.__gt__, widths, smallest)):
            widest = max(range(len(widths)), key=lambda i: (widths[i] > smallest[i], widths[i]))
            widths[widest] -= 1
            excess -= 1
    return widths


def _sizes(columns: Sequence[Column], cells: list[list[str]]) -> list[tuple[int, int, int]]:
    """Each column's cells at full width, with its header wrapped, and with its text cut as well."""
    sizes = []
    for i, column in enumerate(columns):
        body = max((count_cells(row[i]) for row in cells), default=1)
        word = max(map(len, re.findall("[^_]+_?", column.name)), default=1)
        wrapped = max(body, word)
        is_name = (i == 0 or column.name == "method") and body <= _LONGEST_NAME
        is_whole = is_name or _is_numeric(column, [row[i] for row in cells])
        cut_short = wrapped if is_whole else max(min(body, _NARROWEST_TEXT), word)
        sizes.append((max(len(column.name), body), wrapped, cut_short))
    return sizes


def _wrap_name(header: str, width: int) -> list[str]:
    lines = [""]
    for part in re.findall("[^_]*_?", header):
        if len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return lines
