"""The command line. What it needs of DuckDB, pyarrow and sqlglot is imported when it is used."""

import click

from peftshop_db import __version__
from peftshop_db.cli import data, diff, export, methods, plot, recommend, shell, sql, views
from peftshop_db.cli.group import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="peftshop-db")
def main() -> None:
    """Ask questions of the catalogue of parameter-efficient fine-tuning methods.

    \b
    Start here:
      peftshop-db list                   which questions have a named view
      peftshop-db query pareto_memory    best scores for their memory
      peftshop-db describe pareto_memory what it means, and what to know before using it
      duckdb -readonly "$(peftshop-db path)"
    """


for command in (
    views.query,
    views.list_views,
    views.describe,
    views.schema,
    sql.sql,
    shell.shell,
    recommend.recommend,
    methods.compare,
    methods.explain,
    methods.snippet,
    diff.diff,
    plot.plot,
    plot.report,
    data.build,
    data.check,
    data.verify,
    data.path,
    export.export,
    export.export_sql,
    data.export_source,
):
    main.add_command(command)
