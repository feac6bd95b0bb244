"""Writing a result: for people as a table, for programs as CSV, JSON or Parquet."""

import csv
import io
import json
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from peftshop_db import table
from peftshop_db.selection import Result
from peftshop_db.text import replace_controls, visible

if TYPE_CHECKING:
    import pyarrow


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(result: Result, delimiter: str = ",", *, formula_safe: bool = False) -> str:
    """Comma-separated values as in RFC 4180, with line feeds; NULL is empty.

    Args:
        result: what to write.
        delimiter: what stands between values.
        formula_safe: whether to change text that a spreadsheet would run as a formula, as OWASP
            advises (https://owasp.org/www-community/attacks/CSV_Injection): every cell but numbers
            is quoted, and text that begins with =, +, -, @, tab or line end gets an apostrophe.
    """
    text = _Lines()
    writer = csv.writer(
        text,
        delimiter=delimiter,
        quoting=csv.QUOTE_NONNUMERIC if formula_safe else csv.QUOTE_MINIMAL,
    )
    value_of = _formula_safe if formula_safe else _csv_value
    writer.writerow(value_of(column.name) for column in result.columns)
    for row in result.rows:
        writer.writerow(value_of(value) for value in row)
    return text.getvalue()


class _Lines(io.StringIO):
    """Ends the lines of a csv.writer with line feeds; told to do so itself, it would leave a
    carriage return in a value unquoted."""

    def write(self, line: str) -> int:
        return super().write(line.removesuffix("\r\n") + "\n")


def to_tsv(result: Result, *, formula_safe: bool = False) -> str:
    """As `to_csv`, with tabs between values."""
    return to_csv(result, "\t", formula_safe=formula_safe)


def _formula_safe(value: object) -> object:
    return (
        f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else _csv_value(value)
    )


def _csv_value(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def to_json(result: Result) -> str:
    """A JSON list with an object per row."""
    rows = [_json_row(result, row) for row in result.rows]
    return "[" + ",\n ".join(rows) + "]\n"


def to_jsonl(result: Result) -> str:
    """A JSON object per line and row."""
    return "".join(_json_row(result, row) + "\n" for row in result.rows)


def _json_row(result: Result, row: tuple[object, ...]) -> str:
    names = [column.name for column in result.columns]
    values = [_json_value(value) for value in row]
    text = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False, default=str)
    # json leaves control characters beyond ASCII's as they are
    return replace_controls(text, lambda character: json.dumps(character)[1:-1])


def _json_value(value: object) -> object:
    """The value, or null for a ratio that overflowed: JSON knows no infinity."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def to_markdown(result: Result) -> str:
    """A GitHub table, with raw values."""
    lines = [
        markdown_row(*(column.name for column in result.columns)),
        "|"
        + "|".join("---:" if table.is_number(column) else "---" for column in result.columns)
        + "|",
        *(markdown_row(*row) for row in result.rows),
    ]
    return "\n".join(lines) + "\n"


def markdown_row(*values: object) -> str:
    """A row of a GitHub table."""
    return "| " + " | ".join(map(_markdown_value, values)) + " |"


def _markdown_value(value: object) -> str:
    text = "" if value is None else str(_csv_value(value))
    return visible(text).replace("\\", "\\\\").replace("|", "\\|")


SPREADSHEET_FORMATS = {"csv": to_csv, "tsv": to_tsv}
TEXT_FORMATS: dict[str, Callable[[Result], str]] = {
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "jsonl": to_jsonl,
    "markdown": to_markdown,
}


def to_arrow(result: Result) -> "pyarrow.Table":
    """A pyarrow table, whose fields carry the columns' descriptions and units."""
    import pyarrow as pa

    types = {
        "VARCHAR": pa.string(),
        "BIGINT": pa.int64(),
        "DOUBLE": pa.float64(),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
    }
    schema = pa.schema(
        pa.field(column.name, types.get(column.type, pa.string()), True, column.definition.metadata)
        for column in result.columns
    )
    rows = [
        [
            value if column.type in types or value is None else str(value)
            for column, value in zip(result.columns, row, strict=True)
        ]
        for row in result.rows
    ]
    columns = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in schema]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def to_parquet(result: Result) -> bytes:
    """A Parquet file, with the columns' descriptions and units."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(to_arrow(result), buffer, write_page_checksum=True)
    return buffer.getvalue()


def to_arrow_stream(result: Result) -> bytes:
    """An Arrow IPC stream, with the columns' descriptions and units."""
    import pyarrow as pa

    table, buffer = to_arrow(result), io.BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as writer:
        writer.write_table(table)
    return buffer.getvalue()


BINARY_FORMATS: dict[str, Callable[[Result], bytes]] = {
    "parquet": to_parquet,
    "arrow": to_arrow_stream,
}
