"""The command `diff`."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import choose_format, show, width, write

if TYPE_CHECKING:
    from peftshop_db.difference import Difference


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0),
    default=0.01,
    show_default=True,
    metavar="PART",
    help="Leave out measures that moved by no more than this part of their old value.",
)
@click.option("--exit-code", is_flag=True, help="End with status 1 where anything differs.")
@options.results
def diff(
    old: str,
    new: str,
    tolerance: float,
    exit_code: bool,
    format_name: str | None,
    output: Path | None,
    db: str | None,
) -> None:
    """Show what changed from OLD to NEW.

    In methods, capabilities, best runs, measures and caveats. Each is upstream's JSON file, a
    dataset, or a version of the dataset --db, by its peft version or its number in history.dataset.

    \b
    Examples:
      peftshop-db diff old.json new.json
      peftshop-db diff my-dataset peft-shop.json --tolerance 0.05 --exit-code
      peftshop-db diff 0.19.2 0.20.0 --db my-dataset --format markdown

    \b
    Tables and Markdown leave out what doesn't compare, and say so; csv, json and the others have
    all rows. --tolerance 0 shows every measure that moved.
    """
    from peftshop_db import difference

    found = difference.diff(old, new, db, tolerance)
    format_name = choose_format(format_name, output)
    if format_name == "table":
        write(_text(found, width(output)).encode(), output)
    elif format_name == "markdown":
        write(_markdown(found).encode(), output)
    else:
        show(found.changes, format_name, output)
    if exit_code and found.changes.rows:
        click.get_current_context().exit(1)


def _text(found: "Difference", line: int) -> str:
    """For a terminal: a table for each section, and below what to know of them."""
    from peftshop_db import difference, table

    sections = [
        f"{title}\n\n{table.render(rows, line)}"
        for title, rows in difference.for_people(found.changes)
    ]
    return "\n".join([*sections, table.render_caption(_notes(found), line)])


def _markdown(found: "Difference") -> str:
    from peftshop_db import difference, formats

    title, *notes = _notes(found)
    sections = [
        f"### {heading}\n\n{formats.to_markdown(rows)}"
        for heading, rows in difference.for_people(found.changes)
    ]
    listed = "".join(f"- {note}\n" for note in notes)
    return "\n".join([f"## {title}\n", *([listed] if listed else []), *sections])


def _notes(found: "Difference") -> list[str]:
    """The question that the rows answer, and what to know of them."""
    names = [column.name for column in found.changes.columns]
    rows = [dict(zip(names, row, strict=True)) for row in found.changes.rows]
    notes = [f"What changed from peft {found.old} to {found.new}?"]
    if not rows:
        notes.append("Nothing beyond the tolerance.")
    for row in rows:
        if row["section"] == "caveat":
            side = "only before" if row["change"] == "removed" else "only since"
            statement = row["old_value"] or row["new_value"]
            notes.append(f"{row['subject']} holds {side}: {statement}")
    void = [(row["subject"], row["benchmark"]) for row in rows if row["is_comparable"] is False]
    for (subject, benchmark), count in Counter(void).items():
        notes.append(
            f"{count} changes of {subject} on {benchmark} are not shown: a caveat invalidates it "
            "on one side, so that they don't compare."
        )
    for benchmark, common, noise, count, further in found.scores:
        notes.append(
            f"Scores on {benchmark} moved by {common:+.4f} in common (the median over methods "
            f"that kept their experiment). Two runs of one setting lie {noise:.4f} apart at most, "
            f"in 95 of 100 pairs; of {count} methods, these moved further than that from what "
            f"all have in common: {further}."
        )
    return notes
