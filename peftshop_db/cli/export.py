"""The commands `export` and `export-sql`."""

from pathlib import Path

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import is_formula_safe, write


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
    """Write copies of tables and views for other tools.

    All of them, or those named, to the folder DIR, which appears complete or not at all. An earlier
    export in it is replaced; a folder with any other file is left alone. datapackage.json describes
    every format; beside Parquet are croissant.json and a Hugging Face dataset card, beside SQLite
    Datasette's metadata.json.

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


@click.command(name="export-sql")
@click.option(
    "--dialect",
    required=True,
    type=click.Choice(options.ENGINES),
    help="The engine that runs the script.",
)
@click.option(
    "--parquet",
    metavar="URL",
    help="A folder or URL of the Parquet files that `peftshop-db export` writes.  "
    "[default: the dataset's own files]",
)
@options.output
@options.db
def export_sql(dialect: str, parquet: str | None, output: Path | None, db: str | None) -> None:
    """Print SQL that gives another engine tables and views.

    It declares the tables over the dataset's Parquet files and creates every view. Scripts for
    postgres and sqlite create the tables with keys and checks, and hold the data. Engines that
    read no local files (bigquery, snowflake, trino) need --parquet.

    Tables of the schema history are called history__methods and so on. docs/engines.md shows which
    views were tested where, and what each engine needs.

    \b
    Examples:
      peftshop-db export-sql --dialect spark -o peftshop.sql && spark-sql -f peftshop.sql
      peftshop-db export-sql --dialect postgres | psql -v ON_ERROR_STOP=1 mydatabase
      peftshop-db export-sql --dialect sqlite | sqlite3 peftshop.sqlite
      peftshop-db export-sql --dialect bigquery --parquet gs://bucket/peftshop -o peftshop.sql
    """
    from peftshop_db import dataset, engine_scripts

    text = engine_scripts.script(dataset.locate(db), dialect, parquet)
    write(text.encode(), output)
