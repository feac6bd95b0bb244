"""`export-source`: the build undone."""

import json
from typing import TYPE_CHECKING

from peftshop_db import resources

if TYPE_CHECKING:
    import duckdb


def export_source(connection: "duckdb.DuckDBPyConnection") -> str:
    """The JSON document that the dataset was built from, rebuilt from its tables.

    Equal to the input value by value; laid out as upstream lays it out.
    """
    sql = (resources.folder("etl") / "inverse" / "export_source.sql").read_text(encoding="utf-8")
    row = connection.execute(sql).fetchone()
    assert row is not None, "the table dataset has one row"
    return json.dumps(json.loads(row[0]), indent=2) + "\n"
