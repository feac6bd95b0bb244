"""`recommend`: methods that meet hard requirements and budgets, by one objective."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from peftshop_db import dataset
from peftshop_db.definitions import Column
from peftshop_db.selection import MEASURES, Result

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Wish:
    """What a method must have, what it may cost, and what it should be best at.

    The fields are the parameters of the macro `recommend`; budgets are in the unit of their name.
    """

    on_benchmark: str = "metamathqa"
    objective: str = "score"
    capabilities: Sequence[str] = ()
    backends: Sequence[str] = ()
    layer_types: Sequence[str] = ()
    categories: Sequence[str] = ()
    max_memory_bytes: float | None = None
    max_params: float | None = None
    max_size_bytes: float | None = None
    max_time_sec: float | None = None


def recommend(connection: "duckdb.DuckDBPyConnection", wish: Wish) -> Result:
    """Every method with the verdict on it: recommended ones first, ranked by the objective.

    Args:
        connection: a connection to a dataset.
        wish: with names as the dataset spells them.
    """
    names = [field.name for field in fields(wish)]
    values = [getattr(wish, name) for name in names]
    arguments = ", ".join(f"{name} := ?" for name in names)
    rows = connection.execute(
        f"from recommend({arguments})",
        [list(value) if isinstance(value, tuple) else value for value in values],
    )
    columns = [Column(name, str(kind), "") for name, kind, *_ in rows.description]
    answer = rows.fetchall()
    described = dataset.shared_columns(connection)
    return Result([described.get(column.name, column) for column in columns], answer)


def as_spelled(connection: "duckdb.DuckDBPyConnection", wish: Wish) -> Wish:
    """The wish with its names as the dataset spells them.

    Raises:
        UsageError: the wish names something that the dataset doesn't know; suggests close names.
    """
    known: dict[str, set[str]] = {}
    for kind, name in connection.execute(
        "select distinct subject_kind, subject from explanations "
        "union all select distinct 'benchmark', benchmark from benchmarks"
    ).fetchall():
        known.setdefault(kind.replace("auxiliary module", "capability"), set()).add(name)

    def spelled(kind: str, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dataset.spelled(kind, name, known.get(kind, ())) for name in names)

    return replace(
        wish,
        on_benchmark=spelled("benchmark", [wish.on_benchmark])[0],
        capabilities=spelled("capability", wish.capabilities),
        backends=spelled("backend", wish.backends),
        layer_types=spelled("layer type", wish.layer_types),
    )


def check_objective(name: str) -> str:
    """The objective of that name.

    Raises:
        UsageError: there is none.
    """
    return dataset.spelled("measure", name, MEASURES)


def summarize(
    connection: "duckdb.DuckDBPyConnection", wish: Wish, result: Result, show_all: bool
) -> list[str]:
    """How many methods came out how, and what to know about the numbers."""
    place = [column.name for column in result.columns].index("status")
    statuses = [row[place] for row in result.rows]
    counts = (
        f"{statuses.count('recommended')} methods meet every requirement, "
        f"{statuses.count('ruled out')} are known not to, "
        f"{statuses.count('unknown')} may or may not: that is unknown"
        + ("." if show_all else " (--all tells why).")
    )
    return [counts, *dataset.caveats(connection, wish.on_benchmark, [wish.objective, "score"])]
