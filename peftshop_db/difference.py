"""`diff`: two versions as a history of their own, asked what changed."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from peftshop_db import database, dataset, exporting, history
from peftshop_db.definitions import Column, unit_of
from peftshop_db.errors import UsageError
from peftshop_db.selection import Result
from peftshop_db.source import MAX_BYTES
from peftshop_db.units import humanize

TOLERANCE = 0.01

# what decides comes first: the view's own order is by name
_SQL = """
select * exclude (version_order, old_peft_version, peft_version)
from history_changes
where section <> 'measure' or relative_change is null or abs(relative_change) > ?
order by
    case section
        when 'method' then 1 when 'capability' then 2 when 'best run' then 3
        when 'measure' then 4 else 5
    end,
    case change when 'added' then 1 when 'removed' then 2 else 3 end,
    method, benchmark, subject
"""


@dataclass(frozen=True)
class Difference:
    """What changed from one version to another: rows of the view history_changes."""

    old_peft_version: str
    peft_version: str
    changes: Result


def diff(old: str, new: str, db: str | None = None, tolerance: float = TOLERANCE) -> Difference:
    """Compares two versions, whichever order their numbers have.

    Args:
        old: an input file, a dataset (for its newest version), or a version of the dataset `db`, by
            peft version or version_order.
        new: as `old`.
        db: the dataset whose versions are meant; None for the packaged data.
        tolerance: measures that moved by no more, as a part of their old value, are left out.

    Raises:
        UsageError: nothing is of that name.
        SourceError: an input breaks its contract.
        StorageError: a dataset can't be opened.
    """
    with TemporaryDirectory(prefix="peftshop-diff-") as name:
        folder = Path(name)
        versions = [
            history.gather([_find(text, db, folder / f"{side}.json")], MAX_BYTES)[0]
            for side, text in (("old", old), ("new", new))
        ]
        with database.created(folder / dataset.FILE_NAME, versions) as (connection, _):
            described = {
                column.name: column for column in dataset.columns(connection, "history_changes")
            }
            answer = connection.execute(_SQL, [tolerance])
            columns = [described[column[0]] for column in answer.description or ()]
            changes = Result(columns, answer.fetchall())
    return Difference(versions[0].peft_version, versions[1].peft_version, changes)


def _find(name: str, db: str | None, copy: Path) -> Path:
    """The input file that a name means; of a dataset, a copy that its tables give back."""
    path, version = Path(name), None
    if path.is_file() and path.suffix != Path(dataset.FILE_NAME).suffix:
        return path
    if path.exists():
        db = name
    else:
        version = name
    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        try:
            text = exporting.export_source(connection, version)
        except UsageError as error:
            raise UsageError(f"{name}: no such file or dataset, and {error}") from None
    copy.write_text(text, encoding="utf-8")
    return copy


def for_people(changes: Result) -> Result:
    """The changes with texts and measures in the same two columns."""
    names = [column.name for column in changes.columns]
    merged = ("old", "new")
    shown = ["section", "change", "method", "benchmark", "subject", *merged, "relative_change"]
    described = {column.name: column for column in changes.columns}
    columns = [described.get(name, Column(name, "VARCHAR", "")) for name in shown]
    rows = []
    for values in changes.rows:
        row = dict(zip(names, values, strict=True))
        for name in merged:
            text, measure = row[f"{name}_value"], row[f"{name}_measure"]
            unit = unit_of(row["subject"])
            row[name] = humanize(measure, unit) if text is None and measure is not None else text
        rows.append(tuple(row[name] for name in shown))
    return Result(columns, rows)


def in_sections(changes: Result) -> Result:
    """The changes for people, with a section for what each is about and the benchmark, if any.

    Caveats are left out: they are sentences.
    """
    rows = []
    for section, change, method, benchmark, subject, old, new, part in for_people(changes).rows:
        if section == "caveat":
            continue
        title = f"{section} on {benchmark}" if benchmark else section
        if old is None and new is None:
            new = change
        rows.append((title, method, subject, old, new, part))
    names = ("section", "method", "subject", "old", "new")
    columns = [Column(name, "VARCHAR", "") for name in names]
    return Result([*columns, Column("relative_change", "DOUBLE", "")], rows)
