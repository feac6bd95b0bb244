"""`export`: plain copies of a dataset for other tools."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peftshop_db import (
    croissant,
    datapackage,
    dataset,
    dataset_card,
    export_folder,
    manifest,
    metadata,
    selection,
)
from peftshop_db.errors import UsageError
from peftshop_db.metadata import Catalog
from peftshop_db.selection import Filters
from peftshop_db.sqlfiles import literal

if TYPE_CHECKING:
    import duckdb

_WHOLE = ("sqlite", "duckdb")


@dataclass(frozen=True)
class Wanted:
    """What to export; everything by default.

    Attributes:
        names: only these tables and views.
        benchmark: no rows of other benchmarks.
        methods: no rows of other methods.
        formula_safe: in CSV, no text that a spreadsheet would run as a formula.
    """

    names: Sequence[str] = ()
    benchmark: str | None = None
    methods: Sequence[str] = ()
    formula_safe: bool = False


@dataclass(frozen=True)
class _Job:
    connection: "duckdb.DuckDBPyConnection"
    database: Path
    catalog: Catalog
    filters: Mapping[str, Filters]
    directory: Path
    formula_safe: bool

    def file(self, suffix: str) -> Path:
        return self.directory / f"{metadata.NAME}.{suffix}"


def export(
    database: Path, folder: Path, format_name: str, wanted: Wanted | None = None
) -> tuple[int, list[str]]:
    """Writes a folder of plain copies, all or nothing.

    Args:
        database: the dataset's database file.
        folder: where they go; an earlier export that is there is replaced.
        format_name: parquet, csv, jsonl, sqlite, duckdb or xlsx.
        wanted: which tables, views and rows.

    Returns:
        How many tables and views were written, and remarks about them.

    Raises:
        UsageError: a name is unknown, or the format doesn't go with what is wanted.
        StorageError: the folder holds something else, or can't be written.
    """
    wanted = wanted or Wanted()
    _check(format_name, wanted)
    with dataset.connect(database, sealed=True) as connection:
        catalog = _choose(connection, wanted.names)
        filters = _filters(connection, catalog, wanted)
        remarks = _remark_whole(filters)
        with export_folder.published(folder) as directory:
            job = _Job(connection, database, catalog, filters, directory, wanted.formula_safe)
            remarks += _WRITERS[format_name](job)
            _describe(job, format_name)
    return len(catalog.relations), remarks


def _check(format_name: str, wanted: Wanted) -> None:
    if format_name in _WHOLE and (wanted.names or wanted.benchmark or wanted.methods):
        raise UsageError(
            f"{format_name} holds views that compute from whole tables; "
            "names and filters are for parquet, csv, jsonl and xlsx"
        )
    if wanted.formula_safe and format_name != "csv":
        raise UsageError(f"--formula-safe is for csv, not {format_name}")
    if format_name == "xlsx":
        from peftshop_db import excel

        excel.require()


def _choose(connection: "duckdb.DuckDBPyConnection", names: Sequence[str]) -> Catalog:
    catalog = metadata.read_catalog(connection)
    for name in names:
        if dataset.macro_parameters(connection, name) is not None:
            raise UsageError(
                f"{name} takes parameters; `peftshop-db query {name} -o FILE` exports it"
            )
        if name not in catalog.relations:
            raise UsageError(dataset.unknown_relation(connection, name))
    return catalog.only(names) if names else catalog


def _filters(
    connection: "duckdb.DuckDBPyConnection", catalog: Catalog, wanted: Wanted
) -> dict[str, Filters]:
    """What leaves out rows of other benchmarks and methods; rows that belong to none stay."""
    kept: dict[str, list[str]] = {"benchmark": [], "method": []}
    if wanted.benchmark is not None:
        kept["benchmark"] = [selection.known_name(connection, "benchmark", wanted.benchmark)]
    kept["method"] = [selection.known_name(connection, "method", name) for name in wanted.methods]
    filters = {}
    for name, relation in catalog.relations.items():
        columns = {column.name for column in relation.columns}
        conditions = [
            f"({column} in ({', '.join(map(literal, values))}) or {column} is null)"
            for column, values in kept.items()
            if values and column in columns
        ]
        if conditions or any(kept.values()):
            filters[name] = Filters(where=" and ".join(conditions) or None)
    return filters


def _remark_whole(filters: Mapping[str, Filters]) -> list[str]:
    whole = [name for name, filtered in filters.items() if filtered.where is None]
    if not whole:
        return []
    listed = ", ".join(whole) if len(whole) <= 5 else f"{len(whole)} tables and views"
    return [f"{listed}: whole, having no column to leave rows out by"]


def _write_parquet(job: _Job) -> list[str]:
    from peftshop_db import parquet

    for name, relation in job.catalog.relations.items():
        _, sql, _ = selection.statement(job.connection, name, job.filters.get(name, Filters()))
        path = job.directory / relation.parquet_path
        path.parent.mkdir(exist_ok=True)
        parquet.write(
            parquet.read_batches(job.connection, sql),
            path,
            {column.name: column.definition for column in relation.columns},
            job.catalog.parquet_metadata,
        )
    return []


def _write_text(job: _Job, suffix: str, to_text: Callable[[selection.Result], str]) -> list[str]:
    for name, relation in job.catalog.relations.items():
        rows = selection.select(job.connection, name, job.filters.get(name))
        (job.directory / f"{relation.flat_name}.{suffix}").write_bytes(to_text(rows).encode())
    return []


def _write_csv(job: _Job) -> list[str]:
    from peftshop_db.formats import to_csv

    return _write_text(job, "csv", lambda rows: to_csv(rows, formula_safe=job.formula_safe))


def _write_jsonl(job: _Job) -> list[str]:
    from peftshop_db.formats import to_jsonl

    return _write_text(job, "jsonl", to_jsonl)


def _write_xlsx(job: _Job) -> list[str]:
    from peftshop_db import excel

    sheets = (
        (relation, selection.select(job.connection, name, job.filters.get(name)))
        for name, relation in job.catalog.relations.items()
    )
    return excel.write(job.file("xlsx"), sheets)


def _write_sqlite(job: _Job) -> list[str]:
    from peftshop_db import datasette, sqlite

    sqlite.write(job.connection, job.catalog, job.file("sqlite"))
    for name, content in datasette.files(job.catalog).items():
        (job.directory / name).write_text(metadata.to_json(content), encoding="utf-8")
    return []


def _write_duckdb(job: _Job) -> list[str]:
    shutil.copyfile(job.database, job.file("duckdb"))
    return []


_WRITERS: dict[str, Callable[[_Job], list[str]]] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "sqlite": _write_sqlite,
    "duckdb": _write_duckdb,
    "xlsx": _write_xlsx,
}


def _describe(job: _Job, format_name: str) -> None:
    """Writes the descriptions of a folder whose data are complete."""
    relations = job.catalog.relations.values()
    if format_name == "parquet":
        paths = [relation.parquet_path for relation in relations]
    elif format_name in ("csv", "jsonl"):
        paths = [f"{relation.flat_name}.{format_name}" for relation in relations]
    else:
        paths = [job.file(format_name).name]
    files = {path: manifest.describe_file(job.directory / path) for path in paths}
    texts = {datapackage.FILE_NAME: metadata.to_json(datapackage.describe(job.catalog, files))}
    if format_name == "parquet":
        texts[croissant.FILE_NAME] = metadata.to_json(croissant.describe(job.catalog, files))
        texts[dataset_card.FILE_NAME] = dataset_card.describe(job.catalog, _empty(job))
    for name, text in texts.items():
        (job.directory / name).write_text(text, encoding="utf-8")


def _empty(job: _Job) -> set[str]:
    import pyarrow.parquet as pq

    return {
        name
        for name, relation in job.catalog.relations.items()
        if not pq.read_metadata(job.directory / relation.parquet_path).num_rows
    }
