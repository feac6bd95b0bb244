"""From a document through the tables back to a document: as a build, but in memory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from peftshop_db import contract, exporting, filling, sqlfiles, staging
from peftshop_db.source import Source, read_source


def accepted(path: Path, text: str) -> Source:
    """Writes a document to a file, and reads it as a build does.

    Raises:
        SourceError: the document breaks the contract.
    """
    path.write_text(text, encoding="utf-8")
    source = read_source(path)
    contract.check(source)
    return source


@contextmanager
def filled(source: Source) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of a source, without the views and checks, which take most of a build's time."""
    with duckdb.connect(config={"threads": 1}) as connection:
        staging.stage(connection)
        staging.stage_source(connection, source)
        for name in filling.build_order():
            if table := sqlfiles.tables().get(name):
                filling.run(connection, table, table.statement)
            filling.insert(connection, name)
        yield connection


def exported(connection: duckdb.DuckDBPyConnection) -> Any:
    """The document that the tables give back, as `strict` has it."""
    return strict(json.loads(exporting.export_source(connection)))


def strict(value: Any) -> Any:
    """The value, such that == tells booleans from numbers, which Python's own doesn't."""
    if isinstance(value, dict):
        return {key: strict(member) for key, member in value.items()}
    if isinstance(value, list):
        return [strict(member) for member in value]
    return ("boolean", value) if isinstance(value, bool) else value
