"""Finding a dataset, opening it read-only, and what its catalog says."""

import difflib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from peftshop_db import __version__, resources
from peftshop_db.definitions import Column
from peftshop_db.errors import StorageError, UsageError
from peftshop_db.integrity import intact
from peftshop_db.sqlfiles import literal

if TYPE_CHECKING:
    import duckdb

FILE_NAME = "peftshop.duckdb"
# tables of the schema history go by both names
_NAME = "case schema_name when 'main' then '' else schema_name || '.' end || {}"


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder in the user's cache that holds this version's dataset of the packaged source."""
    try:
        home = Path.home()
    except RuntimeError:
        raise StorageError("there is no home folder for the cache; set XDG_CACHE_HOME") from None
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = environment.get("XDG_CACHE_HOME") or home / ".cache"
    return Path(base) / "peftshop-db" / __version__


def locate(named: str | None) -> Path:
    """The database file of a dataset.

    Args:
        named: a dataset's folder or a database file; None for the one in the user's cache, which
            is built from the packaged source where it is missing.

    Raises:
        StorageError: nothing is there, or it can't be built.
    """
    if named is None:
        path = cache_folder() / FILE_NAME
        if not path.exists() or path.stat().st_mtime < resources.last_change():
            _build_packaged(path.parent)
        return path
    path = Path(named)
    path = path / FILE_NAME if path.is_dir() else path
    if not path.is_file():  # to open a pipe would wait for ever
        raise StorageError(f"{path}: no dataset there; `peftshop-db build --out DIR` makes one")
    return path


def _build_packaged(folder: Path) -> None:
    from peftshop_db.builder import build
    from peftshop_db.generation import SupersededError

    source = resources.packaged_source()
    print(f"peftshop-db: building the dataset from {source.name} into {folder}", file=sys.stderr)
    with suppress(SupersededError):  # the first of several queries at once builds for all
        build(source, folder, wait=True)


def connect(path: Path, *, sealed: bool = False) -> "duckdb.DuckDBPyConnection":
    """Opens a database file read-only.

    Args:
        path: the database file.
        sealed: whether SQL may read nothing but the database and may change no setting.

    Raises:
        StorageError: it can't be opened, or isn't what its build wrote.
    """
    import duckdb

    failures = (duckdb.Error, OSError, RuntimeError)
    try:
        with suppress(*failures):
            return _connect(path, sealed)
        return _connect(path, sealed)  # a build may have removed what the link led to: once more
    except failures as error:
        reason = str(error).splitlines()[0]
        raise StorageError(f"{path}: can't be opened: {reason}") from error


def _connect(path: Path, sealed: bool) -> "duckdb.DuckDBPyConnection":
    """Sealed as an instance of its own, so that a process may hold connections of both kinds."""
    import duckdb

    file = str(intact(path))
    if not sealed:
        return duckdb.connect(file, read_only=True)
    connection = duckdb.connect()
    try:
        connection.execute(
            f"attach {literal(file)} as peftshop (read_only); use peftshop; "
            "set enable_external_access = false; set lock_configuration = true"
        )
    except duckdb.Error:
        connection.close()
        raise
    return connection


def columns(connection: "duckdb.DuckDBPyConnection", relation: str) -> list[Column]:
    """The columns of a table or view.

    Raises:
        UsageError: there is none of that name; suggests close ones.
    """
    found = find_columns(connection, relation)
    if not found:
        raise UsageError(unknown_relation(connection, relation))
    return found


def find_columns(connection: "duckdb.DuckDBPyConnection", relation: str) -> list[Column]:
    """The columns of a table or view; none where there is none of that name."""
    rows = connection.execute(
        "select column_name, data_type, coalesce(comment, '') from duckdb_columns() "
        f"where {_NAME.format('table_name')} = ? and not internal order by column_index",
        [relation],
    ).fetchall()
    return [Column(*row) for row in rows]


def shared_columns(connection: "duckdb.DuckDBPyConnection") -> dict[str, Column]:
    """Columns by name: those of the table benchmarks, and those that mean the same everywhere."""
    rows = connection.execute(
        "select column_name, any_value(data_type), any_value(comment) from duckdb_columns() "
        "where not internal group by column_name having count(distinct comment) = 1"
    ).fetchall()
    measures = {column.name: column for column in find_columns(connection, "benchmarks")}
    return {row[0]: Column(*row) for row in rows} | measures


def macro_parameters(connection: "duckdb.DuckDBPyConnection", name: str) -> list[str] | None:
    """The parameters of the table macro of that name, or None where there is none."""
    row = connection.execute(
        "select parameters from duckdb_functions() "
        "where function_name = ? and function_type = 'table_macro' and not internal",
        [name],
    ).fetchone()
    return list(row[0]) if row else None


def comment(connection: "duckdb.DuckDBPyConnection", relation: str) -> str:
    """The comment of a table or view: its question or grain, then a line for each header field."""
    row = connection.execute(
        "select coalesce(comment, '') from duckdb_views() where view_name = $name and not internal "
        "union all select coalesce(comment, '') from duckdb_tables() "
        f"where {_NAME.format('table_name')} = $name "
        "union all select coalesce(comment, '') from duckdb_functions() "
        "where function_name = $name and function_type = 'table_macro'",
        {"name": relation},
    ).fetchone()
    return row[0] if row else ""


def relations(connection: "duckdb.DuckDBPyConnection") -> list[tuple[str, str, str]]:
    """Every table and view: its name, "table" or "view", and its comment; tables first."""
    return connection.execute(
        f"select {_NAME.format('table_name')} as name, 'table' as kind, coalesce(comment, '') "
        "from duckdb_tables() where not internal union all "
        "select view_name, 'view', coalesce(comment, '') from duckdb_views() where not internal "
        "union all select function_name, 'macro', coalesce(comment, '') from duckdb_functions() "
        "where function_type = 'table_macro' and not internal "
        "order by kind, name"
    ).fetchall()


def caveats(
    connection: "duckdb.DuckDBPyConnection", benchmark: str | None, measures: Sequence[str]
) -> list[str]:
    """What to know before using measures of a benchmark (None for every one), a statement each."""
    rows = connection.execute(
        "select distinct caveats.statement from measure_caveats inner join caveats on "
        "list_contains(string_split(measure_caveats.caveats, ', '), caveats.caveat) "
        "where list_contains(?, measure_caveats.measure) "
        "and (cast(? as varchar) is null or measure_caveats.benchmark = ?) order by all",
        [list(measures), benchmark, benchmark],
    ).fetchall()
    return [statement for (statement,) in rows]


def suggest(wrong: str, known: Iterable[str]) -> str:
    """A sentence that names what is close to a wrong name, or "" where nothing is."""
    by_fold = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(wrong.casefold(), by_fold, n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(by_fold[name] for name in close)}?" if close else ""


def spelled(kind: str, name: str, known: Iterable[str]) -> str:
    """A name, given in any case, as it is spelled among those known.

    Raises:
        UsageError: it isn't known; suggests close ones.
    """
    names = sorted(known)
    by_fold: dict[str, str] = {candidate.casefold(): candidate for candidate in names}
    if name.casefold() not in by_fold:
        hint = suggest(name, names)
        if not hint and len(names) <= 10:
            hint = f"; there are {', '.join(names)}"
        raise UsageError(f"no {kind} is named {name!r}{hint}")
    return by_fold[name.casefold()]


def unknown_relation(connection: "duckdb.DuckDBPyConnection", relation: str) -> str:
    """Says that there is no such view, and what to do."""
    if relation in {path.stem for path in resources.folder("queries").glob("*/*.sql")}:
        return f"{relation} is newer than this dataset; run `peftshop-db build`"
    names = [name for name, _, _ in relations(connection)]
    hint = suggest(relation, names) or "; `peftshop-db list` shows all"
    return f"no view or table is named {relation!r}{hint}"
