"""`recommend`: methods that meet hard requirements and budgets, by one objective."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from peftshop_db import dataset
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError
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

    Raises:
        UsageError: the wish names something that the dataset doesn't know; suggests close names.
    """
    _require(connection, wish)
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


def _require(connection: "duckdb.DuckDBPyConnection", wish: Wish) -> None:
    known: dict[str, set[str]] = {}
    for kind, name in connection.execute(
        "select distinct subject_kind, subject from explanations "
        "union all select distinct 'benchmark', benchmark from benchmarks"
    ).fetchall():
        known.setdefault(kind.replace("auxiliary module", "capability"), set()).add(name)
    wanted = {
        "benchmark": [wish.on_benchmark],
        "capability": wish.capabilities,
        "backend": wish.backends,
        "layer type": wish.layer_types,
    }
    for kind, names in wanted.items():
        for name in names:
            if name not in known.get(kind, set()):
                hint = dataset.suggest(name, known.get(kind, set()))
                hint = hint or f"; there are {', '.join(sorted(known.get(kind, set())))}"
                raise UsageError(f"no {kind} is named {name!r}{hint}")


def check_objective(name: str) -> str:
    """The objective of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in MEASURES:
        hint = dataset.suggest(name, MEASURES) or f"; there are {', '.join(MEASURES)}"
        raise UsageError(f"no measure is named {name!r}{hint}")
    return name


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
