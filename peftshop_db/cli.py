"""The command line. What it needs of DuckDB, pyarrow and sqlglot is imported when it is used."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peftshop_db import __version__, resources
from peftshop_db.errors import PeftshopError, StorageError, UsageError

if TYPE_CHECKING:
    from peftshop_db.query import Result

_FILE_WIDTH = 120
FORMATS = ("table", "csv", "json", "jsonl", "markdown", "parquet")


class Commands(click.Group):
    """A group whose commands end an expected failure with one `Error:` line and its exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PeftshopError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_status)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from peftshop_db.dataset import suggest

            hint = suggest(args[0], self.commands) or "; `peftshop-db --help` shows all"
            raise click.UsageError(f"no command is named {args[0]!r}{hint}", ctx) from error


def _complete_view(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    paths = resources.folder("queries").glob("*/*.sql")
    return sorted(path.stem for path in paths if path.stem.startswith(incomplete))


def _complete_benchmark(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    import csv

    path = resources.folder("data") / "registry" / "benchmarks.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["benchmark"] for row in csv.DictReader(file)]
    return [name for name in names if name.startswith(incomplete)]


db_option = click.option(
    "--db",
    envvar="PEFTSHOP_DB",
    metavar="PATH",
    help="A dataset's folder or database file.  [default: the packaged data, in your cache; "
    "env: PEFTSHOP_DB]",
)
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE."
)


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(FORMATS),
        help="How to show rows.  [default: table on a terminal, csv elsewhere]",
    )(command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="peftshop-db")
def main() -> None:
    """Ask questions of the catalogue of parameter-efficient fine-tuning methods.

    \b
    Start here:
      peftshop-db list                   which questions have a named view
      peftshop-db query pareto_memory    best scores for their memory
      duckdb -readonly "$(peftshop-db path)"
    """


@main.command()
@click.argument("source", required=False, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The dataset's folder.  [default: the one in your cache]",
)
@click.option("--max-bytes", type=click.IntRange(min=1), help="The largest input to read.")
def build(source: Path | None, out: Path | None, max_bytes: int | None) -> None:
    """Build a dataset from SOURCE, upstream's JSON file (default: the packaged one).

    \b
    Examples:
      peftshop-db build
      peftshop-db build peft-shop.json --out my-dataset
      peftshop-db query leaderboard --db my-dataset
    """
    from peftshop_db import builder
    from peftshop_db.dataset import cache_folder
    from peftshop_db.source import MAX_BYTES

    folder = out or cache_folder()
    source = source or resources.packaged_source()
    built = builder.build(source, folder, max_bytes=max_bytes or MAX_BYTES)
    for warning in built.warnings:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(
        f"{folder}: {built.relations['methods']} methods of peft {built.peft_version} "
        f"in {len(built.relations)} tables and views",
        err=True,
    )


@main.command()
@click.argument("name", shell_complete=_complete_view)
@click.option(
    "--benchmark", metavar="NAME", help="Only this benchmark.", shell_complete=_complete_benchmark
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N rows.")
@format_option
@output_option
@db_option
def query(
    name: str,
    benchmark: str | None,
    limit: int | None,
    format_name: str | None,
    output: Path | None,
    db: str | None,
) -> None:
    """Show the view (or table) NAME.

    \b
    Examples:
      peftshop-db query pareto_memory
      peftshop-db query leaderboard --benchmark metamathqa --limit 5
      peftshop-db query quant_matrix --format json
      peftshop-db query dominance -o dominance.parquet --format parquet
    """
    from peftshop_db import dataset
    from peftshop_db import query as querying

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        result = querying.select(connection, name, benchmark=benchmark, limit=limit)
        format_name = format_name or _default_format(output)
        caption = querying.caption(connection, name, result) if format_name == "table" else []
    _show(result, format_name, output, caption)


@main.command(name="list")
@format_option
@output_option
@db_option
def list_views(format_name: str | None, output: Path | None, db: str | None) -> None:
    """List the views and tables with the question that each answers.

    \b
    Examples:
      peftshop-db list
      peftshop-db list --format markdown
    """
    from peftshop_db import dataset, query

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        result = query.list_relations(connection)
    _show(result, format_name or _default_format(output), output)


@main.command()
@db_option
def path(db: str | None) -> None:
    """Print the path of the database file.

    \b
    Examples:
      duckdb -readonly "$(peftshop-db path)" -c "from pareto_memory"
    """
    from peftshop_db import dataset

    click.echo(dataset.locate(db).absolute())


@main.command()
@db_option
def verify(db: str | None) -> None:
    """Check that a dataset is, byte for byte and row for row, what its build wrote.

    \b
    Examples:
      peftshop-db verify
      peftshop-db verify --db my-dataset
    """
    from peftshop_db import dataset, verification

    folder = dataset.locate(db).parent
    problems = verification.verify(folder)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise PeftshopError(f"{folder}: {len(problems)} differences from what was built")
    click.echo(f"{folder}: all files, tables and views are as they were built", err=True)


@main.command(name="export-source")
@output_option
@db_option
def export_source(output: Path | None, db: str | None) -> None:
    """Print the JSON document that the dataset was built from, rebuilt from its tables.

    \b
    Examples:
      peftshop-db export-source -o peft-shop.json
    """
    from peftshop_db import dataset, exporting

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        _write(exporting.export_source(connection).encode(), output)


def _default_format(output: Path | None) -> str:
    return "table" if output is None and sys.stdout.isatty() else "csv"


def _show(
    result: "Result", format_name: str, output: Path | None, caption: Sequence[str] = ()
) -> None:
    from peftshop_db import formats, table

    if format_name == "table":
        width = shutil.get_terminal_size().columns if output is None else _FILE_WIDTH
        _write(table.render(result, width, caption).encode(), output)
    elif format_name == "parquet":
        if output is None and sys.stdout.isatty():
            raise UsageError("Parquet is not for a terminal; add -o FILE")
        _write(formats.to_parquet(result), output)
    else:
        _write(formats.TEXT_FORMATS[format_name](result).encode(), output)


def _write(data: bytes, output: Path | None) -> None:
    """Writes to stdout, or to a file that is complete or not there."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        partial.write_bytes(data)
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StorageError(f"{output}: can't be written: {error.strerror}") from error
