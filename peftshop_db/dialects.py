"""Tables and views in the SQL of other engines: sqlglot's, and what an engine needs beside it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from peftshop_db import metadata, sqlfiles
from peftshop_db.errors import StorageError

if TYPE_CHECKING:
    from sqlglot import exp

    from peftshop_db.metadata import Catalog, Relation

_LARGEST_DOUBLE = "1.7976931348623157e308"
_SQLGLOT = {"datafusion": "postgres"}  # where its name of the dialect differs from the engine's


def table_statements(catalog: "Catalog", engine: str) -> Iterator[tuple[str, str]]:
    """Every table's name and its CREATE TABLE, each after those that it refers to.

    Args:
        catalog: the dataset's.
        engine: the engine's name, such as sqlite.

    Raises:
        StorageError: the dataset was built by another version, whose SQL isn't here.
    """
    _require_current(catalog)
    tables = sqlfiles.tables()
    for name in sqlfiles.build_order(tables.values()):
        yield name, table_sql(tables[name].sql, engine)
    for name in sqlfiles.past():
        columns = ", ".join(f"{item.name} {item.type}" for item in catalog.relations[name].columns)
        yield name, table_sql(f"create table {name} ({columns})", engine)


def view_statements(catalog: "Catalog", engine: str) -> Iterator[tuple[str, str]]:
    """Every view's name and its CREATE VIEW, each after those that it reads.

    Raises:
        StorageError: the dataset was built by another version, whose SQL isn't here.
    """
    _require_current(catalog)
    views = sqlfiles.views()
    for name in sqlfiles.build_order(views.values(), given=[*sqlfiles.tables(), *sqlfiles.past()]):
        yield name, view_sql(views[name].sql, catalog.relations[name], engine)


def _require_current(catalog: "Catalog") -> None:
    if set(catalog.relations) != {*sqlfiles.tables(), *sqlfiles.views(), *sqlfiles.past()}:
        raise StorageError(
            "the dataset was built by another version of peftshop-db; build it anew first"
        )


def table_sql(statement: str, engine: str) -> str:
    """A table's CREATE TABLE, with its keys and checks.

    Args:
        statement: the one for DuckDB.
        engine: the engine's name.
    """
    import sqlglot

    tree = sqlglot.parse_one(statement, dialect="duckdb")
    for change in (_spell_out_isfinite, _flatten_names, *_TABLES.get(engine, ())):
        change(tree)
    return generate(tree, engine)


def view_sql(select: str, view: "Relation", engine: str) -> str:
    """A view's CREATE VIEW.

    Args:
        select: for DuckDB, keeping to the SQL that engines run alike.
        view: its name and columns.
        engine: the engine's name.
    """
    import sqlglot

    tree = sqlglot.parse_one(select, dialect="duckdb")
    for change in (_flatten_names, *_VIEWS.get(engine, ())):
        change(tree)
    if engine == "clickhouse":
        booleans = {column.name for column in view.columns if column.type == "BOOLEAN"}
        _cast_booleans(tree, booleans)
    return create_view(view.flat_name, generate(tree, engine), engine)


def create_view(name: str, select: str, engine: str) -> str:
    """The statement that makes a view of an engine's own SELECT."""
    return f"CREATE VIEW {qualified(name, engine)} AS\n{select}"


def qualified(name: str, engine: str) -> str:
    """A table's or view's name as an engine's scripts spell it."""
    return f"{metadata.NAME}.{name}" if engine == "bigquery" else name


def changes(engine: str) -> list[str]:
    """What is changed for an engine beside what sqlglot does, and why, a sentence each."""
    applied = [*_TABLES.get(engine, ()), *_VIEWS.get(engine, ())]
    sentences = [str(change.__doc__) for change in applied]
    return [*sentences, str(_cast_booleans.__doc__)] if engine == "clickhouse" else sentences


