"""The reference pages under docs/, generated from the catalog of a dataset."""

from typing import TYPE_CHECKING

from peftshop_db import dataset, sqlfiles
from peftshop_db.formats import markdown_row

if TYPE_CHECKING:
    import duckdb

_TOPICS = {
    "catalog": "What methods are and can do",
    "picks": "Methods for a purpose",
    "leaderboard": "Who scores best",
    "pareto": "Score against cost",
    "compare": "Comparisons",
    "statistics": "How sure it is",
    "trust": "What to know before using a number",
    "runs": "Raw runs, beyond each method's best",
    "history": "What changed from version to version",
    "macros": "Table macros, with parameters",
}


def data_dictionary(connection: "duckdb.DuckDBPyConnection") -> str:
    """docs/data-dictionary.md: every table and view with its columns."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from the comments in the database; change those instead.",
        "The same descriptions and units are on the fields of the Parquet files.",
        "",
        "`state` is `known`, `unknown` or `not_applicable`, and `supported` is NULL unless it is "
        "known. Types are VARCHAR, BOOLEAN, BIGINT and DOUBLE alone.",
    ]
    for name, kind, comment in dataset.relations(connection):
        if kind == "macro":
            continue
        question, *fields = comment.splitlines()
        lines += ["", f"## {name}", "", f"A {kind}. {question}", ""]
        lines += [f"- {field}" for field in fields]
        lines += ["", markdown_row("column", "type", "unit", "meaning"), "|---|---|---|---|"]
        for column in dataset.columns(connection, name):
            meaning = column.definition
            lines.append(markdown_row(column.name, column.type, meaning.unit, meaning.description))
    return "\n".join(lines) + "\n"


def views_by_question() -> str:
    """docs/views.md: the views and macros by topic, each with the question that it answers."""
    files = [*sqlfiles.views().values(), *sqlfiles.macros().values()]
    lines = [
        "# Views by question",
        "",
        "Generated from the headers of the files under queries/; change those instead.",
        "`peftshop-db describe NAME` tells a view's grain, its columns and its caveats.",
    ]
    topics = {file.topic: file.topic.capitalize() for file in files} | _TOPICS
    for topic, title in topics.items():
        lines += ["", f"## {title}", "", markdown_row("question", topic), "|---|---|"]
        for file in files:
            if file.topic == topic:
                name = file.name
                if parameters := file.header.get("Parameters"):
                    name += f"({parameters})"
                lines.append(markdown_row(file.header["Question"], f"`{name}`"))
    return "\n".join(lines) + "\n"


def command_line() -> str:
    """docs/cli.md: every command's help."""
    import click

    from peftshop_db.cli import main

    lines = [
        "# Commands",
        "",
        "Generated from the commands' own help; change that instead.",
        "",
        "Data go to stdout, messages to stderr. Exit status: 0 done; 1 a check failed; "
        "2 wrong usage; 3 bad input; 4 disk or permission; 5 the SQL failed or was refused; "
        "124 time limit.",
    ]
    group = main.make_context("peftshop-db", ["list"])
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        assert command, "a group has the commands that it lists"
        context = click.Context(
            command, group, info_name=name, max_content_width=100, terminal_width=100
        )
        lines += ["", f"## {name}", "", "```text", command.get_help(context), "```"]
    return "\n".join(lines) + "\n"
