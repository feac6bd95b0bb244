"""Commands about a dataset as a whole: build, check, verify, path, export-source."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from peftshop_db import resources
from peftshop_db.cli import options
from peftshop_db.cli.amount import BYTES, Amount
from peftshop_db.cli.output import choose_format, show, width, write
from peftshop_db.errors import PeftshopError, UsageError
from peftshop_db.source import MAX_BYTES

_LONG_BUILD = 10  # steps, two for each input


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    callback=options.refuse_empty,
    help="The dataset's folder.  [default: the one in your cache]",
)
@click.option(
    "--results",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Take in the benchmark suite's raw result files, every *.json in DIR and below; "
    "repeatable.",
)
@click.option(
    "--max-bytes",
    type=Amount("SIZE", BYTES),
    default=f"{MAX_BYTES // 1024**2}MiB",
    show_default=True,
    metavar="SIZE",
    help="The largest input to read.",
)
def build(
    sources: tuple[Path, ...], out: Path | None, results: tuple[Path, ...], max_bytes: float
) -> None:
    """Build a dataset from upstream's JSON file.

    SOURCE is the file, --out the dataset's folder. Without either, builds the one in your cache
    from the packaged file. Of several files, or folders of them, the newest peft version is what
    tables and views show, and history holds them all; those that the dataset holds already are not
    parsed again.

    \b
    Examples:
      peftshop-db build
      peftshop-db build peft-shop.json --out my-dataset
      peftshop-db build old/*.json peft-shop.json --out my-dataset
      peftshop-db build --results peft/method_comparison/MetaMathQA/results --out my-dataset
      peftshop-db query leaderboard --db my-dataset
    """
    from peftshop_db import builder, history
    from peftshop_db.dataset import cache_folder

    if (sources or results) and out is None:
        raise UsageError("name the dataset's folder with --out; the cache holds the packaged data")
    if not max_bytes:
        raise UsageError("--max-bytes takes more than 0")
    folder = out or cache_folder()
    paths = history.expand(sources or [resources.packaged_source()])
    with _progress(2 * len(paths)) as tick:
        built = builder.build(paths, folder, results=results, max_bytes=int(max_bytes), tick=tick)
    for warning in built.warnings:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(
        f"{folder}: {built.relations['methods']} methods of peft {built.peft_version} "
        f"in {len(built.relations)} tables and views"
        + _counted(built.versions, "version") * (built.versions > 1)
        + _counted(built.relations["runs"], "raw run") * bool(results),
        err=True,
    )


def _counted(number: int, name: str) -> str:
    return f", {number:,} {name}" + "s" * (number != 1)


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[], object]]:
    """What to call after each step, which moves a bar if the steps are many and a person looks."""
    if steps < _LONG_BUILD or not sys.stderr.isatty():
        yield bool
        return
    with click.progressbar(length=steps, label="Building", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


@click.command()
@options.results
def check(format_name: str | None, output: Path | None, db: str | None) -> None:
    """Run every check and show what to look at twice.

    The gravest findings come first. Ends with status 1 when a finding is an error.

    \b
    Examples:
      peftshop-db check
      peftshop-db check --format markdown
    """
    from peftshop_db import checks, dataset

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        findings = checks.run(connection)
    format_name = choose_format(format_name, output)
    if format_name == "table":
        write(checks.render(findings, width(output)).encode(), output)
    else:
        show(checks.to_result(findings), format_name, output)
    if findings and findings[0].severity == "error":
        raise PeftshopError("the dataset breaks a rule that every dataset must keep")


@click.command()
@options.db
def verify(db: str | None) -> None:
    """Check that a dataset is what its build wrote.

    Byte for byte and row for row.

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


@click.command()
@options.db
def path(db: str | None) -> None:
    """Print the path of the database file.

    \b
    Examples:
      duckdb -readonly "$(peftshop-db path)" -c "from pareto_memory"
    """
    from peftshop_db import dataset

    click.echo(dataset.locate(db).absolute())


@click.command(name="export-source")
@click.option(
    "--version",
    metavar="VERSION",
    help="Of a history, the one of this peft version or version_order.  [default: the newest]",
)
@options.output
@options.db
def export_source(version: str | None, output: Path | None, db: str | None) -> None:
    """Print the JSON that the dataset was built from.

    It is rebuilt from the tables, equal to the input value for value.

    \b
    Examples:
      peftshop-db export-source -o peft-shop.json
      peftshop-db export-source --version 0.19.2.dev0 --db my-dataset
    """
    from peftshop_db import dataset, exporting

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        write(exporting.export_source(connection, version).encode(), output)
