"""Tables for people: numbers to the right, in units that people use; text cut to fit."""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence

from peftshop_db.definitions import OF_THE_MEASURE, Column, unit_of
from peftshop_db.selection import Result

_NUMBERS = ("BIGINT", "DOUBLE")
_GAP = "  "
_NARROWEST_TEXT = 16
_FRONT_MARK = "▸ "
_MEASURE_COLUMNS = ("measure", "cost", "attribute")


def render(result: Result, width: int, caption: Sequence[str] = ()) -> str:
    """The result as a table, followed by a caption.

    Rows that are on a front are marked. Columns for which the line has no room are left out, and
    named below; a single row is shown with a line for each column instead.

    Args:
        result: what to show; its column `caveats` is left to the caption.
        width: cells of the terminal's line. Text is cut to fit it, numbers and headers never are.
        caption: paragraphs to show below: the first as it is, the others as a list.
    """
    hidden = "caveats" if caption else None
    shown = [i for i, column in enumerate(result.columns) if column.name != hidden]
    columns = [result.columns[i] for i in shown]
    records = [humanize_row(result.columns, row) for row in result.rows]
    cells = [[record[i] for i in shown] for record in records]
    marks = _marks(result)
    room = width - max(map(len, marks), default=0)
    fitting = _fitting(columns, cells, room)
    if len(cells) == 1 and fitting < len(columns):
        body = _record_lines(columns, cells[0], width)
    else:
        body = _grid(columns[:fitting], [row[:fitting] for row in cells], marks, room)
        if left_out := [column.name for column in columns[fitting:]]:
            names = ", ".join(left_out)
            note = f"Not shown, for lack of room: {names}; see them with --columns or --format."
            body += ["", *textwrap.wrap(note, max(width, 40))]
    return "\n".join(body + _render_caption(caption, width)) + "\n"


def render_record(result: Result, width: int) -> str:
    """The result's one row with a line for each column, long text wrapped."""
    cells = humanize_row(result.columns, result.rows[0])
    return "\n".join(_record_lines(result.columns, cells, width)) + "\n"