def generate(tree: "exp.Expr", engine: str) -> str:
    """The SQL of a syntax tree.

    Raises:
        sqlglot.errors.UnsupportedError: the engine has no such SQL.
    """
    from sqlglot import ErrorLevel

    raised, dialect = ErrorLevel.RAISE, _SQLGLOT.get(engine, engine)
    return tree.sql(dialect, pretty=True, comments=False, unsupported_level=raised)


def _spell_out_isfinite(tree: "exp.Expr") -> None:
    import sqlglot
    from sqlglot import exp

    calls = [call for call in tree.find_all(exp.Anonymous) if call.name.lower() == "isfinite"]
    for call in calls:
        column = call.expressions[0].sql("duckdb")
        finite = f"abs({column}) <= {_LARGEST_DOUBLE}"
        call.replace(sqlglot.parse_one(finite, dialect="duckdb"))


def _flatten_names(tree: "exp.Expr") -> None:
    """Everything goes where the user is: history.methods is history__methods, as in file names."""
    from sqlglot import exp

    for table in list(tree.find_all(exp.Table)):
        if table.db:
            flat = exp.to_table(f"{table.db}__{table.name}")
            is_created = isinstance(table.parent, exp.Schema)
            alias = table.alias or table.name
            table.replace(flat if is_created else exp.alias_(flat, alias, table=True))


def _declare_booleans(tree: "exp.Expr") -> None:
    """Columns are declared BOOLEAN: stored as 1 and 0, but readers see what is meant."""
    from sqlglot import exp

    for kind in list(tree.find_all(exp.DataType)):
        if kind.is_type("boolean"):
            kind.replace(exp.DataType(this=exp.DataType.Type.USERDEFINED, kind="BOOLEAN"))


def _collate_by_bytes(tree: "exp.Expr") -> None:
    """Text columns get COLLATE "C": text is ordered by the database's language otherwise."""
    from sqlglot import exp

    for column in tree.find_all(exp.ColumnDef):
        if column.args["kind"].is_type("text"):
            collation = exp.CollateColumnConstraint(this=exp.to_identifier("C", quoted=True))
            column.args["constraints"].insert(0, exp.ColumnConstraint(kind=collation))


def _name_columns(tree: "exp.Expr") -> None:
    """Every selected column is named: one of a join may be called `methods.method` otherwise."""
    from sqlglot import exp

    for column in list(tree.find_all(exp.Column)):
        if column.arg_key == "expressions" and isinstance(column.parent, exp.Select):
            column.replace(exp.alias_(column.copy(), column.name))


def _fill_with_nulls(tree: "exp.Expr") -> None:
    """Views set join_use_nulls: what an outer join doesn't find is 0 or empty otherwise."""
    from sqlglot import exp

    setting = exp.EQ(this=exp.to_identifier("join_use_nulls"), expression=exp.Literal.number(1))
    tree.set("settings", [setting])


def _cast_booleans(tree: "exp.Expr", names: set[str]) -> None:
    """Booleans of a view are cast to Bool: comparisons give 1 and 0 otherwise."""
    from sqlglot import exp

    assert isinstance(tree, exp.Select), "a view ends in one SELECT"
    for column in tree.selects:
        if column.alias_or_name in names:
            value = column.this if isinstance(column, exp.Alias) else column
            column.replace(exp.alias_(exp.cast(value.copy(), "boolean"), column.alias_or_name))


def _name_the_dataset(tree: "exp.Expr") -> None:
    """Tables and views are named with their dataset, as views must name what they read."""
    from sqlglot import exp

    steps = {step.alias for step in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.name not in steps:
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
            table.set("db", exp.to_identifier(metadata.NAME))


_Change = Callable[["exp.Expr"], None]
_TABLES: dict[str, tuple[_Change, ...]] = {
    "postgres": (_collate_by_bytes,),
    "sqlite": (_declare_booleans,),
}
_VIEWS: dict[str, tuple[_Change, ...]] = {
    "bigquery": (_name_the_dataset,),
    "clickhouse": (_name_columns, _fill_with_nulls),
}
