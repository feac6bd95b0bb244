"""Commands about methods: explain, compare, snippet."""

from pathlib import Path

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import choose_format, show, write


@click.command()
@click.argument("method", shell_complete=options.complete_method)
@click.argument("subject", required=False, shell_complete=options.complete_capability)
@options.results
def explain(
    method: str,
    subject: str | None,
    format_name: str | None,
    output: Path | None,
    db: str | None,
) -> None:
    """Tell what METHOD can do, and how upstream found out.

    SUBJECT is one capability, layer type, backend or config option.

    \b
    Examples:
      peftshop-db explain LORA
      peftshop-db explain ADALORA multiple_adapters
      peftshop-db explain OFT bnb_4bit
    """
    from peftshop_db import answers, dataset

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        result = answers.explain(connection, method, subject)
    format_name = choose_format(format_name, output)
    if subject is not None and format_name == "table":
        format_name = "record"
    show(result, format_name, output)


@click.command()
@click.argument("methods", nargs=-1, required=True, shell_complete=options.complete_method)
@click.option("--only-differences", is_flag=True, help="Only attributes in which they differ.")
@options.results
def compare(
    methods: tuple[str, ...],
    only_differences: bool,
    format_name: str | None,
    output: Path | None,
    db: str | None,
) -> None:
    """Show METHODS side by side.

    What they can do, and how they did on each benchmark.

    \b
    Examples:
      peftshop-db compare LORA OFT
      peftshop-db compare LORA MISS SHIRA --only-differences
    """
    from peftshop_db import answers, dataset
    from peftshop_db.selection import MEASURES

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        format_name = choose_format(format_name, output)
        result = answers.compare(
            connection, methods, only_differences, for_people=format_name == "table"
        )
        caption = ["What to know before using the numbers:"]
        caption += dataset.caveats(connection, None, MEASURES)
    show(result, format_name, output, caption, by_section=True)


@click.command()
@click.argument("method", shell_complete=options.complete_method)
@options.output
@options.db
def snippet(method: str, output: Path | None, db: str | None) -> None:
    """Print Python code that puts METHOD on a model.

    What to know about it goes to stderr.

    \b
    Examples:
      peftshop-db snippet LORA
      peftshop-db snippet VERA -o train.py
    """
    from peftshop_db import answers, dataset

    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        code, remark = answers.snippet(connection, method)
    write(code.encode() + b"\n" * (not code.endswith("\n")), output)
    if remark:
        click.echo(f"Note: {remark}", err=True)