def _grid(
    columns: Sequence[Column], cells: list[list[str]], marks: list[str], width: int
) -> list[str]:
    widths = _fit(columns, cells, width)
    heads = [_wrap(column.name, size) for column, size in zip(columns, widths, strict=True)]
    height = max((len(head) for head in heads), default=0)
    lines = [[head[i] if i < len(head) else "" for head in heads] for i in range(height)]
    lines.append(["─" * size for size in widths])
    indent = " " * max(map(len, marks), default=0)
    table = [
        mark
        + _GAP.join(
            _pad(_cut(cell, size), size, right=is_number(column))
            for cell, size, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for mark, line in zip([indent] * len(lines) + marks, lines + cells, strict=True)
    ]
    return table if cells else [*table, "(no rows)"]


def _record_lines(columns: Sequence[Column], cells: list[str], width: int) -> list[str]:
    size = max(len(column.name) for column in columns)
    lines: list[str] = []
    for column, cell in zip(columns, cells, strict=True):
        lines += textwrap.wrap(
            f"{column.name.ljust(size)}  {cell}",
            max(width, size + 22),
            subsequent_indent=" " * (size + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def _marks(result: Result) -> list[str]:
    """What stands before each row: a mark for those on a front, where rows tell."""
    names = [column.name for column in result.columns]
    if "is_on_front" not in names:
        return [""] * len(result.rows)
    place = names.index("is_on_front")
    return [_FRONT_MARK if row[place] else " " * len(_FRONT_MARK) for row in result.rows]


def _render_caption(caption: Sequence[str], width: int) -> list[str]:
    lines = [""] if caption else []
    for i, paragraph in enumerate(caption):
        indent = "- " if i else ""
        lines += textwrap.wrap(
            visible(paragraph),
            max(width, 40),
            initial_indent=indent,
            subsequent_indent=" " * len(indent),
        )
    return lines


def is_number(column: Column) -> bool:
    return column.type in _NUMBERS


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


def humanize(value: object, unit: str = "") -> str:
    """A value as people read it: bytes in GiB, counts of parameters in M, seconds in minutes."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _humanize_number(value, unit)
    return visible(str(value))


def _humanize_number(value: int | float, unit: str) -> str:
    if unit == "bytes":
        return _scale(value, 1024, ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"))
    if unit == "parameters":
        return _scale(value, 1000, ("", "k", "M", "G", "T", "P", "E"))
    if unit == "seconds":
        return f"{value / 60:.1f} min"
    if isinstance(value, int):
        return f"{value:,}"
    if 0 < abs(value) < 0.001:
        return f"{value:.2g}"  # four decimals would make it nothing
    return f"{value:,.4f}" if abs(value) < 1000 else f"{value:,.1f}"


def _scale(value: float, step: int, units: Sequence[str]) -> str:
    if abs(value) < step:
        return f"{value:.0f} {units[0]}".strip()
    for unit in units[1:]:
        value /= step
        if abs(value) < step * 0.99995 or unit == units[-1]:
            break
    return f"{value:.2f} {unit}"


def visible(text: str) -> str:
    """The text on one line, with control characters made visible."""
    return replace_controls(" ".join(text.splitlines()), _escape)


def harmless(text: str) -> str:
    """The text for a terminal: lines and tabs stay, other control characters are made visible."""
    return replace_controls(text, _escape, kept="\n\t")


def _escape(character: str) -> str:
    return f"\\x{ord(character):02x}"


def replace_controls(text: str, replacement: Callable[[str], str], kept: str = "") -> str:
    """The text with a replacement for each control or format character but those kept."""
    if text.isprintable():
        return text
    return "".join(
        replacement(character)
        if unicodedata.category(character) in ("Cc", "Cf") and character not in kept
        else character
        for character in text
    )


def _fitting(columns: Sequence[Column], cells: list[list[str]], width: int) -> int:
    """How many columns, from the left, fit the line when they are narrowest; at least one."""
    total = -len(_GAP)
    for i, (_, _, cut) in enumerate(_sizes(columns, cells)):
        total += len(_GAP) + cut
        if total > width and i:
            return i
    return len(columns)


def _fit(columns: Sequence[Column], cells: list[list[str]], width: int) -> list[int]:
    """Widths of the columns: where the line is too short, headers wrap at their underscores, the
    widest first, and then text is cut, the longest first."""
    sizes = _sizes(columns, cells)
    widths = [full for full, _, _ in sizes]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    for smallest in ([wrapped for _, wrapped, _ in sizes], [cut for _, _, cut in sizes]):
        while excess > 0 and widths != smallest:
            widest = max(range(len(widths)), key=lambda i: (widths[i] > smallest[i], widths[i]))
            widths[widest] -= 1
            excess -= 1
    return widths


def _sizes(columns: Sequence[Column], cells: list[list[str]]) -> list[tuple[int, int, int]]:
    """Each column's cells at full width, with its header wrapped, and with its text cut as well."""
    sizes = []
    for i, column in enumerate(columns):
        body = max((_cells(row[i]) for row in cells), default=1)
        word = max(map(len, re.findall("[^_]+_?", column.name)), default=1)
        wrapped = max(body, word)
        cut = max(min(body, _NARROWEST_TEXT), word) if column.type == "VARCHAR" else wrapped
        sizes.append((max(len(column.name), body), wrapped, cut))
    return sizes


def _wrap(header: str, width: int) -> list[str]:
    lines = [""]
    for part in re.findall("[^_]*_?", header):
        if len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def _cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def _cut(text: str, width: int) -> str:
    if _cells(text) <= width:
        return text
    while _cells(text) > width - 1:
        text = text[:-1]
    return text + "…"


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _cells(text))
    return space + text if right else text + space
