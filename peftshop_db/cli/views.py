"""Commands about views: query, list, describe, schema."""

from pathlib import Path

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import choose_format, show, show_raw, width, write
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
    help="Only this method; repeatable.",
    shell_complete=options.complete_method,
)
@click.option("--where", metavar="PREDICATE", help="Only rows that meet it: 'score > 0.5'.")
@click.option(
    "--columns",
    metavar="NAMES",
    help="Only these columns, separated by commas.",
    shell_complete=options.complete_columns,
)
@click.option(
    "--order-by",
    metavar="NAMES",
    help="Order by these columns: 'score desc, method'.",
    shell_complete=options.complete_columns,
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N rows.")
@click.option(
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A macro's parameter; repeatable.",
    shell_complete=options.complete_parameters,
)
@options.raw
@options.results
def query(
    name: str,
    benchmark: str | None,
    methods: tuple[str, ...],
    where: str | None,
    columns: str | None,
    order_by: str | None,
    limit: int | None,
    parameters: tuple[str, ...],
    raw: bool,
    format_name: str | None,
    output: Path | None,
    db: str | None,
) -> None:
    """Show the view (or table, or macro) NAME.

    \b
    Examples:
      peftshop-db query pareto_memory
      peftshop-db query leaderboard --benchmark metamathqa --limit 5
      peftshop-db query benchmarks --where "num_runs > 1" --columns method,score,num_runs
      peftshop-db query pareto -p on_benchmark=metamathqa -p x=score -p y=train_time_sec
      peftshop-db query leaderboard --method LORA --benchmark metamathqa --columns score --raw
      peftshop-db query dominance -o dominance.parquet --format parquet
    """
    from peftshop_db import answers, dataset
    from peftshop_db.selection import Filters, select

    filters = Filters(
        benchmark=benchmark,
        methods=methods,
        where=where,
        columns=_split(columns),
        order_by=_split(order_by),
        limit=limit,
        parameters=dict(_parameter(item) for item in parameters),
    )
    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        result = select(connection, name, filters)
        if raw:
            show_raw(result, format_name, output)
            return
        format_name = choose_format(format_name, output)
        is_read = format_name in ("table", "record")
        caption = answers.caption(connection, name, result) if is_read else []
    show(result, format_name, output, caption)


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",")) if names else ()


def _parameter(item: str) -> tuple[str, str]:
    name, equals, value = item.partition("=")
    if not equals:
        raise UsageError(f"-p takes NAME=VALUE, not {item!r}")
    return name, value


@click.command(name="list")
@options.results
def list_views(format_name: str | None, output: Path | None, db: str | None) -> None:
    """List the views and tables with their questions.

    \b
    Examples:
      peftshop-db list
      peftshop-db list --format markdown
    """
    from peftshop_db import answers, dataset

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        result = answers.list_relations(connection)
    show(result, choose_format(format_name, output), output)


@click.command()
@click.argument("name", shell_complete=options.complete_relation)
@options.output
@options.db
def describe(name: str, output: Path | None, db: str | None) -> None:
    """Tell what the view (or table) NAME means.

    Its question, its columns, and what to know before using it.

    \b
    Examples:
      peftshop-db describe leaderboard
      peftshop-db describe benchmarks
    """
    from peftshop_db import dataset, description

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        text = description.describe(connection, name, width(output))
    write(text.encode(), output)


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=options.complete_relation)
@options.output
def schema(names: tuple[str, ...], output: Path | None) -> None:
    """Print the SQL that makes tables, views and macros.

    All of them, or those of the given NAMEs.

    \b
    Examples:
      peftshop-db schema pareto_memory dominance
      peftshop-db schema -o schema.sql
    """
    from peftshop_db import sqlfiles
    from peftshop_db.dataset import suggest

    known = {**sqlfiles.tables(), **sqlfiles.past(), **sqlfiles.views(), **sqlfiles.macros()}
    for name in names:
        if name not in known:
            hint = suggest(name, known) or "; `peftshop-db list` shows all"
            raise UsageError(f"no view or table is named {name!r}{hint}")
    write(sqlfiles.script(names).encode(), output)
