"""`export-source`: the build undone."""

import json
from typing import TYPE_CHECKING

from peftshop_db import resources, sqlfiles
from peftshop_db.errors import UsageError

if TYPE_CHECKING:
    import duckdb


def export_source(connection: "duckdb.DuckDBPyConnection", version: str | None = None) -> str:
    """The JSON document that the dataset was built from, rebuilt from its tables.

    Equal to the input value by value; laid out as upstream lays it out.

    Args:
        connection: a connection to a dataset, in which an older version hides the newest.
        version: the peft version or version_order of an older one; None for the newest.

    Raises:
        UsageError: there is no such version, or several have it.
    """
    if version is not None:
        _hide_newest(connection, find_version(connection, version))
    sql = (resources.folder("etl") / "inverse" / "export_source.sql").read_text(encoding="utf-8")
    row = connection.execute(sql).fetchone()
    assert row is not None, "the table dataset has one row"
    return json.dumps(json.loads(row[0]), indent=2) + "\n"


def find_version(connection: "duckdb.DuckDBPyConnection", version: str) -> int:
    """The version_order of the version that a number or a peft version names.

    Raises:
        UsageError: there is none, or several are of that peft version.
    """
    rows = connection.execute(
        "select version_order, peft_version from history.dataset order by version_order"
    ).fetchall()
    found: list[int] = [order for order, name in rows if name == version]
    found = found or [order for order, _ in rows if str(order) == version]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(map(str, found))
        raise UsageError(f"several versions are of peft {version}; name one by number: {numbers}")
    names = ", ".join(dict.fromkeys(name for _, name in rows[-10:]))
    raise UsageError(f"no version is {version!r}; the newest are {names}")


def _hide_newest(connection: "duckdb.DuckDBPyConnection", order: int) -> None:
    for table in sqlfiles.versioned():
        others = "version_order" if table == "dataset" else "version_order, peft_version"
        others += "" if table == "dataset" else ", source_sha256"
        connection.execute(
            f"create temp view {table} as select * exclude ({others}) "
            f"from history.{table} where version_order = {order}"
        )
