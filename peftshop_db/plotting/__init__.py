"""Pictures of views as Vega-Lite specifications; a view's columns tell the kind of its picture."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from peftshop_db import answers, dataset
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
from peftshop_db.plotting import fronts, lines, matrices, rankings
from peftshop_db.plotting.figure import Figure
from peftshop_db.selection import MEASURES, Filters, Result, identifier, known_name, select

if TYPE_CHECKING:
    import duckdb


def draw(
    connection: "duckdb.DuckDBPyConnection",
    relation: str,
    filters: Filters | None = None,
    highlight: Sequence[str] = (),
) -> Figure:
    """Draws the rows of a view or table: a front, a matrix or a ranking.

    Args:
        connection: a connection to a dataset.
        relation: its name.
        filters: which rows; a front also shows the other methods of their benchmarks.
        highlight: methods to mark, in any case.

    Raises:
        UsageError: there is no such view, column, benchmark or method; the view has no sensible
            picture; or no rows are left.
        QueryError: the view fails.
    """
    result = select(connection, relation, filters)
    chosen = [known_name(connection, "method", name) for name in highlight]
    kind = _kind(connection, relation, result.columns)
    if kind is None:
        names = [name for name, form, _ in dataset.relations(connection) if form == "view"]
        drawn = [name for name in names if _is_drawable(connection, name)]
        raise UsageError(f"{relation} has no sensible picture; these have: {', '.join(drawn)}")
    if not result.rows:
        if filters in (None, Filters()):
            raise UsageError(
                f"{relation} has no rows in this dataset; versions and raw runs come in with "
                "peftshop-db build, whose --help tells how"
            )
        raise UsageError(f"{relation}: no rows are left to draw; loosen the filters")
    question = dataset.comment(connection, relation).partition("\n")[0]
    module = {"front": fronts, "lines": lines, "matrix": matrices, "ranking": rankings}[kind]
    rows, width = module.panels(connection, result, chosen)
    key = module.key(result, chosen, rows)
    return Figure(question, caveats(connection, relation, result), key, rows, width)


def has_picture(connection: "duckdb.DuckDBPyConnection", relation: str) -> bool:
    """Whether `draw` knows a sensible picture of the view or table."""
    return _kind(connection, relation) is not None


def caveats(connection: "duckdb.DuckDBPyConnection", relation: str, result: Result) -> list[str]:
    """What to know before using a view's rows: its own caveats, and those that hold for them."""
    own = [
        line.removeprefix("Caveats: ")
        for line in dataset.comment(connection, relation).splitlines()
        if line.startswith("Caveats: ") and line != "Caveats: none of its own."
    ]
    return [*map(_sentence, own), *_named(connection, relation, result)]


def _sentence(text: str) -> str:
    """A text with a capital letter, unless it begins with a column's name."""
    is_name = "_" in text.partition(" ")[0]
    return text if is_name else text[:1].upper() + text[1:]


def _named(connection: "duckdb.DuckDBPyConnection", relation: str, result: Result) -> list[str]:
    names = [column.name for column in result.columns]
    if "caveats" in names:
        return answers.caption(connection, relation, result)[1:]
    listed = [i for i, name in enumerate(names) if name.endswith("_caveats")]
    if listed:
        held = {name for row in result.rows for i in listed for name in (row[i] or "").split(", ")}
        rows = connection.execute("select caveat, statement from caveats").fetchall()
        return [statement for name, statement in rows if name in held]
    places = [i for i, name in enumerate(names) if name in ("cost", "measure")]
    measures = {row[i] for row in result.rows for i in places} | set(names) & set(MEASURES)
    if not measures:
        return []
    at = [i for i, name in enumerate(names) if name == "benchmark"]
    benchmarks = {row[i] for row in result.rows for i in at}
    only = benchmarks.pop() if len(benchmarks) == 1 else None
    return dataset.caveats(connection, only, sorted(measures))


def _kind(
    connection: "duckdb.DuckDBPyConnection", relation: str, columns: Sequence[Column] | None = None
) -> str | None:
    """Which picture the columns make: a front, lines, a matrix, a ranking; None where none."""
    columns = columns or dataset.find_columns(connection, relation)
    names = {column.name for column in columns}
    sets_score_against_cost = (
        len(names & set(fronts.COSTS)) == 1 or {"cost", "is_on_front"} <= names
    )
    if along := lines.axis(columns):
        is_one_line_each = "benchmark" in names and names & {"method", "subject"}
        has_numbers = "measure" in names or lines.numbers(columns, along)
        return "lines" if is_one_line_each and has_numbers else None
    if {"benchmark", "method", "score"} <= names and sets_score_against_cost:
        return "front"
    if "method" not in names:
        return None
    if "benchmark" not in names and len(matrices.cells(columns)) >= matrices.FEWEST_COLUMNS:
        return "matrix"
    if rankings.shown(columns) and _has_a_row_per_method(connection, relation, names):
        return "ranking"
    return None


def _is_drawable(connection: "duckdb.DuckDBPyConnection", relation: str) -> bool:
    """Whether a picture of all its rows would show something."""
    columns = dataset.find_columns(connection, relation)
    kind = _kind(connection, relation, columns)
    places = f'distinct "{lines.axis(columns)}"' if kind == "lines" else "*"
    needed = 2 if kind == "lines" else 1
    query = f"select count({places}) >= {needed} from {identifier(relation)}"
    return kind is not None and connection.execute(query).fetchall() == [(True,)]


def _has_a_row_per_method(
    connection: "duckdb.DuckDBPyConnection", relation: str, names: set[str]
) -> bool:
    """Whether no panel, of a benchmark or of its measures, would show a method twice."""
    if dataset.macro_parameters(connection, relation) is not None:
        return True
    key = ", ".join(sorted(names & {"benchmark", "measure", "method"}))
    repeated = connection.execute(
        f"select 1 from {identifier(relation)} group by {key} having count(*) > 1 limit 1"
    ).fetchall()
    return not repeated
