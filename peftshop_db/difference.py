"""`diff`: two versions as a history of their own, asked what changed."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peftshop_db import database, dataset, exporting, history
from peftshop_db.definitions import Column, unit_of
from peftshop_db.errors import UsageError
from peftshop_db.history import Version
from peftshop_db.selection import Result
from peftshop_db.source import MAX_BYTES, printable
from peftshop_db.units import humanize

TOLERANCE = 0.01


def _columns(**types: str) -> list[Column]:
    return [Column(name, kind, "") for name, kind in types.items()]


# what people see of each section: its title and columns
_TEXT, _NUMBER = "VARCHAR", "DOUBLE"
_SECTIONS = {
    "method": (
        "Methods",
        _columns(change=_TEXT, method=_TEXT, subject=_TEXT, old=_TEXT, new=_TEXT),
    ),
    "capability": (
        "Capabilities",
        _columns(method=_TEXT, subject=_TEXT, old=_TEXT, new=_TEXT),
    ),
    "best run": (
        "Best runs",
        _columns(benchmark=_TEXT, method=_TEXT, old=_TEXT, new=_TEXT),
    ),
    "measure": (
        "Measures",
        _columns(method=_TEXT, subject=_TEXT, old=_NUMBER, new=_NUMBER, relative_change=_NUMBER),
    ),
}

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


# how far scores moved together, and which moved further than training noise explains
_SCORES_SQL = """
select
    benchmark,
    common_change,
    rerun_difference,
    count(score_change),
    coalesce(string_agg(method, ', ' order by method) filter (exceeds_noise), 'none')
from history_scores
inner join score_noise using (benchmark)
where version_order = 2 and rerun_difference is not null and common_change is not null
group by benchmark, common_change, rerun_difference
having count(*) filter (score_change <> 0) > 0
order by benchmark
"""


@dataclass(frozen=True)
class Difference:
    """What changed from one version to another.

    Attributes:
        old: the peft version, and the file's name where both versions are of one.
        new: as `old`.
        changes: rows of the view history_changes.
        scores: of each benchmark whose scores moved: its name, how far they moved in common, how
            far two runs of one setting lie apart, how many moved, and which further than that.
    """

    old: str
    new: str
    changes: Result
    scores: list[tuple[str, float, float, int, str]]


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
            scores = connection.execute(_SCORES_SQL).fetchall()
    return Difference(*_names(old, new, versions), changes, scores)


def _names(old: str, new: str, versions: Sequence[Version]) -> tuple[str, str]:
    before, after = (version.peft_version for version in versions)
    if before == after:  # which tells nothing apart
        return f"{before} ({printable(old)})", f"{after} ({printable(new)})"
    return before, after


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


def for_people(changes: Result) -> list[tuple[str, Result]]:
    """The changes in sections: a heading, and rows without what it says of all of them.

    Texts lose the beginning that old and new share. Caveats, and measures that one invalidates on
    either side, are left out.
    """
    names = [column.name for column in changes.columns]
    sections: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for values in changes.rows:
        row = dict(zip(names, values, strict=True))
        if row["section"] in _SECTIONS and row["is_comparable"] is not False:
            benchmark = row["benchmark"] if row["section"] == "measure" else None
            sections.setdefault((row["section"], benchmark), []).append(_readable(row))
    found = []
    for (section, benchmark), rows in sections.items():
        title, columns = _SECTIONS[section]
        place = f" on {benchmark}" if benchmark else ""
        body = [tuple(row[column.name] for column in columns) for row in rows]
        found.append((f"{title}{place}: {len(rows)}", Result(columns, body)))
    return found


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """A row with texts and measures in the same two columns, as people read them."""
    old, new, relative = row["old_value"], row["new_value"], row["relative_change"]
    if row["section"] == "measure":
        unit = unit_of(row["subject"])
        old, new = (humanize(row[name], unit) for name in ("old_measure", "new_measure"))
    elif old and new:
        pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
        start = "".join(letter for letter, _ in pairs)
        shared = max(start.rfind(mark) for mark in " /-_") + 1
        old, new = (f"…{text[shared:]}" if shared else text for text in (old, new))
    change = None if relative is None else f"{relative:+.1%}"
    return row | {"old": old, "new": new, "relative_change": change}
