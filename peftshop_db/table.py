"""Tables for people: numbers to the right, in units that people use; text cut to fit."""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence

from peftshop_db.definitions import Column
from peftshop_db.selection import Result

_NUMBERS = ("BIGINT", "DOUBLE")
_GAP = "  "
_NARROWEST_TEXT = 16


def render(result: Result, width: int, caption: Sequence[str] = ()) -> str:
    """The result as a table, followed by a caption.

    Args:
        result: what to show; its column `caveats` is left to the caption.
        width: cells of the terminal's line. Text is cut to fit it, numbers and headers never are.
        caption: paragraphs to show below: the first as it is, the others as a list.
    """
    hidden = "caveats" if caption else None
    shown = [i for i, column in enumerate(result.columns) if column.name != hidden]
    columns = [result.columns[i] for i in shown]
    cells = [[humanize(row[i], result.columns[i]) for i in shown] for row in result.rows]
    headers = [column.name for column in columns]
    widths = _fit(columns, headers, cells, width)
    heads = [_wrap(header, size) for header, size in zip(headers, widths, strict=True)]
    height = max((len(head) for head in heads), default=0)
    lines = [[head[i] if i < len(head) else "" for head in heads] for i in range(height)]
    lines.append(["─" * size for size in widths])
    table = [
        _GAP.join(
            _pad(_cut(cell, size), size, right=is_number(column))
            for cell, size, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in lines + cells
    ]
    if not cells:
        table.append("(no rows)")
    return "\n".join(table + _render_caption(caption, width)) + "\n"


def render_record(result: Result, width: int) -> str:
    """The result's one row with a line for each column, long text wrapped."""
    size = max(len(column.name) for column in result.columns)
    lines: list[str] = []
    for column, value in zip(result.columns, result.rows[0], strict=True):
        lines += textwrap.wrap(
            f"{column.name.ljust(size)}  {humanize(value, column)}",
            max(width, size + 22),
            subsequent_indent=" " * (size + 2),
        )
    return "\n".join(lines) + "\n"


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


def humanize(value: object, column: Column) -> str:
    """A value as people read it: bytes in GiB, counts of parameters in M, seconds in minutes."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _humanize_number(value, column.unit)
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


def _fit(
    columns: Sequence[Column], headers: list[str], cells: list[list[str]], width: int
) -> list[int]:
    """Widths of the columns: where the line is too short, headers wrap at their underscores, the
    widest first, and then text is cut, the longest first."""
    bodies = [max((_cells(row[i]) for row in cells), default=1) for i in range(len(columns))]
    words = [max(map(len, re.findall("[^_]+_?", header)), default=1) for header in headers]
    wrapped = [max(pair) for pair in zip(bodies, words, strict=True)]
    cut = [
        min(size, _NARROWEST_TEXT) if column.type == "VARCHAR" else size
        for column, size in zip(columns, wrapped, strict=True)
    ]
    widths = [max(len(header), body) for header, body in zip(headers, bodies, strict=True)]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    for smallest in (wrapped, cut):
        while excess > 0 and widths != smallest:
            widest = max(range(len(widths)), key=lambda i: (widths[i] > smallest[i], widths[i]))
            widths[widest] -= 1
            excess -= 1
    return widths


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
