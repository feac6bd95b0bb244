"""Options that many commands share, and the names that a shell completes."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peftshop_db import resources

FORMATS = ("table", "record", "csv", "tsv", "json", "jsonl", "markdown", "parquet", "arrow")
Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def refuse_empty(
    ctx: click.Context, parameter: click.Parameter, value: Path | str | None
) -> Path | str | None:
    """The callback of an option that takes a path, for which an empty name is the current folder.

    Raises:
        BadParameter: the name is empty.
    """
    if value in ("", Path()):
        raise click.BadParameter("expected a name, found none", ctx, parameter)
    return value


db = click.option(
    "--db",
    envvar="PEFTSHOP_DB",
    metavar="PATH",
    callback=refuse_empty,
    help="A dataset's folder or database file.  [default: the packaged data, in your cache; "
    "env: PEFTSHOP_DB]",
)
output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    callback=refuse_empty,
    help="Write to FILE; its suffix tells the format.",
)
format_name = click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="How to show rows; record has a line for each column.  [default: table on a terminal, csv "
    "elsewhere]",
)
raw = click.option(
    "--raw",
    is_flag=True,
    help="Print the one value of the answer, undecorated, for scripts.",
)
ENGINES = (
    "bigquery",
    "clickhouse",
    "datafusion",
    "duckdb",
    "postgres",
    "snowflake",
    "spark",
    "sqlite",
    "trino",
)
FORMULA_SAFE = "peftshop_db.formula_safe"


def _remember_formula_safe(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    ctx.meta[FORMULA_SAFE] = value


formula_safe = click.option(
    "--formula-safe",
    is_flag=True,
    expose_value=False,  # it concerns how rows are written, not any one command
    callback=_remember_formula_safe,
    help="In csv and tsv, put an apostrophe before text that a spreadsheet would run as a formula.",
)


def results(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that shows rows: --format, --formula-safe, -o and --db."""
    return format_name(formula_safe(output(db(command))))


def _completer(names: Callable[[], list[str]]) -> Completer:
    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        return [name for name in names() if name.startswith(incomplete)]

    return complete


def _registered(file: str, column: str, **wanted: str) -> list[str]:
    path = resources.folder("data") / "registry" / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            row[column]
            for row in csv.DictReader(rows)
            if all(row[key] == value for key, value in wanted.items())
        ]


def _methods() -> list[str]:
    import json

    return sorted(json.loads(resources.packaged_source().read_bytes())["methods"])


def _relations() -> list[str]:
    return sorted(
        path.stem
        for folder, pattern in (("schema", "*.sql"), ("queries", "*/*.sql"))
        for path in resources.folder(folder).glob(pattern)
    )


def complete_columns(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Columns of the view that the command line names, after those that a list has already."""
    before, comma, beginning = incomplete.rpartition(",")
    names = _columns(_relation(ctx), ctx.params.get("db"))
    return [f"{before}{comma}{name}" for name in names if name.startswith(beginning)]


def complete_parameters(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Parameters of the macro that the command line names."""
    from peftshop_db import sqlfiles

    macro = sqlfiles.macros().get(_relation(ctx))
    names = macro.parameters if macro else []
    return [f"{name}=" for name in names if name.startswith(incomplete)]


def _relation(ctx: click.Context) -> str:
    # behind an option that still lacks its value, click leaves the name among the rest
    return ctx.params.get("name") or next(iter(ctx.args), "")


def _columns(relation: str, db: str | None) -> list[str]:
    """From the description beside the dataset that is there, which takes a tenth of the time that
    DuckDB takes to start: pressing a key builds none, and reports no failure."""
    import json

    from peftshop_db import dataset
    from peftshop_db.errors import PeftshopError

    try:
        path = Path(db) if db else dataset.cache_folder()
        folder = path if path.is_dir() else path.parent
        described = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    except (PeftshopError, OSError, ValueError, LookupError):
        return []
    name = relation.replace(".", "__")
    fields = [item["schema"]["fields"] for item in described if item["name"] == name]
    return [field["name"] for field in (fields or [[]])[0]]


complete_relation = _completer(_relations)
complete_method = _completer(_methods)
complete_benchmark = _completer(lambda: _registered("benchmarks", "benchmark"))
complete_backend = _completer(lambda: _registered("backends", "backend"))
complete_layer_type = _completer(lambda: _registered("layer_types", "layer_type"))
complete_capability = _completer(
    lambda: [
        *_registered("features", "feature", kind="capability"),
        "modules_to_save",
        "trainable_token_indices",
    ]
)
