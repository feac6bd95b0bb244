"""The command `export`."""

from pathlib import Path

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import is_formula_safe


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=options.complete_relation)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("parquet", "csv", "jsonl", "sqlite", "duckdb", "xlsx")),
    default="parquet",
    show_default=True,
    help="What to write: a file per table and view, or one of all.",
)
@click.option(
    "--benchmark",
    metavar="NAME",
    help="Leave out rows of other benchmarks.",
    shell_complete=options.complete_benchmark,
)
@click.option(
    "--method",
    "methods",
    multiple=True,
    metavar="NAME",
    help="Leave out rows of other methods; repeatable.",
    shell_complete=options.complete_method,
)
@options.formula_safe
@options.db
def export(
    folder: Path,
    names: tuple[str, ...],
    format_name: str,
    benchmark: str | None,
    methods: tuple[str, ...],
    db: str | None,
) -> None:
    """Write plain copies of all tables and views, or of those named, to the folder DIR.

    The folder appears complete or not at all. An earlier export in it is replaced; a folder with
    any other file is left alone. datapackage.json describes every format; beside Parquet are
    croissant.json and a Hugging Face dataset card, beside SQLite Datasette's metadata.json.

    Rows that belong to no single benchmark or method stay, as do tables and views without such a
    column. sqlite and duckdb hold live views, so take neither names nor filters.

    In xlsx, integers beyond 2^53 are text, for Excel would change them, and text is cut at 32,767
    characters, with a warning.

    \b
    Examples:
      peftshop-db export peftshop-parquet
      peftshop-db export peftshop-csv --format csv --formula-safe
      peftshop-db export metamathqa leaderboard pareto_memory --format csv --benchmark metamathqa
      peftshop-db export peftshop-sqlite --format sqlite && datasette peftshop-sqlite
      peftshop-db export peftshop-excel --format xlsx --method LORA --method OFT
    """
    from peftshop_db import dataset, exports

    wanted = exports.Wanted(names, benchmark, methods, is_formula_safe())
    count, remarks = exports.export(dataset.locate(db), folder, format_name, wanted)
    for remark in remarks:
        click.echo(f"Note: {remark}", err=True)
    click.echo(f"{folder}: {count} tables and views as {format_name}", err=True)
