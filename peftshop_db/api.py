"""What Python code calls. Each function imports what it needs when it is called."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import pyarrow

    from peftshop_db.builder import Built


def connect(db: str | Path | None = None) -> "duckdb.DuckDBPyConnection":
    """Opens a dataset read-only.

    Args:
        db: a dataset's folder or database file; None for the one that PEFTSHOP_DB names, else for
            the packaged data, which is built into the user's cache where it is missing.

    Returns:
        A DuckDB connection, to be closed by the caller or a `with` statement.

    Raises:
        StorageError: there is no dataset, or it can't be opened.
    """
    from peftshop_db import dataset

    return dataset.connect(dataset.locate(_named(db)))


def query(
    name: str,
    *,
    benchmark: str | None = None,
    method: str | Sequence[str] = (),
    where: str | None = None,
    columns: str | Sequence[str] = (),
    order_by: str | Sequence[str] = (),
    limit: int | None = None,
    db: str | Path | None = None,
    **parameters: Any,
) -> "pyarrow.Table":
    """The rows of a named view, table or macro.

    Args:
        name: as `peftshop-db list` shows it.
        benchmark: only rows of this benchmark.
        method: only rows of this method, or of these.
        where: only rows that meet this predicate over the view's columns.
        columns: only these columns.
        order_by: a column to order by, maybe followed by ` desc`, or several.
        limit: at most so many rows.
        db: as in `connect`.
        parameters: a macro's arguments.

    Returns:
        A pyarrow table whose fields carry their description and unit as metadata.

    Raises:
        UsageError: there is no such view, column, benchmark, method or parameter.
        QueryError: the view fails.
        StorageError: there is no dataset, or it can't be opened.
    """
    from peftshop_db import dataset, formats
    from peftshop_db.selection import Filters, select

    filters = Filters(
        benchmark=benchmark,
        methods=_listed(method),
        where=where,
        columns=_listed(columns),
        order_by=_listed(order_by),
        limit=limit,
        parameters=parameters,
    )
    with dataset.connect(dataset.locate(_named(db)), sealed=True) as connection:
        return formats.to_arrow(select(connection, name, filters))


def views(db: str | Path | None = None) -> dict[str, str]:
    """Every view by name, with the question that it answers.

    Raises:
        StorageError: there is no dataset, or it can't be opened.
    """
    from peftshop_db import dataset

    with dataset.connect(dataset.locate(_named(db)), sealed=True) as connection:
        relations = dataset.relations(connection)
    return {name: text.partition("\n")[0] for name, kind, text in relations if kind == "view"}


def describe(name: str, db: str | Path | None = None) -> str:
    """What a view or table answers, its columns with units, and its caveats, as text.

    Raises:
        UsageError: there is none of that name.
        StorageError: there is no dataset, or it can't be opened.
    """
    from peftshop_db import dataset, description

    with dataset.connect(dataset.locate(_named(db)), sealed=True) as connection:
        return description.describe(connection, name, width=100)


def build(
    source: str | Path | Sequence[str | Path] | None = None,
    out: str | Path | None = None,
    *,
    results: str | Path | Sequence[str | Path] = (),
) -> "Built":
    """Builds a dataset, all or nothing.

    Args:
        source: upstream's JSON file, or several, or folders of them, which make a history; None for
            the packaged one.
        out: the dataset's folder; None for the one in the user's cache.
        results: a folder of raw result files of the benchmark suite to take in, or several.

    Returns:
        What was built: folder, peft version, rows of each relation, warnings.

    Raises:
        SourceError: the input breaks its contract.
        StorageError: the dataset can't be written.
    """
    from peftshop_db import builder, dataset, resources

    folder = Path(out) if out else dataset.cache_folder()
    return builder.build(
        _paths(source) or resources.packaged_source(),
        folder,
        results=[
            Path(part) for part in ([results] if isinstance(results, str | Path) else results)
        ],
    )


def verify(db: str | Path | None = None) -> list[str]:
    """The differences of a dataset from what its build wrote; none where it is intact.

    Raises:
        StorageError: there is no dataset.
    """
    from peftshop_db import dataset, verification

    return verification.verify(dataset.locate(_named(db)).parent)


def _named(db: str | Path | None) -> str | None:
    import os

    return str(db) if db is not None else os.environ.get("PEFTSHOP_DB")


def _paths(names: str | Path | Sequence[str | Path] | None) -> list[Path]:
    return [Path(name) for name in ([names] if isinstance(names, str | Path) else names or ())]


def _listed(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
