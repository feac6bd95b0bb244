"""Tables for people: numbers to the right with units that people use, text cut to fit the terminal."""

import unicodedata
from collections.abc import Sequence

from peftshop_db.dataset import Column
from peftshop_db.query import Result

_NUMBERS = ("BIGINT", "DOUBLE")
_GAP = "  "
_NARROWEST_TEXT = 12


def render(result: Result, width: int) -> str:
    """The result as a table of at most `width` terminal cells, where that is possible without
    cutting numbers."""
    cells = [
        [humanize(value, column) for value, column in zip(row, result.columns, strict=True)]
        for row in result.rows
    ]
    headers = [column.name for column in result.columns]
    widths = _fit(result.columns, headers, cells, width)
    heads = [_wrap(header, size) for header, size in zip(headers, widths, strict=True)]
    height = max((len(head) for head in heads), default=0)
    lines = [[head[i] if i < len(head) else "" for head in heads] for i in range(height)]
    lines.append(["─" * size for size in widths])
    return "".join(
        _GAP.join(
            _pad(_cut(cell, size), size, right=is_number(column))
            for cell, size, column in zip(line, widths, result.columns, strict=True)
        ).rstrip()
        + "\n"
        for line in lines + cells
    )


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
    """The text with control characters made visible, so that none reaches a terminal raw."""
    return "".join(
        character if unicodedata.category(character) not in ("Cc", "Cf") else f"\\x{ord(character):02x}"
        for character in " ".join(text.splitlines())
    )


def _fit(
    columns: Sequence[Column], headers: list[str], cells: list[list[str]], width: int
) -> list[int]:
    bodies = [max((_cells(row[i]) for row in cells), default=0) for i in range(len(columns))]
    # a header wraps at its underscores
    widths = [
        max(body, *(len(part) + 1 for part in header.split("_")))
        for body, header in zip(bodies, headers, strict=True)
    ]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while excess > 0:
        texts = [
            i for i, column in enumerate(columns)
            if column.type == "VARCHAR" and widths[i] > _NARROWEST_TEXT
        ]
        if not texts:
            break
        widest = max(texts, key=lambda i: widths[i])
        widths[widest] -= 1
        excess -= 1
    return widths


def _wrap(header: str, width: int) -> list[str]:
    parts = header.split("_")
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += "_" + part
        else:
            lines[-1] += "_"
            lines.append(part)
    return lines


def _cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(
        0 if unicodedata.combining(character)
        else 2 if unicodedata.east_asian_width(character) in "WF"
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
