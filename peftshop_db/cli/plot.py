"""The commands that draw: plot and report."""

from pathlib import Path

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import write
from peftshop_db.errors import UsageError


@click.command()
@click.argument("name", shell_complete=options.complete_relation)
@click.option(
    "--benchmark",
    metavar="NAME",
    help="Only this benchmark.",
    shell_complete=options.complete_benchmark,
)
@click.option(
    "--method",
    "methods",
    multiple=True,
    metavar="NAME",
    help="Only this method; repeatable. A front shows the others without labels.",
    shell_complete=options.complete_method,
)
@click.option("--where", metavar="PREDICATE", help="Only rows that meet it: 'score > 0.5'.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N rows.")
@click.option(
    "--highlight",
    multiple=True,
    metavar="METHOD",
    help="Mark this method; repeatable.",
    shell_complete=options.complete_method,
)
@options.output
@options.db
def plot(
    name: str,
    benchmark: str | None,
    methods: tuple[str, ...],
    where: str | None,
    limit: int | None,
    highlight: tuple[str, ...],
    output: Path | None,
    db: str | None,
) -> None:
    """Draw the view NAME to a file.

    Its suffix tells what: .svg, .png, .html, or .json for the Vega-Lite specification. A front is
    drawn with all methods and the baseline, a matrix as a heat map, history and training as lines,
    and other views of numbers as rankings. All but .json need `pip install 'peftshop-db[plot]'`.

    \b
    Examples:
      peftshop-db plot pareto_memory -o front.svg
      peftshop-db plot leaderboard --benchmark metamathqa --highlight LORA -o scores.png
      peftshop-db plot dominance --where "cost = 'train_time_sec'" -o time.html
      peftshop-db plot quant_matrix -o quantization.json
    """
    from peftshop_db import dataset, plotting
    from peftshop_db.plotting import rendering
    from peftshop_db.selection import Filters

    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if suffix not in rendering.FORMATS:
        raise UsageError(
            "name the picture's file with -o FILE; it ends in .svg, .png, .html or .json"
        )
    filters = Filters(benchmark=benchmark, methods=methods, where=where, limit=limit)
    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        figure = plotting.draw(connection, name, filters, highlight)
    write(rendering.FORMATS[suffix](figure.specification()), output)


@click.command()
@click.option("--no-plots", is_flag=True, help="Tables alone, without vl-convert.")
@options.output
@options.db
def report(no_plots: bool, output: Path | None, db: str | None) -> None:
    """Write one HTML page with the main views.

    As tables and pictures, and methods side by side. The page needs no network. Its pictures need
    `pip install 'peftshop-db[plot]'`.

    \b
    Examples:
      peftshop-db report -o report.html
      peftshop-db report --no-plots -o tables.html
    """
    from peftshop_db import dataset
    from peftshop_db import report as pages

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        page = pages.page(connection, with_plots=not no_plots)
    write(page.encode(), output)
