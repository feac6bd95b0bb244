"""The command line. A command's module is imported when it is called, and what it needs of DuckDB,
pyarrow and sqlglot when it is used."""

import click

from peftshop_db import __version__
from peftshop_db.cli.group import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="peftshop-db")
def main() -> None:
    """Ask questions of the catalogue of parameter-efficient fine-tuning methods.

    \b
    Start here:
      peftshop-db list                     which questions have a named view
      peftshop-db query pareto_memory      best scores for their memory
      peftshop-db describe pareto_memory   what it means, and its caveats
      duckdb -readonly "$(peftshop-db path)"
    """
