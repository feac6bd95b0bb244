"""Running a named view, table or macro with filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from peftshop_db import dataset, integrity
from peftshop_db.definitions import Column
from peftshop_db.errors import UsageError

if TYPE_CHECKING:
    import duckdb


MEASURES = (
    "score",
    "forgetting",
    "peak_memory_bytes",
    "num_trainable_params",
    "adapter_file_size_bytes",
    "train_time_sec",
)
SORTS = ("name", "score", "memory", "params", "size", "time")


@dataclass(frozen=True)
class Result:
    """What a query gives: its columns, and its rows as Python values."""

    columns: list[Column]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Filters:
    """Which rows and columns of a view are wanted; by default all, in the view's own order.

    Attributes:
        benchmark: only rows of this benchmark.
        methods: only rows of these methods, in any case.
        where: only rows that meet this predicate over the view's columns.
        columns: only these columns, in this order.
        order_by: columns to order by, each maybe followed by ` desc`; NULLs come last.
        limit: at most so many rows.
        parameters: arguments of a macro, by name.
    """

    benchmark: str | None = None
    methods: Sequence[str] = ()
    where: str | None = None
    columns: Sequence[str] = ()
    order_by: Sequence[str] = ()
    limit: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


def select(
    connection: "duckdb.DuckDBPyConnection", relation: str, filters: Filters | None = None
) -> Result:
    """Selects from a named view, table or macro.

    Raises:
        UsageError: there is no such view, column, benchmark, method or parameter.
        QueryError: the view fails.
    """
    import duckdb

    columns, sql, parameters = statement(connection, relation, filters or Filters())
    try:
        rows = connection.execute(sql, parameters).fetchall()
    except (duckdb.BinderException, duckdb.ConversionException) as error:
        # the view itself was bound when it was built: a filter compares what can't be compared
        raise UsageError(f"{relation}: {str(error).splitlines()[0]}") from error
    except duckdb.Error as error:
        raise integrity.failure(relation, error) from error
    return Result(columns, rows)


def statement(
    connection: "duckdb.DuckDBPyConnection", relation: str, filters: Filters
) -> tuple[list[Column], str, list[Any]]:
    """The columns, the SQL and the values of its placeholders for a filtered view."""
    source, parameters, columns = _source(connection, relation, filters.parameters)
    names = [column.name for column in columns]
    conditions = []
    if filters.benchmark is not None:
        _require(relation, "benchmark", names)
        conditions.append("benchmark = ?")
        parameters.append(known_name(connection, "benchmark", filters.benchmark))
    if filters.methods:
        _require(relation, "method", names)
        conditions.append(f"method in ({', '.join('?' * len(filters.methods))})")
        parameters += [known_name(connection, "method", name) for name in filters.methods]
    if filters.where is not None:
        from peftshop_db import predicate

        conditions.append(f"({predicate.check(filters.where, names)})")
    for name in filters.columns:
        _require(relation, name, names)
    wanted = list(dict.fromkeys(filters.columns))
    shown = [column for name in wanted for column in columns if column.name == name]
    sql = f"select {', '.join(map(_quote, wanted)) or '*'} from {source}"
    if conditions:
        sql += f" where {' and '.join(conditions)}"
    if filters.order_by:
        sql += f" order by {', '.join(_order(relation, item, names) for item in filters.order_by)}"
    if filters.limit is not None:
        if not isinstance(filters.limit, int) or not 0 <= filters.limit < 2**63:
            raise UsageError(f"a limit is a whole number from 0, not {filters.limit!r}")
        sql += f" limit {filters.limit}"
    return shown or columns, sql, parameters


def _source(
    connection: "duckdb.DuckDBPyConnection", relation: str, parameters: Mapping[str, Any]
) -> tuple[str, list[Any], list[Column]]:
    if columns := dataset.find_columns(connection, relation):
        if parameters:
            raise UsageError(f"{relation} has no parameters; leave out -p")
        return identifier(relation), [], columns
    macro = dataset.macro_parameters(connection, relation)
    if macro is None:
        raise UsageError(dataset.unknown_relation(connection, relation))
    for name in parameters:
        if name not in macro:
            hint = dataset.suggest(name, macro) or f"; there are {', '.join(macro)}"
            raise UsageError(f"{relation} has no parameter {name!r}{hint}")
    parameters = {
        name: _check_argument(connection, name, value) for name, value in parameters.items()
    }
    arguments = ", ".join(f"{name} := ?" for name in parameters)
    source = f"{_quote(relation)}({arguments})"
    return (
        source,
        list(parameters.values()),
        _macro_columns(connection, relation, source, parameters),
    )


def _check_argument(connection: "duckdb.DuckDBPyConnection", name: str, value: Any) -> Any:
    """A macro's argument, whose names the dataset must know."""
    if name == "on_benchmark":
        return known_name(connection, "benchmark", value)
    choices = {"x": MEASURES, "y": MEASURES, "objective": MEASURES, "sort_by": SORTS}.get(name)
    if choices and value not in choices:
        hint = dataset.suggest(str(value), choices) or f"; there are {', '.join(choices)}"
        raise UsageError(f"{name} takes the name of a measure, not {value!r}{hint}")
    return value


def _macro_columns(
    connection: "duckdb.DuckDBPyConnection",
    relation: str,
    source: str,
    parameters: Mapping[str, Any],
) -> list[Column]:
    import duckdb

    try:
        rows = connection.execute(f"describe from {source}", list(parameters.values())).fetchall()
    except duckdb.IOException:
        raise
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        names = ", ".join(dataset.macro_parameters(connection, relation) or ())
        raise UsageError(
            f"{relation} takes -p NAME=VALUE for the parameters {names}: {reason}"
        ) from error
    described = dataset.shared_columns(connection)
    # x_value is of the measure that the parameter x names
    measures = {f"{parameter}_value": value for parameter, value in parameters.items()}
    meanings = {
        name: described[measures.get(name, name)].comment
        for name, *_ in rows
        if measures.get(name, name) in described
    }
    return [Column(name, kind, meanings.get(name, "")) for name, kind, *_ in rows]


def _require(relation: str, column: str, columns: Sequence[str]) -> None:
    if column not in columns:
        hint = dataset.suggest(column, columns) or f"; there are {', '.join(columns)}"
        raise UsageError(f"{relation} has no column {column!r}{hint}")


def _order(relation: str, item: str, columns: Sequence[str]) -> str:
    name, _, direction = item.strip().partition(" ")
    _require(relation, name, columns)
    if direction.strip().lower() not in ("", "asc", "desc"):
        raise UsageError(f"--order-by takes a column, maybe followed by desc, not {item!r}")
    return f"{_quote(name)} {direction.strip() or 'asc'} nulls last"


def identifier(relation: str) -> str:
    """A table's or view's name in SQL, its schema's as well where it has one."""
    return ".".join(map(_quote, relation.split(".")))


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def known_name(connection: "duckdb.DuckDBPyConnection", kind: str, name: str) -> str:
    """The name of a method or benchmark as the dataset spells it."""
    sql = {
        "benchmark": "select benchmark from benchmarks union select benchmark from baselines "
        "union select benchmark from registry_benchmarks",
        "method": "select method from methods",
        "subject": "select distinct subject from explanations",
    }[kind]
    return dataset.spelled(kind, name, (known for (known,) in connection.execute(sql).fetchall()))
