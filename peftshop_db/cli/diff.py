"""The command `diff`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peftshop_db.cli import options
from peftshop_db.cli.output import choose_format, show

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
    """
    from peftshop_db import difference

    found = difference.diff(old, new, db, tolerance)
    format_name = choose_format(format_name, output)
    if format_name == "table":
        changes = difference.in_sections(found.changes)
        show(changes, format_name, output, _caption(found), by_section=True)
    elif format_name in ("record", "markdown"):
        show(difference.for_people(found.changes), format_name, output, _caption(found))
    else:
        show(found.changes, format_name, output)
    if exit_code and found.changes.rows:
        click.get_current_context().exit(1)


def _caption(found: "Difference") -> list[str]:
    names = [column.name for column in found.changes.columns]
    rows = [dict(zip(names, row, strict=True)) for row in found.changes.rows]
    lines = [f"What changed from peft {found.old_peft_version} to {found.peft_version}?"]
    if not rows:
        lines.append("Nothing beyond the tolerance.")
    for row in rows:
        if row["section"] == "caveat":
            side = "only before" if row["change"] == "removed" else "only since"
            statement = row["old_value"] or row["new_value"]
            lines.append(f"{row['subject']} holds {side}: {statement}")
    if any(row["is_comparable"] is False for row in rows):
        lines.append("Measures that a caveat invalidates on one side don't compare.")
    return lines
